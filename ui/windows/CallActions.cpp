#include "ui/windows/CallActions.h"

#include "ui/controllers/CallChoice.h"
#include "ui/controllers/CallController.h"
#include "ui/models/CallListModel.h"
#include "ui/widgets/DigitPad.h"

#include <QAction>

#include <algorithm>

namespace hs::ui {

using model::ActorKind;
using model::Call;
using model::CallState;

namespace {
bool canHold(const Call& call)
{
    return call.state == CallState::Active || call.state == CallState::Held;
}

// To resume one takes the headset from the one before, which is held again: several can be resumed
// only where they have one headset.
bool isTooMany(const QList<Call>& calls)
{
    return calls.size() > 1 && std::ranges::all_of(calls, &Call::heldByUs)
        && !std::ranges::all_of(calls, [&calls](const Call& call) {
               return call.conference != 0 && call.conference == calls.first().conference;
           });
}

// The headset can go to any call but the one that it is on and one that we are still dialling.
bool canTake(const Call& call)
{
    const bool ownDialling = call.owner.kind == ActorKind::Operator && !canHold(call);
    return call.isAlive() && !call.hasHeadset && !ownDialling;
}

QAction* makeAction(QObject* parent, const QKeySequence& key, const QString& name)
{
    auto* action = new QAction(parent);
    action->setShortcut(key);
    action->setObjectName(name);
    action->setAutoRepeat(false); // a key held down is one order
    return action;
}
} // namespace

CallActions::CallActions(CallController& controller, const CallChoice& choice, QObject* parent)
    : QObject(parent)
    , m_controller(controller)
    , m_choice(choice)
    , m_answer(makeAction(this, QKeySequence(Qt::Key_F3), QStringLiteral("answer")))
    , m_hangUp(makeAction(this, QKeySequence(Qt::Key_F4), QStringLiteral("hangUp")))
    , m_hold(makeAction(this, QKeySequence(Qt::Key_F6), QStringLiteral("hold")))
    , m_transfer(makeAction(this, QKeySequence(Qt::Key_F7), QStringLiteral("transfer")))
    , m_keypad(makeAction(this, QKeySequence(Qt::Key_F2), QStringLiteral("keypad")))
    , m_take(makeAction(this, QKeySequence(Qt::Key_F12), QStringLiteral("take")))
    , m_mute(makeAction(this, QKeySequence(Qt::CTRL | Qt::Key_M), QStringLiteral("mute")))
    , m_codecs(std::make_unique<CodecMenu>(controller, choice))
    , m_joining(new JoinActions(controller, choice, this))
{
    m_mute->setCheckable(true);
    m_transfer->setText(tr("Transfer"));
    m_keypad->setText(tr("Digits"));
    m_take->setText(tr("Take"));
    m_answer->setToolTip(tr("Answer the selected call, or else whoever waits longest"));
    m_hangUp->setToolTip(tr("End the selected call, or decline it while it rings"));
    m_transfer->setToolTip(tr("Let the selected call go to somebody else"));
    m_keypad->setToolTip(tr("Send digits to the selected call. With its row selected, digits can "
                            "be typed right away."));
    m_take->setToolTip(tr("Connect your headset to the selected call, whoever has it now. "
                          "The call that you are on is held."));
    m_mute->setToolTip(tr("Send silence instead of your microphone"));
    connect(m_joining, &JoinActions::joined, this, &CallActions::taken);
    connectActions();
    update();
}

void CallActions::connectActions()
{
    connect(m_answer, &QAction::triggered, this, [this] {
        if (const auto call = m_choice.toAnswer()) {
            m_controller.answer(call->id);
            Q_EMIT answered(call->id);
        }
    });
    connect(m_hangUp, &QAction::triggered, this, [this] {
        if (const auto call = m_choice.toHangUp()) {
            m_controller.hangUp(call->id);
        }
    });
    connect(m_hold, &QAction::triggered, this, [this] {
        const QList<Call> calls = toHold();
        const bool held = std::ranges::all_of(calls, &Call::heldByUs);
        for (const Call& call : calls) {
            m_controller.setHeld(call.id, !held);
        }
    });
    connect(m_transfer, &QAction::triggered, this, [this] {
        if (const auto call = m_choice.current(); call && canHold(*call)) {
            Q_EMIT transferRequested(*call);
        }
    });
    connect(m_keypad, &QAction::triggered, this, [this] {
        if (const auto call = m_choice.current(); call && DigitPad::canSend(*call)) {
            Q_EMIT keypadRequested(*call);
        }
    });
    connect(m_take, &QAction::triggered, this, [this] {
        if (const auto call = m_choice.current(); call && canTake(*call)) {
            m_controller.take(call->id);
            Q_EMIT taken(call->id);
        }
    });
    connect(m_mute, &QAction::triggered, this, [this] {
        if (const auto call = m_controller.onHeadset()) {
            m_controller.setMuted(!call->muted);
        }
        update(); // shows what is so, not what was asked for
    });
}

QList<Call> CallActions::meant() const
{
    return m_choice.meant(m_selection);
}

// Of several all that can be held, and none of them if they are not all answered.
QList<Call> CallActions::toHold() const
{
    const QList<Call> calls = meant();
    return std::ranges::all_of(calls, canHold) && !isTooMany(calls) ? calls : QList<Call>();
}

QStringList CallActions::answerWords()
{
    return {tr("Answer"), tr("Answer next")};
}

QStringList CallActions::hangUpWords()
{
    return {tr("Hang up"), tr("Decline")};
}

QStringList CallActions::holdWords()
{
    return {tr("Hold"), tr("Resume")};
}

QStringList CallActions::muteWords()
{
    return {tr("Mute"), tr("Muted")};
}

void CallActions::update()
{
    const auto ringing = m_choice.toAnswer();
    const auto call = m_choice.current();
    const auto headset = m_controller.onHeadset();
    const bool chosen = ringing && m_choice.selected() == ringing->id;
    const bool declines = call && call->state == CallState::RingingIn;

    m_answer->setEnabled(ringing.has_value());
    m_answer->setText(answerWords().at(ringing && !chosen ? 1 : 0));
    const QList<Call> calls = meant();
    const bool several = calls.size() > 1;
    const QList<Call> held = toHold();
    m_hangUp->setEnabled(m_choice.toHangUp().has_value() && !several);
    m_hangUp->setText(hangUpWords().at(declines ? 1 : 0));
    m_hold->setEnabled(!held.isEmpty());
    m_hold->setToolTip(
        isTooMany(calls) ? tr("Only one call can be resumed at once; to talk with all, join them.")
                         : tr("Put the selected call on hold, or go on with it"));
    const bool resumes = !held.isEmpty() && std::ranges::all_of(held, &Call::heldByUs);
    m_hold->setText(holdWords().at(resumes ? 1 : 0));
    m_transfer->setEnabled(call && canHold(*call) && !several);
    m_keypad->setEnabled(call && DigitPad::canSend(*call) && !several);
    m_take->setEnabled(call && canTake(*call) && !several);
    m_joining->update(m_selection);
    m_mute->setEnabled(headset.has_value());
    m_mute->setChecked(headset && headset->muted);
    m_mute->setText(muteWords().at(headset && headset->muted ? 1 : 0));
    m_codecs->update(several);
}

QAction* CallActions::of(RowOrder order) const
{
    switch (order) {
    case RowOrder::Answer:
        return m_answer;
    case RowOrder::Hold:
    case RowOrder::Resume:
        return m_hold;
    case RowOrder::Transfer:
        return m_transfer;
    case RowOrder::Decline:
    case RowOrder::HangUp:
        break;
    }
    return m_hangUp;
}

} // namespace hs::ui
