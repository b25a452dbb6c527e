#include "device/Mouth.h"

#include "audio/SoundFileReader.h"

#include <algorithm>

namespace hs::device {

namespace {
constexpr int watchedFrames = 3 * VoiceProcessor::framesPerSecond;
// Of what lies there when the call's side has just read: a beat of either side's timer.
constexpr std::size_t mostUnused = 9 * audio::HeadsetRings::samplesPerMs;
} // namespace

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
        if (rings) {
            give(*rings);
        }
        m_frame.clear();
    }
}

void Mouth::give(audio::HeadsetRings& rings)
{
    const std::size_t waiting = rings.capture.size();
    m_unused = m_watched == 0 ? waiting : std::min(m_unused, waiting);
    if (m_watched == 0) {
        m_moment.begin();
    }
    const bool isQuiet = m_moment.isQuiet(m_frame);
    std::span<const std::int16_t> frame = m_frame;
    if (++m_watched >= watchedFrames) {
        if (m_unused > mostUnused && isQuiet) {
            const bool isMuch = m_unused > mostUnused + frame.size();
            frame = frame.first(isMuch ? 0 : frame.size() / 2);
        }
        m_watched = m_unused > mostUnused && !isQuiet ? m_watched : 0;
    }
    if (waiting + frame.size() <= mostInRing) {
        rings.capture.write(frame);
    }
}

} // namespace hs::device
