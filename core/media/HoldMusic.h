// HoldMusic: what a far end hears while it is held: a piece of audio that is played again and again,
// at each of the rates that calls have, and joined to itself without a click.
// Thread: immutable once made; makeLoop() any.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace hs::media {

class HoldMusic {
public:
    static constexpr int fullRate = 48000;

    // Of 48 kHz, 100 ms and more; the other rates are made of it. What is shorter is silence.
    explicit HoldMusic(std::vector<std::int16_t> samples);

    // As long in time at each of 8000, 16000 and 48000 Hz; empty for another rate.
    std::span<const std::int16_t> loop(int rate) const;

    // The last `overlap` samples fade out under the first, and leave the end.
    static void makeLoop(std::vector<std::int16_t>& samples, std::size_t overlap);

private:
    std::array<std::vector<std::int16_t>, 3> m_loops;
};

} // namespace hs::media
