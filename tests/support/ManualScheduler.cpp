#include "support/ManualScheduler.h"

namespace hs::test {

base::WallTime ManualClock::wall() const
{
    // 2026-01-02 03:04:05 UTC when the clock starts.
    constexpr base::WallTime start{std::chrono::milliseconds(1767323045000)};
    return start
        + std::chrono::duration_cast<std::chrono::milliseconds>(m_now.time_since_epoch()
                                                                - std::chrono::hours(1));
}

base::Timer ManualScheduler::at(base::TimePoint deadline, std::function<void()> run)
{
    return m_queue.add(deadline, std::move(run));
}

void ManualScheduler::advance(base::Duration by)
{
    const base::TimePoint end = m_clock.now() + by;
    while (m_queue.next() && *m_queue.next() <= end) {
        m_clock.set(std::max(m_clock.now(), *m_queue.next()));
        m_queue.runDue(m_clock.now());
    }
    m_clock.set(end);
}

} // namespace hs::test
