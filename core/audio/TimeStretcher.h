// TimeStretcher: makes speech a little shorter or longer, unheard: one pitch period is left out or
// repeated, cross-faded over its whole length (WSOLA), so pitch and timbre stay. In silence and
// background noise any length goes. Refuses where the sound does not repeat itself well enough.
// Samples are 16-bit mono at 8000, 16000 or 48000 Hz. No allocation, no state. Thread: a value.
#pragma once

#include "audio/PitchSearch.h"

namespace hs::audio {

class TimeStretcher {
public:
    explicit TimeStretcher(int sampleRate);

    struct Limits {
        std::size_t most = 0; // samples, to remove or to add
        float leastCorrelation = 0.85F; // of one period with the next; lower is rougher
        bool freely = false; // it is silence or background noise
    };

    // Shortens `samples`; what is left is their beginning. How many were removed, 0: refused. Needs
    // twice the pitch period; 30 ms are enough for any voice.
    std::size_t shrink(std::span<std::int16_t> samples, const Limits& limits) const;

    // Lengthens the first `count` of `samples`, behind which there is room; the first `past` of
    // them were given out already and stay as they are. How many were added, 0: refused. Needs a
    // pitch period of the past and another after it.
    std::size_t stretch(std::span<std::int16_t> samples, std::size_t past, std::size_t count,
                        const Limits& limits) const;

private:
    std::size_t m_least; // 2.5 ms
    std::size_t m_most; // 15 ms
    std::size_t m_fade; // 5 ms, where no pitch sets another
    PitchSearch m_search;
};

} // namespace hs::audio
