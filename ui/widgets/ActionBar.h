// ActionBar: the row of large buttons for the calls, and the switches. Where there is no room the
// keys beside the words go first, then the words, the last button's first; in the compact window
// there are two rows of icons. Thread: GUI.
#pragma once

#include <QWidget>

class QBoxLayout;
class QToolButton;

namespace hs::ui {

class ActionButton;
class AutoAnswerButton;
class CallActions;

class ActionBar : public QWidget {
    Q_OBJECT
public:
    explicit ActionBar(const CallActions& actions, QWidget* parent = nullptr);

    AutoAnswerButton* autoAnswer() const { return m_autoAnswer; }
    void addSwitch(QToolButton* button); // before auto-answer
    void setCompact(bool compact);

    // As narrow as it can be made.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void fit();

    QBoxLayout* m_halves;
    QBoxLayout* m_row;
    QBoxLayout* m_switches;
    QList<ActionButton*> m_buttons; // from what matters most to what can do without words
    AutoAnswerButton* m_autoAnswer = nullptr;
    bool m_compact = false;
};

} // namespace hs::ui
