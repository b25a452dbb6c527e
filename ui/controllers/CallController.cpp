#include "ui/controllers/CallController.h"

#include "engine/EngineFacade.h"
#include "ui/TransferWords.h"
#include "ui/models/CallListModel.h"

#include <algorithm>
#include <chrono>

namespace hs::ui {

using model::CallState;
using namespace std::chrono_literals;

CallController::CallController(engine::CallsFacade& calls, CallListModel& model,
                               std::function<qint64()> now, QObject* parent)
    : QObject(parent)
    , m_calls(calls)
    , m_model(model)
    , m_now(std::move(now))
{
    m_clock.setInterval(250ms);
    connect(&m_clock, &QTimer::timeout, this, &CallController::tick);
    connect(&m_calls, &engine::CallsFacade::changed, this, &CallController::accept);
    connect(&m_calls, &engine::CallsFacade::refused, this, &CallController::refused);
    connect(&m_calls, &engine::CallsFacade::referralRefused, this,
            [this](const model::RefusedReferral& referral) {
                Q_EMIT noticed(TransferWords::refused(referral));
            });
}

void CallController::accept(const QList<model::Call>& calls)
{
    QList<model::CallId> ringing;
    QList<model::CallId> outgoing;
    for (const model::Call& call : calls) {
        if (!call.isAlive() || m_model.find(call.id)) {
            continue;
        }
        if (call.state == CallState::RingingIn) {
            ringing << call.id;
        } else if (call.direction == model::Direction::Outgoing
                   && call.owner.kind == model::ActorKind::Operator) {
            outgoing << call.id;
        }
    }
    const auto headset = onHeadset();
    const int conference = headset ? headset->conference : 0;
    m_model.upsert(calls, m_now());
    if (!m_model.calls().isEmpty()) {
        m_clock.start();
    }
    Q_EMIT callsChanged();
    tellOfLeaving(conference);
    for (const model::CallId id : std::as_const(ringing)) {
        Q_EMIT startedRinging(id);
    }
    for (const model::CallId id : std::as_const(outgoing)) {
        Q_EMIT dialled(id);
    }
}

void CallController::tick()
{
    m_model.setNow(m_now());
    Q_EMIT callsChanged();
    if (m_model.calls().isEmpty()) {
        m_clock.stop();
    }
}

std::optional<model::Call> CallController::longestWaiting() const
{
    std::optional<model::Call> longest;
    for (const model::Call& call : m_model.calls()) {
        if (call.state == CallState::RingingIn
            && (!longest || call.startedAt < longest->startedAt)) {
            longest = call;
        }
    }
    return longest;
}

std::optional<model::Call> CallController::onHeadset() const
{
    const auto& calls = m_model.calls();
    const auto at = std::find_if(calls.begin(), calls.end(), [](const model::Call& call) {
        return call.hasHeadset && call.isAlive();
    });
    return at == calls.end() ? std::nullopt : std::optional(*at);
}

QList<model::Call> CallController::callsOnHeadset() const
{
    QList<model::Call> calls;
    std::ranges::copy_if(m_model.calls(), std::back_inserter(calls),
                         [](const model::Call& call) { return call.hasHeadset && call.isAlive(); });
    return calls;
}

int CallController::callsIn(int conference) const
{
    const auto& calls = m_model.calls();
    return static_cast<int>(
        std::count_if(calls.begin(), calls.end(), [conference](const model::Call& call) {
            return conference != 0 && call.conference == conference && call.isAlive();
        }));
}

// Whom the operator talked with just now goes on, though he hears it no more.
void CallController::tellOfLeaving(int conference)
{
    const auto headset = onHeadset();
    const bool hasLeft = conference != 0 && (!headset || headset->conference != conference);
    if (hasLeft && callsIn(conference) > 1) {
        Q_EMIT noticed(tr("Conference %1 goes on without you: its calls talk with each other. Take "
                          "one of them to come back.")
                           .arg(conference));
    }
}

void CallController::dial(const QString& target, const QString& account)
{
    m_lastDialled = target;
    m_calls.dial(target, account);
}

void CallController::answer(model::CallId id)
{
    m_calls.answer(id);
}

void CallController::hangUp(model::CallId id)
{
    m_calls.hangUp(id);
}

void CallController::take(model::CallId id)
{
    m_calls.take(id);
}

void CallController::setHeld(model::CallId id, bool held)
{
    m_calls.setHeld(id, held);
}

void CallController::setCodecs(model::CallId id, const QStringList& order)
{
    m_calls.setCodecs(id, order);
}

void CallController::sendDigits(model::CallId id, const QString& digits)
{
    m_calls.sendDigits(id, digits);
}

void CallController::transfer(model::CallId id, const QString& target)
{
    m_calls.transfer(id, target);
}

void CallController::transferToCall(model::CallId id, model::CallId other)
{
    m_calls.transferToCall(id, other);
}

void CallController::join(const QList<model::CallId>& ids)
{
    m_calls.join(ids);
}

void CallController::split(const QList<model::CallId>& ids)
{
    m_calls.split(ids);
}

void CallController::splitAll(model::CallId id)
{
    m_calls.splitAll(id);
}

void CallController::hangUpConference(model::CallId id)
{
    m_calls.hangUpConference(id);
}

void CallController::setMuted(bool muted)
{
    m_calls.setMuted(muted);
}

void CallController::setAutoAnswer(std::optional<int> afterSeconds)
{
    m_calls.setAutoAnswer(afterSeconds);
}

} // namespace hs::ui
