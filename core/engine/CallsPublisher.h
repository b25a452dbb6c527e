// CallsPublisher: what the window sees of the calls: new calls and new states at once, figures that
// move (packets, levels) four times a second at most, however many calls there are.
// Thread: core; publish() is called there.
#pragma once

#include "base/Scheduler.h"
#include "call/CallControl.h"

#include <map>

namespace hs::engine {

class CallsPublisher final : public QObject {
    Q_OBJECT
public:
    using Publish = std::function<void(const QList<model::Call>&)>;

    CallsPublisher(call::CallControl& calls, base::Scheduler& scheduler, Publish publish,
                   QObject* parent = nullptr);

private:
    void keep(const model::Call& call, base::Duration atMost);
    void flush();

    base::Scheduler& m_scheduler;
    Publish m_publish;
    std::map<model::CallId, model::Call> m_changed;
    base::Timer m_flush;
    base::TimePoint m_flushAt;
};

} // namespace hs::engine
