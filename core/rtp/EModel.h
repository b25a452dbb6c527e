// EModel: how well a line can be talked over, from loss and delay, by the E-model of ITU-T G.107
// with everything else at its default: R = 93.2 - Id - Ie,eff, and the mean opinion score (MOS)
// that follows from R (G.107 Annex B). Loss is taken as random. Delay is one way, from mouth to
// ear, without echo. Thread: pure functions.
#pragma once

#include <cstdint>

namespace hs::rtp::emodel {

// What a codec suffers (ITU-T G.113 Appendix I): equipment impairment, robustness to loss.
struct CodecQuality {
    double ie = 0;
    double bpl = 25.1;
};
inline constexpr CodecQuality g711Concealed{0, 25.1}; // with concealment of losses
inline constexpr CodecQuality g711Plain{0, 4.3};

// R, 0..93.2. Loss 0..100 percent, delay in milliseconds; less than 0 counts as 0.
double rating(double lossPercent, double oneWayMs, const CodecQuality& codec = g711Concealed);
// 1..4.5
double mosOf(double rating);

// MOS times 100, as it is kept and shown: 100..441.
std::int32_t mosCentis(double lossPercent, double oneWayMs,
                       const CodecQuality& codec = g711Concealed);

} // namespace hs::rtp::emodel
