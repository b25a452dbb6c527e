#include "engine/CallsPublisher.h"

namespace hs::engine {

namespace {
constexpr base::Duration figuresInterval = std::chrono::milliseconds(250);
// At once, but what one message brings about is told in one piece.
constexpr base::Duration atOnce{0};

bool isMoreThanFigures(const model::Call& now, const model::Call& before)
{
    model::Call comparable = now;
    comparable.media = before.media;
    return comparable != before;
}
} // namespace

CallsPublisher::CallsPublisher(call::CallControl& calls, base::Scheduler& scheduler,
                               Publish publish, QObject* parent)
    : QObject(parent)
    , m_scheduler(scheduler)
    , m_publish(std::move(publish))
{
    connect(&calls, &call::CallControl::added, this,
            [this](const model::Call& call) { keep(call, atOnce); });
    connect(&calls, &call::CallControl::changed, this,
            [this](const model::Call& now, const model::Call& before) {
                keep(now, isMoreThanFigures(now, before) ? atOnce : figuresInterval);
            });
    connect(&calls, &call::CallControl::ended, this,
            [this](const model::Call& call) { keep(call, atOnce); });
}

void CallsPublisher::keep(const model::Call& call, base::Duration atMost)
{
    m_changed[call.id] = call;
    const base::TimePoint deadline = m_scheduler.clock().now() + atMost;
    if (!m_flush.active() || deadline < m_flushAt) {
        m_flushAt = deadline;
        m_flush = m_scheduler.at(deadline, [this] { flush(); });
    }
}

void CallsPublisher::flush()
{
    QList<model::Call> calls;
    for (const auto& [id, call] : m_changed) {
        calls.append(call);
    }
    m_changed.clear();
    m_publish(calls);
}

} // namespace hs::engine
