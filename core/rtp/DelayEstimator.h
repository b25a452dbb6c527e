// DelayEstimator: how long the packets of a stream must wait so that nearly all of them are there
// when their turn comes. It measures by how much each comes later than the fastest of the last
// seconds (so the sender's clock may drift), counts that in a histogram that forgets, and names
// what 98.5 % keep to; rarer but repeated peaks are noticed too. Follows the network up within a
// few packets, and down within half a minute. No allocation, no clock of its own. Thread: a value.
#pragma once

#include "base/Clock.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace hs::rtp {

class DelayEstimator {
public:
    static constexpr int leastMs = 30; // what a quiet network and unequal ticks take
    static constexpr int mostMs = 320;

    DelayEstimator();

    // A packet of `clockRate` has come, in order or not. When it was sent, by the sender's clock;
    // only differences mean anything.
    base::Duration update(std::uint32_t timestamp, std::uint32_t clockRate, base::TimePoint now);

    // The timestamps begin anew; what was learnt of the network stays.
    void restart();
    // Times of another generation don't compare. Moves on by restart(), and by itself where a
    // packet contradicts the clock by more than a second.
    std::uint32_t generation() const { return m_generation; }

    // Of what is played (or comes) so long after it was sent: how long the fastest packet would
    // have waited by then.
    base::Duration waited(base::Duration sinceSent) const { return sinceSent - m_base; }
    // How long it shall.
    base::Duration target() const { return m_target; }

private:
    static constexpr std::size_t buckets = 100;
    static constexpr std::size_t windows = 8;
    struct Peaks {
        std::array<base::Duration, 4> heights{};
        std::size_t count = 0;
        base::TimePoint lastAt{};
        base::Duration apart{}; // the longest time between two of them
        base::TimePoint beganAt{}; // the latest, perhaps too few packets to be one
        base::Duration height{};
        std::size_t packets = 0;
    };

    void rebase(base::Duration transit, base::TimePoint now);
    void shiftDown(base::Duration by);
    void count(base::Duration late, float weight);
    void notePeak(base::Duration late, base::TimePoint now);
    base::Duration quantile() const;
    void aim(base::TimePoint now);

    std::uint32_t m_generation = 0;
    bool m_hasLast = false;
    std::uint32_t m_lastTimestamp = 0;
    base::Duration m_lastSentAt{};
    base::Duration m_lastTransit{};
    base::TimePoint m_lastArrival{};
    base::Duration m_base{}; // the least transit of late, on whatever scale
    std::array<base::Duration, windows> m_least{}; // of each of the last half seconds
    std::size_t m_windowsUsed = 0;
    std::size_t m_window = 0;
    base::TimePoint m_windowBegan{};
    base::Duration m_risen{}; // of the base, not yet in the histogram
    std::array<float, buckets> m_histogram{}; // of 5 ms each
    float m_total = 0;
    Peaks m_peaks;
    base::Duration m_target;
};

} // namespace hs::rtp
