// JoinActions: joining calls to a conference, splitting one off, taking all apart, hanging up all:
// the actions with their keys, enabled exactly when they can act, and saying why where they can't.
// Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QObject>

#include <memory>

class QAction;
class QMenu;

namespace hs::ui {

class CallChoice;
class CallController;

class JoinActions : public QObject {
    Q_OBJECT
public:
    // Controller and choice outlive this.
    JoinActions(CallController& controller, const CallChoice& choice, QObject* parent);
    ~JoinActions() override;

    QAction* join() const { return m_join; }
    QList<QAction*> all() const { return {m_join, m_split, m_splitAll, m_hangUpAll}; }
    void update(const QList<model::CallId>& selected); // after the calls or the choice have changed

Q_SIGNALS:
    void joined(hs::model::CallId id); // the order was given, for this call and others
    void partnerWanted(QMenu* menu); // with whom? To be shown.

private:
    struct Partner {
        QList<model::CallId> ids; // of a conference, one stands for all
        QString words;
    };
    struct Joinable {
        QList<model::CallId> ids{}; // empty: none, or to be asked
        QString why{}; // what the order would do, or why it can't be given
        QList<Partner> partners{}; // to choose from, where there are several
    };
    void give(const QList<model::CallId>& ids);
    void askForPartner();
    Joinable joinable(const QList<model::Call>& calls) const;
    Joinable withPartner(const model::Call& call) const;
    static QList<Partner> partnersIn(const QList<model::Call>& others);

    CallController& m_controller;
    const CallChoice& m_choice;
    QAction* m_join;
    QAction* m_split;
    QAction* m_splitAll;
    QAction* m_hangUpAll;
    std::unique_ptr<QMenu> m_menu;
    Joinable m_toJoin;
    QList<model::CallId> m_toSplit;
};

} // namespace hs::ui
