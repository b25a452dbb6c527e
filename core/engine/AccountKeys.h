// The keys of an [account NAME] section, each with how its text becomes part of an account and is
// made from it. Everything that depends on one key alone is in this table. Thread: constant.
#pragma once

#include "base/Result.h"
#include "model/Account.h"

#include <QStringList>

#include <span>

namespace hs::engine {

struct AccountKey {
    const char* name; // in the file
    const char* valueName;
    // Nothing if the value was taken, else what is wrong with it and what to give instead.
    QString (*apply)(model::Account&, const QString& value);
    QString (*print)(const model::Account&); // what apply() takes; empty: there is none
};

std::span<const AccountKey> accountKeys();
const AccountKey* accountKey(const QString& name);
QStringList accountKeyNames();

// Those keys that an account needs, or whose value is not the default, in the table's order.
struct AccountValue {
    QString key;
    QString value;
};
QList<AccountValue> accountValues(const model::Account& account);

// What is wrong with the name of an account; empty if nothing is.
QString accountNameProblem(const QString& name);

} // namespace hs::engine
