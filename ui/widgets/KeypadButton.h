// KeypadButton: one key of a telephone keypad: a digit and, below it, the letters that telephones
// have there, unless the window is too low for them. Does not take the focus: the cursor stays in
// the dial field, and who works by keyboard types the digit itself. Thread: GUI.
#pragma once

#include <QPushButton>

namespace hs::ui {

class KeypadButton : public QPushButton {
    Q_OBJECT
public:
    KeypadButton(QString key, QString letters, QWidget* parent = nullptr);

    const QString& key() const { return m_key; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override; // without the letters

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_key;
    QString m_letters;
};

} // namespace hs::ui
