#include "rtp/EModel.h"

#include <algorithm>
#include <cmath>

namespace hs::rtp::emodel {

namespace {
constexpr double best = 93.2; // G.107 with all its defaults

// Id of G.107 for a line without echo, in the usual two straight lines (R. Cole, J. Rosenbluth,
// "Voice over IP performance monitoring", 2001).
double delayImpairment(double ms)
{
    constexpr double knee = 177.3;
    return 0.024 * ms + (ms > knee ? 0.11 * (ms - knee) : 0);
}
} // namespace

double rating(double lossPercent, double oneWayMs, const CodecQuality& codec)
{
    const double loss = std::clamp(lossPercent, 0.0, 100.0);
    const double equipment = codec.ie + (95 - codec.ie) * loss / (loss + codec.bpl); // Ie,eff
    return std::clamp(best - delayImpairment(std::max(oneWayMs, 0.0)) - equipment, 0.0, best);
}

double mosOf(double rating)
{
    if (rating <= 0) {
        return 1;
    }
    if (rating >= 100) {
        return 4.5;
    }
    // Annex B; for ratings below 6.5 the polynomial runs below 1.
    const double mos = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
    return std::clamp(mos, 1.0, 4.5);
}

std::int32_t mosCentis(double lossPercent, double oneWayMs, const CodecQuality& codec)
{
    return static_cast<std::int32_t>(
        std::lround(100 * mosOf(rating(lossPercent, oneWayMs, codec))));
}

} // namespace hs::rtp::emodel
