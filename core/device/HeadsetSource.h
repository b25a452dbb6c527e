// HeadsetSource: what a call says, from the media thread's ring to the headset's speaker. It waits
// for a cushion before it starts, so that two clocks out of step do not tear holes; each hole makes
// the cushion 10 ms thicker, up to 80 ms. What piles up beyond 100 ms is dropped, the oldest first.
// Thread: the device thread.
#pragma once

#include "audio/AudioDevice.h"
#include "device/SampleSource.h"

#include <memory>

namespace hs::device {

class HeadsetSource final : public SampleSource {
public:
    // Null: nothing to play.
    void setRings(std::shared_ptr<audio::HeadsetRings> rings);

    int rate() const override { return audio::HeadsetRings::sampleRate; }
    std::size_t read(std::span<std::int16_t> samples) override;

private:
    static constexpr std::size_t thinnest = 30 * audio::HeadsetRings::samplesPerMs;
    static constexpr std::size_t thickest = 80 * audio::HeadsetRings::samplesPerMs;
    static constexpr std::size_t thicker = 10 * audio::HeadsetRings::samplesPerMs;

    std::shared_ptr<audio::HeadsetRings> m_rings;
    std::size_t m_cushion = thinnest;
    bool m_waiting = true; // for the cushion
};

} // namespace hs::device
