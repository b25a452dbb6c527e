// PlayoutDelay: how long what is played has waited, and by how much that is too long or too short.
// What counts is the packet that had the least time in hand during the last second. Durations since
// sending are on the scale of rtp::DelayEstimator. Thread: a value.
#pragma once

#include "base/Clock.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace hs::media {

class PlayoutDelay {
public:
    explicit PlayoutDelay(std::size_t window) // samples; two of them are remembered
        : m_window(window)
    {
    }

    void forget() { *this = PlayoutDelay(m_window); }

    // A packet of `samples` was needed so long after it had been sent.
    void needed(base::Duration sinceSent, std::size_t samples)
    {
        m_last = sinceSent;
        if (m_seen >= m_window) {
            m_least[1] = m_least[0];
            m_least[0] = sinceSent;
            m_seen = 0;
            m_windows = std::min(m_windows + 1, 2);
        } else if (m_windows == 0) {
            m_least = {sinceSent, sinceSent};
            m_windows = 1;
        }
        m_least[0] = std::min(m_least[0], sinceSent);
        m_seen += samples;
    }
    // What comes is played so much later from now on.
    void shift(base::Duration by)
    {
        m_least[0] += by;
        m_least[1] += by;
        m_last += by;
    }

    bool isKnown() const { return m_windows > 0; }
    base::Duration least() const { return std::min(m_least[0], m_least[1]); }
    base::Duration last() const { return m_last; }

private:
    std::size_t m_window;
    std::size_t m_seen = 0;
    int m_windows = 0;
    std::array<base::Duration, 2> m_least{};
    base::Duration m_last{};
};

} // namespace hs::media
