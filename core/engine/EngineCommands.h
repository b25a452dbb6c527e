// Commands done in an engine. Thread: core, as what Engine::post() runs.
#pragma once

#include "engine/Command.h"
#include "engine/EngineCore.h"

namespace hs::engine {

// Elsewhere if this engine has no calls: another one has the database, or there is no SIP yet.
CommandResult runCommand(EngineCore& core, const Command& command, const model::Actor& by);

} // namespace hs::engine
