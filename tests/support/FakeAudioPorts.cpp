#include "support/FakeAudioPorts.h"

#include <QByteArray>

namespace hs::test {

base::Result<void> FakeAudioPort::play(std::span<const std::int16_t> samples)
{
    if (!refusal.isEmpty()) {
        return base::Error{refusal};
    }
    ++plays;
    played.insert(played.end(), samples.begin(), samples.end());
    return {};
}

void FakeAudioPort::setListeners(int packets, int pcm)
{
    packetListeners = packets;
    pcmListeners = pcm;
    ++timesTold;
}

FakeAudioPort& FakeAudioPorts::open(model::CallId call)
{
    auto& port = m_ports[call];
    port = std::make_unique<FakeAudioPort>();
    return *port;
}

media::AudioPort* FakeAudioPorts::find(model::CallId call)
{
    const auto found = m_ports.find(call);
    return found == m_ports.end() ? nullptr : found->second.get();
}

void FakeAudioPorts::speakPacket(model::CallId call, std::uint8_t payloadType,
                                 const QByteArray& payload)
{
    media::TapFrame frame;
    frame.call = call;
    frame.payloadType = payloadType;
    frame.bytes =
        std::as_bytes(std::span(payload.data(), static_cast<std::size_t>(payload.size())));
    speak({&frame, 1});
}

void FakeAudioPorts::speakPcm(model::CallId call, const std::vector<std::int16_t>& samples)
{
    media::TapFrame frame;
    frame.call = call;
    frame.kind = media::TapFrame::Kind::Pcm;
    frame.bytes = std::as_bytes(std::span(samples));
    speak({&frame, 1});
}

void FakeAudioPorts::speak(std::span<const media::TapFrame> frames)
{
    for (media::AudioTap* tap : m_taps) {
        tap->onFrames(frames);
    }
}

} // namespace hs::test
