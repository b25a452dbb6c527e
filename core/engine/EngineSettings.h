// What the engine's parts are told of the settings, and how this machine is named in the call log.
// Thread: pure functions.
#pragma once

#include "call/CallSettings.h"

namespace hs::engine {

// The same at each start on this machine.
QString engineId();
call::CallSettings callSettings(const model::Settings& settings,
                                std::shared_ptr<const std::vector<std::int16_t>> greeting,
                                bool hasOperator);

} // namespace hs::engine
