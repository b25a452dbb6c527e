// MediaWatch: what the figures of a call's media mean: which side hears nothing and since when, and
// that the far end is gone. Thread: pure functions.
#pragma once

#include "base/Clock.h"
#include "model/Call.h"

#include <chrono>

namespace hs::call {

// The same figures as if nothing had been to come or to be heard before that time: a hold is no
// trouble, and does not count once it is over.
model::MediaStats since(const model::MediaStats& stats, base::Duration talking);

struct TroubleFound {
    model::MediaTrouble trouble = model::MediaTrouble::None;
    qint64 forMs = 0;
};
TroubleFound findTrouble(const model::MediaStats& stats);
// For the log of a call whose trouble that has become.
QString words(const TroubleFound& found, const model::Call& call);

// Neither RTP nor RTCP for so long, though both were to come. 0: never.
bool isGone(const model::MediaStats& stats, std::chrono::seconds timeout);

} // namespace hs::call
