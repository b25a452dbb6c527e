// AudioFanout: brings what far ends say to the clients that hear it. One text for each frame and
// form, shared by all clients; frames that nobody hears are not even made
// (AudioPort::setListeners). Thread: core.
#pragma once

#include "control/TextSession.h"
#include "media/AudioPort.h"

#include <unordered_map>
#include <vector>

namespace hs::control {

class AudioFanout final : public media::AudioTap {
public:
    explicit AudioFanout(media::AudioPorts& ports);
    ~AudioFanout() override;
    AudioFanout(const AudioFanout&) = delete;
    AudioFanout& operator=(const AudioFanout&) = delete;

    // The call is answered, but CALL_ANS is still to come: what is heard until then waits for
    // open().
    void prepare(model::CallId call, const QString& controlId, bool audible);
    // From the call's CALL_ANS to its BYE; nothing of it is sent outside of that.
    void open(model::CallId call, const QString& controlId, bool audible);
    void setAudible(model::CallId call, bool audible);
    void close(model::CallId call);
    // Those that were set before and are missing now are never touched again.
    void setSessions(std::vector<TextSession*> sessions);

    void onFrames(std::span<const media::TapFrame> frames) override;

private:
    struct EarlyFrame {
        media::TapFrame frame; // but for its bytes
        QByteArray bytes;
    };
    struct Channel {
        model::CallId call = 0;
        QString controlId;
        bool audible = true;
        bool isOpen = false;
        std::vector<EarlyFrame> early; // until it is open
        std::vector<TextSession*> hex;
        std::vector<TextSession*> payloadTypeHex;
        std::vector<TextSession*> base64;
        int packetListenersTold = -1; // -1: the call had no port yet
        int pcmListenersTold = -1;
    };

    Channel& channelOf(model::CallId call, const QString& controlId, bool audible);
    static void send(const Channel& channel, const media::TapFrame& frame);
    void choose(Channel& channel);
    void tellSessions();
    void tellPort(Channel& channel);

    media::AudioPorts& m_ports;
    std::vector<TextSession*> m_sessions;
    std::unordered_map<model::CallId, Channel> m_channels;
};

} // namespace hs::control
