// CommandRunner: does what a Command asks with the calls of an engine. Where no call is named it
// takes the one that a person would mean, and says so where that is not clear. Thread: core.
#pragma once

#include "call/CallControl.h"
#include "engine/Command.h"

namespace hs::engine {

// `by` owns what is dialled and answered: the operator at a console, the machine in a daemon.
CommandResult runCommand(call::CallControl& calls, const Command& command, const model::Actor& by,
                         qint64 nowMs);

// The call that it is about: the one that was named, else the only one that fits it. Of the verbs
// that are about one call. Errors are sentences.
base::Result<model::CallId> callMeant(const call::CallControl& calls, const Command& command);

} // namespace hs::engine
