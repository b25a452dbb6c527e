// Mouth: what the microphone heard on its way to the call: echo, noise and level are seen to, then
// the volume that was chosen; in frames of 10 ms. What nobody takes is dropped beyond 200 ms, so
// that the operator is never heard with a longer delay than that; and what has waited there unused
// for three seconds is made up for by leaving out a quiet frame or half of one. Samples are at
// audio::HeadsetRings::sampleRate. Thread: the device thread.
#pragma once

#include "audio/AudioDevice.h"
#include "device/QuietMoment.h"
#include "device/SoundCheckRun.h"
#include "device/VoiceProcessor.h"

#include <vector>

namespace hs::device {

class Mouth {
public:
    explicit Mouth(SoundCheckRun& check); // outlives this

    void setSettings(const model::SoundSettings& settings);
    // A microphone was opened: half a frame of the last one is dropped.
    void begin() { m_frame.clear(); }
    // What goes to the speaker, while the microphone is open.
    void played(std::span<const std::int16_t> samples) { m_voice.played(samples); }
    // `delayMs` as VoiceProcessor::heard(). Without a call, for the sound check alone.
    void heard(std::span<const std::int16_t> samples, int delayMs, audio::HeadsetRings* rings);

private:
    static constexpr std::size_t mostInRing = 200 * audio::HeadsetRings::samplesPerMs;

    void give(audio::HeadsetRings& rings);

    SoundCheckRun& m_check;
    VoiceProcessor m_voice{audio::HeadsetRings::sampleRate, {}};
    float m_gain = 1;
    std::vector<std::int16_t> m_frame;
    std::size_t m_unused = 0; // the least that waited since m_watched began
    int m_watched = 0; // frames
    QuietMoment m_moment; // since then
};

} // namespace hs::device
