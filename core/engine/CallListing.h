// Calls as --list prints them, and as --list --json does. Thread: pure functions.
#pragma once

#include "model/Call.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace hs::engine {

// A call for --list --json, in the words of the API; times are ISO 8601 UTC, null if not yet.
QJsonObject listedCall(const model::Call& call, qint64 nowMs);

// The calls of a CommandResult as a table for people, with a line end at its end.
QString callTable(const QJsonArray& calls);

} // namespace hs::engine
