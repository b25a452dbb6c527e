// The part of CallManager that answers calls by itself: after a time, or because the caller asks
// for it and may.
#include "base/LogCategories.h"
#include "call/CallManager.h"
#include "call/CallerFacts.h"

namespace hs::call {

void CallManager::scheduleAutoAnswer(model::CallId id)
{
    if (!m_settings.autoAnswerAfter) {
        return;
    }
    const auto answerIt = [this, id] {
        const base::Result<void> answered = answer(id, model::Actor::machine());
        if (!answered) {
            qCDebug(base::lcCall).noquote() << "not answered by machine:" << answered.error().text;
        }
    };
    if (m_settings.autoAnswerAfter->count() == 0) {
        answerIt();
    } else {
        m_autoAnswers[id] = m_parts.scheduler.after(*m_settings.autoAnswerAfter, answerIt);
    }
}

void CallManager::setAutoAnswer(std::optional<std::chrono::seconds> after)
{
    m_settings.autoAnswerAfter = after;
    m_autoAnswers.clear();
    const QList<model::Call> before = calls(); // answering changes the table
    for (const model::Call& call : before) {
        if (call.state == model::CallState::RingingIn) {
            scheduleAutoAnswer(call.id);
        }
    }
    updateSounds();
}

std::optional<std::chrono::seconds>
CallManager::wantsAnswerAtOnce(const sip::InviteUas& invite) const
{
    switch (m_settings.remoteAutoAnswer) {
    case model::RemoteAutoAnswer::No:
        return std::nullopt;
    case model::RemoteAutoAnswer::Accounts:
        if (!m_parts.accounts.isServer(invite.from().remote.address())) {
            return std::nullopt;
        }
        break;
    case model::RemoteAutoAnswer::Yes:
        break;
    }
    return autoAnswerWish(invite.request());
}

void CallManager::answerAsWished(model::CallId id, std::chrono::seconds after)
{
    // Intercom: whoever sits here is to be heard. Without a headset the machine answers.
    const auto answerIt = [this, id] {
        const bool hasOperator = m_settings.hasOperator;
        const base::Result<void> answered =
            answer(id, hasOperator ? model::Actor::consoleOperator() : model::Actor::machine());
        if (!answered) {
            qCDebug(base::lcCall).noquote() << "not answered as wished:" << answered.error().text;
        }
    };
    if (after.count() == 0) {
        answerIt();
    } else {
        m_autoAnswers[id] = m_parts.scheduler.after(after, answerIt);
    }
}

} // namespace hs::call
