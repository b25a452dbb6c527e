#include "device/Mouth.h"

#include "audio/SoundFileReader.h"

#include <algorithm>

namespace hs::device {

Mouth::Mouth(SoundCheckRun& check)
    : m_check(check)
{
    m_frame.reserve(m_voice.frameSize());
}

void Mouth::setSettings(const model::SoundSettings& settings)
{
    m_voice.setSwitches({settings.cancelsEcho, settings.reducesNoise, settings.controlsGain});
    m_gain = model::soundGain(settings.microphonePercent);
}

void Mouth::heard(std::span<const std::int16_t> samples, int delayMs, audio::HeadsetRings* rings)
{
    while (!samples.empty()) {
        const std::size_t piece = std::min(samples.size(), m_voice.frameSize() - m_frame.size());
        m_frame.insert(m_frame.end(), samples.begin(),
                       samples.begin() + static_cast<std::ptrdiff_t>(piece));
        samples = samples.subspan(piece);
        if (m_frame.size() < m_voice.frameSize()) {
            return;
        }
        m_voice.heard(m_frame, delayMs);
        for (std::int16_t& sample : m_frame) {
            sample = audio::toInt16(static_cast<float>(sample) / 32768.0F * m_gain);
        }
        m_check.heard(m_frame);
        if (rings && rings->capture.size() + m_frame.size() <= mostInRing) {
            rings->capture.write(m_frame);
        }
        m_frame.clear();
    }
}

} // namespace hs::device
