// ConferenceLine: what one member of a conference says, at one rate, on the timeline that all
// members share: the sample at time t has the number t * rate. Of the last 200 ms; what was not
// written, or was forgotten, is silence. It begins and ends without a click: behind a gap it fades
// in, and behind what was written last its level sinks to nothing within 4 ms, until more comes.
// Rates: 8000, 16000 and 48000 Hz. Thread: media, without allocation after construction.
#pragma once

#include "base/Clock.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hs::media {

// Of a time on the 5 ms grid.
constexpr std::int64_t samplesUntil(base::TimePoint at, int rate)
{
    constexpr auto grid = std::chrono::milliseconds(5);
    return at.time_since_epoch() / grid * (rate / 200);
}

class ConferenceLine {
public:
    static constexpr int fadeMs = 4;

    explicit ConferenceLine(int rate);

    int rate() const { return m_rate; }
    std::size_t fadeSamples() const { return m_fade; }
    // No more than 100 ms; what was written there before is replaced, what lay ahead is gone.
    void write(std::int64_t from, std::span<const std::int16_t> samples);
    // Adds what is there.
    void addTo(std::int64_t from, std::span<std::int32_t> sum) const;
    std::int16_t at(std::int64_t position) const;
    void forget();

private:
    bool holds(std::int64_t position) const;
    std::int16_t& slot(std::int64_t position)
    {
        return m_samples[static_cast<std::size_t>(position) % m_samples.size()];
    }

    int m_rate;
    std::size_t m_fade;
    std::vector<std::int16_t> m_samples;
    std::int64_t m_begin = 0; // of what is there
    std::int64_t m_end = 0; // of what was written, with the fading behind it
    std::int64_t m_written = 0; // without it
};

} // namespace hs::media
