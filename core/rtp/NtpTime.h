// NTP times as RTCP has them (RFC 3550 4): seconds since 1900 with 32 bits of fraction, or the
// middle 32 bits of that, which count 1/65536 s and wrap every 18 hours. Thread: pure functions.
#pragma once

#include "base/Clock.h"

#include <cstdint>

namespace hs::rtp {

constexpr std::uint64_t toNtp(base::WallTime time)
{
    constexpr std::int64_t secondsFrom1900To1970 = 2'208'988'800;
    const std::int64_t ms = time.time_since_epoch().count() + secondsFrom1900To1970 * 1000;
    const auto seconds = static_cast<std::uint64_t>(ms / 1000);
    const auto fraction = (static_cast<std::uint64_t>(ms % 1000) << 32) / 1000;
    return seconds << 32 | fraction; // the seconds wrap in 2036, as NTP's do
}

constexpr std::uint32_t compactNtp(std::uint64_t ntp)
{
    return static_cast<std::uint32_t>(ntp >> 16);
}

constexpr base::Duration fromCompactNtp(std::uint32_t units)
{
    return base::Duration((static_cast<std::int64_t>(units) * 1'000'000'000) >> 16);
}

// Clamped to what 32 bits hold: 0 to 18 hours.
constexpr std::uint32_t toCompactNtp(base::Duration time)
{
    const std::int64_t ns = time.count();
    constexpr std::int64_t most = std::int64_t(65535) * 1'000'000'000;
    if (ns <= 0) {
        return 0;
    }
    const std::int64_t kept = ns < most ? ns : most;
    return static_cast<std::uint32_t>((kept / 1'000'000'000 << 16)
                                      + ((kept % 1'000'000'000 << 16) / 1'000'000'000));
}

} // namespace hs::rtp
