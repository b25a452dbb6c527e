#include "engine/LogKeeper.h"

namespace hs::engine {

namespace {
constexpr base::Duration refreshInterval = std::chrono::seconds(2);

bool isWorthWriting(const model::Call& now, const model::Call& before)
{
    model::Call comparable = now;
    comparable.media = before.media; // figures that move all the time come with the refresh
    comparable.listeners = before.listeners;
    return comparable != before;
}
} // namespace

LogKeeper::LogKeeper(call::CallControl& calls, store::Store& store, base::Scheduler& scheduler,
                     const QString& engineId, QObject* parent)
    : QObject(parent)
    , m_calls(calls)
    , m_store(store)
    , m_scheduler(scheduler)
    , m_engineId(engineId)
{
    connect(&calls, &call::CallControl::added, this, &LogKeeper::put);
    connect(&calls, &call::CallControl::changed, this,
            [this](const model::Call& now, const model::Call& before) {
                if (isWorthWriting(now, before)) {
                    put(now);
                }
            });
    connect(&calls, &call::CallControl::ended, this, &LogKeeper::put);
    m_refresh = m_scheduler.after(refreshInterval, [this] { putAll(); });
}

void LogKeeper::put(const model::Call& call)
{
    model::LogEntry entry;
    entry.engineId = m_engineId;
    entry.call = call;
    m_store.put(entry);
}

void LogKeeper::putAll()
{
    const QList<model::Call> calls = m_calls.calls();
    for (const model::Call& call : calls) {
        put(call);
    }
    m_refresh = m_scheduler.after(refreshInterval, [this] { putAll(); });
}

} // namespace hs::engine
