#include "ui/models/CallLogModel.h"

#include "ui/CallWords.h"
#include "ui/models/SortedMerge.h"

#include <algorithm>
#include <utility>

namespace hs::ui {

namespace {
bool isNewer(const model::LogEntry& a, const model::LogEntry& b)
{
    return a.rowId > b.rowId;
}

// A row that will change: its call is still going on in an engine that is still alive.
bool isLive(const model::LogEntry& entry)
{
    return entry.call.isAlive() && !entry.cutOff;
}
} // namespace

struct CallLogModel::Sink {
    CallLogModel& model;

    void insertRows(int row, const QList<model::LogEntry>& added)
    {
        model.beginInsertRows({}, row, row + int(added.size()) - 1);
        if (row == model.m_entries.size()) {
            model.m_entries += added;
        } else {
            for (qsizetype i = 0; i < added.size(); ++i) {
                model.m_entries.insert(row + i, added[i]);
            }
        }
        model.endInsertRows();
    }
    void removeRows(int row, int count)
    {
        model.beginRemoveRows({}, row, row + count - 1);
        model.m_entries.remove(row, count);
        model.endRemoveRows();
    }
    void replaceRow(int row, const model::LogEntry& entry) { model.replaceRow(row, entry); }
};

CallLogModel::CallLogModel(std::function<qint64()> now, QObject* parent)
    : QAbstractTableModel(parent)
    , m_now(std::move(now))
{
}

void CallLogModel::setFilter(const Filter& filter)
{
    if (filter == m_filter) {
        return;
    }
    m_filter = filter;
    m_loaded = false;
    m_olderWanted = false;
    ask(Purpose::Replace, 0);
}

void CallLogModel::refresh()
{
    if (m_question) {
        m_refreshAgain = true;
        return;
    }
    const auto oldestLive = std::find_if(m_entries.rbegin(), m_entries.rend(), isLive);
    m_refreshDownTo = oldestLive == m_entries.rend() ? 0 : oldestLive->rowId;
    ask(m_loaded ? Purpose::Refresh : Purpose::Replace, 0);
}

void CallLogModel::ask(Purpose purpose, qint64 beforeRowId)
{
    model::LogQuery query;
    query.text = m_filter.text;
    query.missedOnly = m_filter.missedOnly;
    query.recordedOnly = m_filter.recordedOnly;
    query.beforeRowId = beforeRowId;
    query.limit = pageSize;
    m_question = Question{++m_lastId, purpose, beforeRowId};
    Q_EMIT queryNeeded(m_lastId, query);
}

void CallLogModel::accept(quint64 requestId, const model::LogPage& page)
{
    if (!m_question || m_question->id != requestId) {
        return; // the answer to a filter that is no more
    }
    const Question question = *m_question;
    merge(question, page);
    m_question.reset(); // only now: a view may ask for more in the middle of the merge
    m_loaded = true;
    if (page.missedTotal != m_missedTotal) {
        m_missedTotal = page.missedTotal;
        Q_EMIT missedTotalChanged(m_missedTotal);
    }
    Q_EMIT pageAccepted();
    if (m_question || (question.purpose == Purpose::Refresh && continueRefresh(page))) {
        return;
    }
    if (std::exchange(m_olderWanted, false)) {
        fetchMore({});
    } else if (std::exchange(m_refreshAgain, false)) {
        refresh();
    }
}

void CallLogModel::giveUp(quint64 requestId)
{
    if (m_question && m_question->id == requestId) {
        m_question.reset();
        m_refreshAgain = false;
        m_olderWanted = false;
    }
}

// A long call's row may lie below the first page.
bool CallLogModel::continueRefresh(const model::LogPage& page)
{
    if (!page.more || page.entries.isEmpty() || page.entries.last().rowId <= m_refreshDownTo
        || m_refreshDownTo == 0) {
        return false;
    }
    ask(Purpose::Refresh, page.entries.last().rowId);
    return true;
}

void CallLogModel::merge(const Question& question, const model::LogPage& page)
{
    const int begin = question.beforeRowId == 0 ? 0 : rowAtOrBelow(question.beforeRowId - 1);
    int end = int(m_entries.size());
    // A refreshed page that is not the last one says nothing of the rows below it.
    if (question.purpose == Purpose::Refresh && page.more && !page.entries.isEmpty()) {
        end = rowAtOrBelow(page.entries.last().rowId - 1);
        if (end == m_entries.size()) {
            m_more = true;
        }
    } else {
        m_more = page.more;
    }
    Sink sink{*this};
    mergeSorted(m_entries, begin, end, page.entries, isNewer, sink);
}

int CallLogModel::rowAtOrBelow(qint64 rowId) const
{
    const auto at =
        std::lower_bound(m_entries.begin(), m_entries.end(), rowId,
                         [](const model::LogEntry& entry, qint64 id) { return entry.rowId > id; });
    return int(at - m_entries.begin());
}

void CallLogModel::replaceRow(int row, const model::LogEntry& entry)
{
    const qint64 now = m_now();
    QList<QPair<int, QList<int>>> changes;
    for (int column = 0; column < logColumnCount; ++column) {
        const auto which = LogColumn(column);
        const QList<int> roles = changedRoles(LogCells::cell(which, m_entries[row], now),
                                              LogCells::cell(which, entry, now));
        if (!roles.isEmpty()) {
            changes << QPair(column, roles);
        }
    }
    m_entries[row] = entry;
    for (const auto& [column, roles] : std::as_const(changes)) {
        Q_EMIT dataChanged(index(row, column), index(row, column), roles);
    }
}

const model::LogEntry* CallLogModel::entry(const QModelIndex& index) const
{
    return index.isValid() && index.row() < m_entries.size() ? &m_entries[index.row()] : nullptr;
}

QString CallLogModel::lastDialled() const
{
    const auto at =
        std::find_if(m_entries.begin(), m_entries.end(), [](const model::LogEntry& entry) {
            return entry.call.direction == model::Direction::Outgoing
                && entry.call.owner.kind == model::ActorKind::Operator
                && entry.call.transferredBy.isEmpty();
        });
    return at == m_entries.end() ? QString() : CallWords::dialTarget(at->call, m_sipServer);
}

int CallLogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int CallLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : logColumnCount;
}

QVariant CallLogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const model::LogEntry& entry = m_entries[index.row()];
    if (role == IdRole) {
        return entry.rowId;
    }
    if (role == NumberRole) {
        return CallWords::dialTarget(entry.call, m_sipServer);
    }
    return cellData(LogCells::cell(LogColumn(index.column()), entry, m_now()), role);
}

QVariant CallLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= logColumnCount) {
        return {};
    }
    if (role == Qt::DisplayRole) {
        return LogCells::header(LogColumn(section));
    }
    if (role == Qt::TextAlignmentRole) {
        const bool right = LogColumn(section) == LogColumn::Duration;
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

bool CallLogModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_more && m_loaded;
}

void CallLogModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent) || m_entries.isEmpty()) {
        return;
    }
    if (m_question) {
        m_olderWanted = m_question->purpose != Purpose::Older;
        return;
    }
    ask(Purpose::Older, m_entries.last().rowId);
}

} // namespace hs::ui
