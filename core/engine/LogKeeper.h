// LogKeeper: keeps the call log in step with the calls: a row when a call begins, brought up to
// date at each change of state and every few seconds, so that a crash costs next to nothing.
// Thread: core.
#pragma once

#include "base/Scheduler.h"
#include "call/CallControl.h"
#include "store/Store.h"

namespace hs::engine {

class LogKeeper final : public QObject {
    Q_OBJECT
public:
    LogKeeper(call::CallControl& calls, store::Store& store, base::Scheduler& scheduler,
              const QString& engineId, QObject* parent = nullptr);

    void keep(const model::TextMessage& message) { m_store.addMessage(message); }

private:
    void put(const model::Call& call);
    void putAll();

    call::CallControl& m_calls;
    store::Store& m_store;
    base::Scheduler& m_scheduler;
    QString m_engineId;
    base::Timer m_refresh;
};

} // namespace hs::engine
