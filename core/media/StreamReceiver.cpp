#include "media/StreamReceiver.h"

#include "audio/G711.h"
#include "rtp/RtpSource.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr std::uint8_t staticNoise = 13; // RFC 3389; Playout's
constexpr std::uint8_t staticPcmu = 0; // RFC 3551, and the words of TapFrame
constexpr std::uint8_t staticPcma = 8;
// How long comfort noise may stand for speech: RFC 3389 names no interval between its packets.
constexpr std::int64_t longestNoiseMs = 60'000;
constexpr auto longestPause = std::chrono::seconds(1); // of a codec that sends no silence

bool isG711(audio::CodecKind kind)
{
    return kind == audio::CodecKind::Pcma || kind == audio::CodecKind::Pcmu;
}

// By no more than RFC 3550 A.1 takes for packets out of order.
bool isBefore(const rtp::RtpHeader& header, const std::optional<rtp::RtpHeader>& newest)
{
    const int behind = newest ? rtp::seqDistance(header.sequence, newest->sequence) : 0;
    return newest && header.ssrc == newest->ssrc && behind > 0
        && behind <= rtp::RtpSource::maxMisorder;
}
} // namespace

void StreamReceiver::setCodecs(StreamCodecs& codecs, audio::CodecKind expected)
{
    m_lateBefore = m_line ? packetsLate() : 0;
    m_codecs = &codecs;
    m_line = nullptr; // it goes with the codecs that were
    m_isWide = false; // until a packet says so
    use(codecs.lineOf(expected));
}

void StreamReceiver::setParameters(const MediaParameters& parameters, base::TimePoint now)
{
    const bool isElsewhere = parameters.remoteRtp != m_parameters.remoteRtp
        || parameters.remoteRtcp != m_parameters.remoteRtcp;
    if (isElsewhere) {
        m_rtcpSource = {}; // it may send its RTCP from elsewhere too
    }
    m_parameters = parameters;
    m_digits.setParameters(parameters);
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
        m_pauses = false;
    }
}

void StreamReceiver::setListeners(bool toPackets, bool toSamples)
{
    m_toPackets = toPackets;
    if (toSamples && !plays() && m_line) {
        m_lateBefore = packetsLate();
        m_line->playout.beginAnew();
    }
    m_toSamples = toSamples;
}

// The playout of another rate: what the one before still holds is not heard any more.
void StreamReceiver::use(StreamCodecs::Line& line)
{
    if (m_line != &line) {
        m_lateBefore = m_line ? packetsLate() : m_lateBefore;
        m_line = &line;
        line.playout.beginAnew();
        line.toNarrow.reset();
        line.toHeadset.reset();
    }
}

void StreamReceiver::receive(const base::IncomingDatagram& datagram, TickContext& context)
{
    const std::optional<rtp::RtpPacketView> packet =
        datagram.truncated ? std::nullopt : rtp::RtpPacketView::parse(datagram.bytes());
    if (!packet) {
        return;
    }
    const rtp::RtpHeader& header = packet->header();
    const RtpSourceLock::Verdict verdict = m_lock.judge(
        {datagram.source, header.ssrc, header.sequence,
         m_codecs->received(header.payloadType) != nullptr || m_digits.isEvent(header.payloadType),
         context.now, datagram.bytes()});
    if (verdict != RtpSourceLock::Verdict::Accepted) {
        ++m_foreign;
        if (m_codecs->received(header.payloadType)) {
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
    const StreamCodecs::Received* codec = m_codecs->received(header.payloadType);
    const bool isQuiet = m_codecs->isNoise(header.payloadType);
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
    const bool isOvertaken = codec && isBehind(*codec, header);
    if (codec && !isOvertaken) {
        m_rtp.setReceivedClockRate(
            static_cast<std::uint32_t>(audio::formatOf(codec->kind).clockRate));
    }
    const rtp::RtpSession::Verdict verdict = m_rtp.receivePacket(packet, source, at);
    if (verdict == rtp::RtpSession::Verdict::Duplicate) {
        return;
    }
    const bool isNew = verdict == rtp::RtpSession::Verdict::NewStream;
    const bool isValid = isNew || verdict == rtp::RtpSession::Verdict::Accepted;
    if (codec) {
        if (isValid && !isOvertaken) {
            follow(*codec);
            m_newest = isNew || !isBefore(header, m_newest) ? header : m_newest;
        }
        hear(*codec, packet, at, context);
    }
    tap(packet, codec, context);
    if (!isValid) {
        return;
    }
    m_pauses = isQuiet;
    if (!codec) {
        m_recording.other(header, at);
    }
    if (isOvertaken) {
        ++m_lateBefore; // what it was to be played by is gone
    } else if (plays()) {
        buffer(packet, isNew, codec || isQuiet, at);
    }
}

// Said before the far end changed its codec, and come after that.
bool StreamReceiver::isBehind(const StreamCodecs::Received& codec,
                              const rtp::RtpHeader& header) const
{
    return (codec.line != m_line || isG711(codec.kind) == m_isWide) && isBefore(header, m_newest);
}

// The far end may change its codec with any packet (RFC 3264 6.1).
void StreamReceiver::follow(const StreamCodecs::Received& codec)
{
    const bool wasPlaying = plays();
    m_isWide = !isG711(codec.kind);
    use(*codec.line);
    if (plays() && !wasPlaying) {
        m_lateBefore = packetsLate();
        m_line->playout.beginAnew();
    }
}

void StreamReceiver::hear(const StreamCodecs::Received& codec, const rtp::RtpPacketView& packet,
                          base::TimePoint at, TickContext& context)
{
    const std::span<const std::byte> payload = packet.payload();
    m_firstPacketDue = m_firstPacketDue || !m_heard;
    m_heard = true;
    m_ssrc = packet.header().ssrc;
    m_remoteLeft = false;
    m_recording.received(codec.kind, packet.header(), at, payload);
    if (isG711(codec.kind)) {
        m_peak.add(codec.kind, payload);
        m_quiet.add(codec.kind, payload, context.now);
    }
    m_packetMs = static_cast<int>(codec.decoder->samplesIn(payload) * 1000
                                  / static_cast<std::size_t>(codec.line->rate));
    report(context); // of the first packet before the packet itself
}

void StreamReceiver::tap(const rtp::RtpPacketView& packet, const StreamCodecs::Received* codec,
                         TickContext& context)
{
    const rtp::RtpHeader& header = packet.header();
    const bool isPcmu = codec && codec->kind == audio::CodecKind::Pcmu;
    const bool isGiven = codec && isG711(codec->kind);
    // What is no such audio has a number all the same, and nobody shall wait for it.
    m_order.put({header.ssrc, header.sequence, isPcmu ? staticPcmu : staticPcma,
                 isGiven ? packet.payload() : std::span<const std::byte>()},
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
    Playout& playout = m_line->playout;
    if (isNewStream) {
        playout.reset();
    }
    if (hasTime) {
        rtp::RtpHeader header = packet.header();
        header.payloadType =
            m_codecs->isNoise(header.payloadType) ? staticNoise : header.payloadType;
        playout.put(header, packet.payload(), at);
    } else {
        playout.putOther(packet.header().sequence);
    }
}

StreamReceiver::Heard StreamReceiver::play(bool wantsNarrow, TickContext& context,
                                           base::TimePoint at)
{
    const auto count = static_cast<std::size_t>(m_line->rate / 1000 * frameMs);
    const std::span<std::int16_t> samples = std::span(m_samples).first(count);
    m_line->playout.play(samples, at);
    // Behind the last packet by more than any pause there is nobody to be listened to.
    const bool isHeard =
        m_isWide && m_parameters.receive && context.now - m_lastRtp.at < longestPause;
    const bool isTapped = isHeard && (m_toPackets || m_digits.listensToAudio());
    std::span<const std::int16_t> narrow;
    if (wantsNarrow || isTapped) {
        m_line->toNarrow.process(samples, m_narrow);
        narrow = m_narrow;
    }
    if (isHeard) {
        m_peak.add(samples);
        m_quiet.add(samples, at);
    }
    if (isTapped) {
        tapHeard(narrow, context);
    }
    return {samples, m_line, narrow};
}

void StreamReceiver::tapHeard(std::span<const std::int16_t> narrow, TickContext& context)
{
    if (m_digits.listensToAudio()) {
        m_digits.receiveSamples(narrow, context.now);
    }
    if (m_toPackets) {
        std::array<std::byte, narrowFrame> codes;
        audio::encodeAlaw(narrow, codes);
        MediaReport report;
        report.session = m_session;
        report.kind = MediaReport::Kind::Packet;
        report.payloadType = staticPcma;
        context.report(report, codes);
    }
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
    return plays() && m_line ? m_line->playout.stats().delayMs : usual;
}

std::uint64_t StreamReceiver::packetsLate() const
{
    return m_lateBefore + (m_line ? m_line->playout.stats().packetsLate : 0);
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
    stats.rtpMissingMs = -1;
    if (m_expectedSince) {
        const std::int64_t missing = since(std::max(*m_expectedSince, m_lastRtp.at));
        stats.rtpMissingMs =
            m_pauses ? std::max<std::int64_t>(missing - longestNoiseMs, 0) : missing;
    }
    stats.receivedQuietMs = m_quiet.quietMs(now);
    stats.receivedDigitalSilenceMs = m_quiet.digitalSilenceMs(now);
}

} // namespace hs::media
