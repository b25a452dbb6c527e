#include "store/CallLog.h"

#include "store/CallLogRow.h"

#include <QFileInfo>
#include <QVariant>

#include <algorithm>

namespace hs::store {

using base::Result;
using model::LogEntry;

namespace {
constexpr int mostRows = 1000;

QString whereText(const QString& text, QVariantList& values)
{
    if (text.isEmpty()) {
        return {};
    }
    values << folded(text);
    return QStringLiteral(" AND instr(search_text, ?) > 0"); // % and _ mean themselves
}
} // namespace

CallLog::CallLog(Database& database, const base::Clock& clock, qint64 run)
    : m_database(database)
    , m_clock(clock)
    , m_run(run)
{
}

Result<qint64> CallLog::put(const LogEntry& entry)
{
    if (!m_put) {
        QSqlQuery query(m_database.connection());
        query.setForwardOnly(true);
        if (!query.prepare(putStatement())) {
            return m_database.error(query.lastError());
        }
        m_put = std::move(query);
    }
    bindRow(*m_put, entry, m_run, now());
    if (!m_put->exec() || !m_put->next()) {
        const base::Error error = m_database.error(m_put->lastError());
        m_put->finish();
        return error;
    }
    const qint64 rowId = m_put->value(0).toLongLong();
    m_put->finish(); // a statement under way would keep the transaction from committing
    return rowId;
}

Result<int> CallLog::markCutOff(const QString& engineId)
{
    QVariantList values{m_run};
    QString where = QStringLiteral("state <> 'ended' AND run <> ?");
    if (!engineId.isEmpty()) {
        where += QStringLiteral(" AND engine_id = ?");
        values << engineId;
    }
    // Read and judged by the model, so that "missed" has one meaning.
    const auto open = select(where, values, -1);
    if (!open) {
        return open.error();
    }
    QSqlQuery update(m_database.connection());
    if (!update.prepare(
            QStringLiteral("UPDATE calls SET cut_off = 1, state = ?, ended_at = updated_at, "
                           "state_since = updated_at, reason = ?, missed = ? WHERE id = ?"))) {
        return m_database.error(update.lastError());
    }
    for (LogEntry entry : *open) {
        entry.call.state = model::CallState::Ended;
        update.bindValue(0, toWord(entry.call.state));
        update.bindValue(1, QStringLiteral("Cut off: the engine ended while the call was alive"));
        update.bindValue(2, entry.call.isMissed() ? 1 : 0);
        update.bindValue(3, entry.rowId);
        if (!update.exec()) {
            return m_database.error(update.lastError());
        }
    }
    return static_cast<int>(open->size());
}

Result<model::LogPage> CallLog::page(const model::LogQuery& query)
{
    QVariantList values;
    QString where = QStringLiteral("1");
    if (query.beforeRowId > 0) {
        where += QStringLiteral(" AND id < ?");
        values << query.beforeRowId;
    }
    if (query.missedOnly) {
        where += QStringLiteral(" AND missed = 1");
    }
    if (query.recordedOnly) {
        where += QStringLiteral(" AND recording_path <> ''");
    }
    where += whereText(query.text, values);
    const int limit = std::clamp(query.limit, 1, mostRows);
    const auto rows = select(where, values, limit + 1); // one more tells whether there is more
    if (!rows) {
        return rows.error();
    }
    const auto missed = missedUnseen();
    if (!missed) {
        return missed.error();
    }
    model::LogPage page{rows->mid(0, limit), rows->size() > limit, *missed};
    for (LogEntry& entry : page.entries) {
        if (const QFileInfo file(entry.call.recordingPath); file.isFile()) {
            entry.recordingBytes = file.size();
        }
    }
    return page;
}

Result<int> CallLog::missedUnseen()
{
    const auto count = m_database.number(
        QStringLiteral("SELECT count(*) FROM calls WHERE missed = 1 AND missed_seen = 0"));
    if (!count) {
        return count.error();
    }
    return static_cast<int>(*count);
}

Result<void> CallLog::markMissedSeen()
{
    return m_database.exec(
        QStringLiteral("UPDATE calls SET missed_seen = 1 WHERE missed = 1 AND missed_seen = 0"));
}

Result<QList<model::Recording>> CallLog::recordings(const QString& text, int limit)
{
    QVariantList values;
    const QString where = QStringLiteral("recording_path <> ''") + whereText(text, values);
    const auto rows = select(where, values, std::clamp(limit, 1, mostRows));
    if (!rows) {
        return rows.error();
    }
    QList<model::Recording> recordings;
    for (const LogEntry& row : *rows) {
        const QFileInfo file(row.call.recordingPath);
        model::Recording recording;
        recording.logRowId = row.rowId;
        recording.path = row.call.recordingPath;
        recording.direction = row.call.direction;
        recording.number = row.call.number;
        recording.displayName = row.call.displayName;
        recording.startedAt = row.call.startedAt;
        recording.durationMs = row.call.durationMs(now());
        recording.fileExists = file.isFile();
        recording.bytes = recording.fileExists ? file.size() : row.recordingBytes;
        recordings << recording;
    }
    return recordings;
}

Result<QList<LogEntry>> CallLog::select(const QString& where, const QVariantList& values, int limit)
{
    QSqlQuery query(m_database.connection());
    query.setForwardOnly(true);
    if (!query.prepare(QStringLiteral("SELECT %1 FROM calls WHERE %2 ORDER BY id DESC LIMIT %3")
                           .arg(selectedColumns(), where)
                           .arg(limit))) {
        return m_database.error(query.lastError());
    }
    for (const QVariant& value : values) {
        query.addBindValue(value);
    }
    if (!query.exec()) {
        return m_database.error(query.lastError());
    }
    QList<LogEntry> rows;
    while (query.next()) {
        rows << readRow(query);
    }
    if (query.lastError().isValid()) { // a file that breaks while it is read
        return m_database.error(query.lastError());
    }
    return rows;
}

} // namespace hs::store
