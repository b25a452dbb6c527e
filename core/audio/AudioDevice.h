// AudioDevice: the operator's sound, seen from the engine: a headset (microphone and speaker) that
// is connected to at most one call, a ring, and the playing of a recording. The real one is in
// core/device; headless, NullAudioDevice. Audio crosses to the media thread through HeadsetRings, so
// a sound server that hangs stops nothing else.
// Thread: commands from the core thread, return at once; the listener is called from any thread.
#pragma once

#include "base/SpscRing.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <memory>

namespace hs::audio {

// 16-bit mono at 8000 Hz, both directions. The device thread resamples to its own rate.
struct HeadsetRings {
    base::SpscRing<std::int16_t> capture{8192}; // device -> media
    base::SpscRing<std::int16_t> playback{8192}; // media -> device
};

struct PlaybackState {
    QString path;
    bool playing = false;
    std::int64_t positionMs = 0;
    std::int64_t durationMs = 0;
    QString error; // empty or a sentence
};

class AudioDevice {
public:
    struct Listener {
        // Empty: all is well. Else why there is no sound, in one English sentence.
        std::function<void(const QString& problem)> problemChanged;
        std::function<void(const PlaybackState&)> playbackChanged;
    };

    virtual ~AudioDevice() = default;
    virtual void setListener(Listener listener) = 0; // before anything else

    virtual void openHeadset(std::shared_ptr<HeadsetRings> rings) = 0;
    virtual void closeHeadset() = 0;
    virtual void setRinging(bool ringing) = 0;

    virtual void play(const QString& path) = 0;
    virtual void pause() = 0;
    virtual void stop() = 0;
    virtual void seek(std::int64_t positionMs) = 0;
};

} // namespace hs::audio
