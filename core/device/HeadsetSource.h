// HeadsetSource: what a call says, from the media thread's ring to the headset's speaker. It waits
// for a cushion before it starts, so that two clocks out of step do not tear holes; each hole makes
// the cushion 10 ms thicker, up to 80 ms. What has lain there unused for three seconds is dropped,
// where it is quiet, and the cushion with it; what piles up beyond 100 ms at once, the oldest
// first. Thread: the device thread.
#pragma once

#include "audio/AudioDevice.h"
#include "device/QuietMoment.h"
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
    static constexpr std::size_t perMs = audio::HeadsetRings::samplesPerMs;
    static constexpr std::size_t thinnest = 25 * perMs; // a packet, and a beat of the timers
    static constexpr std::size_t thickest = 80 * perMs;
    static constexpr std::size_t thicker = 10 * perMs;
    static constexpr std::size_t spare = 5 * perMs; // is left when there is too much
    static constexpr std::size_t watched = 3000 * perMs;

    void dropUnused(std::span<const std::int16_t> samples);

    std::shared_ptr<audio::HeadsetRings> m_rings;
    std::size_t m_cushion = thinnest;
    bool m_waiting = true; // for the cushion
    std::size_t m_unused = 0; // the least that was left since m_watched began
    std::size_t m_watched = 0; // samples
    QuietMoment m_moment; // since then
};

} // namespace hs::device
