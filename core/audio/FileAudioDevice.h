// FileAudioDevice: a headset made of files: the microphone is a sound file, played once or over and
// over, and what the speaker would play is collected. Recordings "play" without a sound. Time
// passes only by advance(): whoever owns the device calls it, from a timer for a real pace, from a
// test at the test's own. Thread: commands and advance() may come from different threads; the
// listener is called from whichever of them it concerns, with no lock held.
#pragma once

#include "audio/AudioDevice.h"
#include "audio/WavPlayback.h"

#include <mutex>
#include <optional>
#include <vector>

namespace hs::audio {

class FileAudioDevice final : public AudioDevice {
public:
    enum class Repeat { Once, Forever };

    // Samples at HeadsetRings::sampleRate; see readMono(). Empty: a silent microphone. After the
    // end of a microphone that plays once there is silence.
    explicit FileAudioDevice(std::vector<std::int16_t> microphone = {},
                             Repeat repeat = Repeat::Forever);

    // That much time has passed: 48 samples a millisecond go each way while the headset is open.
    void advance(std::int64_t ms);

    // What was heard since the last call, silence where the playback ring was dry.
    std::vector<std::int16_t> takeHeard();
    bool headsetOpen() const;
    bool ringing() const;
    std::optional<CallTone> tone() const; // that is asked for

    void setListener(Listener listener) override;
    void openHeadset(std::shared_ptr<HeadsetRings> rings) override;
    void closeHeadset() override;
    void setRinging(bool ringing) override;
    void setTone(std::optional<CallTone> tone) override;
    void play(const QString& path) override;
    void pause() override;
    void stop() override;
    void seek(std::int64_t positionMs) override;

private:
    void speak(std::size_t samples);
    void listen(std::size_t samples);
    bool advancePlayback(std::int64_t ms); // true: worth telling
    void tellPlayback(std::unique_lock<std::mutex> lock);

    mutable std::mutex m_mutex;
    Listener m_listener;
    std::vector<std::int16_t> m_microphone;
    Repeat m_repeat;
    std::size_t m_spoken = 0; // position in m_microphone
    std::vector<std::int16_t> m_heard;
    std::shared_ptr<HeadsetRings> m_rings;
    bool m_ringing = false;
    std::optional<CallTone> m_tone;
    PlaybackState m_playback;
    std::int64_t m_sinceToldMs = 0;
};

} // namespace hs::audio
