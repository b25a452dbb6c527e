// CallLog: the table of calls, one row for each, newest first, in pages. Times are UTC
// milliseconds. A call is found again by its engine, this run of it and its CallId, so a caller
// needs no row ids. Errors are the database's. Thread: that of the database.
#pragma once

#include "base/Clock.h"
#include "model/LogEntry.h"
#include "model/Recording.h"
#include "store/Database.h"

#include <QSqlQuery>

#include <optional>

namespace hs::store {

class CallLog {
public:
    // `run` tells the calls of this process from those of the engine's earlier ones, which counted
    // their calls from 1 as well: any number that was never used before.
    CallLog(Database& database, const base::Clock& clock, qint64 run);

    // Adds the call's row or brings it up to date; returns its id. (rowId of `entry` is not read.)
    base::Result<qint64> put(const model::LogEntry& entry);

    // Ends the rows of calls that were alive when an earlier run of the engine died: cut_off, ended
    // when they were last written. An empty id means every engine. Returns how many.
    base::Result<int> markCutOff(const QString& engineId);

    base::Result<model::LogPage> page(const model::LogQuery& query);
    // Of the missed calls, those that nobody has looked at since.
    base::Result<int> missedUnseen();
    base::Result<void> markMissedSeen();

    // Calls with a recording, newest first; whether the file is there and how long it is are looked
    // up now. `text` as in LogQuery. At most `limit`, 1..1000.
    base::Result<QList<model::Recording>> recordings(const QString& text, int limit);

private:
    base::Result<QList<model::LogEntry>> select(const QString& where, const QVariantList& values,
                                                int limit);
    qint64 now() const { return base::toUnixMs(m_clock.wall()); }

    Database& m_database;
    const base::Clock& m_clock;
    qint64 m_run;
    std::optional<QSqlQuery> m_put; // prepared at its first use
};

} // namespace hs::store
