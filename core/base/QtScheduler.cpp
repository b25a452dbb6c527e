#include "base/QtScheduler.h"

#include <algorithm>

namespace hs::base {

QtScheduler::QtScheduler(const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    // A coarse timer fires up to 5 % early; RFC 3261's timers may not.
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &QtScheduler::fire);
}

Timer QtScheduler::at(TimePoint deadline, std::function<void()> run)
{
    Timer timer = m_queue.add(deadline, std::move(run));
    if (!m_armedFor || deadline < *m_armedFor) {
        arm();
    }
    return timer;
}

void QtScheduler::fire()
{
    m_armedFor.reset();
    m_queue.runDue(m_clock.now());
    arm();
}

void QtScheduler::arm()
{
    const std::optional<TimePoint> next = m_queue.next();
    if (!next) {
        m_timer.stop();
        m_armedFor.reset();
        return;
    }
    if (m_armedFor == next) {
        return;
    }
    m_armedFor = next;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - m_clock.now());
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

} // namespace hs::base
