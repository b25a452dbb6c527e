#include "media/StreamReceiver.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr int comfortNoise = 13; // RFC 3389
constexpr int staticPcmu = 0; // RFC 3551, and the words of TapFrame
constexpr int staticPcma = 8;
} // namespace

void StreamReceiver::setParameters(const MediaParameters& parameters, base::TimePoint now)
{
    const bool isElsewhere = parameters.remoteRtp != m_parameters.remoteRtp
        || parameters.remoteRtcp != m_parameters.remoteRtcp;
    if (isElsewhere) {
        m_rtcpSource = {}; // it may send its RTCP from elsewhere too
    }
    m_parameters = parameters;
    m_digits.setParameters(parameters);
    if (parameters.payloadTypePcmu >= 0) {
        m_playout.setDecoder(static_cast<std::uint8_t>(parameters.payloadTypePcmu), &m_pcmu);
    }
    if (parameters.payloadTypePcma >= 0) {
        m_playout.setDecoder(static_cast<std::uint8_t>(parameters.payloadTypePcma), &m_pcma);
    }
    expectPackets(now);
    m_lock.expect(parameters.remoteRtp, parameters.signallingSource, now);
}

void StreamReceiver::start(base::TimePoint now)
{
    m_started = true;
    expectPackets(now);
    m_lock.open(now);
}

void StreamReceiver::expectPackets(base::TimePoint now)
{
    if (!m_started || !m_parameters.receive) {
        m_expectedSince.reset();
        m_quiet.forget();
    } else if (!m_expectedSince) {
        m_expectedSince = now;
    }
}

void StreamReceiver::setListeners(bool toPackets, bool toSamples)
{
    m_toPackets = toPackets;
    if (toSamples && !m_toSamples) {
        m_lateBefore = packetsLate();
        m_playout.beginAnew();
    }
    m_toSamples = toSamples;
}

std::optional<Codec> StreamReceiver::codecOf(const rtp::RtpHeader& header) const
{
    if (header.payloadType == m_parameters.payloadTypePcma) {
        return Codec::Pcma;
    }
    if (header.payloadType == m_parameters.payloadTypePcmu) {
        return Codec::Pcmu;
    }
    return std::nullopt;
}

void StreamReceiver::receive(const base::IncomingDatagram& datagram, TickContext& context)
{
    const std::optional<rtp::RtpPacketView> packet =
        datagram.truncated ? std::nullopt : rtp::RtpPacketView::parse(datagram.bytes());
    if (!packet) {
        return;
    }
    const rtp::RtpHeader& header = packet->header();
    const RtpSourceLock::Verdict verdict =
        m_lock.judge({datagram.source, header.ssrc, header.sequence,
                      codecOf(header).has_value() || m_digits.isEvent(header.payloadType),
                      context.now, datagram.bytes()});
    if (verdict != RtpSourceLock::Verdict::Accepted) {
        ++m_foreign;
        if (codecOf(header)) {
            m_foreignSource = datagram.source;
            m_foreignAt = context.now;
        }
        return;
    }
    for (const RtpSourceLock::Kept& kept : m_lock.kept()) {
        --m_foreign;
        accept(*rtp::RtpPacketView::parse(kept.datagram()), datagram.source, kept.at, context);
    }
    accept(*packet, datagram.source, context.now, context);
}

void StreamReceiver::accept(const rtp::RtpPacketView& packet, const base::Endpoint& source,
                            base::TimePoint at, TickContext& context)
{
    const rtp::RtpHeader& header = packet.header();
    const std::optional<Codec> codec = codecOf(header);
    const bool isQuiet = header.payloadType == comfortNoise;
    if (!m_started) {
        return;
    }
    m_lastRtp = {context.now, base::toUnixMs(context.wall)};
    m_firstRtp = m_firstRtp.wallMs == 0 ? m_lastRtp : m_firstRtp;
    if (m_parameters.receive && m_digits.isEvent(header.payloadType)) {
        m_digits.receiveEvent(header, packet.payload(), at); // of whatever stream
        m_quiet.addSound();
    }
    // Other types of the same stream (telephone-event) share its sequence numbers; of other streams
    // they are of no interest.
    if (!m_parameters.receive || (!codec && !isQuiet && (!m_heard || header.ssrc != m_ssrc))) {
        return;
    }
    const rtp::RtpSession::Verdict verdict = m_rtp.receivePacket(packet, source, at);
    if (verdict == rtp::RtpSession::Verdict::Duplicate) {
        return;
    }
    if (codec) {
        m_firstPacketDue = m_firstPacketDue || !m_heard;
        m_heard = true;
        m_ssrc = header.ssrc;
        m_remoteLeft = false;
        m_recording.received(*codec, header, at, packet.payload());
        m_peak.add(*codec, packet.payload());
        m_quiet.add(*codec, packet.payload(), context.now);
        m_packetMs = static_cast<int>(packet.payload().size()) / samplesPerMs;
        report(context); // of the first packet before the packet itself
    }
    tap(packet, codec, context);
    const bool isNew = verdict == rtp::RtpSession::Verdict::NewStream;
    if (!isNew && verdict != rtp::RtpSession::Verdict::Accepted) {
        return;
    }
    if (!codec && !isQuiet) {
        m_recording.other(header);
    }
    if (m_toSamples) {
        buffer(packet, isNew, codec || isQuiet, at);
    }
}

void StreamReceiver::tap(const rtp::RtpPacketView& packet, std::optional<Codec> codec,
                         TickContext& context)
{
    const rtp::RtpHeader& header = packet.header();
    const int payloadType = codec == Codec::Pcmu ? staticPcmu : staticPcma;
    // What is no audio has a number all the same, and nobody shall wait for it.
    m_order.put({header.ssrc, header.sequence, static_cast<std::uint8_t>(payloadType),
                 codec ? packet.payload() : std::span<const std::byte>()},
                context.now, [&](const PacketOrder::Packet& ordered) { give(ordered, context); });
}

void StreamReceiver::give(const PacketOrder::Packet& packet, TickContext& context)
{
    if (m_digits.listensToAudio()) {
        m_digits.receiveAudio(packet, context.now);
    }
    if (m_toPackets) {
        MediaReport report;
        report.session = m_session;
        report.kind = MediaReport::Kind::Packet;
        report.payloadType = packet.payloadType;
        context.report(report, packet.payload);
    }
}

void StreamReceiver::buffer(const rtp::RtpPacketView& packet, bool isNewStream, bool hasTime,
                            base::TimePoint at)
{
    if (isNewStream) {
        m_playout.reset();
    }
    if (hasTime) {
        m_playout.put(packet.header(), packet.payload(), at);
    } else {
        m_playout.putOther(packet.header().sequence);
    }
}

std::span<const std::int16_t> StreamReceiver::play(base::TimePoint now)
{
    m_playout.play(m_samples, now);
    return m_samples;
}

void StreamReceiver::receiveRtcp(const base::IncomingDatagram& datagram, TickContext& context)
{
    const base::Endpoint& source = m_lock.source();
    if (!m_started || datagram.truncated || source.isNull()
        || datagram.source.address() != source.address()) {
        return;
    }
    if (m_rtp.receiveRtcp(datagram.bytes(), context.now)) {
        m_rtcpSource = datagram.source;
        m_lastRtcp = {context.now, base::toUnixMs(context.wall)};
        m_remoteByeDue = m_remoteByeDue || (m_rtp.remoteLeft() && !m_remoteLeft);
        m_remoteLeft = m_rtp.remoteLeft();
    }
}

void StreamReceiver::report(TickContext& context)
{
    m_order.expire(context.now,
                   [&](const PacketOrder::Packet& ordered) { give(ordered, context); });
    m_digits.report(m_session, context);
    if (m_firstPacketDue) {
        m_firstPacketDue = !context.report({m_session, MediaReport::Kind::FirstPacket});
    }
    if (m_remoteByeDue) {
        m_remoteByeDue = !context.report({m_session, MediaReport::Kind::RemoteBye});
    }
}

base::Endpoint StreamReceiver::foreignSource(base::TimePoint now) const
{
    constexpr auto lately = std::chrono::seconds(2);
    return now - m_foreignAt < lately ? m_foreignSource : base::Endpoint();
}

int StreamReceiver::bufferMs() const
{
    constexpr int usual = 40;
    return m_toSamples ? m_playout.stats().delayMs : usual;
}

void StreamReceiver::writeTo(model::MediaStats& stats, base::TimePoint now) const
{
    const auto since = [now](base::TimePoint then) -> std::int64_t {
        return (now - then) / std::chrono::milliseconds(1);
    };
    const auto ago = [&](const Moment& moment) {
        return moment.wallMs == 0 ? -1 : since(moment.at);
    };
    stats.firstRtpAt = m_firstRtp.wallMs;
    stats.lastRtpAt = m_lastRtp.wallMs;
    stats.lastRtcpAt = m_lastRtcp.wallMs;
    stats.lastRtpAgoMs = ago(m_lastRtp);
    stats.lastRtcpAgoMs = ago(m_lastRtcp);
    stats.rtpMissingMs =
        m_expectedSince ? since(std::max(*m_expectedSince, m_lastRtp.at)) : std::int64_t(-1);
    stats.receivedQuietMs = m_quiet.quietMs(now);
    stats.receivedDigitalSilenceMs = m_quiet.digitalSilenceMs(now);
}

} // namespace hs::media
