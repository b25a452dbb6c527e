// CallListModel: the live sessions, oldest first, one row a call. A call that ended stays for five
// seconds, so that its end can be read. Rows never change places. Keeps copies; changes are told
// cell by cell. Thread: GUI.
#pragma once

#include "ui/models/CallCells.h"

#include <QAbstractTableModel>

#include <optional>

namespace hs::ui {

class CallListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr qint64 endedStaysMs = 5000;

    using QAbstractTableModel::QAbstractTableModel;

    // The calls that are new or have changed, as the facade tells them.
    void upsert(const QList<model::Call>& calls, qint64 now);
    // Brings the running times up to date and lets ended calls go.
    void setNow(qint64 now);

    const QList<model::Call>& calls() const { return m_calls; }
    std::optional<model::Call> find(model::CallId id) const;
    qint64 now() const { return m_now; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void insert(int row, const model::Call& call);
    void replace(int row, const model::Call& call);
    void dropEnded();

    QList<model::Call> m_calls; // by id, which is the order of their beginning
    qint64 m_now = 0;
};

} // namespace hs::ui
