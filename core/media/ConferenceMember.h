// ConferenceMember: one party of a conference as its bridge has it: its lines, one for each rate at
// which others hear, and what it has heard so far. Made and destroyed by the core thread.
// Thread: media, without allocation.
#pragma once

#include "audio/Resampler.h"
#include "media/ConferenceLine.h"

#include <array>
#include <optional>

namespace hs::media {

class ConferenceMember {
public:
    static constexpr std::array rates{8000, 16000, 48000};
    // What comes from another rate is later by this: longer than any of the filters takes.
    static constexpr auto resamplingDelay = std::chrono::milliseconds(5);

    ConferenceMember();

    // Of one of the three rates; any other is heard by nobody. `wanted`: a bit for each rate.
    void write(base::TimePoint from, std::span<const std::int16_t> samples, int rate,
               unsigned wanted);
    const ConferenceLine* line(int rate) const; // null: no such rate
    void forget();

    static int indexOf(int rate); // -1: none of the three

private:
    friend class ConferenceBridge;
    struct Way {
        std::optional<audio::Resampler> resampler; // none: equal rates
        std::int64_t next = 0; // where its output goes on
        bool runs = false;
    };
    void convert(Way& way, ConferenceLine& line, std::span<const std::int16_t> samples);

    std::array<ConferenceLine, 3> m_lines;
    std::array<std::array<Way, 3>, 3> m_ways; // from, to
    std::vector<std::int16_t> m_converted;
    int m_rate = 0; // of what was written last
    std::int64_t m_written = 0; // its end

    // The bridge's.
    int m_heardRate = 0; // at which it hears; 0: it has heard nothing yet
    std::int64_t m_heardUntil = 0;
    std::int32_t m_residue = 0; // what those who have gone were saying when they did
};

} // namespace hs::media
