// When to register again: before the binding runs out, and after a failure (RFC 5626 section 4.5).
// Thread: pure functions.
#pragma once

#include "base/Clock.h"
#include "base/Random.h"

#include <optional>

namespace hs::sip {

// Somewhere between 80 and 95 % of the time that the binding has, so that telephones that were
// switched on together don't come back together.
base::Duration refreshAfter(std::chrono::seconds granted, base::Random& random);
// 30 s, doubled with each failure in a row up to half an hour; of that 50 to 100 %. `failures` from
// 1. A Retry-After of the server counts where it is longer.
base::Duration retryAfter(int failures, std::optional<std::uint32_t> serverSeconds,
                          base::Random& random);

} // namespace hs::sip
