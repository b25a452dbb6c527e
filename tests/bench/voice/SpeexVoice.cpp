#include "bench/voice/SpeexVoice.h"

#include <algorithm>
#include <speex/speex_echo.h>
#include <speex/speex_preprocess.h>

namespace hs::bench {

namespace {
constexpr int tailMs = 250; // the room, and what the delay is not known to
constexpr int headMs = 40; // by which the delay may be less than was said
} // namespace

SpeexVoice::SpeexVoice(int rate, const device::VoiceProcessor::Switches& switches)
    : m_switches(switches)
    , m_echo(speex_echo_state_init(rate / 100, rate * tailMs / 1000))
    , m_preprocess(speex_preprocess_state_init(rate / 100, rate))
    , m_out(std::size_t(rate) / 100)
    , m_rate(std::size_t(rate))
{
    speex_echo_ctl(m_echo, SPEEX_ECHO_SET_SAMPLING_RATE, &rate);
    int noise = switches.reducesNoise ? 1 : 0;
    speex_preprocess_ctl(m_preprocess, SPEEX_PREPROCESS_SET_DENOISE, &noise);
    int suppress = -18; // as WebRTC's high level
    speex_preprocess_ctl(m_preprocess, SPEEX_PREPROCESS_SET_NOISE_SUPPRESS, &suppress);
    int gain = switches.controlsGain ? 1 : 0;
    speex_preprocess_ctl(m_preprocess, SPEEX_PREPROCESS_SET_AGC, &gain);
    spx_int32_t target = 11600; // -9 dB
    speex_preprocess_ctl(m_preprocess, SPEEX_PREPROCESS_SET_AGC_TARGET, &target);
    int most = 15;
    speex_preprocess_ctl(m_preprocess, SPEEX_PREPROCESS_SET_AGC_MAX_GAIN, &most);
    if (switches.cancelsEcho) {
        speex_preprocess_ctl(m_preprocess, SPEEX_PREPROCESS_SET_ECHO_STATE, m_echo);
    }
}

SpeexVoice::~SpeexVoice()
{
    speex_preprocess_state_destroy(m_preprocess);
    speex_echo_state_destroy(m_echo);
}

void SpeexVoice::played(std::span<const std::int16_t> frame)
{
    m_queue.insert(m_queue.end(), frame.begin(), frame.end());
}

void SpeexVoice::heard(std::span<std::int16_t> frame, int delayMs)
{
    if (m_switches.cancelsEcho) {
        // The frame that was played about when this one was heard, a little later rather.
        const std::size_t back =
            std::size_t(std::max(0, delayMs - headMs)) * m_rate / 1000 + frame.size();
        const std::size_t begin = m_queue.size() > back ? m_queue.size() - back : 0;
        std::vector<std::int16_t> reference(frame.size());
        for (std::size_t i = 0; i < frame.size() && begin + i < m_queue.size(); ++i) {
            reference[i] = m_queue[begin + i];
        }
        speex_echo_cancellation(m_echo, frame.data(), reference.data(), m_out.data());
        std::ranges::copy(m_out, frame.begin());
    }
    speex_preprocess_run(m_preprocess, frame.data());
}

} // namespace hs::bench
