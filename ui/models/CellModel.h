// CellModel: a table of a short list of values, each row a value, each cell made of it by a
// function. A new list changes, removes and inserts only the rows that differ: rows with the same
// key in the same place stay, with their selection. Thread: GUI.
#pragma once

#include "ui/models/Cell.h"

#include <QAbstractTableModel>

#include <algorithm>

namespace hs::ui {

template <class Row>
class CellModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    const QList<Row>& rows() const { return m_rows; }
    const Row* row(const QModelIndex& index) const // null for none
    {
        return index.isValid() && index.row() < m_rows.size() ? &m_rows[index.row()] : nullptr;
    }

    void setRows(const QList<Row>& rows)
    {
        const int shared = sharedWith(rows);
        for (int i = 0; i < shared; ++i) {
            replace(i, rows[i]);
        }
        const int before = int(m_rows.size());
        const int after = int(rows.size());
        if (before > shared) {
            beginRemoveRows({}, shared, before - 1);
            m_rows.resize(shared);
            endRemoveRows();
        }
        if (after > shared) {
            beginInsertRows({}, shared, after - 1);
            m_rows += rows.mid(shared);
            endInsertRows();
        }
    }
    void insertAtTop(const Row& row, int most)
    {
        beginInsertRows({}, 0, 0);
        m_rows.prepend(row);
        endInsertRows();
        if (m_rows.size() > most) {
            beginRemoveRows({}, most, int(m_rows.size()) - 1);
            m_rows.resize(most);
            endRemoveRows();
        }
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
            return {};
        }
        const Row& row = m_rows[index.row()];
        if (role == IdRole) {
            return key(row);
        }
        return role == NumberRole ? number(row) : cellData(cell(index.column(), row), role);
    }

protected:
    virtual Cell cell(int column, const Row& row) const = 0;
    virtual QString key(const Row& row) const = 0; // tells rows apart
    virtual QString number(const Row& row) const = 0; // what to dial or copy, may be empty

private:
    int sharedWith(const QList<Row>& rows) const
    {
        const auto same = [this](const Row& a, const Row& b) { return key(a) == key(b); };
        const auto differ =
            std::mismatch(m_rows.begin(), m_rows.end(), rows.begin(), rows.end(), same);
        return int(differ.first - m_rows.begin());
    }
    void replace(int at, const Row& row)
    {
        if (!(m_rows[at] == row)) {
            m_rows[at] = row;
            Q_EMIT dataChanged(index(at, 0), index(at, columnCount() - 1));
        }
    }

    QList<Row> m_rows;
};

} // namespace hs::ui
