#include "sip/ua/RegistrationTimes.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr base::Duration baseTime = std::chrono::seconds(30);
constexpr base::Duration mostTime = std::chrono::minutes(30);
constexpr std::uint32_t mostServerSeconds = 24 * 3600;

base::Duration share(base::Duration whole, std::uint32_t percent)
{
    return whole / 100 * percent;
}
} // namespace

base::Duration refreshAfter(std::chrono::seconds granted, base::Random& random)
{
    return share(granted, 80 + random.below(16));
}

base::Duration retryAfter(int failures, std::optional<std::uint32_t> serverSeconds,
                          base::Random& random)
{
    base::Duration wait = baseTime;
    for (int i = 1; i < failures && wait < mostTime; ++i) {
        wait *= 2;
    }
    wait = share(std::min(wait, mostTime), 50 + random.below(51));
    if (serverSeconds) {
        wait = std::max<base::Duration>(
            wait, std::chrono::seconds(std::min(*serverSeconds, mostServerSeconds)));
    }
    return wait;
}

} // namespace hs::sip
