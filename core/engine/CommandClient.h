// CommandClient: asks the instance that runs with a database to do something. Waits, and so is for
// programs that do nothing else. Thread: one without an event loop to be kept waiting.
#pragma once

#include "engine/Command.h"
#include "engine/CommandSocket.h"

#include <chrono>
#include <optional>

namespace hs::engine {

// What this instance answered; nothing if none listens there, or none answers in that time.
std::optional<CommandResult> sendCommand(const QString& socketPath, const Command& command,
                                         std::chrono::milliseconds patience);

// Of the instance that has the calls: the console, or else the daemon. Nothing if there is none.
std::optional<CommandResult> sendToEngine(const QString& databasePath, const Command& command);

} // namespace hs::engine
