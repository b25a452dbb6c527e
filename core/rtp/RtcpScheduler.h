// RtcpScheduler: when to send the next RTCP compound (RFC 3550 6.3, A.7), for a session of two:
// every 5 s on average, half of that for the first, drawn at random so that reports don't march in
// step. Two members are never so many that the rule on few senders (6.3.1) changes anything.
// A random number is a uniform 32-bit one of the caller's. Thread: a value.
#pragma once

#include "base/Clock.h"

#include <cstddef>
#include <cstdint>

namespace hs::rtp {

class RtcpScheduler {
public:
    // The session's share for RTCP: 5 % of a G.711 stream with its headers (80 kbit/s).
    static constexpr double bytesPerSecond = 500;

    RtcpScheduler(base::TimePoint now, std::uint32_t random);

    base::TimePoint next() const { return m_next; }

    // At or after next(): whether to send now. If not, next() has moved (reconsideration, 6.3.3).
    bool expire(base::TimePoint now, std::uint32_t random);
    // A compound of this size went out; headers of IP and UDP not counted.
    void sent(base::TimePoint now, std::size_t bytes, std::uint32_t random);
    void received(std::size_t bytes);

private:
    base::Duration interval(std::uint32_t random) const;
    void average(std::size_t bytes);

    base::TimePoint m_last; // tp
    base::TimePoint m_next; // tn
    double m_averageBytes;
    bool m_initial = true;
};

} // namespace hs::rtp
