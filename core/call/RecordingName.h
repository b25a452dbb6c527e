// The name of a call's recording: {yyyyMMdd}_{HHmmss}_{in|out}_{number}_{id}.wav, local time of the
// ring. What a far end can write into it are letters, digits, + and - only. Thread: pure functions.
#pragma once

#include "model/Call.h"

namespace hs::call {

QString recordingName(const model::Call& call, const QString& id);

} // namespace hs::call
