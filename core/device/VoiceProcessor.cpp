#include "device/VoiceProcessor.h"

#include <algorithm>
#include <webrtc/modules/audio_processing/include/audio_processing.h>
#include <webrtc/modules/interface/module_common_types.h>

namespace hs::device {

namespace {
constexpr int targetDbBelowFull = 9; // a telephone's speech: about -20 dBm0 with its peaks here
constexpr int mostGainDb = 15; // more brings up the room

std::unique_ptr<webrtc::AudioProcessing> makeProcessing()
{
    webrtc::Config config; // owns what is set
    // A sound server's delay is known only roughly, and differs from device to device.
    config.Set<webrtc::DelayAgnostic>(new webrtc::DelayAgnostic(true));
    config.Set<webrtc::ExtendedFilter>(new webrtc::ExtendedFilter(true));
    return std::unique_ptr<webrtc::AudioProcessing>(webrtc::AudioProcessing::Create(config));
}
} // namespace

VoiceProcessor::VoiceProcessor(int rate, const Switches& switches)
    : m_rate(rate)
    , m_frameSize(static_cast<std::size_t>(rate / framesPerSecond))
    , m_switches(switches)
    , m_processing(makeProcessing())
    , m_frame(std::make_unique<webrtc::AudioFrame>())
{
    const webrtc::StreamConfig mono(rate, 1, false);
    m_processing->Initialize(webrtc::ProcessingConfig{{mono, mono, mono, mono}});
    m_frame->sample_rate_hz_ = rate;
    m_frame->num_channels_ = 1;
    m_frame->samples_per_channel_ = m_frameSize;
    apply();
}

VoiceProcessor::~VoiceProcessor() = default;

void VoiceProcessor::setSwitches(const Switches& switches)
{
    if (!(switches == m_switches)) {
        m_switches = switches;
        apply();
    }
}

void VoiceProcessor::apply()
{
    m_processing->high_pass_filter()->Enable(m_switches.any()); // hum, and breath at a microphone
    auto* echo = m_processing->echo_cancellation();
    echo->enable_drift_compensation(false);
    // More makes nothing of an echo less, but more of a voice that speaks against it.
    echo->set_suppression_level(webrtc::EchoCancellation::kLowSuppression);
    echo->Enable(m_switches.cancelsEcho);
    auto* noise = m_processing->noise_suppression();
    noise->set_level(webrtc::NoiseSuppression::kHigh);
    noise->Enable(m_switches.reducesNoise);
    auto* gain = m_processing->gain_control();
    gain->set_mode(webrtc::GainControl::kAdaptiveDigital);
    gain->set_target_level_dbfs(targetDbBelowFull);
    gain->set_compression_gain_db(mostGainDb);
    gain->enable_limiter(true);
    gain->Enable(m_switches.controlsGain);
}

void VoiceProcessor::played(std::span<const std::int16_t> samples)
{
    while (!samples.empty()) {
        const std::size_t piece = std::min(samples.size(), m_frameSize - m_played.size());
        m_played.insert(m_played.end(), samples.begin(),
                        samples.begin() + static_cast<std::ptrdiff_t>(piece));
        samples = samples.subspan(piece);
        if (m_played.size() == m_frameSize) {
            std::ranges::copy(m_played, m_frame->data_);
            m_processing->ProcessReverseStream(m_frame.get());
            m_played.clear();
        }
    }
}

void VoiceProcessor::heard(std::span<std::int16_t> frame, int delayMs)
{
    if (!m_switches.any() || frame.size() != m_frameSize) {
        return;
    }
    std::ranges::copy(frame, m_frame->data_);
    m_processing->set_stream_delay_ms(std::clamp(delayMs, 0, mostDelayMs));
    if (m_processing->ProcessStream(m_frame.get()) == webrtc::AudioProcessing::kNoError) {
        std::copy_n(m_frame->data_, m_frameSize, frame.begin());
    }
}

} // namespace hs::device
