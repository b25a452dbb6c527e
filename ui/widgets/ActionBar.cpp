#include "ui/widgets/ActionBar.h"

#include "ui/widgets/ActionButton.h"
#include "ui/widgets/AutoAnswerButton.h"
#include "ui/windows/CallActions.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QMenu>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int spacing = 6;
}

ActionBar::ActionBar(const CallActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_halves(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_row(new QHBoxLayout)
    , m_switches(new QHBoxLayout)
{
    using Kind = ActionButton::Kind;
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_halves->setContentsMargins(0, 0, 0, 0);
    for (QBoxLayout* layout : {m_halves, m_row, m_switches}) {
        layout->setSpacing(spacing);
    }
    m_halves->addLayout(m_row);
    m_halves->addStretch(1);
    m_halves->addLayout(m_switches);
    const auto add = [this](QAction* action, Kind kind, const char* icon,
                            const QStringList& words = {}) {
        auto* button = new ActionButton(action, kind, QLatin1String(icon), words, this);
        m_row->addWidget(button);
        m_buttons << button;
        return button;
    };
    add(actions.answer(), Kind::Answer, "call-answer", CallActions::answerWords());
    add(actions.hangUp(), Kind::HangUp, "call-hangup", CallActions::hangUpWords());
    add(actions.hold(), Kind::Neutral, "call-hold", CallActions::holdWords());
    add(actions.transfer(), Kind::Neutral, "transfer");
    const ActionButton* join = add(actions.joining().join(), Kind::Neutral, "conference");
    connect(&actions.joining(), &JoinActions::partnerWanted, join,
            [join](QMenu* menu) { menu->popup(join->mapToGlobal(join->rect().bottomLeft())); });
    add(actions.take(), Kind::Neutral, "call-take");
    ActionButton* mute = add(actions.mute(), Kind::Neutral, "microphone", CallActions::muteWords());
    connect(actions.mute(), &QAction::changed, mute, [mute] {
        mute->setIconName(mute->isChecked() ? QStringLiteral("microphone-muted")
                                            : QStringLiteral("microphone"));
    });
    m_autoAnswer = new AutoAnswerButton(this); // last, also for the Tab key
    m_switches->addWidget(m_autoAnswer);
}

void ActionBar::addSwitch(QToolButton* button)
{
    m_switches->insertWidget(m_switches->count() - 1, button);
    setTabOrder(button, m_autoAnswer);
    fit();
}

void ActionBar::setCompact(bool compact)
{
    m_compact = compact;
    for (ActionButton* button : std::as_const(m_buttons)) {
        button->setSizePolicy(compact ? QSizePolicy::Expanding : QSizePolicy::Fixed,
                              QSizePolicy::Fixed);
    }
    m_halves->setDirection(compact ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    fit();
    updateGeometry();
}

QSize ActionBar::sizeHint() const
{
    int width = 0;
    for (const ActionButton* button : m_buttons) {
        width += button->sizeOf(ActionButton::Form::IconOnly).width() + spacing;
    }
    const QSize switches = m_switches->sizeHint();
    const int height = m_row->sizeHint().height();
    return m_compact
        ? QSize(std::max(width - spacing, switches.width()),
                height + 2 * spacing + switches.height())
        : QSize(width + spacing + switches.width(), std::max(height, switches.height()));
}

// Found out first and told afterwards: each change would ask for a layout, and so for this.
void ActionBar::fit()
{
    using Form = ActionButton::Form;
    QList<Form> forms(m_buttons.size(), m_compact ? Form::IconOnly : Form::Whole);
    int wanted = m_switches->sizeHint().width() + spacing;
    for (qsizetype i = 0; i < forms.size(); ++i) {
        wanted += m_buttons[i]->sizeOf(forms[i]).width() + spacing;
    }
    for (const Form less : {Form::WithoutKey, Form::IconOnly}) {
        for (qsizetype i = forms.size() - 1; i >= 0 && !m_compact && wanted > width(); --i) {
            wanted -= m_buttons[i]->sizeOf(forms[i]).width() - m_buttons[i]->sizeOf(less).width();
            forms[i] = less;
        }
    }
    for (qsizetype i = 0; i < forms.size(); ++i) {
        m_buttons[i]->setForm(forms[i]);
    }
}

void ActionBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

// A switch says something longer, or the font has changed.
bool ActionBar::event(QEvent* event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::FontChange) {
        fit();
    }
    return done;
}

} // namespace hs::ui
