// SoundCheckRun: an operator hears what others hear: shows the microphone's level, and on demand
// takes a few seconds of it and plays them. Samples are at audio::HeadsetRings::sampleRate.
// Thread: the device thread.
#pragma once

#include "audio/LevelMeter.h"
#include "model/SoundSettings.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hs::device {

class SoundCheckRun {
public:
    static constexpr int recordMs = 4000;

    // Record begins anew, Level breaks it off.
    void set(model::SoundCheck check);

    bool wantsMicrophone() const { return m_isOn && m_phase != Phase::Playing; }
    bool wantsSpeaker() const { return m_isOn && m_phase == Phase::Playing; }
    bool isRecording() const { return m_isOn && m_phase == Phase::Recording; }
    bool isOn() const { return m_isOn; }

    // From the microphone, as a far end would hear it.
    void heard(std::span<const std::int16_t> samples);
    // For the speaker: how many were filled.
    std::size_t read(std::span<std::int16_t> samples);
    // For the window, a few times a second; the peak since the last time.
    model::SoundLevels takeLevels();

private:
    using Phase = model::SoundLevels::Phase;

    bool m_isOn = false;
    Phase m_phase = Phase::Listening;
    audio::LevelMeter m_meter;
    std::vector<std::int16_t> m_recorded;
    std::size_t m_played = 0;
};

} // namespace hs::device
