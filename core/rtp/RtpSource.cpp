#include "rtp/RtpSource.h"

#include <algorithm>

namespace hs::rtp {

RtpSource::RtpSource(std::uint32_t ssrc, int minSequential, std::uint32_t clockRate)
    : m_ssrc(ssrc)
    , m_minSequential(std::max(minSequential, 1))
    , m_probation(m_minSequential)
    , m_jitter(clockRate)
{
}

void RtpSource::start(std::uint16_t seq)
{
    m_earlierReceived += m_received;
    m_earlierLost += expected() - static_cast<std::int64_t>(m_received);
    m_highest = ExtendedSeq(seq);
    m_window.restart(seq);
    m_base = seq;
    m_received = 1;
    m_expectedBefore = 0;
    m_receivedBefore = 0;
    m_hasBadSeq = false;
    m_jitter.forgetLast();
}

std::int64_t RtpSource::expected() const
{
    return m_received == 0 ? 0 : m_highest.highest() - m_base + 1;
}

std::int64_t RtpSource::packetsLost() const
{
    return m_earlierLost + expected() - static_cast<std::int64_t>(m_received);
}

RtpSource::Verdict RtpSource::receive(const RtpHeader& header, base::TimePoint now)
{
    const std::uint16_t seq = header.sequence;
    if (m_probation > 0) {
        // RFC 3550 A.1: valid once enough have come in sequence; one out of it begins the count
        // anew.
        const bool follows = m_hasAny && seq == static_cast<std::uint16_t>(m_window.highest() + 1);
        m_probation = follows ? m_probation - 1 : m_minSequential - 1;
        m_hasAny = true;
        m_window.restart(seq);
        if (m_probation > 0) {
            return Verdict::Probation;
        }
        start(seq);
        m_jitter.update(header.timestamp, now);
        return Verdict::Accepted;
    }
    const Verdict verdict = count(seq);
    if (verdict == Verdict::Accepted || verdict == Verdict::Restarted) {
        m_jitter.update(header.timestamp, now);
    }
    return verdict;
}

RtpSource::Verdict RtpSource::count(std::uint16_t seq)
{
    // A.1's comparisons: forwards up to maxDropout, backwards up to maxMisorder, all else a jump.
    const auto ahead = static_cast<std::uint16_t>(seq - m_window.highest());
    if (ahead >= maxDropout && ahead <= 65536 - maxMisorder) {
        if (m_hasBadSeq && seq == m_badSeq) {
            // Two in sequence: the other side restarted without telling.
            start(seq);
            return Verdict::Restarted;
        }
        m_badSeq = static_cast<std::uint16_t>(seq + 1);
        m_hasBadSeq = true;
        return Verdict::Jump;
    }
    ++m_received;
    m_highest.extend(seq);
    if (m_window.mark(seq) == SeqWindow::Mark::Duplicate) {
        ++m_duplicates;
        return Verdict::Duplicate;
    }
    return Verdict::Accepted;
}

ReportBlock RtpSource::takeReport()
{
    const std::int64_t expectedNow = expected();
    const std::int64_t expectedInterval = expectedNow - m_expectedBefore;
    const auto receivedInterval = static_cast<std::int64_t>(m_received - m_receivedBefore);
    const std::int64_t lostInterval = expectedInterval - receivedInterval;
    m_expectedBefore = expectedNow;
    m_receivedBefore = m_received;

    ReportBlock block;
    block.ssrc = m_ssrc;
    if (expectedInterval > 0 && lostInterval > 0) {
        // Below 256: nothing more is expected before something comes.
        block.fractionLost = static_cast<std::uint8_t>(lostInterval * 256 / expectedInterval);
    }
    block.cumulativeLost =
        static_cast<std::int32_t>(std::clamp<std::int64_t>(packetsLost(), -0x800000, 0x7fffff));
    block.highestSequence = static_cast<std::uint32_t>(m_highest.highest());
    block.jitter = m_jitter.inTimestampUnits();
    return block;
}

} // namespace hs::rtp
