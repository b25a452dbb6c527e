// AccountStore: accounts written back into a configuration file. All else in the file stays as it
// is, comments too; the file is replaced as a whole, and made with its folder if missing. Passwords
// are not kept here (SecretStore). Errors are sentences that name the file. Thread: pure functions
// on a file.
#pragma once

#include "base/Result.h"
#include "model/Account.h"

namespace hs::engine {

// Adds the account, or changes the section that has its name; with a former name that section gets
// the new one. Keys with their default value are taken out. If it is the default, no other account
// of the file is any more.
base::Result<void> writeAccount(const QString& path, const model::Account& account,
                                const QString& formerName = {});

// The section with its keys and the comments between them. An error if there is none.
base::Result<void> removeAccount(const QString& path, const QString& name);

} // namespace hs::engine
