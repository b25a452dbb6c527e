// ActionBar: the row of large buttons for the calls, and the switch of auto-answer. Thread: GUI.
#pragma once

#include <QWidget>

namespace hs::ui {

class ActionButton;
class AutoAnswerButton;
class CallActions;

class ActionBar : public QWidget {
    Q_OBJECT
public:
    explicit ActionBar(const CallActions& actions, QWidget* parent = nullptr);
    AutoAnswerButton* autoAnswer() const { return m_autoAnswer; }

private:
    AutoAnswerButton* m_autoAnswer = nullptr;
};

} // namespace hs::ui
