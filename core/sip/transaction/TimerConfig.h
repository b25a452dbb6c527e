// TimerConfig: the timer values of RFC 3261 section 17.1.1.1 and appendix A, for one transport.
#pragma once

#include "base/Clock.h"

namespace hs::sip {

struct TimerConfig {
    base::Duration t1 = std::chrono::milliseconds(500); // round-trip estimate
    base::Duration t2 = std::chrono::seconds(4); // most between retransmissions
    base::Duration t4 = std::chrono::seconds(5); // longest life of a message in the network

    base::Duration timeout() const { return 64 * t1; } // B, F, H, J, L, M
};

} // namespace hs::sip
