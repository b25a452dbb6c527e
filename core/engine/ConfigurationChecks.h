// What can only be judged or filled in when all layers of the configuration are known: paths, the
// defaults that depend on the machine, and keys that depend on each other. Thread: pure functions
// that look at files.
#pragma once

#include "engine/Configuration.h"
#include "engine/StandardPaths.h"

namespace hs::engine {

// Makes paths absolute and fills in those that were given nowhere. A path is taken relative to the
// working folder; "~/" is the home folder.
void resolvePaths(Configuration& configuration, const StandardPaths& paths,
                  const QString& workingFolder);
QString absolutePath(const QString& path, const StandardPaths& paths, const QString& workingFolder);

// What is wrong, one sentence each. Rounds the first RTP port up to an even one.
QStringList checkTogether(Configuration& configuration);

} // namespace hs::engine
