// ProgramStart: what both programs do before there is an engine: read the configuration, answer
// --help, --version and --print-config, say every error, set the process's limits. Thread: main.
#pragma once

#include "engine/Configuration.h"

#include <cstdio>
#include <optional>

namespace hs::app {

struct ProgramStart {
    // Empty: print nothing more and exit with exitCode.
    std::optional<engine::Configuration> configuration;
    int exitCode = 0;
};

QString programName(engine::Configuration::Face face);
void print(std::FILE* stream, const QString& text);

// Exit code 2 for bad usage or configuration, with a sentence for each error on standard error.
ProgramStart startProgram(const QStringList& arguments, engine::Configuration::Face face);

// A call takes three descriptors, and the usual limit is 1024.
void raiseDescriptorLimit();

} // namespace hs::app
