// TransferBar: where the selected call is to go: a number or an address (blind), or another live
// call (attended). One line below the calls, there only while somebody transfers. It belongs to the
// call that it was opened for, and closes once that one is on its way or gone; a refusal is said in
// it. Esc closes it. Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QFrame>

#include <optional>

class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace hs::ui {

class TransferBar : public QFrame {
    Q_OBJECT
public:
    explicit TransferBar(QWidget* parent = nullptr);

    std::optional<model::CallId> call() const { return m_call; } // none: it is closed
    void open(const model::Call& call);
    void close();
    void update(const QList<model::Call>& calls); // all there are
    void showMessage(const QString& message); // what was asked for could not be done

Q_SIGNALS:
    void transferRequested(hs::model::CallId id, const QString& target); // cleaned
    void transferToCallRequested(hs::model::CallId id, hs::model::CallId other);
    void closed(); // by the operator

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void submit();
    void give(const QList<model::Call>& others);

    QLabel* m_caption;
    QLineEdit* m_target;
    QPushButton* m_send;
    QToolButton* m_calls;
    QMenu* m_menu;
    QLabel* m_message;
    std::optional<model::CallId> m_call;
    QList<QPair<model::CallId, QString>> m_offered; // and in which words
};

} // namespace hs::ui
