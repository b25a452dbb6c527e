// LampsPanel: the extensions that are watched, in the column of the dial field; not there while
// none is. Enter or a double click calls the extension; one that rings can be picked up. Thread:
// GUI.
#pragma once

#include "model/Account.h"

#include <QFrame>

class QAction;

namespace hs::ui {

class LampListModel;
class Table;

class LampsPanel : public QFrame {
    Q_OBJECT
public:
    explicit LampsPanel(LampListModel& model, QWidget* parent = nullptr);

    Table* table() const { return m_table; }
    QAction* pickUp() const { return m_pickUp; }
    void refresh(); // after the lamps have changed

Q_SIGNALS:
    void dialRequested(const QString& extension, const QString& account);
    void pickUpRequested(const hs::model::BusyLamp& lamp);

private:
    // The selected one, or else the first that rings; null: none.
    const model::BusyLamp* ringing() const;

    LampListModel& m_model;
    Table* m_table;
    QAction* m_pickUp;
};

} // namespace hs::ui
