#include "ui/models/CallListModel.h"

#include "ui/CallWords.h"

#include <algorithm>

namespace hs::ui {

void CallListModel::upsert(const QList<model::Call>& calls, qint64 now)
{
    for (const model::Call& call : calls) {
        const auto at = std::lower_bound(
            m_calls.begin(), m_calls.end(), call.id,
            [](const model::Call& known, model::CallId id) { return known.id < id; });
        const int row = int(at - m_calls.begin());
        if (at != m_calls.end() && at->id == call.id) {
            replace(row, call);
        } else {
            insert(row, call);
        }
    }
    setNow(now);
}

void CallListModel::insert(int row, const model::Call& call)
{
    beginInsertRows({}, row, row);
    m_calls.insert(row, call);
    endInsertRows();
}

void CallListModel::replace(int row, const model::Call& call)
{
    QList<QPair<int, QList<int>>> changes;
    for (int column = 0; column < callColumnCount; ++column) {
        const auto which = CallColumn(column);
        QList<int> roles = changedRoles(CallCells::cell(which, m_calls[row], m_now),
                                        CallCells::cell(which, call, m_now));
        if (CallWords::dialTarget(call) != CallWords::dialTarget(m_calls[row])) {
            roles << NumberRole;
        }
        if (call.conference != m_calls[row].conference) {
            roles << GroupRole;
        }
        if (!roles.isEmpty()) {
            changes << QPair(column, roles);
        }
    }
    m_calls[row] = call;
    for (const auto& [column, roles] : std::as_const(changes)) {
        const QModelIndex changed = index(row, column);
        Q_EMIT dataChanged(changed, changed, roles);
    }
}

void CallListModel::setNow(qint64 now)
{
    QList<QPair<QModelIndex, QList<int>>> changes;
    for (int row = 0; row < m_calls.size(); ++row) {
        // What is spoken of the whole row has the time in it too, but is not told every second.
        for (const auto column : {CallColumn::Time, CallColumn::Quality, CallColumn::Loss}) {
            const QList<int> roles = changedRoles(CallCells::cell(column, m_calls[row], m_now),
                                                  CallCells::cell(column, m_calls[row], now));
            if (!roles.isEmpty()) {
                changes << QPair(index(row, int(column)), roles);
            }
        }
    }
    m_now = now;
    for (const auto& [changed, roles] : std::as_const(changes)) {
        Q_EMIT dataChanged(changed, changed, roles);
    }
    dropEnded();
}

void CallListModel::dropEnded()
{
    for (int row = int(m_calls.size()) - 1; row >= 0; --row) {
        const model::Call& call = m_calls[row];
        const qint64 since = call.endedAt != 0 ? call.endedAt : call.stateSince;
        // The clock may have been set back since.
        if (!call.isAlive() && (m_now - since >= endedStaysMs || m_now < since)) {
            beginRemoveRows({}, row, row);
            m_calls.removeAt(row);
            endRemoveRows();
        }
    }
}

std::optional<model::Call> CallListModel::find(model::CallId id) const
{
    const auto at = std::find_if(m_calls.begin(), m_calls.end(),
                                 [id](const model::Call& call) { return call.id == id; });
    return at == m_calls.end() ? std::nullopt : std::optional(*at);
}

int CallListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_calls.size());
}

int CallListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : callColumnCount;
}

QVariant CallListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const model::Call& call = m_calls[index.row()];
    if (role == IdRole) {
        return call.id;
    }
    if (role == GroupRole) {
        return call.conference;
    }
    if (role == NumberRole) {
        return CallWords::dialTarget(call);
    }
    return cellData(CallCells::cell(CallColumn(index.column()), call, m_now), role);
}

QVariant CallListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= callColumnCount) {
        return {};
    }
    const auto column = CallColumn(section);
    if (role == Qt::DisplayRole) {
        return column == CallColumn::Key ? QString() : CallCells::header(column);
    }
    if (role == Qt::AccessibleTextRole) {
        return CallCells::header(column);
    }
    if (role == Qt::TextAlignmentRole) {
        const bool right = column == CallColumn::Time || column == CallColumn::Loss;
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

} // namespace hs::ui
