// PeakMeter: the loudest sample of about the last second, 0..32767, from samples, or from
// G.711 codes without decoding them: within both laws a code's bits rise with the magnitude.
// Thread: media.
#pragma once

#include "media/MediaParameters.h"

#include <array>
#include <cstddef>
#include <span>

namespace hs::media {

class PeakMeter {
public:
    void add(audio::CodecKind codec, std::span<const std::byte> codes); // Pcma or Pcmu
    void add(std::span<const std::int16_t> samples);
    // To be called four times a second: the peak since the last four calls.
    std::uint16_t roll();

private:
    std::array<std::uint16_t, 4> m_peaks{};
    std::size_t m_current = 0;
};

} // namespace hs::media
