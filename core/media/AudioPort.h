// AudioPort: the narrow face by which others (hs_control) give and take a call's audio without
// knowing anything of RTP. Samples are 16-bit mono at 8000 Hz.
// Thread: core, for all of it; nothing here blocks or waits for the media thread.
#pragma once

#include "base/Result.h"
#include "model/CallTypes.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace hs::media {

// A piece of what a far end said.
struct TapFrame {
    enum class Kind : std::uint8_t {
        // One G.711 RTP packet's payload, as received and in order, nothing concealed; of a call
        // that is spoken in another codec, what is heard as PCMA, 20 ms.
        Packet,
        Pcm, // 160 samples, native byte order, 20 ms after the jitter buffer, losses concealed
    };
    model::CallId call = 0;
    Kind kind = Kind::Packet;
    std::uint8_t payloadType = 0; // of a packet: 0 PCMU, 8 PCMA
    std::span<const std::byte> bytes; // valid during the call of onFrames() only
};

class AudioTap {
public:
    virtual ~AudioTap() = default;
    // All that one media tick brought, of all calls that someone listens to.
    virtual void onFrames(std::span<const TapFrame> frames) = 0;
};

class AudioPort {
public:
    virtual ~AudioPort() = default;

    // Queues audio for the far end, behind what is queued already. Any length; it is cut and paced
    // by the media thread. Refused, with a sentence for the client, when the queue would hold more
    // than maxQueuedMs.
    virtual base::Result<void> play(std::span<const std::int16_t> samples) = 0;
    virtual void clear() = 0;
    virtual std::int64_t queuedMs() const = 0;
    static constexpr std::int64_t maxQueuedMs = 120'000;

    // How many listen, and to what. Frames of a kind that nobody listens to are not made.
    virtual void setListeners(int packetListeners, int pcmListeners) = 0;
};

// All calls that have audio.
class AudioPorts {
public:
    virtual ~AudioPorts() = default;
    virtual AudioPort* find(model::CallId call) = 0; // null while the call has no audio
    virtual void addTap(AudioTap& tap) = 0;
    virtual void removeTap(AudioTap& tap) = 0;
};

} // namespace hs::media
