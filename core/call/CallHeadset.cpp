// The part of CallManager that gives the operator's headset to one call and puts the others on
// hold, and changes what a call is spoken in.
#include "base/LogCategories.h"
#include "base/Text.h"
#include "call/CallManager.h"

#include <algorithm>

namespace hs::call {

base::Result<void> CallManager::take(model::CallId id)
{
    const base::Result<Call*> call = get(id);
    if (!call) {
        return call.error();
    }
    if ((*call)->model().state == model::CallState::RingingIn) {
        return answer(id, model::Actor::consoleOperator());
    }
    (*call)->setOwner(model::Actor::consoleOperator());
    if ((*call)->model().heldByUs) {
        const base::Result<void> resumed = (*call)->setHeld(false);
        if (!resumed) {
            return resumed;
        }
    }
    giveHeadset(**call);
    return {};
}

base::Result<void> CallManager::setHeld(model::CallId id, bool held)
{
    const base::Result<Call*> found = get(id);
    if (!found) {
        return found.error();
    }
    Call& call = **found;
    const base::Result<void> done = call.setHeld(held);
    const bool isOperators = call.model().owner.kind == model::ActorKind::Operator;
    if (const Conference* conference = conferenceOf(id)) {
        // In its place; the operator, if he is there, talks with the others meanwhile. With nobody
        // there to talk with, it is resumed for the operator, as any other call.
        const auto isHere = [this, id](model::CallId member) {
            const Call* other = member == id ? nullptr : alive(member);
            return other && !other->model().heldByUs;
        };
        const bool others = std::ranges::any_of(conference->calls(), isHere);
        if (done && !held && isOperators && (!m_headset.holder() || !others)) {
            giveHeadset(call);
        }
    } else if (done && held) {
        m_headset.takeFrom(call);
    } else if (done && isOperators) {
        giveHeadset(call);
    }
    return done;
}

base::Result<void> CallManager::setCodecs(model::CallId id, const QStringList& order)
{
    const base::Result<Call*> call = get(id);
    if (!call) {
        return call.error();
    }
    const QStringList known = model::allCodecs();
    for (const QString& name : order) {
        if (order.count(name) > 1) {
            return base::Error{
                QStringLiteral("the codec '%1' is named twice").arg(base::printable(name, 32))};
        }
        if (!known.contains(name)) {
            return base::Error{
                QStringLiteral("there is no codec '%1'; there are %2")
                    .arg(base::printable(name, 32), known.join(QStringLiteral(", ")))};
        }
    }
    return (*call)->setCodecs(order);
}

void CallManager::giveHeadset(Call& call)
{
    const Conference* conference = conferenceOf(call.id());
    Call* before = m_headset.holder();
    if (before && conference && conference == conferenceOf(before->id())) {
        return; // he is in it
    }
    if (before && before != &call) {
        putAside(*before);
    }
    if (call.model().isAlive()) { // who heard of all that may have hung up
        m_headset.give(call);
    }
    settleSoon();
}

void CallManager::setMuted(bool muted)
{
    m_headset.setMuted(muted);
    settleSoon(); // a conference's calls have one microphone
}

void CallManager::putAside(Call& call)
{
    if (conferenceOf(call.id())) {
        return; // its parties go on talking with each other
    }
    const base::Result<void> held = call.setHeld(true);
    if (!held) {
        // Not answered yet: its far end can't be told, but it loses the headset all the same.
        qCDebug(base::lcCall).noquote() << held.error().text;
    }
}

void CallManager::onResumeFailed(Call& call)
{
    qCWarning(base::lcCall).noquote()
        << "call" << call.model().controlId
        << "stays on hold, the far end can't be had back:" << call.model().resumeProblem;
    if (!conferenceOf(call.id())) {
        m_headset.takeFrom(call);
    } else if (!call.wasInConference()) {
        leaveConference(call); // it was to join
    }
}

} // namespace hs::call
