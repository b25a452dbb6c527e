#include "ui/widgets/ActionBar.h"

#include "ui/widgets/ActionButton.h"
#include "ui/widgets/AutoAnswerButton.h"
#include "ui/windows/CallActions.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>

namespace hs::ui {

ActionBar::ActionBar(const CallActions& actions, QWidget* parent)
    : QWidget(parent)
{
    using Kind = ActionButton::Kind;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(new ActionButton(actions.answer(), Kind::Answer, QStringLiteral("call-answer"),
                                    CallActions::answerWords(), this));
    row->addWidget(new ActionButton(actions.hangUp(), Kind::HangUp, QStringLiteral("call-hangup"),
                                    CallActions::hangUpWords(), this));
    row->addSpacing(8);
    row->addWidget(new ActionButton(actions.hold(), Kind::Neutral, QStringLiteral("call-hold"),
                                    CallActions::holdWords(), this));
    row->addWidget(
        new ActionButton(actions.transfer(), Kind::Neutral, QStringLiteral("transfer"), {}, this));
    auto* join = new ActionButton(actions.joining().join(), Kind::Neutral,
                                  QStringLiteral("conference"), {}, this);
    connect(&actions.joining(), &JoinActions::partnerWanted, join,
            [join](QMenu* menu) { menu->popup(join->mapToGlobal(join->rect().bottomLeft())); });
    row->addWidget(join);
    row->addWidget(
        new ActionButton(actions.take(), Kind::Neutral, QStringLiteral("call-take"), {}, this));
    auto* mute = new ActionButton(actions.mute(), Kind::Neutral, QStringLiteral("microphone"),
                                  CallActions::muteWords(), this);
    connect(actions.mute(), &QAction::changed, mute, [mute] {
        mute->setIconName(mute->isChecked() ? QStringLiteral("microphone-muted")
                                            : QStringLiteral("microphone"));
    });
    row->addWidget(mute);
    row->addStretch(1);
    m_autoAnswer = new AutoAnswerButton(this); // last, also for the Tab key
    row->addWidget(m_autoAnswer);
}

} // namespace hs::ui
