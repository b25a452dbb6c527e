// AudioDevice: the operator's sound, seen from the engine: a headset (microphone and speaker) that
// is connected to at most one call, the tones of a telephone network, a ring, a sound check, and
// the playing of a recording. The real one is in core/device; headless, NullAudioDevice. Audio
// crosses to the media thread through HeadsetRings, so a sound server that hangs stops nothing
// else. Thread: commands from the core thread, return at once; the listener is called from any
// thread, but never after the device's destructor has returned.
#pragma once

#include "audio/CallTones.h"
#include "base/SpscRing.h"
#include "model/SoundSettings.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace hs::audio {

// 16-bit mono at 48000 Hz, both directions: no call is spoken wider. The device thread resamples
// to its own rate, the media thread to the call's.
// Two clocks meet here, the sound card's and ours, so a ring slowly fills or runs dry. Whoever
// reads one keeps it short with trim(), and plays silence when it is dry.
struct HeadsetRings {
    static constexpr int sampleRate = 48000;
    static constexpr std::size_t samplesPerMs = sampleRate / 1000;
    static constexpr std::size_t mostWaiting = 100 * samplesPerMs; // 100 ms
    static constexpr std::size_t keptByTrim = 40 * samplesPerMs; // 40 ms
    static constexpr std::size_t room = 1000 * samplesPerMs; // at the least

    base::SpscRing<std::int16_t> capture{room}; // device -> media
    base::SpscRing<std::int16_t> playback{room}; // media -> device

    // The reader only: of more than mostWaiting, drops the oldest down to keptByTrim. Returns how
    // many.
    static std::size_t trim(base::SpscRing<std::int16_t>& ring)
    {
        const std::size_t waiting = ring.size();
        return waiting > mostWaiting ? ring.skip(waiting - keptByTrim) : 0;
    }
};

// At the end of the file: not playing, the position is the duration. After stop(): position 0.
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
        std::function<void(const QString& problem)> problemChanged = {};
        std::function<void(const PlaybackState&)> playbackChanged = {};
        std::function<void(const model::SoundStatus&)> statusChanged = {};
        std::function<void(const model::SoundChange&)> deviceChanged = {};
        // While a sound check goes on.
        std::function<void(const model::SoundLevels&)> levels = {};
    };

    virtual ~AudioDevice() = default;
    virtual void setListener(Listener listener) = 0; // before anything else

    // What an operator chose; none of it matters to what has no devices.
    virtual void setSettings(const model::SoundSettings&) { }

    virtual void openHeadset(std::shared_ptr<HeadsetRings> rings) = 0;
    virtual void closeHeadset() = 0;
    virtual void setRinging(bool ringing) = 0;
    // In the ear, over a call if there is one, until another or none is wanted.
    virtual void setTone(std::optional<CallTone>) { }
    // Record: begins a recording of some seconds, which is then played; Level again breaks it off.
    // Neither it nor the ring check goes together with an open headset: a far end would hear them.
    virtual void setSoundCheck(model::SoundCheck) { }
    virtual void setRingCheck(bool) { } // rings to be tried, whatever calls there are

    // From the start; the same path after pause(): on from there. One recording at a time, and none
    // while the headset is open: opening it pauses, and play() then tells an error.
    virtual void play(const QString& path) = 0;
    virtual void pause() = 0;
    virtual void stop() = 0;
    virtual void seek(std::int64_t positionMs) = 0;
};

} // namespace hs::audio
