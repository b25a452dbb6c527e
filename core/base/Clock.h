// Clock: what time it is, for everything that waits, paces or writes a date. Injected, so that tests
// run on a manual clock. now() is monotonic and never jumps; wall() is the machine's date in UTC.
#pragma once

#include <chrono>
#include <cstdint>

namespace hs::base {

using Duration = std::chrono::nanoseconds;
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Duration>;
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

class Clock {
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
    virtual WallTime wall() const = 0;
};

// The machine's clocks (CLOCK_MONOTONIC, CLOCK_REALTIME). Any thread.
class SystemClock final : public Clock {
public:
    TimePoint now() const override;
    WallTime wall() const override;
};

// Milliseconds since 1970 in UTC: the form in which times are stored and sent.
inline std::int64_t toUnixMs(WallTime time)
{
    return time.time_since_epoch().count();
}

} // namespace hs::base
