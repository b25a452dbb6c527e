#include "media/MediaStream.h"

#include <algorithm>

namespace hs::media {

namespace {

constexpr auto frameTime = std::chrono::milliseconds(20);
constexpr auto keepAliveEvery = std::chrono::seconds(15); // RFC 6263 7

bool canBeSentTo(const base::Endpoint& endpoint)
{
    const base::IpAddress& address = endpoint.address();
    return !address.isNull() && !address.isAny() && !address.isMulticastOrBroadcast()
        && endpoint.port() != 0;
}

} // namespace

void DestroyStream::operator()(MediaStream* stream) const
{
    delete stream;
}

MediaStream::MediaStream(const Config& config, PortPair ports, RecordingFeed& feed,
                         CommandBox& spent)
    : m_config(config)
    , m_ports(std::move(ports))
    , m_random(config.random)
    , m_codecs(std::make_unique<StreamCodecs>(m_parameters))
    , m_rtp(config.numbers, {}, {}, 0) // anew at the start
    , m_recording(feed)
    , m_receiver(config.session, m_rtp, m_recording)
    , m_outgoing(spent)
    , m_digits(spent)
    , m_seat(spent)
{
    m_outgoing.setCodecs(*m_codecs);
    m_receiver.setCodecs(*m_codecs, m_parameters.codec);
}

std::uint32_t MediaStream::random()
{
    m_random = m_random * 1664525U + 1013904223U; // only spreads reports in time
    return m_random;
}

CommandNode MediaStream::apply(CommandNode node, TickContext& context)
{
    auto& what = node->value.what;
    if (auto* set = std::get_if<command::SetParameters>(&what)) {
        setParameters(*set, context.now);
    } else if (std::holds_alternative<command::Start>(what)) {
        start(context.now);
    } else if (const auto* listeners = std::get_if<command::SetListeners>(&what)) {
        m_packetListeners = listeners->packet;
        m_pcmListeners = listeners->pcm;
    } else if (const auto* recording = std::get_if<command::StartRecording>(&what)) {
        stopRecording(context);
        m_recording.start(recording->recording);
    } else if (std::holds_alternative<command::StopRecording>(what)) {
        stopRecording(context);
    } else if (std::holds_alternative<command::SendDigits>(what)) {
        m_digits.append(std::move(node));
    } else if (std::holds_alternative<command::StopDigits>(what)) {
        m_digits.stop();
    } else if (const auto* detect = std::get_if<command::DetectInBand>(&what)) {
        m_receiver.digits().setInBand(detect->wanted);
    } else if (std::holds_alternative<command::JoinConference>(what)
               || std::holds_alternative<command::LeaveConference>(what)) {
        node = m_seat.apply(std::move(node));
    } else if (std::holds_alternative<command::PlayMusic>(what)) {
        node = m_music.apply(std::move(node));
    } else {
        node = m_outgoing.apply(std::move(node));
    }
    updateListeners();
    if (m_sender.isStarted()) {
        m_recording.slot(m_sender.position(), m_sender.slot());
    }
    return node;
}

void MediaStream::setParameters(command::SetParameters& set, base::TimePoint now)
{
    const MediaParameters& parameters = set.parameters;
    m_parameters = parameters;
    m_hasParameters = true;
    if (set.codecs) {
        std::swap(m_codecs, set.codecs);
        m_expectedLoss = 0;
        m_outgoing.setCodecs(*m_codecs);
        m_receiver.setCodecs(*m_codecs, parameters.codec);
    }
    m_digits.setTaken(parameters.send, parameters.eventType >= 0);
    m_sender.setFormat(parameters.codec, m_codecs->encoder(), parameters.payloadType,
                       parameters.packetMs);
    const int units = m_sender.packetMs() * parameters.eventClock / 1000;
    m_digits.setPace(
        {m_sender.packetMs(), static_cast<std::uint32_t>(units), m_sender.sampleRate()});
    m_receiver.setParameters(parameters, now);
    setClock();
    m_seat.setHeard(parameters.send && parameters.receive);
    updateDestinations();
}

void MediaStream::setClock()
{
    const auto clock = static_cast<std::uint32_t>(m_sender.clockRate());
    // RFC 7160 4.1: timestamps of another clock are another source's.
    if (m_sender.isStarted() && m_rtp.clockRate() != clock) {
        m_rtp.changeSsrc(random());
        m_sender.beginStream();
    }
    m_rtp.setClockRate(clock);
}

void MediaStream::start(base::TimePoint now)
{
    if (m_sender.isStarted()) {
        return;
    }
    m_rtp = rtp::RtpSession(
        m_config.numbers,
        {m_config.cname.constData(), static_cast<std::size_t>(m_config.cname.size())}, now,
        random());
    m_rtp.setClockRate(static_cast<std::uint32_t>(m_sender.clockRate()));
    const auto own = m_phase * std::chrono::milliseconds(5);
    const auto sinceSlot = (now.time_since_epoch() - own) % frameTime;
    const base::TimePoint first =
        sinceSlot == base::Duration(0) ? now : now - sinceSlot + frameTime;
    m_sender.start(first);
    m_receiver.start(now);
    m_nextPlay = first;
}

void MediaStream::stopRecording(TickContext& context)
{
    const std::uint32_t recording = m_recording.stop();
    if (recording != 0) {
        context.ended.push_back({recording, context.now});
    }
}

void MediaStream::updateListeners()
{
    m_receiver.setListeners(m_packetListeners > 0,
                            m_pcmListeners > 0 || m_outgoing.headset() != nullptr
                                || m_seat.isTaken());
}

// Symmetric RTP (RFC 4961): to where it truly comes from, once that is known.
void MediaStream::updateDestinations()
{
    const base::Endpoint& locked = m_receiver.source();
    const base::Endpoint& named = m_parameters.remoteRtp;
    const base::Endpoint rtp = locked.isNull() ? named : locked;
    const base::Endpoint& heard = m_receiver.rtcpSource();
    base::Endpoint rtcp = rtp == named ? m_parameters.remoteRtcp : base::Endpoint();
    if (!heard.isNull() && heard.address() == rtp.address()) {
        rtcp = heard;
    } else if (rtcp.isNull()) {
        rtcp = base::Endpoint(rtp.address(), static_cast<std::uint16_t>(rtp.port() + 1));
    }
    // A hold of RFC 2543 (0.0.0.0) says that nothing is to be sent, whatever is locked.
    const bool isHeld = !named.isNull() && named.address().isAny();
    m_rtpTo = canBeSentTo(rtp) && !isHeld ? rtp : base::Endpoint();
    m_rtcpTo = !m_rtpTo.isNull() && canBeSentTo(rtcp) ? rtcp : base::Endpoint();
}

void MediaStream::send(TickContext& context)
{
    if (!m_sender.isDue(context.now)) {
        return;
    }
    m_sender.skipMissed(context.now, m_rtp);
    while (m_sender.isDue(context.now)) {
        m_recording.slot(m_sender.position(), m_sender.slot());
        if (m_parameters.send && !m_rtpTo.isNull()) {
            sendSlot();
        } else {
            passSlot();
        }
    }
    count();
}

void MediaStream::sendSlot()
{
    const base::TimePoint slot = m_sender.slot();
    const DigitSender::Slot digit = m_digits.next(m_rtp.timestamp());
    if (digit.begun.digit != 0) {
        m_receiver.digits().tell(digit.begun);
    }
    if (digit.kind == DigitSender::Kind::Event) {
        // Nothing of it is recorded: the audio's time has a hole there.
        m_outgoing.passBy();
        m_music.pause();
        const auto type = static_cast<std::uint8_t>(m_parameters.eventType);
        sendRtp(m_sender.sendEvent(digit.event, type, m_rtp));
        m_quietSent.addSound();
        return;
    }
    const std::int64_t position = m_sender.position();
    std::array<std::int16_t, RtpSender::mostSamples> room;
    const std::span samples = std::span(room).first(m_sender.samplesPerPacket());
    const bool isTone = digit.kind == DigitSender::Kind::Tone;
    if (isTone) {
        m_outgoing.passBy();
        m_music.pause();
        m_digits.read(samples);
    }
    const bool spoken = isTone || readVoice(slot, samples);
    const RtpSender::Packet packet = m_sender.send(samples, spoken, m_rtp);
    if (!packet.datagram.empty()) {
        sendRtp(packet.datagram);
        m_recording.sent(m_sender.codec(), position, packet.payload);
    }
    if (m_sender.isG711()) {
        m_peakSent.add(m_sender.codec(), packet.payload);
        m_quietSent.add(m_sender.codec(), packet.payload, slot);
    } else {
        m_peakSent.add(samples);
        m_quietSent.add(samples, slot);
    }
}

// What this far end alone is to hear goes over the conference; music is for who hears nothing else.
bool MediaStream::readVoice(base::TimePoint slot, std::span<std::int16_t> samples)
{
    const bool own = m_outgoing.read(samples);
    const int rate = m_sender.sampleRate();
    const bool others = m_seat.addOthers(slot, samples, rate);
    if (!own && !others && m_music.read(samples, rate)) {
        return true;
    }
    return m_music.addEnd(samples, rate) || own || others;
}

// Nothing is to be sent, except that NATs on the way must not forget us (RFC 6263), and must know
// us in the first place before we can hear someone who only talks.
void MediaStream::passSlot()
{
    const base::TimePoint slot = m_sender.slot();
    m_outgoing.passBy();
    m_music.pause();
    m_quietSent.forget();
    if (!m_rtpTo.isNull() && (m_aliveTo != m_rtpTo || slot - m_aliveAt >= keepAliveEvery)) {
        sendRtp(m_sender.sendKeepAlive(unknownType(), m_rtp));
    } else {
        m_sender.pass(m_rtp);
    }
}

void MediaStream::sendRtp(std::span<const std::byte> packet)
{
    const base::OutgoingDatagram datagram{packet, m_rtpTo, {}};
    m_ports.rtp->send({&datagram, 1});
    m_aliveTo = m_rtpTo;
    m_aliveAt = m_sender.slot();
}

// RFC 6263 4.6: one that means nothing to the far end.
std::uint8_t MediaStream::unknownType() const
{
    const MediaParameters& known = m_parameters;
    int type = 127;
    while (type == known.payloadType || type == known.eventType
           || std::ranges::find(known.received, type, &ReceivedCodec::payloadType)
               != known.received.end()
           || std::ranges::find(known.noiseTypes, type) != known.noiseTypes.end()
           || m_receiver.digits().isEvent(static_cast<std::uint8_t>(type))) {
        --type;
    }
    return static_cast<std::uint8_t>(type);
}

void MediaStream::receive(std::span<const base::IncomingDatagram> datagrams, bool rtcp,
                          TickContext& context)
{
    if (!m_hasParameters) {
        return;
    }
    const base::Endpoint source = m_receiver.source();
    const base::Endpoint rtcpSource = m_receiver.rtcpSource();
    for (const base::IncomingDatagram& datagram : datagrams) {
        if (rtcp) {
            m_receiver.receiveRtcp(datagram, context);
        } else {
            m_receiver.receive(datagram, context);
        }
    }
    count();
    if (source != m_receiver.source() || rtcpSource != m_receiver.rtcpSource()) {
        updateDestinations();
    }
}

void MediaStream::play(TickContext& context)
{
    if (!m_sender.isStarted() || !m_receiver.plays()) {
        m_nextPlay = m_sender.slot();
        return;
    }
    if (context.now - m_nextPlay > RtpSender::mostLate) {
        m_nextPlay += (context.now - m_nextPlay) / frameTime * frameTime;
    }
    for (; m_nextPlay <= context.now; m_nextPlay += frameTime) {
        const StreamReceiver::Heard heard =
            m_receiver.play(m_pcmListeners > 0, context, m_nextPlay);
        m_seat.write(m_nextPlay, heard.samples, heard.line->rate);
        if (m_outgoing.headset()) {
            std::array<std::int16_t, StreamReceiver::mostFrame> samples;
            heard.line->toHeadset.process(heard.samples, samples);
            m_outgoing.headset()->playback.write(samples);
        }
        if (m_pcmListeners > 0) {
            context.report({m_config.session, MediaReport::Kind::Pcm}, std::as_bytes(heard.narrow));
        }
    }
}

void MediaStream::end(TickContext& context)
{
    stopRecording(context);
    m_seat.leave();
    if (m_sender.isStarted() && !m_rtcpTo.isNull()) {
        std::array<std::byte, rtp::RtpSession::maxRtcpBytes> room;
        sendRtcp(std::span(room).first(m_rtp.writeBye(room, context.now, context.wall)));
    }
}

} // namespace hs::media
