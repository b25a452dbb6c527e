#include "control/AudioFanout.h"

#include <algorithm>
#include <utility>

namespace hs::control {

namespace {
constexpr std::size_t mostEarlyFrames = 100; // the ACK may be lost once or twice

void sendTo(const std::vector<TextSession*>& sessions, const QString& message)
{
    for (TextSession* session : sessions) {
        session->sendAudio(message);
    }
}
} // namespace

AudioFanout::AudioFanout(media::AudioPorts& ports)
    : m_ports(ports)
{
    m_ports.addTap(*this);
}

AudioFanout::~AudioFanout()
{
    m_ports.removeTap(*this);
    setSessions({});
}

AudioFanout::Channel& AudioFanout::channelOf(model::CallId call, const QString& controlId,
                                             bool audible)
{
    Channel& channel = m_channels[call];
    channel.call = call;
    channel.controlId = controlId;
    channel.audible = audible;
    choose(channel);
    tellSessions();
    return channel;
}

void AudioFanout::prepare(model::CallId call, const QString& controlId, bool audible)
{
    if (!m_channels.contains(call)) {
        channelOf(call, controlId, audible);
    }
}

void AudioFanout::open(model::CallId call, const QString& controlId, bool audible)
{
    Channel& channel = channelOf(call, controlId, audible);
    channel.isOpen = true;
    for (EarlyFrame& early : std::exchange(channel.early, {})) {
        early.frame.bytes = std::as_bytes(
            std::span(early.bytes.constData(), static_cast<std::size_t>(early.bytes.size())));
        send(channel, early.frame);
    }
}

void AudioFanout::setAudible(model::CallId call, bool audible)
{
    const auto found = m_channels.find(call);
    if (found == m_channels.end()) {
        return;
    }
    Channel& channel = found->second;
    if (channel.audible != audible) {
        channel.audible = audible;
        choose(channel);
        tellSessions();
    } else {
        tellPort(channel); // it may have got its port only now
    }
}

void AudioFanout::close(model::CallId call)
{
    setAudible(call, false);
    m_channels.erase(call);
}

void AudioFanout::setSessions(std::vector<TextSession*> sessions)
{
    m_sessions = std::move(sessions);
    for (auto& [call, channel] : m_channels) {
        choose(channel);
    }
    tellSessions();
}

void AudioFanout::choose(Channel& channel)
{
    channel.hex.clear();
    channel.payloadTypeHex.clear();
    channel.base64.clear();
    for (TextSession* session : m_sessions) {
        if (!channel.audible || !session->hears(channel.controlId)) {
            continue;
        }
        switch (session->audioForm()) {
        case text::AudioForm::Hex:
            channel.hex.push_back(session);
            break;
        case text::AudioForm::PayloadTypeHex:
            channel.payloadTypeHex.push_back(session);
            break;
        case text::AudioForm::Base64:
            channel.base64.push_back(session);
            break;
        case text::AudioForm::Off:
            break;
        }
    }
    tellPort(channel);
}

void AudioFanout::tellSessions()
{
    for (TextSession* session : m_sessions) {
        session->setCallsHeard(
            std::count_if(m_channels.begin(), m_channels.end(), [session](const auto& entry) {
                return entry.second.audible && session->hears(entry.second.controlId);
            }));
    }
}

void AudioFanout::tellPort(Channel& channel)
{
    const int packetListeners =
        static_cast<int>(channel.hex.size() + channel.payloadTypeHex.size());
    const int pcmListeners = static_cast<int>(channel.base64.size());
    if (packetListeners == channel.packetListenersTold
        && pcmListeners == channel.pcmListenersTold) {
        return;
    }
    if (media::AudioPort* port = m_ports.find(channel.call)) {
        channel.packetListenersTold = packetListeners;
        channel.pcmListenersTold = pcmListeners;
        port->setListeners(packetListeners, pcmListeners);
    }
}

void AudioFanout::onFrames(std::span<const media::TapFrame> frames)
{
    for (const media::TapFrame& frame : frames) {
        const auto found = m_channels.find(frame.call);
        if (found == m_channels.end()) {
            continue;
        }
        Channel& channel = found->second;
        if (channel.isOpen) {
            send(channel, frame);
        } else if (channel.early.size() < mostEarlyFrames) {
            channel.early.push_back({frame,
                                     QByteArray(reinterpret_cast<const char*>(frame.bytes.data()),
                                                static_cast<qsizetype>(frame.bytes.size()))});
        }
    }
}

void AudioFanout::send(const Channel& channel, const media::TapFrame& frame)
{
    if (frame.kind == media::TapFrame::Kind::Pcm) {
        if (!channel.base64.empty()) {
            sendTo(channel.base64, text::audioBase64(channel.controlId, frame.bytes));
        }
        return;
    }
    if (!channel.hex.empty()) {
        sendTo(channel.hex, text::audioHex(frame.bytes));
    }
    if (!channel.payloadTypeHex.empty()) {
        sendTo(channel.payloadTypeHex, text::audioPayloadTypeHex(frame.payloadType, frame.bytes));
    }
}

} // namespace hs::control
