// LossConcealer: what to play instead of frames that never came (in the sense of ITU-T G.711
// Appendix I, though simpler): the last 20 ms over and over, to and fro so that no seam clicks,
// fading to silence within 60 ms; the first frame after the loss is faded in over 5 ms.
// Samples are 16-bit mono at 8000 Hz, frames of any length. No allocation, no clock.
// Thread: one at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hs::audio {

class LossConcealer {
public:
    // A frame that did come. The beginning of the first one after a loss is changed: smoothed.
    void good(std::span<std::int16_t> frame);

    // Fills in for a frame that did not.
    void conceal(std::span<std::int16_t> out);

    // A new stream, of which nothing is known yet.
    void reset() { *this = LossConcealer(); }

private:
    static constexpr std::size_t historySize = 160; // 20 ms
    static constexpr std::size_t fadeOut = 480; // 60 ms
    static constexpr std::size_t fadeIn = 40; // 5 ms

    std::int16_t next();
    void remember(std::span<const std::int16_t> frame);

    std::array<std::int16_t, historySize> m_history{}; // the newest last
    std::size_t m_lost = 0; // samples concealed in a row, counted to fadeOut
    std::size_t m_step = 0; // how far the repetition is
    bool m_concealing = false;
};

} // namespace hs::audio
