// EarSource: all that the operator hears in the headset: the call, a telephone network's tone over
// it, what the sound check plays back; at the volume that was chosen. Says what it gave, for the
// echo canceller. Thread: the device thread.
#pragma once

#include "audio/CallTones.h"
#include "device/HeadsetSource.h"
#include "device/SoundCheckRun.h"

#include <functional>
#include <optional>
#include <vector>

namespace hs::device {

class EarSource final : public SampleSource {
public:
    explicit EarSource(SoundCheckRun& check) // outlives this
        : m_check(check)
    {
    }

    void setRings(std::shared_ptr<audio::HeadsetRings> rings) { m_call.setRings(std::move(rings)); }
    // From its beginning, unless it sounds already.
    void setTone(std::optional<audio::CallTone> tone, const std::string& country);
    bool hasTone() const { return m_tone.has_value(); }
    void setVolume(int percent);
    // Each piece that is played, silence too.
    void setListener(std::function<void(std::span<const std::int16_t>)> played);

    int rate() const override { return audio::HeadsetRings::sampleRate; }
    std::size_t read(std::span<std::int16_t> samples) override;

private:
    SoundCheckRun& m_check;
    HeadsetSource m_call;
    std::optional<audio::CallTone> m_toneKind;
    std::string m_toneCountry;
    std::optional<audio::CallTonePlayer> m_tone;
    float m_gain = 1;
    std::function<void(std::span<const std::int16_t>)> m_played;
    std::vector<std::int16_t> m_other; // what is added
};

} // namespace hs::device
