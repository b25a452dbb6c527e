// The statements that made a database of version 1, as they were released: databases made by them
// are out there, so they are never changed.
#pragma once

#include <QStringList>

namespace hs::test {

inline constexpr const char* formerCalls = R"(CREATE TABLE calls (
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

inline QStringList formerStatements()
{
    return {
        QLatin1String(formerCalls),
        QStringLiteral("CREATE INDEX calls_missed ON calls (id) WHERE missed = 1"),
        QStringLiteral("CREATE INDEX calls_missed_unseen ON calls (id) "
                       "WHERE missed = 1 AND missed_seen = 0"),
        QStringLiteral("CREATE INDEX calls_recorded ON calls (id) WHERE recording_path <> ''"),
        QStringLiteral("CREATE INDEX calls_open ON calls (engine_id) WHERE state <> 'ended'"),
        QStringLiteral("PRAGMA user_version=1"),
    };
}

// One call that was answered and recorded, one that was missed and one that was alive.
inline QStringList formerRows()
{
    const QString insert = QStringLiteral(
        "INSERT INTO calls (search_text, missed, missed_seen, cut_off, engine_id, run, call_id, "
        "updated_at, direction, state, owner, owner_client, answered_by, answered_by_client, "
        "ended_by, ended_by_client, sip_call_id, control_id, number, display_name, remote_uri, "
        "called_number, account, codec, packet_ms, remote_media, started_at, ringing_at, "
        "answered_at, ended_at, state_since, final_code, reason, recording_path, recording_bytes, "
        "packets_sent, packets_received, packets_lost, packets_discarded, packets_foreign, "
        "jitter_us, loss_permille, remote_lost, remote_loss_permille, remote_jitter_us, "
        "round_trip_us) VALUES ");
    return {
        insert
            + QStringLiteral("('100', 0, 0, 0, 'engine-a', 5, 1, 1700000009000, 'out', 'ended', "
                             "'operator', '', 'far_end', '', 'operator', '', 'sip-1', 'sip-1', "
                             "'100', 'Lin', 'sip:100@example.com', '', 'office', 'PCMA', 20, "
                             "'192.0.2.1:4000', 1700000000000, 1700000001000, 1700000002000, "
                             "1700000009000, 1700000009000, 200, 'OK', '/rec/a.wav', 4711, "
                             "350, 349, 1, 2, 3, 900, 2, 4, 5, 600, 42000)"),
        insert
            + QStringLiteral("('200', 1, 0, 0, 'engine-a', 5, 2, 1700000019000, 'in', 'ended', "
                             "'nobody', '', 'nobody', '', 'far_end', '', 'sip-2', 'sip-2', '200', "
                             "'', 'sip:200@example.com', '1001', '', '', 0, '', 1700000010000, "
                             "1700000010001, 0, 1700000019000, 1700000019000, 487, '', '', 0, "
                             "0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1)"),
        insert
            + QStringLiteral("('300', 0, 0, 0, 'engine-a', 5, 3, 1700000029000, 'in', 'active', "
                             "'operator', '', 'operator', '', 'nobody', '', 'sip-3', 'sip-3', "
                             "'300', '', 'sip:300@example.com', '', '', 'PCMU', 20, '', "
                             "1700000020000, 1700000020001, 1700000021000, 0, 1700000021000, 200, "
                             "'OK', '', 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1)"),
    };
}

} // namespace hs::test
