// SampleAccounts: accounts, lamps, texts and troubled calls as an operator's day brings them, for
// tests and pictures of the window. All times are relative to `noon`.
#pragma once

#include "SampleCalls.h"
#include "model/Account.h"
#include "model/TextMessage.h"

namespace hs::test {

// office (default, registered, three voice messages, lamps 201 to 204), home (failing), fax (off)
QList<model::Account> someAccounts();
QList<model::AccountState> someStates();
QList<model::BusyLamp> someLamps();
model::TextMessage someText(const QString& text);
// busyHour() with account, diversion, quality, trouble, digits and transfers.
QList<model::Call> troubledHour();

} // namespace hs::test
