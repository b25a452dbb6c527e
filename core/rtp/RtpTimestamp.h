// RTP's 32-bit timestamps, in samples of the codec's clock: distances across the wrap, the long
// form, and conversion from and to time, which does not overflow however long the machine has been
// up. Thread: values.
#pragma once

#include "base/Clock.h"

#include <cstdint>

namespace hs::rtp {

// How far `to` lies after `from`, in samples.
constexpr std::int32_t timestampDistance(std::uint32_t from, std::uint32_t to)
{
    return static_cast<std::int32_t>(to - from);
}

// The timestamp on a line without wraps, next to the last one.
class ExtendedTimestamp {
public:
    explicit constexpr ExtendedTimestamp(std::uint32_t first = 0)
        : m_last(first)
    {
    }
    constexpr std::int64_t extend(std::uint32_t timestamp)
    {
        m_last += timestampDistance(static_cast<std::uint32_t>(m_last), timestamp);
        return m_last;
    }

private:
    std::int64_t m_last;
};

constexpr base::Duration samplesToTime(std::int64_t samples, std::uint32_t clockRate)
{
    const std::int64_t rate = clockRate;
    return std::chrono::seconds(samples / rate)
        + base::Duration(samples % rate * 1'000'000'000 / rate);
}

constexpr std::int64_t timeToSamples(base::Duration time, std::uint32_t clockRate)
{
    const std::int64_t rate = clockRate;
    const std::int64_t ns = time.count();
    return ns / 1'000'000'000 * rate + ns % 1'000'000'000 * rate / 1'000'000'000;
}

} // namespace hs::rtp
