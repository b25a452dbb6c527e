#include "device/SoundCheckRun.h"

#include "audio/AudioDevice.h"

#include <algorithm>

namespace hs::device {

namespace {
constexpr std::size_t perMs = audio::HeadsetRings::samplesPerMs;
constexpr std::size_t wanted = SoundCheckRun::recordMs * perMs;
} // namespace

void SoundCheckRun::set(model::SoundCheck check)
{
    m_isOn = check != model::SoundCheck::Off;
    m_phase = check == model::SoundCheck::Record ? Phase::Recording : Phase::Listening;
    m_recorded.clear();
    m_played = 0;
    m_meter.take();
}

void SoundCheckRun::heard(std::span<const std::int16_t> samples)
{
    if (!m_isOn) {
        return;
    }
    m_meter.add(samples);
    if (m_phase == Phase::Recording) {
        const std::size_t taken = std::min(samples.size(), wanted - m_recorded.size());
        m_recorded.insert(m_recorded.end(), samples.begin(),
                          samples.begin() + static_cast<std::ptrdiff_t>(taken));
        if (m_recorded.size() == wanted) {
            m_phase = Phase::Playing;
        }
    }
}

std::size_t SoundCheckRun::read(std::span<std::int16_t> samples)
{
    if (m_phase != Phase::Playing || !m_isOn) {
        return 0;
    }
    const std::size_t count = std::min(samples.size(), m_recorded.size() - m_played);
    const auto piece = std::span<const std::int16_t>(m_recorded).subspan(m_played, count);
    std::ranges::copy(piece, samples.begin());
    m_meter.add(piece);
    m_played += count;
    if (m_played == m_recorded.size()) {
        m_phase = Phase::Listening;
    }
    return count;
}

model::SoundLevels SoundCheckRun::takeLevels()
{
    model::SoundLevels levels;
    levels.phase = m_phase;
    levels.microphone =
        static_cast<quint16>(std::clamp(m_meter.take().peak * 32767.0F, 0.0F, 32767.0F));
    if (m_phase != Phase::Listening) {
        const std::size_t done = m_phase == Phase::Recording ? m_recorded.size() : m_played;
        levels.leftMs = static_cast<qint32>((wanted - done) / perMs);
    }
    return levels;
}

} // namespace hs::device
