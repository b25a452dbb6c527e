// DigitPad: a telephone's keypad for the digits of one call (DTMF): by mouse, or typed, also from
// the number block. A small window beside the work: it stays until it is closed (Esc), or the call
// is over, and shows what was sent and what came. Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QDialog>

class QLabel;

namespace hs::ui {

class DigitPad : public QDialog {
    Q_OBJECT
public:
    explicit DigitPad(const model::Call& call, QWidget* parent = nullptr);

    model::CallId call() const { return m_call; }
    void setCall(const model::Call& call);
    static bool canSend(const model::Call& call);
    static bool isDigits(const QString& text); // 0-9, *, #

Q_SIGNALS:
    void digitsRequested(hs::model::CallId id, const QString& digits);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    model::CallId m_call;
    QLabel* m_sent;
    QLabel* m_received;
};

} // namespace hs::ui
