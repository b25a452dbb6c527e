#include "ui/windows/JoinActions.h"

#include "ui/CallWords.h"
#include "ui/controllers/CallChoice.h"
#include "ui/controllers/CallController.h"
#include "ui/models/CallListModel.h"

#include <QAction>
#include <QMenu>

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
    , m_menu(std::make_unique<QMenu>())
{
    m_menu->setObjectName(QStringLiteral("joinMenu"));
    m_join->setShortcut(QKeySequence(Qt::Key_F8));
    m_split->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F8));
    connect(m_join, &QAction::triggered, this, [this] {
        if (m_toJoin.partners.isEmpty()) {
            give(QList<CallId>(m_toJoin.ids));
        } else {
            askForPartner();
        }
    });
    connect(m_split, &QAction::triggered, this, [this] { m_controller.split(m_toSplit); });
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

JoinActions::~JoinActions() = default;

void JoinActions::give(const QList<CallId>& ids)
{
    m_controller.join(ids);
    // What he orders next is for one of them, not for all.
    const auto current = m_choice.current();
    Q_EMIT joined(current && ids.contains(current->id) ? current->id : ids.first());
}

// The calls may change while he chooses: what stood there when the menu was opened counts.
void JoinActions::askForPartner()
{
    m_menu->clear();
    QList<CallId> all = m_toJoin.ids;
    int number = 0;
    for (const Partner& partner : m_toJoin.partners) {
        const QList<CallId> ids = m_toJoin.ids + partner.ids;
        all += partner.ids;
        // Names of others may have an ampersand; the number is its key.
        const QString words = QString(partner.words).replace(u'&', QStringLiteral("&&"));
        const QString key = ++number < 10 ? QStringLiteral("&%1  ").arg(number) : QString();
        connect(m_menu->addAction(key + words), &QAction::triggered, this,
                [this, ids] { give(ids); });
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("&All of them")), &QAction::triggered, this,
            [this, all] { give(all); });
    m_menu->setActiveAction(m_menu->actions().constFirst());
    Q_EMIT partnerWanted(m_menu.get());
}

// Those of one conference are one, named by all who are in it.
QList<JoinActions::Partner> JoinActions::partnersIn(const QList<Call>& others)
{
    QList<Partner> partners;
    QList<Call> firsts;
    for (const Call& other : others) {
        const QString name = CallWords::name(other);
        const QString number = CallWords::number(other);
        const QString who = name.isEmpty() ? number : QStringLiteral("%1 (%2)").arg(name, number);
        const auto same = std::ranges::find_if(
            firsts, [&other](const Call& first) { return areTogether(first, other); });
        if (same != firsts.end()) {
            partners[same - firsts.begin()].words += QStringLiteral(", ") + who;
            continue;
        }
        firsts << other;
        const QString conference = CallWords::conference(other);
        partners << Partner{{other.id},
                            conference.isEmpty() ? who : conference + QStringLiteral(": ") + who};
    }
    return partners;
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
    const QList<Partner> partners = partnersIn(others);
    if (partners.size() > 1) {
        //: %1 is a number
        return {{call.id},
                tr("Join %1 with another call: asks with which").arg(CallWords::number(call)),
                partners};
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
    const QList<Call> calls = m_choice.meant(selected);
    const Joinable joinable = this->joinable(calls);
    m_toJoin = joinable;
    m_join->setEnabled(!m_toJoin.ids.isEmpty());
    m_join->setToolTip(m_toJoin.why);

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
