// SessionsView: the live sessions with a line that sums them up. Remembers which call is chosen,
// not which row. Thread: GUI.
#pragma once

#include "model/Call.h"
#include "ui/models/RowOrder.h"

#include <QFrame>

#include <optional>

class QAction;
class QLabel;
class QSortFilterProxyModel;

namespace hs::ui {

class CallDetails;
class CallListModel;
class Table;
class TransferBar;

class SessionsView : public QFrame {
    Q_OBJECT
public:
    explicit SessionsView(CallListModel& model, QWidget* parent = nullptr);

    Table* table() const { return m_table; }
    TransferBar* transferBar() const { return m_transfer; }
    CallDetails* details() const { return m_details; }
    void setMenu(const QList<QAction*>& orders); // for the selected call, and what a row offers
    std::optional<model::CallId> selected() const;
    QList<model::CallId> selection() const; // all that are selected
    void select(model::CallId id);
    void selectKey(int number); // 1 to 9: the row that Alt+number names
    void setAddress(const QString& sipAddress); // for who has not been called yet
    void setAccountAddresses(const QStringList& uris); // where one is registered
    void setPrograms(int count);
    void setCompact(bool compact); // the columns that matter most, without details
    void refreshSummary();

Q_SIGNALS:
    void selectedChanged(std::optional<hs::model::CallId> id);
    void answerRequested(hs::model::CallId id);
    void orderRequested(hs::model::CallId id, hs::ui::RowOrder order); // a button in its row
    void typed(const QString& text); // meant for the dial field
    void digitsTyped(hs::model::CallId id, const QString& digits); // meant for the selected call

private:
    void addTable();
    void refreshEmptyText();
    void activate(const QModelIndex& index);
    void take(const QString& text);

    CallListModel& m_model;
    QSortFilterProxyModel* m_proxy;
    Table* m_table;
    TransferBar* m_transfer;
    CallDetails* m_details;
    QLabel* m_summary;
    QLabel* m_programs;
    QString m_sipAddress;
    QStringList m_accountAddresses;
    bool m_compact = false;
};

} // namespace hs::ui
