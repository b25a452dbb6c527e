// CommandMode: the programs as a client of the instance that is running: --call, --list and their
// like, and links. Thread: main.
#pragma once

#include "engine/Configuration.h"

#include <optional>

namespace hs::app {

// The exit code: 0 done, 1 refused (a sentence on standard error), 4 no instance is running.
// Nothing if there is none and the console is to start and do it.
std::optional<int> runCommandMode(const engine::Configuration& configuration,
                                  engine::Configuration::Face face);

} // namespace hs::app
