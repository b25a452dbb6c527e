// LevelMeter: how loud a stream was since it was last asked: peak and root mean square, 0 to 1 of
// full scale. No allocation. Thread: one at a time.
#pragma once

#include <cstdint>
#include <span>

namespace hs::audio {

struct Level {
    float peak = 0;
    float rms = 0;

    friend bool operator==(const Level&, const Level&) = default;
};

class LevelMeter {
public:
    void add(std::span<const std::int16_t> samples);
    // What came since the last call; zeros if nothing did.
    Level take();

private:
    int m_peak = 0;
    std::uint64_t m_energy = 0; // sum of squares: room for 2^33 samples of full scale
    std::uint64_t m_count = 0;
};

// Decibels below full scale, 0 to -96; -96 for silence.
float toDecibels(float level);

} // namespace hs::audio
