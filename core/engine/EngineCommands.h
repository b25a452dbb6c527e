// Commands done in an engine. Thread: core, as what Engine::post() runs.
#pragma once

#include "engine/Command.h"
#include "engine/EngineCore.h"

#include <functional>

namespace hs::engine {

// Calls `reply` once: at once, or, for digits, when they are sent; never, if the engine ends
// before. Elsewhere if this engine has no calls: another one has the database, or there is no SIP
// yet.
void runCommand(EngineCore& core, const Command& command, const model::Actor& by,
                const std::function<void(const CommandResult&)>& reply);

} // namespace hs::engine
