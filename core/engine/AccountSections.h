// AccountSections: the accounts of a configuration file, from its [account NAME] sections. Errors
// are sentences that begin with FILE:LINE and name account and key. Thread: a pure function.
#pragma once

#include "engine/ConfigFile.h"
#include "model/Account.h"

#include <QMap>

namespace hs::engine {

struct AccountSections {
    QList<model::Account> accounts; // in the file's order; one of them, if any, is the default
    // "account office" and "account office/user" -> "FILE:LINE"; what is not in the file is missing
    QMap<QString, QString> sources;
    QStringList errors;

    static AccountSections read(const ConfigFile& file, const QString& path);
};

} // namespace hs::engine
