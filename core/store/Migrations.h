// The schema of the call log's database, as the numbered steps that lead to it. A step that was
// once released is never changed; a change of the schema is a new step. The number of the last step
// done is the database's user_version. Thread: that of the database.
#pragma once

#include "base/Result.h"

#include <QList>
#include <QStringList>

namespace hs::store {

class Database;

struct Migration {
    int version = 0; // 1, 2, ...
    QStringList statements;
};

const QList<Migration>& migrations();
int latestVersion();

// Each step is a transaction of its own: done with its number, or not at all. Fails as well, with
// the file's own error, if the database can't be written even though there is nothing to do.
base::Result<void> migrate(Database& database, const QList<Migration>& steps);

} // namespace hs::store
