// SkewedClock: another machine's idea of the time: `ppm` millionths faster than a clock, or slower
// where it is negative, from its making on. The date is the other clock's. Thread: as that one's.
#pragma once

#include "base/Clock.h"

namespace hs::test {

class SkewedClock final : public base::Clock {
public:
    SkewedClock(const base::Clock& clock, double ppm)
        : m_clock(clock)
        , m_start(clock.now())
        , m_ppm(ppm)
    {
    }

    base::TimePoint now() const override
    {
        const base::Duration passed = m_clock.now() - m_start;
        return m_start + passed
            + base::Duration(static_cast<std::int64_t>(double(passed.count()) * m_ppm * 1e-6));
    }
    base::WallTime wall() const override { return m_clock.wall(); }

private:
    const base::Clock& m_clock;
    base::TimePoint m_start;
    double m_ppm;
};

} // namespace hs::test
