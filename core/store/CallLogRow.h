// CallLogRow: how a LogEntry lies in the columns of the table `calls`. One list of columns, from
// which statements, binding and reading all come. What matters only while a call is alive (holds,
// headset, listeners, levels) is not kept; of troubles with the audio the last one is, also when it
// has passed. Thread: that of the database.
#pragma once

#include "model/LogEntry.h"

#include <QSqlQuery>

namespace hs::store {

// INSERT, or UPDATE where the call of this run is already there; returns the row's id. The
// placeholders, in order: those of bindRow().
QString putStatement();
// Binds everything to a prepared putStatement().
void bindRow(QSqlQuery& query, const model::LogEntry& entry, qint64 run, qint64 updatedAt);

// "id, cut_off, ...": the columns that readRow() wants, from the query's first column on.
QString selectedColumns();
model::LogEntry readRow(const QSqlQuery& query);

// A text as search_text holds it: what the fields have in common with it, whatever the case.
QString folded(const QString& text);

} // namespace hs::store
