#include "media/RtpSourceLock.h"

#include <algorithm>
#include <cstring>

namespace hs::media {

namespace {
constexpr auto anyAddressFor = std::chrono::seconds(10);
constexpr auto stragglersFor = std::chrono::seconds(2);
constexpr auto silentFor = std::chrono::seconds(1);
constexpr int mostDropped = 3000; // RFC 3550 A.1: what still is the same numbering
constexpr int mostSkipped = 16; // packets that may be missing between two of a candidate
constexpr std::size_t mostKept = std::tuple_size_v<decltype(RtpSourceLock::Kept::bytes)>;
} // namespace

void RtpSourceLock::expect(const base::Endpoint& negotiated, const base::IpAddress& signalling,
                           base::TimePoint now)
{
    m_signalling = signalling;
    m_openUntil = now + anyAddressFor;
    const bool isReal =
        !negotiated.isNull() && !negotiated.address().isAny() && negotiated.port() != 0;
    if (!isReal || negotiated == m_negotiated) {
        return;
    }
    m_negotiated = negotiated;
    if (m_source != negotiated) {
        m_previous = m_source;
        m_previousUntil = now + stragglersFor;
        lock({});
    }
}

void RtpSourceLock::open(base::TimePoint now)
{
    m_openUntil = now + anyAddressFor;
}

void RtpSourceLock::lock(const base::Endpoint& source)
{
    m_source = source;
    for (Candidate& candidate : m_candidates) {
        candidate.count = 0;
    }
}

RtpSourceLock::Verdict RtpSourceLock::judge(const Arrival& arrival)
{
    m_kept = {};
    if (arrival.source == m_negotiated && m_source != m_negotiated) {
        lock(arrival.source); // whoever was quicker: this is where they said they are
        return accept(arrival);
    }
    if (isLocked() && arrival.source == m_source) {
        return accept(arrival);
    }
    if (!(isLocked() ? continuesLockedStream(arrival) : mayLock(arrival))) {
        return Verdict::Foreign;
    }
    Candidate& candidate = candidateFor(arrival);
    const int step = static_cast<std::int16_t>(arrival.sequence - candidate.sequence);
    const bool continues = candidate.count > 0 && candidate.source == arrival.source
        && candidate.ssrc == arrival.ssrc && step > 0 && step <= mostSkipped;
    if (!continues) {
        candidate.count = 0;
        candidate.source = arrival.source;
        candidate.ssrc = arrival.ssrc;
    }
    candidate.sequence = arrival.sequence;
    candidate.lastAt = arrival.at;
    if (candidate.count + 1 == packetsToLock) {
        m_kept = candidate.packets;
        lock(arrival.source);
        return accept(arrival);
    }
    Kept& kept = candidate.packets[candidate.count++];
    std::memcpy(kept.bytes.data(), arrival.datagram.data(), arrival.datagram.size());
    kept.size = arrival.datagram.size();
    kept.at = arrival.at;
    return Verdict::Candidate;
}

RtpSourceLock::Verdict RtpSourceLock::accept(const Arrival& arrival)
{
    m_ssrc = arrival.ssrc;
    m_sequence = arrival.sequence;
    m_acceptedAt = arrival.at;
    return Verdict::Accepted;
}

bool RtpSourceLock::continuesLockedStream(const Arrival& arrival) const
{
    const int ahead = static_cast<std::uint16_t>(arrival.sequence - m_sequence);
    return arrival.negotiatedType && arrival.datagram.size() <= mostKept
        && arrival.source.address() == m_source.address() && arrival.ssrc == m_ssrc && ahead > 0
        && ahead <= mostDropped && arrival.at - m_acceptedAt >= silentFor;
}

bool RtpSourceLock::mayLock(const Arrival& arrival) const
{
    if (!arrival.negotiatedType || arrival.datagram.size() > mostKept
        || (arrival.source == m_previous && arrival.at < m_previousUntil)) {
        return false;
    }
    const base::IpAddress& address = arrival.source.address();
    const bool behindNat = m_negotiated.isNull() || m_negotiated.address().isPrivate();
    return (!m_negotiated.isNull() && address == m_negotiated.address())
        || (!m_signalling.isNull() && address == m_signalling)
        || (behindNat && arrival.at < m_openUntil);
}

RtpSourceLock::Candidate& RtpSourceLock::candidateFor(const Arrival& arrival)
{
    const auto own = std::find_if(m_candidates.begin(), m_candidates.end(), [&](const auto& one) {
        return one.count > 0 && one.source == arrival.source;
    });
    if (own != m_candidates.end()) {
        return *own;
    }
    // Whoever has been silent for longest makes room; one stranger can't push out another.
    return *std::min_element(
        m_candidates.begin(), m_candidates.end(), [](const auto& a, const auto& b) {
            return (a.count > 0) != (b.count > 0) ? a.count == 0 : a.lastAt < b.lastAt;
        });
}

} // namespace hs::media
