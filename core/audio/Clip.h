// Clip: a piece of audio in memory, 16-bit mono at a rate of its own. Thread: a value.
#pragma once

#include <cstdint>
#include <vector>

namespace hs::audio {

struct Clip {
    int rate = 8000; // 8000, 16000 or 48000 Hz: what calls can make their own of
    std::vector<std::int16_t> samples;
};

} // namespace hs::audio
