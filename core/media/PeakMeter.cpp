#include "media/PeakMeter.h"

#include "audio/G711.h"

#include <algorithm>

namespace hs::media {

void PeakMeter::add(audio::CodecKind codec, std::span<const std::byte> codes)
{
    // A-law sends every second bit inverted, µ-law all of them; the highest bit is the sign.
    const std::uint8_t inverted = codec == audio::CodecKind::Pcma ? 0x55 : 0x7f;
    std::uint8_t loudest = 0;
    for (const std::byte code : codes) {
        const auto magnitude =
            static_cast<std::uint8_t>((std::to_integer<unsigned>(code) ^ inverted) & 0x7fU);
        loudest = std::max(loudest, magnitude);
    }
    const auto positive = static_cast<std::uint8_t>((loudest ^ inverted) | 0x80U);
    const std::int16_t peak =
        codec == audio::CodecKind::Pcma ? audio::decodeAlaw(positive) : audio::decodeUlaw(positive);
    m_peaks[m_current] = std::max(m_peaks[m_current], static_cast<std::uint16_t>(peak));
}

void PeakMeter::add(std::span<const std::int16_t> samples)
{
    int loudest = 0;
    for (const std::int16_t sample : samples) {
        loudest = std::max(loudest, sample < 0 ? -int(sample) : int(sample));
    }
    loudest = std::min(loudest, 32767);
    m_peaks[m_current] = std::max(m_peaks[m_current], static_cast<std::uint16_t>(loudest));
}

std::uint16_t PeakMeter::roll()
{
    const std::uint16_t peak = *std::ranges::max_element(m_peaks);
    m_current = (m_current + 1) % m_peaks.size();
    m_peaks[m_current] = 0;
    return peak;
}

} // namespace hs::media
