#include "device/QuietMoment.h"

#include <algorithm>
#include <cstdlib>

namespace hs::device {

namespace {
constexpr int silence = 300; // -40 dB
constexpr int loud = 2000; // -24 dB
} // namespace

bool QuietMoment::isQuiet(std::span<const std::int16_t> piece)
{
    int peak = 0;
    for (const std::int16_t sample : piece) {
        peak = std::max(peak, std::abs(int(sample)));
    }
    m_softest = std::min(m_softest, peak);
    return peak < std::clamp(2 * m_softest, silence, loud);
}

} // namespace hs::device
