// PasswordMode: --set-password and --remove-password. Thread: main; needs a QCoreApplication.
#pragma once

#include "engine/Configuration.h"

namespace hs::app {

// The exit code: 0 done (says where), 1 refused, 2 there is no such account, or no password came.
int runPasswordMode(const engine::Configuration& configuration, engine::Configuration::Face face);

} // namespace hs::app
