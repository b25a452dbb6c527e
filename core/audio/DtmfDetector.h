// DtmfDetector: hears digits in audio (spandsp's receiver to ITU-T Q.24; tones of 40 ms and more,
// speech is rarely taken for one). 8000 samples a second. What was lost of a stream is told too, so
// that a digit with a hole in it is one digit. All memory is taken when it is made.
// Thread: one at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

struct dtmf_rx_state_s;

namespace hs::audio {

class DtmfDetector {
public:
    struct Digit {
        char digit = 0;
        int durationMs = 0; // to about 13 ms
    };

    DtmfDetector();
    DtmfDetector(const DtmfDetector&) = delete;
    DtmfDetector& operator=(const DtmfDetector&) = delete;

    void add(std::span<const std::int16_t> samples);
    void addLost(std::size_t samples);
    // Nothing more comes: a digit that sounds has ended.
    void finish();
    // What was heard before means nothing any more.
    void reset();
    bool isSounding() const { return m_sounding != 0; }
    // The oldest that has ended and was not taken yet; of more than eight the oldest are lost.
    std::optional<Digit> take();

private:
    struct Release {
        void operator()(dtmf_rx_state_s* state) const;
    };
    void heard(char digit, int samples);
    void end(int samples);

    std::unique_ptr<dtmf_rx_state_s, Release> m_state;
    char m_sounding = 0;
    int m_samples = 0; // since it was first heard
    std::array<Digit, 8> m_ended{};
    std::size_t m_count = 0;
};

} // namespace hs::audio
