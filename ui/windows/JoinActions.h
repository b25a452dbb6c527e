// JoinActions: joining calls to a conference, splitting one off, taking all apart, hanging up all:
// the actions with their keys, enabled exactly when they can act, and saying why where they can't.
// Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QObject>

class QAction;

namespace hs::ui {

class CallChoice;
class CallController;

class JoinActions : public QObject {
    Q_OBJECT
public:
    // Controller and choice outlive this.
    JoinActions(CallController& controller, const CallChoice& choice, QObject* parent);

    QAction* join() const { return m_join; }
    QList<QAction*> all() const { return {m_join, m_split, m_splitAll, m_hangUpAll}; }
    void update(const QList<model::CallId>& selected); // after the calls or the choice have changed

private:
    struct Joinable {
        QList<model::CallId> ids{}; // empty: none
        QString why{}; // what the order would do, or why it can't be given
    };
    Joinable joinable(const QList<model::Call>& calls) const;
    Joinable withPartner(const model::Call& call) const;
    QList<model::Call> meant(const QList<model::CallId>& selected) const;

    CallController& m_controller;
    const CallChoice& m_choice;
    QAction* m_join;
    QAction* m_split;
    QAction* m_splitAll;
    QAction* m_hangUpAll;
    QList<model::CallId> m_toJoin;
    QList<model::CallId> m_toSplit;
};

} // namespace hs::ui
