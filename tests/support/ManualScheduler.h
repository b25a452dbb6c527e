// ManualClock and ManualScheduler: time that passes when a test says so.
#pragma once

#include "base/Scheduler.h"

namespace hs::test {

class ManualClock final : public base::Clock {
public:
    base::TimePoint now() const override { return m_now; }
    base::WallTime wall() const override;
    void set(base::TimePoint now) { m_now = now; }

private:
    base::TimePoint m_now{std::chrono::hours(1)};
};

class ManualScheduler final : public base::Scheduler {
public:
    const base::Clock& clock() const override { return m_clock; }
    [[nodiscard]] base::Timer at(base::TimePoint deadline, std::function<void()> run) override;

    // Lets the time pass, running each timer at its own deadline.
    void advance(base::Duration by);
    void runDue() { m_queue.runDue(m_clock.now()); }
    std::optional<base::TimePoint> next() const { return m_queue.next(); }
    std::size_t pending() const { return m_queue.size(); }
    ManualClock& manualClock() { return m_clock; }

private:
    ManualClock m_clock;
    base::TimerQueue m_queue;
};

} // namespace hs::test
