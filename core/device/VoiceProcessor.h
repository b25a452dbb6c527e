// VoiceProcessor: what the microphone heard, made fit for a call: without what the speaker said,
// with less noise, at an even level; each of the three can be off. Over WebRTC's audio processing,
// which the bench tests/bench/voice holds against speexdsp's. 16-bit mono in frames of 10 ms at
// 8000, 16000, 32000 or 48000 Hz. Thread: one at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace webrtc {
class AudioFrame;
class AudioProcessing;
} // namespace webrtc

namespace hs::device {

class VoiceProcessor {
public:
    struct Switches {
        bool cancelsEcho = true;
        bool reducesNoise = true;
        bool controlsGain = true;
        bool any() const { return cancelsEcho || reducesNoise || controlsGain; }
        friend bool operator==(const Switches&, const Switches&) = default;
    };

    static constexpr int framesPerSecond = 100;
    static constexpr int mostDelayMs = 400;

    VoiceProcessor(int rate, const Switches& switches);
    ~VoiceProcessor();
    VoiceProcessor(const VoiceProcessor&) = delete;
    VoiceProcessor& operator=(const VoiceProcessor&) = delete;

    std::size_t frameSize() const { return m_frameSize; }
    // What it has learnt stays.
    void setSwitches(const Switches& switches);

    // What goes to the speaker, any number of samples, in their order with heard().
    void played(std::span<const std::int16_t> samples);
    // In place, exactly frameSize() samples. `delayMs`: from played() to where the same sound comes
    // to heard(), as far as it is known: what waits in buffers on both ways.
    void heard(std::span<std::int16_t> frame, int delayMs);

private:
    void apply();

    int m_rate;
    std::size_t m_frameSize;
    Switches m_switches;
    std::unique_ptr<webrtc::AudioProcessing> m_processing;
    std::unique_ptr<webrtc::AudioFrame> m_frame;
    std::vector<std::int16_t> m_played; // less than a frame
};

} // namespace hs::device
