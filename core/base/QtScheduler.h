// QtScheduler: the Scheduler of a thread with a Qt event loop. One precise QTimer for all deadlines.
#pragma once

#include "base/Scheduler.h"

#include <QTimer>

namespace hs::base {

class QtScheduler final : public QObject, public Scheduler {
    Q_OBJECT
public:
    explicit QtScheduler(const Clock& clock, QObject* parent = nullptr);

    const Clock& clock() const override { return m_clock; }
    [[nodiscard]] Timer at(TimePoint deadline, std::function<void()> run) override;

private:
    void fire();
    void arm();

    const Clock& m_clock;
    TimerQueue m_queue;
    QTimer m_timer;
    std::optional<TimePoint> m_armedFor;
};

} // namespace hs::base
