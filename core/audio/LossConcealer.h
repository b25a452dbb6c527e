// LossConcealer: what to play instead of audio that never came, after ITU-T G.711 Appendix I: the
// last pitch period over and over, from 10 ms on the last two, then three, so that it does not hum;
// loud for 10 ms, then fading until 60 ms, while the background noise of before fades in and stays.
// It begins where the audio ended without a step (and, unlike the Appendix, without delaying what
// is heard), and the first audio after it is blended in. Samples are 16-bit mono at 8000, 16000 or
// 48000 Hz, frames of any length. No allocation in its calls, no clock. Thread: one at a time.
#pragma once

#include "audio/BackgroundNoise.h"
#include "audio/PitchSearch.h"

#include <vector>

namespace hs::audio {

class LossConcealer {
public:
    explicit LossConcealer(int sampleRate = 8000);

    // Audio that did come. The beginning of what comes first after a loss is changed: blended in.
    void good(std::span<std::int16_t> frame);
    // The same of what some other concealment made: nothing is learnt from it.
    void goodInvented(std::span<std::int16_t> frame) { take(frame); }

    // Fills in for audio that did not.
    void conceal(std::span<std::int16_t> out);

    // What comes next does not follow what was: a jump in time. It will be blended in as well.
    void cut();

    // A new stream, of which nothing is known yet.
    void reset();

    const BackgroundNoise& noise() const { return m_noise; }
    BackgroundNoise& noise() { return m_noise; }

    // How much of the past conceal() looks at: what to give to good() where it is used anew.
    static constexpr std::size_t historyMs = 50;

private:
    void begin();
    void repeat(std::size_t periods);
    std::int16_t repeated(std::size_t at) const;
    float next(float noise);
    void make(std::span<std::int16_t> out);
    void take(std::span<std::int16_t> frame);
    void remember(std::span<const std::int16_t> frame);
    std::size_t ms(std::size_t count) const { return count * m_rate / 1000; }

    std::size_t m_rate;
    PitchSearch m_search;
    BackgroundNoise m_noise;
    std::vector<std::int16_t> m_history; // the newest last
    std::vector<std::int16_t> m_known; // what it was when the loss began
    std::vector<std::int16_t> m_loop; // what is repeated; its end leads up to its beginning
    std::vector<std::int16_t> m_scratch; // 10 ms
    std::size_t m_loopSize = 0;
    std::size_t m_at = 0; // in the loop
    std::size_t m_pitch = 0;
    std::size_t m_lost = 0; // samples invented in a row
    std::size_t m_fading = 0; // samples left of the change to another loop
    std::size_t m_fadingSize = 0;
    std::vector<std::int16_t> m_before; // the loop that is being left, for m_fadingSize samples
    float m_step = 0; // between the end of the audio and the beginning of the loop
    std::size_t m_stepLeft = 0;
    float m_loudness = 1; // less, the less the audio repeated itself
    bool m_concealing = false;
};

} // namespace hs::audio
