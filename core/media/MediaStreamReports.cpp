// The part of MediaStream that reports: to the far end by RTCP, to the core thread by snapshots.
#include "media/MediaStream.h"

#include <algorithm>

namespace hs::media {

void MediaStream::report(TickContext& context)
{
    m_receiver.report(context);
    if (m_sender.isStarted() && !m_rtcpTo.isNull() && m_rtp.nextRtcp() <= context.now) {
        std::array<std::byte, rtp::RtpSession::maxRtcpBytes> room;
        const std::size_t size = m_rtp.writeRtcp(room, context.now, context.wall, random());
        sendRtcp(std::span(room).first(size));
    }
}

void MediaStream::sendRtcp(std::span<const std::byte> compound)
{
    if (!compound.empty()) {
        const base::OutgoingDatagram datagram{compound, m_rtcpTo, {}};
        m_ports.rtcp->send({&datagram, 1});
    }
}

void MediaStream::snapshot(TickContext& context)
{
    const rtp::RtpStats rtp = m_rtp.stats();
    MediaSnapshot snapshot;
    count();
    m_counters.writeTo(snapshot.stats);
    snapshot.stats.packetsForeign = m_receiver.packetsForeign();
    snapshot.stats.jitterUs = rtp.jitterUs;
    snapshot.stats.lossPermille = rtp.lossPermille;
    snapshot.stats.remoteLost = rtp.remoteLost;
    snapshot.stats.remoteLossPermille = rtp.remoteLossPermille;
    snapshot.stats.remoteJitterUs = rtp.remoteJitterUs;
    snapshot.stats.roundTripUs = rtp.roundTripUs;
    snapshot.stats.remoteReports = rtp.remoteReports;
    const auto deaf = m_rtp.deafSince();
    snapshot.stats.remoteDeafMs = deaf ? (context.now - *deaf) / std::chrono::milliseconds(1)
        : rtp.remoteReports > 0        ? 0
                                       : -1;
    m_receiver.writeTo(snapshot.stats, context.now);
    writeSent(snapshot.stats, context.now);
    expectLoss(rtp.remoteLossPermille);
    m_quality.measure(rtp,
                      {m_receiver.packetsLate(), m_receiver.bufferMs(), m_receiver.packetMs(),
                       m_sender.packetMs()});
    m_quality.writeTo(snapshot.stats);
    snapshot.stats.peakReceived = m_receiver.rollPeak();
    snapshot.remoteMedia = m_receiver.source();
    snapshot.foreignMedia = m_receiver.foreignSource(context.now);
    context.report({m_config.session, MediaReport::Kind::Snapshot},
                   std::as_bytes(std::span(&snapshot, 1)));
}

void MediaStream::writeSent(model::MediaStats& stats, base::TimePoint now)
{
    stats.sentQuietMs = m_quietSent.quietMs(now);
    stats.sentSilence = silenceCause(now);
    stats.peakSent = m_peakSent.roll();
    // What the others say there is sent as well: it says nothing of the operator.
    const ConferenceHeadset* headset = m_seat.headset();
    if (headset && stats.sentQuietMs >= 0) {
        stats.peakSent = headset->level();
        if (const std::int64_t stalled = headset->stalledMs(now);
            stalled > 0 && !headset->isMuted()) {
            stats.sentQuietMs = std::max<std::int64_t>(stats.sentQuietMs, stalled);
            stats.sentSilence = model::SilenceCause::NoMicrophone;
        }
    }
}

// What the far end misses of what we send, an encoder with in-band FEC can arm itself against.
void MediaStream::expectLoss(int permille)
{
    const int percent = (std::max(permille, 0) + 9) / 10;
    if (percent != m_expectedLoss) {
        m_expectedLoss = percent;
        m_codecs->encoder().setExpectedLoss(percent);
    }
}

model::SilenceCause MediaStream::silenceCause(base::TimePoint now) const
{
    using model::SilenceCause;
    const std::int64_t quiet = m_quietSent.quietMs(now);
    if (quiet < 0) {
        return SilenceCause::NotSending;
    }
    if (quiet == 0) {
        return SilenceCause::None;
    }
    if (const ConferenceHeadset* headset = m_seat.headset()) {
        return headset->isMuted() ? SilenceCause::Muted : SilenceCause::QuietMicrophone;
    }
    switch (m_outgoing.source()) {
    case OutgoingAudio::Source::Muted:
        return SilenceCause::Muted;
    case OutgoingAudio::Source::StalledMicrophone:
        return SilenceCause::NoMicrophone;
    case OutgoingAudio::Source::Microphone:
        return SilenceCause::QuietMicrophone;
    case OutgoingAudio::Source::Nothing:
    case OutgoingAudio::Source::Clip:
        break;
    }
    return SilenceCause::NothingToSay;
}

} // namespace hs::media
