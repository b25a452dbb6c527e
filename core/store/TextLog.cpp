#include "store/TextLog.h"

#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace hs::store {

using base::Result;
using model::TextMessage;

namespace {
// Not through the middle of a surrogate pair; and Qt binds a null QString as NULL, which the
// columns refuse.
QString cut(const QString& text, qsizetype most)
{
    if (text.isNull()) {
        return QStringLiteral("");
    }
    if (text.size() <= most) {
        return text;
    }
    return text.left(text.at(most - 1).isHighSurrogate() ? most - 1 : most);
}
} // namespace

TextMessage TextLog::bounded(const TextMessage& message)
{
    TextMessage result = message;
    result.account = cut(message.account, mostNameCharacters);
    result.number = cut(message.number, mostNameCharacters);
    result.displayName = cut(message.displayName, mostNameCharacters);
    result.uri = cut(message.uri, mostNameCharacters);
    result.text = cut(message.text, mostCharacters);
    return result;
}

Result<qint64> TextLog::add(const TextMessage& message)
{
    QSqlQuery query(m_database.connection());
    if (!query.prepare(
            QStringLiteral("INSERT INTO texts (at, account, number, display_name, uri, text) "
                           "VALUES (?, ?, ?, ?, ?, ?)"))) {
        return m_database.error(query.lastError());
    }
    const TextMessage row = bounded(message);
    query.addBindValue(row.at);
    for (const QString& field : {row.account, row.number, row.displayName, row.uri, row.text}) {
        query.addBindValue(field);
    }
    if (!query.exec()) {
        return m_database.error(query.lastError());
    }
    const qint64 rowId = query.lastInsertId().toLongLong();
    // Ids are given in order (AUTOINCREMENT), nearly without gaps.
    const Result<void> forgotten = forgetUpTo(rowId - m_kept);
    return forgotten ? Result<qint64>(rowId) : Result<qint64>(forgotten.error());
}

Result<void> TextLog::forgetUpTo(qint64 rowId)
{
    return m_database.exec(QStringLiteral("DELETE FROM texts WHERE id <= %1").arg(rowId));
}

Result<QList<TextMessage>> TextLog::newest(int limit)
{
    QSqlQuery query(m_database.connection());
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT id, at, account, number, display_name, uri, text "
                                   "FROM texts ORDER BY id DESC LIMIT %1")
                        .arg(std::clamp(limit, 1, mostRows)))) {
        return m_database.error(query.lastError());
    }
    QList<TextMessage> rows;
    while (query.next()) {
        rows << TextMessage{query.value(0).toLongLong(), query.value(1).toLongLong(),
                            query.value(2).toString(),   query.value(3).toString(),
                            query.value(4).toString(),   query.value(5).toString(),
                            query.value(6).toString()};
    }
    if (query.lastError().isValid()) { // a file that breaks while it is read
        return m_database.error(query.lastError());
    }
    return rows;
}

} // namespace hs::store
