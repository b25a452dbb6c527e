#include "engine/DigitsAwaited.h"

#include <utility>

namespace hs::engine {

namespace {
// What a digit sounds and the pause behind it, by whatever way it goes.
constexpr base::Duration lastDigit = std::chrono::milliseconds(300);
} // namespace

DigitsAwaited::DigitsAwaited(call::CallControl& calls, base::Scheduler& scheduler,
                             const Command& command, qsizetype before, Reply reply)
    : QObject(&calls)
    , m_scheduler(scheduler)
    , m_id(command.id)
    , m_before(before)
    , m_wanted(command.digits.size())
    , m_countable(qMin(m_wanted, model::Call::mostDigits - m_before))
    , m_reply(std::move(reply))
{
    connect(&calls, &call::CallControl::changed, this, &DigitsAwaited::look);
    connect(&calls, &call::CallControl::ended, this, [this](const model::Call& call) {
        if (call.id == m_id) {
            answer(CommandResult::refused(
                QStringLiteral("the call ended when %1 were sent").arg(countSent())));
        }
    });
    m_deadline = m_scheduler.after(timeToDo(command), [this] {
        const bool isMore = m_countable < m_wanted && m_sent == m_countable; // than is kept
        answer(isMore ? CommandResult::done()
                      : CommandResult::refused(
                          QStringLiteral("only %1 were sent in the time that they take")
                              .arg(countSent())));
    });
    if (const auto call = calls.find(m_id)) {
        look(*call); // the first INFO goes out at once
    }
}

void DigitsAwaited::look(const model::Call& call)
{
    if (call.id != m_id) {
        return;
    }
    m_sent = qMin(m_countable, call.digitsSent.size() - m_before);
    if (m_countable == m_wanted && m_sent == m_wanted && !m_last.active()) {
        m_deadline.cancel();
        m_last = m_scheduler.after(lastDigit, [this] { answer(CommandResult::done()); });
    }
}

QString DigitsAwaited::countSent() const
{
    return QStringLiteral("%1 of %2 digits").arg(m_sent).arg(m_wanted);
}

void DigitsAwaited::answer(const CommandResult& result)
{
    m_deadline.cancel();
    m_last.cancel();
    disconnect(parent(), nullptr, this, nullptr);
    deleteLater();
    if (const Reply reply = std::exchange(m_reply, {})) {
        reply(result);
    }
}

} // namespace hs::engine
