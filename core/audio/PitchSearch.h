// PitchSearch: by how many samples a sound must be moved to look most like itself: its pitch
// period, if it has one. A coarse search at 8000 Hz, refined at the sound's own rate. Samples are
// 16-bit mono at 8000, 16000 or 48000 Hz. No allocation. Thread: a value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hs::audio {

class PitchSearch {
public:
    explicit PitchSearch(int sampleRate);

    struct Match {
        std::size_t lag = 0; // samples; 0: nothing could be compared
        float correlation = 0; // normalised: 1 is the same up to its loudness, 0 has nothing of it
    };
    enum class Towards { Past, Future };

    // Compares the `window` samples from `from` on with those a lag before or after them, of lags
    // from `least` to `most`, as far as there are samples. At most `longest()` of them are looked
    // at.
    Match find(std::span<const std::int16_t> samples, std::size_t from, std::size_t window,
               Towards towards, std::size_t least, std::size_t most) const;

    std::size_t longest() const { return coarseSize * m_step; } // 64 ms

private:
    static constexpr std::size_t coarseSize = 512;

    std::size_t m_step; // samples for each coarse one
};

} // namespace hs::audio
