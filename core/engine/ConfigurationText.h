// What the programs print of their configuration: --help and --print-config. Thread: pure
// functions.
#pragma once

#include "engine/Configuration.h"

namespace hs::engine {

// With a line end at its end, at most 100 columns.
QString helpText(Configuration::Face face);

// What is in force, in the form of a configuration file that means the same, each line with where
// its value came from.
QString printedConfiguration(const Configuration& configuration);

} // namespace hs::engine
