#include "rtp/RtpSession.h"

#include "rtp/NtpTime.h"
#include "rtp/RtcpBye.h"
#include "rtp/RtcpSourceDescription.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace hs::rtp {

namespace {
std::int32_t toInt32(std::int64_t value)
{
    return static_cast<std::int32_t>(
        std::min<std::int64_t>(value, std::numeric_limits<std::int32_t>::max()));
}
} // namespace

RtpSession::RtpSession(const Config& config, std::string_view cname, base::TimePoint now,
                       std::uint32_t random)
    : m_clockRate(config.clockRate)
    , m_acceptEcho(config.acceptEcho)
    , m_ssrc(config.ssrc)
    , m_sequence(config.firstSequence)
    , m_timestamp(config.firstTimestamp)
    , m_cnameSize(std::min(cname.size(), m_cname.size()))
    , m_receiver(config.minSequential, config.clockRate)
    , m_scheduler(now, random)
{
    std::copy_n(cname.begin(), m_cnameSize, m_cname.begin());
}

std::size_t RtpSession::writePacket(std::span<std::byte> out, std::uint8_t payloadType, bool marker,
                                    std::span<const std::byte> payload, std::uint32_t samples,
                                    base::TimePoint now)
{
    return writeStampedPacket(out, payloadType, marker, m_timestamp, payload, samples, now);
}

std::size_t RtpSession::writeStampedPacket(std::span<std::byte> out, std::uint8_t payloadType,
                                           bool marker, std::uint32_t timestamp,
                                           std::span<const std::byte> payload,
                                           std::uint32_t samples, base::TimePoint now)
{
    const RtpHeader header{payloadType, marker, m_sequence, timestamp, m_ssrc};
    const std::size_t size = writeRtp(out, header, payload);
    if (size == 0) {
        return 0;
    }
    m_lastTimestamp = m_timestamp;
    m_lastPacketAt = now;
    ++m_sequence;
    m_timestamp += samples;
    ++m_packetCount;
    m_octetCount += static_cast<std::uint32_t>(payload.size());
    ++m_stats.packetsSent;
    m_stats.octetsSent += payload.size();
    return size;
}

void RtpSession::changeSsrc(std::uint32_t ssrc)
{
    m_oldSsrc = m_ssrc;
    m_hasOldSsrc = m_packetCount > 0 || m_stats.rtcpSent > 0; // else nobody knows it
    m_ssrc = ssrc;
    m_packetCount = 0;
    m_octetCount = 0;
    m_packetCountAtReport = 0;
    m_sentBeforeReport = false;
    m_sentReports = {};
    m_hasHighest = false;
    // What the far end's reports have said until now was of the old one.
    m_deafSince.reset();
    m_wasReported = false;
    m_sentAtReport = m_stats.packetsSent;
}

// RFC 3550 8.2: whoever uses our SSRC for the first time collides with us; the same address with
// the SSRC that we then took sends us our own packets back.
RtpSession::Verdict RtpSession::judgeOwnSsrc(const base::Endpoint& source)
{
    ++m_stats.packetsRejected;
    if (std::find(m_conflicts.begin(), m_conflicts.end(), source) != m_conflicts.end()) {
        return Verdict::Loop;
    }
    m_conflicts[m_nextConflict++ % m_conflicts.size()] = source;
    return Verdict::Collision;
}

RtpSession::Verdict RtpSession::receivePacket(const RtpPacketView& packet,
                                              const base::Endpoint& source, base::TimePoint now)
{
    if (packet.header().ssrc == m_ssrc && !m_acceptEcho) {
        return judgeOwnSsrc(source);
    }
    const RtpReceiver::Verdict verdict = m_receiver.receive(packet.header(), now);
    switch (verdict) {
    case RtpReceiver::Verdict::Accepted:
        m_remoteLeft = false; // late, or it only said that it would leave
        return Verdict::Accepted;
    case RtpReceiver::Verdict::NewStream:
        m_remoteLeft = false;
        return Verdict::NewStream;
    case RtpReceiver::Verdict::Duplicate:
        return Verdict::Duplicate;
    case RtpReceiver::Verdict::Rejected:
        break;
    }
    return Verdict::Rejected;
}

bool RtpSession::receiveRtcp(std::span<const std::byte> datagram, base::TimePoint now)
{
    std::optional<RtcpCompound> compound = RtcpCompound::parse(datagram);
    if (!compound) {
        ++m_stats.rtcpRejected;
        return false;
    }
    ++m_stats.rtcpReceived;
    m_scheduler.received(datagram.size());
    while (const std::optional<RtcpPacketView> packet = compound->next()) {
        readReport(*packet, now);
        const std::optional<RtcpByeView> bye = RtcpByeView::parse(*packet);
        const RtpSource* source = m_receiver.source();
        if (bye && source && bye->names(source->ssrc())) {
            m_remoteLeft = true;
        }
    }
    return true;
}

void RtpSession::readReport(const RtcpPacketView& packet, base::TimePoint now)
{
    const std::optional<RtcpReportView> report = RtcpReportView::parse(packet);
    if (!report || report->senderSsrc() == m_ssrc) {
        return; // our own words echoed say nothing of the far end
    }
    if (report->senderInfo()) {
        m_remoteReportSsrc = report->senderSsrc();
        m_lastSenderReport = compactNtp(report->senderInfo()->ntpTime);
        m_lastSenderReportAt = now;
    }
    bool isOnUs = false;
    for (int i = 0; i < report->blockCount() && !isOnUs; ++i) {
        const ReportBlock block = report->block(i);
        isOnUs = block.ssrc == m_ssrc;
        if (isOnUs) {
            readBlock(block, now);
            judgeProgress(&block, now);
        }
    }
    if (!isOnUs) {
        judgeProgress(nullptr, now);
    }
}

// RFC 3550 6.4: a report has a block on every source heard since the last one, and in it the
// highest number that came. Nothing new there although we sent for a while: nothing arrives.
void RtpSession::judgeProgress(const ReportBlock* block, base::TimePoint now)
{
    constexpr std::uint64_t telling = 25; // packets; fewer may be on their way
    const std::uint64_t sent = m_stats.packetsSent - m_sentAtReport;
    const bool progress = block && (!m_hasHighest || block->highestSequence != m_highest);
    if (block) {
        m_highest = block->highestSequence;
        m_hasHighest = true;
    }
    const bool isSoon = m_wasReported && now - m_reportedAt < std::chrono::seconds(2);
    if (progress) {
        m_deafSince.reset();
    } else if (sent >= telling) {
        m_deafSince = m_deafSince.value_or(m_wasReported ? m_reportedAt : now);
    } else if (isSoon) {
        return;
    } else {
        m_deafSince.reset();
    }
    m_wasReported = true;
    m_reportedAt = now;
    m_sentAtReport = m_stats.packetsSent;
}

void RtpSession::readBlock(const ReportBlock& block, base::TimePoint now)
{
    ++m_stats.remoteReports;
    m_stats.remoteLost = std::max(block.cumulativeLost, 0);
    m_stats.remoteLossPermille = block.fractionLost * 1000 / 256;
    m_stats.remoteJitterUs =
        toInt32(samplesToTime(block.jitter, m_clockRate) / std::chrono::microseconds(1));
    // RFC 3550 6.4.1, but by our steady clock: the wall clock is coarse here and may be set.
    for (const SentReport& sent : m_sentReports) {
        if (sent.compactNtp != 0 && sent.compactNtp == block.lastSenderReport) {
            const base::Duration trip =
                now - sent.at - fromCompactNtp(block.delaySinceLastSenderReport);
            m_stats.roundTripUs =
                toInt32(std::max<std::int64_t>(trip / std::chrono::microseconds(1), 0));
        }
    }
}

SenderInfo RtpSession::senderInfo(base::TimePoint now, base::WallTime wall)
{
    SenderInfo info;
    info.ntpTime = toNtp(wall);
    // The timestamp of this very moment, not of the last packet (RFC 3550 6.4.1).
    info.rtpTimestamp = m_lastTimestamp
        + static_cast<std::uint32_t>(timeToSamples(now - m_lastPacketAt, m_clockRate));
    info.packetCount = m_packetCount;
    info.octetCount = m_octetCount;
    m_sentReports[m_nextSentReport++ % m_sentReports.size()] =
        SentReport{compactNtp(info.ntpTime), now};
    return info;
}

ReportBlock RtpSession::reportBlock(base::TimePoint now)
{
    ReportBlock block = m_receiver.source()->takeReport();
    m_stats.lossPermille = static_cast<std::uint32_t>(block.fractionLost * 1000 / 256);
    if (m_lastSenderReport != 0 && m_remoteReportSsrc == block.ssrc) {
        block.lastSenderReport = m_lastSenderReport;
        block.delaySinceLastSenderReport = toCompactNtp(now - m_lastSenderReportAt);
    }
    return block;
}

std::size_t RtpSession::writeCompound(std::span<std::byte> out, base::TimePoint now,
                                      base::WallTime wall, bool isLast)
{
    if (out.size() < maxRtcpBytes) {
        return 0;
    }
    // RFC 3550 6.4: an SR from whoever sent since the report before the last.
    const bool sentSince = m_packetCount != m_packetCountAtReport;
    std::optional<SenderInfo> sender;
    if (sentSince || m_sentBeforeReport) {
        sender = senderInfo(now, wall);
    }
    m_sentBeforeReport = sentSince;
    m_packetCountAtReport = m_packetCount;
    std::array<ReportBlock, 1> blocks;
    const bool heard = m_receiver.source() && m_receiver.source()->heardSinceReport();
    if (heard) {
        blocks[0] = reportBlock(now);
    }
    base::ByteWriter writer(out);
    writeReport(writer, m_ssrc, sender, std::span<const ReportBlock>(blocks).first(heard ? 1 : 0));
    writeCname(writer, m_ssrc, std::string_view(m_cname.data(), m_cnameSize));
    if (m_hasOldSsrc) {
        hs::rtp::writeBye(writer, m_oldSsrc);
        m_hasOldSsrc = false;
    }
    if (isLast) {
        hs::rtp::writeBye(writer, m_ssrc);
    }
    ++m_stats.rtcpSent;
    return writer.position();
}

std::size_t RtpSession::writeRtcp(std::span<std::byte> out, base::TimePoint now,
                                  base::WallTime wall, std::uint32_t random)
{
    if (!m_scheduler.expire(now, random)) {
        return 0;
    }
    const std::size_t size = writeCompound(out, now, wall, false);
    // A second random number out of the first: the next interval must not follow from this one.
    m_scheduler.sent(now, size, random * 2891336453U + 1181783497U);
    return size;
}

std::size_t RtpSession::writeBye(std::span<std::byte> out, base::TimePoint now, base::WallTime wall)
{
    if (m_stats.packetsSent == 0 && m_stats.rtcpSent == 0) {
        return 0; // RFC 3550 6.3.7: who was never heard does not take leave
    }
    return writeCompound(out, now, wall, true);
}

RtpStats RtpSession::stats() const
{
    RtpStats stats = m_stats;
    stats.packetsReceived = m_receiver.packetsReceived();
    stats.packetsLost = m_receiver.packetsLost();
    stats.packetsDuplicate = m_receiver.packetsDuplicate();
    stats.packetsRejected += m_receiver.packetsRejected();
    stats.streamsReceived = m_receiver.streams();
    stats.jitterUs = m_receiver.source() ? m_receiver.source()->jitter().inUs() : 0;
    return stats;
}

} // namespace hs::rtp
