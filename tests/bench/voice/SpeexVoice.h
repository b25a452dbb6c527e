// SpeexVoice: what VoiceProcessor does, over speexdsp, to be held against it.
#pragma once

#include "device/VoiceProcessor.h"

#include <cstdint>
#include <span>
#include <vector>

struct SpeexEchoState_;
struct SpeexPreprocessState_;

namespace hs::bench {

class SpeexVoice {
public:
    SpeexVoice(int rate, const device::VoiceProcessor::Switches& switches);
    ~SpeexVoice();
    SpeexVoice(const SpeexVoice&) = delete;
    SpeexVoice& operator=(const SpeexVoice&) = delete;

    void played(std::span<const std::int16_t> frame);
    void heard(std::span<std::int16_t> frame, int delayMs);

private:
    device::VoiceProcessor::Switches m_switches;
    SpeexEchoState_* m_echo;
    SpeexPreprocessState_* m_preprocess;
    std::vector<std::int16_t> m_out;
    std::vector<std::int16_t> m_queue; // what was played, as long as the delay says
    std::size_t m_rate;
};

} // namespace hs::bench
