// CallActions: answer, hang up, hold, transfer, digits, take, mute: the actions with their keys, enabled exactly when
// they can act, and the rule which call each acts on. The selected row comes first. Without one,
// Answer means whoever waits longest, the others the call on the headset. An ended row that is
// still selected takes no order, so that a key pressed twice never meets another call.
// Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QObject>

#include <optional>

class QAction;

namespace hs::ui {

class CallController;

class CallActions : public QObject {
    Q_OBJECT
public:
    // The controller outlives this.
    explicit CallActions(CallController& controller, QObject* parent = nullptr);

    QAction* answer() const { return m_answer; }
    QAction* hangUp() const { return m_hangUp; }
    QAction* hold() const { return m_hold; }
    QAction* take() const { return m_take; }
    QAction* mute() const { return m_mute; }
    QAction* transfer() const { return m_transfer; }
    QAction* keypad() const { return m_keypad; }
    QList<QAction*> all() const
    {
        return {m_answer, m_hangUp, m_hold, m_transfer, m_keypad, m_take, m_mute};
    }
    // The call that the next order is for: the selected one, or else that on the headset.
    std::optional<model::Call> current() const;

    void setSelected(std::optional<model::CallId> id); // of the live sessions
    void update(); // after the calls have changed

    static QStringList answerWords();
    static QStringList hangUpWords();
    static QStringList holdWords();
    static QStringList muteWords();

Q_SIGNALS:
    void answered(hs::model::CallId id); // the order was given
    void taken(hs::model::CallId id);
    void transferRequested(const hs::model::Call& call); // asks where to
    void keypadRequested(const hs::model::Call& call);

private:
    std::optional<model::Call> toAnswer() const;
    void connectActions();

    CallController& m_controller;
    QAction* m_answer;
    QAction* m_hangUp;
    QAction* m_hold;
    QAction* m_transfer;
    QAction* m_keypad;
    QAction* m_take;
    QAction* m_mute;
    std::optional<model::CallId> m_selected;
};

} // namespace hs::ui
