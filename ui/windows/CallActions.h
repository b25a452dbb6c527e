// CallActions: answer, hang up, hold, transfer, digits, take, mute: the actions with their keys,
// enabled exactly when they can act on the call that CallChoice says they mean. Thread: GUI.
#pragma once

#include "model/Call.h"
#include "ui/models/RowOrder.h"
#include "ui/windows/CodecMenu.h"
#include "ui/windows/JoinActions.h"

#include <QObject>

#include <memory>

class QAction;

namespace hs::ui {

class CallChoice;
class CallController;

class CallActions : public QObject {
    Q_OBJECT
public:
    // Controller and choice outlive this.
    CallActions(CallController& controller, const CallChoice& choice, QObject* parent = nullptr);

    QAction* answer() const { return m_answer; }
    QAction* hangUp() const { return m_hangUp; }
    QAction* hold() const { return m_hold; }
    QAction* take() const { return m_take; }
    QAction* mute() const { return m_mute; }
    QAction* transfer() const { return m_transfer; }
    QAction* keypad() const { return m_keypad; }
    QAction* codec() const { return m_codecs->menuAction(); } // with a menu of them
    QAction* of(RowOrder order) const; // the one that does as much
    const JoinActions& joining() const { return *m_joining; }
    QList<QAction*> all() const
    {
        return QList{m_answer, m_hangUp, m_hold, m_transfer, m_keypad, m_take, m_mute}
        + m_joining->all();
    }
    // What is selected: of several calls, only what can be meant for all of them can be ordered.
    void setSelection(const QList<model::CallId>& ids) { m_selection = ids; }
    void update(); // after the calls or the choice have changed

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
    void connectActions();
    QList<model::Call> meant() const;
    QList<model::Call> toHold() const;

    CallController& m_controller;
    const CallChoice& m_choice;
    QAction* m_answer;
    QAction* m_hangUp;
    QAction* m_hold;
    QAction* m_transfer;
    QAction* m_keypad;
    QAction* m_take;
    QAction* m_mute;
    std::unique_ptr<CodecMenu> m_codecs;
    JoinActions* m_joining;
    QList<model::CallId> m_selection;
};

} // namespace hs::ui
