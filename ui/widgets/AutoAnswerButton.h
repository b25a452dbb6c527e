// AutoAnswerButton: says in words whether the machine answers by itself, and after how long; one
// click switches it, its menu chooses the delay. Thread: GUI.
#pragma once

#include <QToolButton>

#include <optional>

namespace hs::ui {

class AutoAnswerButton : public QToolButton {
    Q_OBJECT
public:
    explicit AutoAnswerButton(QWidget* parent = nullptr);

    // `afterSeconds` -1: never. `remembered`: what a click switches it on with.
    void setState(int afterSeconds, int remembered);
    static QString words(int afterSeconds);

Q_SIGNALS:
    void chosen(std::optional<int> afterSeconds); // none: never

private:
    int m_after = -1;
    int m_remembered = 0;
};

} // namespace hs::ui
