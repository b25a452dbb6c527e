#include "ui/widgets/AutoAnswerButton.h"

#include "ui/theme/SymbolicIcon.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

namespace hs::ui {

AutoAnswerButton::AutoAnswerButton(QWidget* parent)
    : QToolButton(parent)
{
    setObjectName(QStringLiteral("autoAnswer"));
    setPopupMode(MenuButtonPopup);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIcon(symbolicIcon(QStringLiteral("machine")));
    setFocusPolicy(Qt::TabFocus);
    setCheckable(true);
    setToolTip(tr("Whether the machine answers calls by itself and plays the greeting. "
                  "A click switches it."));
    auto* menu = new QMenu(this);
    auto* group = new QActionGroup(menu);
    for (const int seconds : {-1, 0, 5, 10, 20, 30}) {
        QAction* choice = menu->addAction(words(seconds));
        choice->setCheckable(true);
        choice->setData(seconds);
        group->addAction(choice);
    }
    connect(group, &QActionGroup::triggered, this, [this](const QAction* choice) {
        const int seconds = choice->data().toInt();
        Q_EMIT chosen(seconds < 0 ? std::nullopt : std::optional(seconds));
        setState(m_after, m_remembered); // shows what is so, not what was asked for
    });
    setMenu(menu);
    connect(this, &QToolButton::clicked, this, [this] {
        Q_EMIT chosen(m_after >= 0 ? std::nullopt : std::optional(m_remembered));
        setState(m_after, m_remembered);
    });
    setState(-1, 0);
}

QString AutoAnswerButton::words(int afterSeconds)
{
    if (afterSeconds < 0) {
        return tr("Auto-answer: off");
    }
    return afterSeconds == 0 ? tr("Auto-answer: at once")
                             : tr("Auto-answer: after %1 s").arg(afterSeconds);
}

void AutoAnswerButton::setState(int afterSeconds, int remembered)
{
    m_after = afterSeconds;
    m_remembered = remembered;
    setText(QLatin1Char(' ') + words(afterSeconds)); // some air beside the drawing
    setAccessibleName(words(afterSeconds));
    setChecked(afterSeconds >= 0);
    for (QAction* choice : menu()->actions()) {
        choice->setChecked(choice->data().toInt() == afterSeconds);
    }
}

} // namespace hs::ui
