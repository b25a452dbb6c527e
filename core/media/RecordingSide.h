// RecordingSide: one channel of a recording, between the moment when its samples come and the
// moment when they are settled and go to the file. Samples are placed at positions (samples of the
// file's rate, 0 the recording's beginning) in any order, each once; what is still missing when it
// is taken is concealed where a packet was lost, and silence elsewhere. Thread: one at a time.
#pragma once

#include "audio/LossConcealer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hs::media {

class RecordingSide {
public:
    explicit RecordingSide(int rate = 8000);

    // Everything before this position was taken.
    std::int64_t settled() const { return m_settled; }
    // Behind the last sample there is, or settled() if that is later.
    std::int64_t end() const;
    // True if all of this can still be placed.
    bool isFree(std::int64_t position, std::size_t count) const;

    // Where isFree(). `afterLoss`: what is missing right before it was sent, but never came.
    void place(std::int64_t position, std::span<const std::int16_t> samples, bool afterLoss);

    // The next `count` samples. They stay valid until the next call of anything here.
    std::span<const std::int16_t> take(std::size_t count);

private:
    struct Piece {
        std::int64_t start;
        std::int64_t end;
        bool afterLoss;
    };

    std::int64_t firstKept() const { return m_settled - static_cast<std::int64_t>(m_past); }
    std::span<std::int16_t> at(std::int64_t from, std::int64_t to);
    void fillGap(std::int64_t from, std::int64_t to, bool lost);
    void forget();

    std::size_t m_mostPast; // samples
    std::int64_t m_mostConcealed;
    std::int64_t m_settled = 0;
    std::size_t m_past = 0; // samples before m_settled that are kept to conceal with
    std::vector<std::int16_t> m_samples; // from firstKept() on
    std::vector<Piece> m_pieces; // in order, not touching, what is not settled yet
    std::int64_t m_gapFilled = 0; // of the gap that is open at m_settled
    bool m_concealing = false;
    std::vector<std::int16_t> m_before; // of a gap
    audio::LossConcealer m_concealer;
};

} // namespace hs::media
