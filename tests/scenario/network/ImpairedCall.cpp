#include "ImpairedCall.h"

#include "audio/G711Codec.h"
#include "media/Playout.h"

#include <cstring>

namespace hs::test {

namespace {

constexpr std::size_t frame = 160;

call::CallSettings unrecorded(call::CallSettings settings, bool answersByItself = false)
{
    settings.recordingMode = model::RecordingMode::Off; // of hours
    if (answersByItself) {
        settings.autoAnswerAfter = std::chrono::seconds(0);
    }
    return settings;
}

} // namespace

ImpairedCall::ImpairedCall(const Setup& setup)
    : listenerAddress(*base::IpAddress::parse(setup.listenerAddress))
    , listenerClock(world.scheduler.clock(), setup.listenerPpm)
    , talker(world, "192.0.2.1", unrecorded(setup.settings))
    , listener(world, setup.listenerAddress, unrecorded(setup.settings, !setup.operatorListens),
               CallAgent::defaultMicrophone(), &listenerClock)
    , m_operatorListens(setup.operatorListens)
{
    listener.media.addTap(*this);
    world.network.setArrivalTrace([this](const VirtualDatagram& datagram) { arrived(datagram); });
}

ImpairedCall::~ImpairedCall()
{
    world.network.setArrivalTrace({});
    listener.media.removeTap(*this);
}

bool ImpairedCall::establish()
{
    const QString uri =
        QStringLiteral("sip:desk@") + QString::fromLatin1(listener.sip().toString());
    const auto dialled = talker.manager.dial({uri, model::Actor::machine()});
    world.run(std::chrono::milliseconds(50));
    if (!dialled
        || (m_operatorListens
            && !listener.manager.answer(listener.call().id, model::Actor::consoleOperator()))) {
        return false;
    }
    world.run(std::chrono::milliseconds(200));
    talkerCall = *dialled;
    listenerCall = listener.call().id;
    media::AudioPort* port = listener.media.find(listenerCall);
    if (!port || !talker.media.find(talkerCall)) {
        return false;
    }
    port->setListeners(0, m_operatorListens ? 0 : 1);
    m_arrived.clear(); // its playout begins now, and no other one shall know more
    return atTalker().state == model::CallState::Active
        && atListener().state == model::CallState::Active;
}

void ImpairedCall::impair(const Impairments& both)
{
    there().change(both);
    back().change(both);
}

void ImpairedCall::say(const Samples& samples)
{
    if (m_listening) {
        said.insert(said.end(), samples.begin(), samples.end());
    }
    if (media::AudioPort* port = talker.media.find(talkerCall)) {
        (void)port->play(samples);
    }
}

void ImpairedCall::listen()
{
    takeHeadset();
    heard.clear();
    said.clear();
    m_playedBefore = m_playedAt.size();
    m_listenedAt = world.scheduler.clock().now();
    m_listening = true;
}

void ImpairedCall::run(base::Duration time)
{
    world.run(time);
    takeHeadset();
}

Quality ImpairedCall::hears(int ms, int mostDelayMs)
{
    listen();
    say(speech(8000, ms));
    run(std::chrono::milliseconds(ms + mostDelayMs + 200));
    return alignedQuality(said, heard, 8000, mostDelayMs);
}

void ImpairedCall::takeHeadset()
{
    const Samples samples = listener.device.takeHeard();
    if (m_operatorListens && m_listening) {
        m_narrowing.process(samples, heard);
    }
}

void ImpairedCall::onFrames(std::span<const media::TapFrame> frames)
{
    for (const media::TapFrame& each : frames) {
        if (each.kind != media::TapFrame::Kind::Pcm) {
            continue;
        }
        m_playedAt.push_back(world.scheduler.clock().now());
        if (m_listening) {
            if (heard.empty()) {
                m_lead = static_cast<std::size_t>((m_playedAt.back() - m_listenedAt)
                                                  / std::chrono::milliseconds(1))
                    * 8;
                heard.resize(m_lead);
            }
            const std::size_t before = heard.size();
            heard.resize(before + each.bytes.size() / 2);
            std::memcpy(heard.data() + before, each.bytes.data(), each.bytes.size());
        }
    }
}

void ImpairedCall::arrived(const VirtualDatagram& datagram)
{
    const bool isRtp = datagram.destination.address() == listenerAddress
        && ImpairedNetwork::isMedia(datagram) && !ImpairedNetwork::isRtcp(datagram);
    const auto packet = rtp::RtpPacketView::parse(
        std::as_bytes(std::span(datagram.bytes.constData(), std::size_t(datagram.bytes.size()))));
    if (isRtp && packet && (m_listening || m_playedBefore == 0)) {
        m_arrived.push_back({world.scheduler.clock().now(),
                             packet->header(),
                             {packet->payload().begin(), packet->payload().end()}});
    }
}

Samples ImpairedCall::throughFixedBuffer(int delayMs) const
{
    audio::G711Decoder alaw(audio::G711Law::A);
    audio::G711Decoder ulaw(audio::G711Law::Mu);
    media::Playout playout(8000, delayMs);
    playout.setDecoder(8, &alaw);
    playout.setDecoder(0, &ulaw);
    Samples result(m_lead);
    auto next = m_arrived.begin();
    for (std::size_t i = 0; i < m_playedAt.size(); ++i) {
        for (; next != m_arrived.end() && next->at <= m_playedAt[i]; ++next) {
            playout.put(next->header, next->payload, next->at);
        }
        std::array<std::int16_t, frame> out;
        playout.play(out, m_playedAt[i]);
        if (i >= m_playedBefore) {
            result.insert(result.end(), out.begin(), out.end());
        }
    }
    return result;
}

} // namespace hs::test
