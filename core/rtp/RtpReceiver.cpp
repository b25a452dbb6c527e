#include "rtp/RtpReceiver.h"

#include <algorithm>

namespace hs::rtp {

namespace {
std::uint64_t lostOf(const std::optional<RtpSource>& source)
{
    return source ? static_cast<std::uint64_t>(std::max<std::int64_t>(source->packetsLost(), 0))
                  : 0;
}
} // namespace

RtpReceiver::RtpReceiver(int minSequential, std::uint32_t clockRate)
    : m_minSequential(minSequential)
    , m_clockRate(clockRate)
{
}

RtpReceiver::Verdict RtpReceiver::receive(const RtpHeader& header, base::TimePoint now)
{
    if (!m_current || m_current->ssrc() != header.ssrc) {
        return receiveCandidate(header, now);
    }
    m_candidate.reset();
    switch (m_current->receive(header, now)) {
    case RtpSource::Verdict::Accepted:
        return Verdict::Accepted;
    case RtpSource::Verdict::Restarted:
        ++m_streams;
        return Verdict::NewStream;
    case RtpSource::Verdict::Duplicate:
        return Verdict::Duplicate;
    case RtpSource::Verdict::Probation:
    case RtpSource::Verdict::Jump:
        break;
    }
    ++m_rejected;
    return Verdict::Rejected;
}

void RtpReceiver::setClockRate(std::uint32_t clockRate)
{
    if (clockRate != m_clockRate) {
        m_clockRate = clockRate;
        if (m_current) {
            m_current->setClockRate(clockRate);
        }
        m_candidate.reset();
    }
}

RtpReceiver::Verdict RtpReceiver::receiveCandidate(const RtpHeader& header, base::TimePoint now)
{
    if (!m_candidate || m_candidate->ssrc() != header.ssrc) {
        const int needed = m_current ? std::max(m_minSequential, 2) : m_minSequential;
        m_candidate.emplace(header.ssrc, needed, m_clockRate);
    }
    if (m_candidate->receive(header, now) != RtpSource::Verdict::Accepted) {
        ++m_rejected;
        return Verdict::Rejected;
    }
    m_earlierReceived = packetsReceived();
    m_earlierLost = packetsLost();
    m_earlierDuplicate = packetsDuplicate();
    m_current = m_candidate;
    m_candidate.reset();
    ++m_streams;
    return Verdict::NewStream;
}

std::uint64_t RtpReceiver::packetsReceived() const
{
    return m_earlierReceived + (m_current ? m_current->packetsReceived() : 0);
}

std::uint64_t RtpReceiver::packetsLost() const
{
    return m_earlierLost + lostOf(m_current);
}

std::uint64_t RtpReceiver::packetsDuplicate() const
{
    return m_earlierDuplicate + (m_current ? m_current->packetsDuplicate() : 0);
}

} // namespace hs::rtp
