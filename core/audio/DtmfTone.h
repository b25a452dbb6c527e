// DtmfTone: the two tones of a digit (ITU-T Q.23) at -9 and -11 dBm0 (ETSI ES 201 235: the high one
// 2 dB louder), faded in and out over 5 ms so that nothing clicks. No allocation. Thread: a value.
#pragma once

#include <cstdint>
#include <span>

namespace hs::audio {

class DtmfTone {
public:
    // 0-9, *, #, A-D in either case; others have no tone. Sounds for so many samples.
    static bool exists(char digit);
    void start(char digit, std::int64_t samples, int sampleRate = 8000);
    bool isSounding() const { return m_done < m_length; }
    // It ends within the next 5 ms.
    void stop();
    // The next samples, silence behind the tone's end.
    void read(std::span<std::int16_t> samples);

private:
    // A sine by recurrence: y(n) = 2 cos(w) y(n-1) - y(n-2).
    struct Oscillator {
        double factor = 0;
        double last = 0;
        double before = 0;

        void start(double hertz, double amplitude, int rate);
        double next();
    };

    std::int16_t next();

    Oscillator m_low;
    Oscillator m_high;
    std::int64_t m_done = 0;
    std::int64_t m_length = 0;
    std::int64_t m_fade = 40;
};

} // namespace hs::audio
