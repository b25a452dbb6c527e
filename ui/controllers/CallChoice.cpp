#include "ui/controllers/CallChoice.h"

#include "ui/controllers/CallController.h"
#include "ui/models/CallListModel.h"

namespace hs::ui {

using model::ActorKind;
using model::Call;
using model::CallId;
using model::CallState;

namespace {
std::optional<CallId> idOf(const std::optional<Call>& call)
{
    return call ? std::optional(call->id) : std::nullopt;
}

// What a program or the machine talks to is no business of a key that was meant for another call.
bool isOperators(const Call& call)
{
    return call.isAlive()
        && (call.state == CallState::RingingIn || call.owner.kind == ActorKind::Operator);
}
} // namespace

CallChoice::CallChoice(const CallController& controller, QObject* parent)
    : QObject(parent)
    , m_controller(controller)
{
}

std::optional<Call> CallChoice::find(std::optional<CallId> id) const
{
    return id ? m_controller.model().find(*id) : std::nullopt;
}

std::optional<Call> CallChoice::onlyOne() const
{
    std::optional<Call> only;
    for (const Call& call : m_controller.model().calls()) {
        if (isOperators(call)) {
            if (only) {
                return std::nullopt;
            }
            only = call;
        }
    }
    return only;
}

// Who takes the place of a call that has ended: the call on the headset, else whom the operator
// has kept waiting longest, else who has rung longest.
std::optional<Call> CallChoice::successor() const
{
    if (auto headset = m_controller.onHeadset()) {
        return headset;
    }
    std::optional<Call> longest;
    for (const Call& call : m_controller.model().calls()) {
        if (isOperators(call) && call.state != CallState::RingingIn
            && (!longest || call.stateSince < longest->stateSince)) {
            longest = call;
        }
    }
    return longest ? longest : m_controller.longestWaiting();
}

std::optional<Call> CallChoice::current() const
{
    if (m_selected) {
        const auto call = find(m_selected);
        return call && call->isAlive() ? call : std::nullopt;
    }
    const auto headset = m_controller.onHeadset();
    return headset ? headset : onlyOne();
}

// A row that has ended stays selected for some seconds: no order is meant for it.
QList<Call> CallChoice::meant(const QList<CallId>& selection) const
{
    QList<Call> calls;
    for (const CallId id : selection) {
        if (const auto call = find(id); call && call->isAlive()) {
            calls << *call;
        }
    }
    if (calls.size() < 2) {
        const auto call = current();
        calls = call ? QList{*call} : QList<Call>();
    }
    return calls;
}

std::optional<Call> CallChoice::toAnswer() const
{
    const auto call = find(m_selected);
    return call && call->state == CallState::RingingIn ? call : m_controller.longestWaiting();
}

std::optional<Call> CallChoice::toHangUp() const
{
    // A wall clock that was set back must not take the key away for as long.
    const qint64 since = m_controller.model().now() - m_movedAt;
    const bool settled = m_movedAt == 0 || since >= settlesMs || since < 0;
    return settled ? current() : std::nullopt;
}

std::optional<Call> CallChoice::shown() const
{
    const auto call = find(m_selected);
    return call ? call : current();
}

void CallChoice::setSelected(std::optional<CallId> id)
{
    // update() finds out whether the row was left or has gone.
    m_dropped = id ? std::nullopt : m_selected;
    m_selected = id;
    const auto call = find(id);
    m_selectedLives = call && call->isAlive();
    if (id) {
        m_meant = idOf(current());
        m_movedAt = 0;
    }
}

void CallChoice::choose(CallId id)
{
    Q_EMIT selectRequested(id);
    m_meant = idOf(current());
    m_movedAt = 0;
    Q_EMIT chosen();
}

void CallChoice::follow()
{
    const auto before = find(m_headset);
    const auto now = m_controller.onHeadset();
    // In a conference it is on all calls at once, whichever of them comes first.
    const bool stays = before && before->isAlive() && now
        && (before->hasHeadset
            || (before->conference != 0 && before->conference == now->conference));
    const auto headset = stays ? m_headset : idOf(now);
    const bool headsetMoved = headset && headset != m_headset;
    m_headset = headset;
    const auto selected = find(m_selected);
    const bool ended = m_selectedLives && !(selected && selected->isAlive());
    const bool vanished = m_dropped && !find(m_dropped);
    m_dropped.reset();
    m_selectedLives = selected && selected->isAlive();
    const auto next = headsetMoved ? headset : ended || vanished ? idOf(successor()) : std::nullopt;
    if (next && next != m_selected) {
        const auto meant = m_meant;
        Q_EMIT selectRequested(*next);
        m_meant = meant; // it is not the operator who chose
    }
}

void CallChoice::update()
{
    follow();
    const auto meant = idOf(current());
    if (meant == m_meant) {
        return;
    }
    // Where no call was meant, none is taken for another, unless one was meant just before.
    const bool moved = m_meant.has_value();
    m_meant = meant;
    if (moved) {
        m_movedAt = m_controller.model().now();
        Q_EMIT movedByItself();
    }
}

} // namespace hs::ui
