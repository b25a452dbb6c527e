// PeakMeter: the loudest sample of about the last second, 0..32767, from G.711 codes without
// decoding them: within both laws a code's bits rise with the magnitude. Thread: media.
#pragma once

#include "media/MediaParameters.h"

#include <array>
#include <cstddef>
#include <span>

namespace hs::media {

class PeakMeter {
public:
    void add(Codec codec, std::span<const std::byte> codes);
    // To be called four times a second: the peak since the last four calls.
    std::uint16_t roll();

private:
    std::array<std::uint16_t, 4> m_peaks{};
    std::size_t m_current = 0;
};

} // namespace hs::media
