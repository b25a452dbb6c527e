#include "store/Migrations.h"

#include "store/Database.h"

namespace hs::store {

using base::Result;

namespace {
// run: which process of that engine, because call ids begin anew with each.
// search_text: all that a text is looked for in, case-folded, one line each.
constexpr const char* createCalls = R"(CREATE TABLE calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    search_text TEXT NOT NULL,
    missed INTEGER NOT NULL,
    missed_seen INTEGER NOT NULL DEFAULT 0,
    cut_off INTEGER NOT NULL,
    engine_id TEXT NOT NULL,
    run INTEGER NOT NULL,
    call_id INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    direction TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    owner_client TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_by_client TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended_by_client TEXT NOT NULL,
    sip_call_id TEXT NOT NULL,
    control_id TEXT NOT NULL,
    number TEXT NOT NULL,
    display_name TEXT NOT NULL,
    remote_uri TEXT NOT NULL,
    called_number TEXT NOT NULL,
    account TEXT NOT NULL,
    codec TEXT NOT NULL,
    packet_ms INTEGER NOT NULL,
    remote_media TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ringing_at INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    state_since INTEGER NOT NULL,
    final_code INTEGER NOT NULL,
    reason TEXT NOT NULL,
    recording_path TEXT NOT NULL,
    recording_bytes INTEGER NOT NULL,
    packets_sent INTEGER NOT NULL,
    packets_received INTEGER NOT NULL,
    packets_lost INTEGER NOT NULL,
    packets_discarded INTEGER NOT NULL,
    packets_foreign INTEGER NOT NULL,
    jitter_us INTEGER NOT NULL,
    loss_permille INTEGER NOT NULL,
    remote_lost INTEGER NOT NULL,
    remote_loss_permille INTEGER NOT NULL,
    remote_jitter_us INTEGER NOT NULL,
    round_trip_us INTEGER NOT NULL,
    UNIQUE (engine_id, run, call_id)))";

QStringList firstSchema()
{
    return {
        QLatin1String(createCalls),
        QStringLiteral("CREATE INDEX calls_missed ON calls (id) WHERE missed = 1"),
        QStringLiteral("CREATE INDEX calls_missed_unseen ON calls (id) "
                       "WHERE missed = 1 AND missed_seen = 0"),
        QStringLiteral("CREATE INDEX calls_recorded ON calls (id) WHERE recording_path <> ''"),
        QStringLiteral("CREATE INDEX calls_open ON calls (engine_id) WHERE state <> 'ended'"),
    };
}

QString addToCalls(const char* column)
{
    return QStringLiteral("ALTER TABLE calls ADD COLUMN ") + QLatin1String(column);
}

// The defaults are what a call has of which nothing is known, so older rows read as before.
QStringList secondSchema()
{
    return {
        addToCalls("diverted_by TEXT NOT NULL DEFAULT ''"),
        addToCalls("digits_sent TEXT NOT NULL DEFAULT ''"),
        addToCalls("digits_received TEXT NOT NULL DEFAULT ''"),
        addToCalls("transfer TEXT NOT NULL DEFAULT ''"),
        addToCalls("transfer_target TEXT NOT NULL DEFAULT ''"),
        addToCalls("transfer_code INTEGER NOT NULL DEFAULT 0"),
        addToCalls("trouble TEXT NOT NULL DEFAULT ''"),
        addToCalls("trouble_since INTEGER NOT NULL DEFAULT 0"),
        addToCalls("mos_received_average_centis INTEGER NOT NULL DEFAULT -1"),
        addToCalls("mos_sent_average_centis INTEGER NOT NULL DEFAULT -1"),
        addToCalls("first_rtp_at INTEGER NOT NULL DEFAULT 0"),
        addToCalls("last_rtp_at INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("CREATE TABLE texts (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                       "at INTEGER NOT NULL, account TEXT NOT NULL, number TEXT NOT NULL, "
                       "display_name TEXT NOT NULL, uri TEXT NOT NULL, text TEXT NOT NULL)"),
    };
}

QStringList thirdSchema()
{
    return {addToCalls("transferred_by TEXT NOT NULL DEFAULT ''")};
}

Result<void> apply(Database& database, const Migration& step)
{
    for (const QString& statement : step.statements) {
        if (const auto done = database.exec(statement); !done) {
            return done;
        }
    }
    return database.exec(QStringLiteral("PRAGMA user_version=%1").arg(step.version));
}

// Inside a transaction, for another process may have just done the same step.
Result<void> applyIfMissing(Database& database, const Migration& step)
{
    const auto version = database.number(QStringLiteral("PRAGMA user_version"));
    if (!version) {
        return version.error();
    }
    if (*version >= step.version) {
        return {};
    }
    const Result<void> done = apply(database, step);
    return done ? done
                : base::Error{QStringLiteral("%1 (while bringing it to version %2)")
                                  .arg(done.error().text)
                                  .arg(step.version)};
}
} // namespace

const QList<Migration>& migrations()
{
    static const QList<Migration> steps{
        {1, firstSchema()}, {2, secondSchema()}, {3, thirdSchema()}};
    return steps;
}

int latestVersion()
{
    return migrations().constLast().version;
}

Result<void> migrate(Database& database, const QList<Migration>& steps)
{
    for (const Migration& step : steps) {
        // BEGIN IMMEDIATE is also what finds a database that can't be written.
        if (const auto begun = database.begin(); !begun) {
            return begun;
        }
        Result<void> done = applyIfMissing(database, step);
        if (done) {
            done = database.commit();
        }
        if (!done) {
            database.rollback();
            return done;
        }
    }
    return {};
}

} // namespace hs::store
