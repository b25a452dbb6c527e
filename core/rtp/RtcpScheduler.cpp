#include "rtp/RtcpScheduler.h"

#include <algorithm>
#include <chrono>

namespace hs::rtp {

namespace {
constexpr double udpHeaders = 28; // IPv4 and UDP count in RFC 3550 6.2
constexpr double firstGuessBytes = 100 + udpHeaders; // a report with one block and a CNAME
} // namespace

RtcpScheduler::RtcpScheduler(base::TimePoint now, std::uint32_t random)
    : m_last(now)
    , m_averageBytes(firstGuessBytes)
{
    m_next = now + interval(random);
}

base::Duration RtcpScheduler::interval(std::uint32_t random) const
{
    // RFC 3550 A.7, with its names where they help.
    constexpr double minimumSeconds = 5;
    constexpr double members = 2;
    constexpr double compensation = 2.71828182845904523536 - 1.5;
    const double seconds = std::max(m_averageBytes * members / bytesPerSecond,
                                    m_initial ? minimumSeconds / 2 : minimumSeconds);
    const double drawn = seconds * (random / 4294967296.0 + 0.5) / compensation;
    return std::chrono::duration_cast<base::Duration>(std::chrono::duration<double>(drawn));
}

bool RtcpScheduler::expire(base::TimePoint now, std::uint32_t random)
{
    m_next = m_last + interval(random);
    return m_next <= now;
}

void RtcpScheduler::sent(base::TimePoint now, std::size_t bytes, std::uint32_t random)
{
    average(bytes);
    m_last = now;
    m_initial = false;
    m_next = now + interval(random);
}

void RtcpScheduler::received(std::size_t bytes)
{
    average(bytes);
}

void RtcpScheduler::average(std::size_t bytes)
{
    m_averageBytes += (static_cast<double>(bytes) + udpHeaders - m_averageBytes) / 16;
}

} // namespace hs::rtp
