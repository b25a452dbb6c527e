#include "ui/windows/JoinActions.h"

#include "ui/CallWords.h"
#include "ui/controllers/CallChoice.h"
#include "ui/controllers/CallController.h"
#include "ui/models/CallListModel.h"

#include <QAction>

#include <algorithm>

namespace hs::ui {

using model::Call;
using model::CallId;
using model::CallState;

namespace {
bool canJoin(const Call& call)
{
    return call.state == CallState::Active || call.state == CallState::Held;
}

bool areTogether(const Call& a, const Call& b)
{
    return a.conference != 0 && a.conference == b.conference;
}

QAction* makeAction(QObject* parent, const QString& text, const QString& name)
{
    auto* action = new QAction(text, parent);
    action->setObjectName(name);
    action->setAutoRepeat(false);
    return action;
}
} // namespace

JoinActions::JoinActions(CallController& controller, const CallChoice& choice, QObject* parent)
    : QObject(parent)
    , m_controller(controller)
    , m_choice(choice)
    , m_join(makeAction(this, tr("Join"), QStringLiteral("join")))
    , m_split(makeAction(this, tr("Split off"), QStringLiteral("split")))
    , m_splitAll(makeAction(this, tr("Take the conference apart"), QStringLiteral("splitAll")))
    , m_hangUpAll(makeAction(this, tr("Hang up the conference"), QStringLiteral("hangUpAll")))
{
    m_join->setShortcut(QKeySequence(Qt::Key_F8));
    m_split->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F8));
    connect(m_join, &QAction::triggered, this, [this] { m_controller.join(m_toJoin); });
    connect(m_split, &QAction::triggered, this, [this] {
        const QList<CallId> toSplit = m_toSplit; // each order may change it
        for (const CallId id : toSplit) {
            m_controller.split(id);
        }
    });
    connect(m_splitAll, &QAction::triggered, this, [this] {
        if (const auto call = m_choice.current()) {
            m_controller.splitAll(call->id);
        }
    });
    connect(m_hangUpAll, &QAction::triggered, this, [this] {
        if (const auto call = m_choice.toHangUp(); call && call->conference != 0) {
            m_controller.hangUpConference(call->id);
        }
    });
}

QList<Call> JoinActions::meant(const QList<CallId>& selected) const
{
    QList<Call> calls;
    for (const CallId id : selected) {
        if (const auto call = m_controller.model().find(id)) {
            calls << *call;
        }
    }
    if (calls.size() < 2) {
        const auto call = m_choice.current();
        calls = call ? QList{*call} : QList<Call>();
    }
    return calls;
}

// With the call on the headset, or that one with the only other call that there is.
JoinActions::Joinable JoinActions::withPartner(const Call& call) const
{
    const auto headset = m_controller.onHeadset();
    const bool isOnIt = headset && (headset->id == call.id || areTogether(*headset, call));
    QList<Call> others;
    for (const Call& other : m_controller.model().calls()) {
        // What a program or the machine talks to is joined only by who has chosen it.
        const bool isOwn = other.owner.kind == model::ActorKind::Operator
            || (headset && (other.id == headset->id || areTogether(other, *headset)));
        const bool fits = isOnIt || !headset || other.id == headset->id;
        if (fits && isOwn && other.id != call.id && canJoin(other) && !areTogether(other, call)) {
            others << other;
        }
    }
    if (others.isEmpty()) {
        return {{}, tr("There is no other answered call to join it with.")};
    }
    // Those of one conference are one.
    const bool areOne = std::ranges::all_of(others, [&others](const Call& other) {
        return other.id == others.first().id || areTogether(other, others.first());
    });
    if (!areOne) {
        return {{},
                tr("Select two calls or more: with Ctrl and a click, or Shift and an arrow key.")};
    }
    //: %1 and %2 are numbers
    return {{call.id, others.first().id},
            tr("Join %1 with %2: all hear each other")
                .arg(CallWords::number(call), CallWords::number(others.first()))};
}

JoinActions::Joinable JoinActions::joinable(const QList<Call>& calls) const
{
    if (calls.isEmpty()) {
        return {{},
                tr("Select two calls or more: with Ctrl and a click, or Shift and an arrow key.")};
    }
    if (!std::ranges::all_of(calls, canJoin)) {
        return {{}, tr("Only calls that are answered can be joined.")};
    }
    if (calls.size() == 1) {
        return withPartner(calls.first());
    }
    if (std::ranges::all_of(
            calls, [&calls](const Call& call) { return areTogether(call, calls.first()); })) {
        return {{}, tr("These calls are joined already.")};
    }
    Joinable joinable{{}, tr("Join the selected calls: all hear each other")};
    for (const Call& call : calls) {
        joinable.ids << call.id;
    }
    return joinable;
}

void JoinActions::update(const QList<CallId>& selected)
{
    const QList<Call> calls = meant(selected);
    const Joinable joinable = this->joinable(calls);
    m_toJoin = joinable.ids;
    m_join->setEnabled(!m_toJoin.isEmpty());
    m_join->setToolTip(joinable.why);

    m_toSplit.clear();
    for (const Call& call : calls) {
        if (call.conference != 0) {
            m_toSplit << call.id;
        }
    }
    const auto current = m_choice.current();
    const bool isIn = current && current->conference != 0;
    const QString notIn = tr("The selected call is in no conference.");
    m_split->setEnabled(!m_toSplit.isEmpty());
    m_split->setToolTip(m_toSplit.isEmpty()
                            ? notIn
                            : tr("The selected call leaves its conference and is put on hold; the "
                                 "others go on."));
    m_splitAll->setEnabled(isIn);
    m_splitAll->setToolTip(isIn ? tr("All calls of the conference are put on hold, each by itself.")
                                : notIn);
    const auto toHangUp = m_choice.toHangUp();
    m_hangUpAll->setEnabled(toHangUp && toHangUp->conference != 0);
    m_hangUpAll->setToolTip(isIn ? tr("Ends all calls of the conference.") : notIn);
}

} // namespace hs::ui
