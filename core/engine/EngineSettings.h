// What the engine's parts are told of the settings, and how this machine is named in the call log.
// Thread: pure functions.
#pragma once

#include "call/CallSettings.h"

namespace hs::engine {

using Greeting = std::shared_ptr<const audio::Clip>;
// What the machine says when it answers: of that file, or the built-in one where it is empty; null
// for "none". The error is a sentence.
base::Result<Greeting> loadGreeting(const QString& path);

using Music = std::shared_ptr<const media::HoldMusic>;
// What far ends on hold hear, in the same way; five minutes at most.
base::Result<Music> loadHoldMusic(const QString& path);

// The same at each start on this machine.
QString engineId();
call::CallSettings callSettings(const model::Settings& settings, const Greeting& greeting,
                                const Music& holdMusic, bool hasOperator);

} // namespace hs::engine
