// FakeAudioPorts: the audio of calls without RTP. A test opens a call's port, lets the far end
// speak, and looks at what was played to it.
#pragma once

#include "media/AudioPort.h"

#include <map>
#include <memory>
#include <vector>

namespace hs::test {

class FakeAudioPort final : public media::AudioPort {
public:
    std::vector<std::int16_t> played;
    int plays = 0;
    QString refusal; // play() fails with it while it is not empty
    int packetListeners = -1; // as last told
    int pcmListeners = -1;
    int timesTold = 0;

    base::Result<void> play(std::span<const std::int16_t> samples) override;
    void clear() override { played.clear(); }
    std::int64_t queuedMs() const override { return static_cast<std::int64_t>(played.size()) / 8; }
    void setListeners(int packets, int pcm) override;
};

class FakeAudioPorts final : public media::AudioPorts {
public:
    FakeAudioPort& open(model::CallId call);
    void close(model::CallId call) { m_ports.erase(call); }

    // One tick of the media thread.
    void speakPacket(model::CallId call, std::uint8_t payloadType, const QByteArray& payload);
    void speakPcm(model::CallId call, const std::vector<std::int16_t>& samples);
    void speak(std::span<const media::TapFrame> frames);

    media::AudioPort* find(model::CallId call) override;
    void addTap(media::AudioTap& tap) override { m_taps.push_back(&tap); }
    void removeTap(media::AudioTap& tap) override { std::erase(m_taps, &tap); }

private:
    std::map<model::CallId, std::unique_ptr<FakeAudioPort>> m_ports;
    std::vector<media::AudioTap*> m_taps;
};

} // namespace hs::test
