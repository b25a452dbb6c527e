// SessionsView: the live sessions with a line that sums them up. Remembers which call is chosen,
// not which row. Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QFrame>

#include <optional>

class QLabel;
class QSortFilterProxyModel;

namespace hs::ui {

class CallListModel;
class Table;

class SessionsView : public QFrame {
    Q_OBJECT
public:
    explicit SessionsView(CallListModel& model, QWidget* parent = nullptr);

    Table* table() const { return m_table; }
    std::optional<model::CallId> selected() const;
    void select(model::CallId id);
    void selectKey(int number); // 1 to 9: the row that Alt+number names
    void setAddress(const QString& sipAddress); // for who has not been called yet
    void setPrograms(int count);
    void refreshSummary();

Q_SIGNALS:
    void selectedChanged(std::optional<hs::model::CallId> id);
    void answerRequested(hs::model::CallId id);

private:
    void activate(const QModelIndex& index);

    CallListModel& m_model;
    QSortFilterProxyModel* m_proxy;
    Table* m_table;
    QLabel* m_summary;
    QLabel* m_programs;
};

} // namespace hs::ui
