// SampleCalls: calls, log rows and recordings as an operator's day brings them, for tests and
// pictures of the window. All times are relative to `noon`.
#pragma once

#include "model/Client.h"
#include "model/EngineStatus.h"
#include "model/LogEntry.h"
#include "model/Recording.h"

namespace hs::test {

constexpr qint64 noon = 1795327331000; // 2026-11-22 14:02:11 in Taipei, UTC ms

model::Call ringingCall(model::CallId id, const QString& number, qint64 waitedMs);
model::Call activeCall(model::CallId id, const QString& number, const model::Actor& owner,
                       qint64 talkedMs);
model::Call endedCall(model::CallId id, const QString& number);

QList<model::Call> busyHour(); // ids 1 to 7
QList<model::LogEntry> busyLog(int rows); // newest first, row ids rows..1
QList<model::Recording> someRecordings(int rows);
QList<model::Client> someClients();
model::EngineStatus runningStatus();
QList<model::Notice> everyNotice();

} // namespace hs::test
