// InterarrivalJitter: the smoothed mean deviation of packets' spacing on arrival from their spacing
// at the sender (RFC 3550 6.4.1, A.8), kept in nanoseconds. Thread: a value.
#pragma once

#include "rtp/RtpTimestamp.h"

#include <chrono>
#include <limits>

namespace hs::rtp {

class InterarrivalJitter {
public:
    explicit InterarrivalJitter(std::uint32_t clockRate = 8000)
        : m_clockRate(clockRate)
    {
    }

    void update(std::uint32_t timestamp, base::TimePoint now)
    {
        if (m_hasLast && timestamp == m_lastTimestamp) {
            return; // of one moment (RFC 4733's are): the first of them tells when it was
        }
        if (m_hasLast) {
            const base::Duration atSender =
                samplesToTime(timestampDistance(m_lastTimestamp, timestamp), m_clockRate);
            const std::int64_t difference = (now - m_lastArrival - atSender).count();
            const std::int64_t deviation = difference < 0 ? -difference : difference;
            // Beyond a second the sender's clock jumped, or it was silent; no network does that.
            if (deviation < 1'000'000'000) {
                m_ns16 += deviation - ((m_ns16 + 8) >> 4);
            }
        }
        m_lastTimestamp = timestamp;
        m_lastArrival = now;
        m_hasLast = true;
    }

    // The next packet starts anew; what was measured stays.
    void forgetLast() { m_hasLast = false; }

    base::Duration value() const { return base::Duration(m_ns16 >> 4); }
    std::uint32_t inTimestampUnits() const
    {
        return static_cast<std::uint32_t>(timeToSamples(value(), m_clockRate));
    }
    std::uint32_t inUs() const
    {
        return static_cast<std::uint32_t>(value() / std::chrono::microseconds(1));
    }

private:
    std::int64_t m_ns16 = 0; // 16 times the jitter, so that the rounding of 1/16 loses nothing
    std::uint32_t m_clockRate;
    std::uint32_t m_lastTimestamp = 0;
    base::TimePoint m_lastArrival{};
    bool m_hasLast = false;
};

} // namespace hs::rtp
