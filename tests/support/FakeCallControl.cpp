#include "support/FakeCallControl.h"

namespace hs::test {

model::CallId FakeCallControl::ringIn(const QString& number, const QString& controlId)
{
    model::Call call;
    call.id = ++m_lastId;
    call.state = model::CallState::RingingIn;
    call.number = number;
    call.controlId = controlId.isEmpty() ? QStringLiteral("call-%1").arg(call.id) : controlId;
    call.sipCallId = call.controlId;
    call.startedAt = call.ringingAt = ++m_time;
    m_calls.insert(call.id, call);
    Q_EMIT added(call);
    return call.id;
}

base::Result<model::CallId> FakeCallControl::dial(const call::DialRequest& request)
{
    if (!note(QStringLiteral("dial ") + request.target, request.by)) {
        return base::Error{refusal};
    }
    model::Call call;
    call.id = ++m_lastId;
    call.direction = model::Direction::Outgoing;
    call.state = model::CallState::Dialing;
    call.owner = request.by;
    call.number = request.target;
    call.controlId =
        nextControlId.isEmpty() ? QStringLiteral("call-%1").arg(call.id) : nextControlId;
    nextControlId.clear();
    call.startedAt = ++m_time;
    m_calls.insert(call.id, call);
    Q_EMIT added(call);
    if (onDialled) {
        onDialled(call.id);
    }
    return call.id;
}

base::Result<model::CallId>
FakeCallControl::pickUp(const QString& account, const QString& extension, const model::Actor& by)
{
    if (!note(QStringLiteral("pickUp %1 %2").arg(account, extension), by)) {
        return base::Error{refusal};
    }
    return dial({extension, by, account});
}

void FakeCallControl::change(model::CallId id, const std::function<void(model::Call&)>& edit)
{
    const model::Call before = m_calls.value(id);
    edit(m_calls[id]);
    Q_EMIT changed(m_calls.value(id), before);
}

void FakeCallControl::ringOut(model::CallId id)
{
    change(id, [this](model::Call& call) {
        call.state = model::CallState::RingingOut;
        call.ringingAt = ++m_time;
    });
}

void FakeCallControl::earlyMedia(model::CallId id)
{
    change(id, [](model::Call& call) { call.state = model::CallState::EarlyMedia; });
}

void FakeCallControl::answerByFarEnd(model::CallId id)
{
    change(id, [this](model::Call& call) {
        call.state = model::CallState::Active;
        call.answeredAt = ++m_time;
        call.answeredBy = model::Actor::farEnd();
        call.finalCode = 200;
    });
    acknowledge(id);
}

void FakeCallControl::acknowledge(model::CallId id)
{
    Q_EMIT established(m_calls.value(id));
}

void FakeCallControl::end(model::CallId id, int code, const QString& reason, const model::Actor& by)
{
    model::Call call = m_calls.take(id);
    call.state = model::CallState::Ended;
    call.finalCode = code;
    call.reason = reason;
    call.endedBy = by;
    call.endedAt = ++m_time;
    Q_EMIT ended(call);
}

void FakeCallControl::giveTo(model::CallId id, const model::Actor& owner)
{
    change(id, [&owner](model::Call& call) { call.owner = owner; });
}

bool FakeCallControl::note(const QString& what, const model::Actor& by)
{
    asked.append(what);
    askers.append(by);
    return refusal.isEmpty();
}

base::Result<void> FakeCallControl::answer(model::CallId id, const model::Actor& by)
{
    if (!note(QStringLiteral("answer %1").arg(id), by)) {
        return base::Error{refusal};
    }
    change(id, [this, &by](model::Call& call) {
        call.state = model::CallState::Active;
        call.answeredAt = ++m_time;
        call.owner = call.answeredBy = by;
        call.finalCode = 200;
    });
    return {};
}

base::Result<void> FakeCallControl::reject(model::CallId id, const model::Actor& by, int code)
{
    if (!note(QStringLiteral("reject %1 %2").arg(id).arg(code), by)) {
        return base::Error{refusal};
    }
    end(id, code, QStringLiteral("Busy Here"), by);
    return {};
}

base::Result<void> FakeCallControl::hangUp(model::CallId id, const model::Actor& by)
{
    if (!note(QStringLiteral("hangUp %1").arg(id), by)) {
        return base::Error{refusal};
    }
    const model::Call call = m_calls.value(id);
    if (call.wasAnswered()) {
        end(id, 200, QStringLiteral("OK"), by);
    } else if (call.direction == model::Direction::Incoming) {
        end(id, 486, QStringLiteral("Busy Here"), by);
    } else {
        end(id, 487, QStringLiteral("Request Terminated"), by);
    }
    return {};
}

base::Result<void> FakeCallControl::take(model::CallId id)
{
    note(QStringLiteral("take %1").arg(id), model::Actor::consoleOperator());
    giveTo(id, model::Actor::consoleOperator());
    return {};
}

base::Result<void> FakeCallControl::setHeld(model::CallId id, bool held)
{
    change(id, [held](model::Call& call) { call.heldByUs = held; });
    return {};
}

base::Result<void> FakeCallControl::sendDigits(model::CallId id, const QString& digits)
{
    if (!note(QStringLiteral("sendDigits %1 %2").arg(id).arg(digits),
              model::Actor::consoleOperator())) {
        return base::Error{refusal};
    }
    return {};
}

base::Result<void> FakeCallControl::transfer(model::CallId id, const QString& target)
{
    if (!note(QStringLiteral("transfer %1 %2").arg(id).arg(target),
              model::Actor::consoleOperator())) {
        return base::Error{refusal};
    }
    return {};
}

base::Result<void> FakeCallControl::transferToCall(model::CallId id, model::CallId other)
{
    if (!note(QStringLiteral("transferToCall %1 %2").arg(id).arg(other),
              model::Actor::consoleOperator())) {
        return base::Error{refusal};
    }
    return {};
}

base::Result<void> FakeCallControl::join(const QList<model::CallId>& ids)
{
    QStringList words{QStringLiteral("join")};
    for (const model::CallId id : ids) {
        words << QString::number(id);
    }
    if (!note(words.join(u' '), model::Actor::consoleOperator())) {
        return base::Error{refusal};
    }
    return {};
}

base::Result<void> FakeCallControl::split(model::CallId id)
{
    if (!note(QStringLiteral("split %1").arg(id), model::Actor::consoleOperator())) {
        return base::Error{refusal};
    }
    return {};
}

base::Result<void> FakeCallControl::setCodecs(model::CallId id, const QStringList& order)
{
    if (!note(QStringLiteral("setCodecs %1 %2").arg(id).arg(order.join(u',')),
              model::Actor::consoleOperator())) {
        return base::Error{refusal};
    }
    return {};
}

std::optional<model::Call> FakeCallControl::find(model::CallId id) const
{
    const auto found = m_calls.find(id);
    return found == m_calls.end() ? std::nullopt : std::optional(*found);
}

} // namespace hs::test
