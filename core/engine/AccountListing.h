// AccountListing: the accounts and how they are for --accounts, as JSON for programs and as a table
// for people: registered until, or failing because and tried again when; messages that wait.
// Thread: pure functions.
#pragma once

#include "model/Account.h"

#include <QJsonArray>
#include <QJsonObject>

namespace hs::engine {

// "off", "registering", "registered", "reachable", "failed", "unregistering".
QString toWord(model::RegistrationState state);

// Times are ISO 8601 UTC; they, and the counts of messages, are null where they are not known.
QJsonValue listedTime(qint64 unixMs); // 0: not known
QJsonObject listedAccount(const model::AccountState& state);

// The listed accounts as a table, with a line end at its end; times are local.
QString accountTable(const QJsonArray& accounts);

} // namespace hs::engine
