#include "audio/LevelMeter.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace hs::audio {

namespace {
constexpr float fullScale = 32768;
constexpr float silenceDb = -96; // one step of 16 bits is -90.3
} // namespace

void LevelMeter::add(std::span<const std::int16_t> samples)
{
    for (const int sample : samples) {
        m_peak = std::max(m_peak, std::abs(sample));
        m_energy += static_cast<std::uint64_t>(sample * sample);
    }
    m_count += samples.size();
}

Level LevelMeter::take()
{
    const LevelMeter taken = std::exchange(*this, LevelMeter());
    if (taken.m_count == 0) {
        return {};
    }
    const double mean = static_cast<double>(taken.m_energy) / static_cast<double>(taken.m_count);
    return {static_cast<float>(taken.m_peak) / fullScale,
            static_cast<float>(std::sqrt(mean)) / fullScale};
}

float toDecibels(float level)
{
    if (!(level > 0)) {
        return silenceDb;
    }
    return std::clamp(20.0F * std::log10(level), silenceDb, 0.0F);
}

} // namespace hs::audio
