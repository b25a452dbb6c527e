#include "device/EarSource.h"

#include "audio/SoundFileReader.h"

#include <algorithm>

namespace hs::device {

namespace {

void add(std::span<std::int16_t> to, std::span<const std::int16_t> other)
{
    for (std::size_t i = 0; i < other.size(); ++i) {
        to[i] = static_cast<std::int16_t>(std::clamp(to[i] + other[i], -32768, 32767));
    }
}

} // namespace

void EarSource::setTone(std::optional<audio::CallTone> tone, const std::string& country)
{
    if (tone == m_toneKind && country == m_toneCountry) {
        return;
    }
    m_toneKind = tone;
    m_toneCountry = country;
    m_tone.reset();
    if (tone) {
        m_tone.emplace(audio::callToneOrUsual(country, *tone), *tone, rate());
    }
}

void EarSource::setVolume(int percent)
{
    m_gain = model::soundGain(percent);
}

void EarSource::setListener(std::function<void(std::span<const std::int16_t>)> played)
{
    m_played = std::move(played);
}

std::size_t EarSource::read(std::span<std::int16_t> samples)
{
    std::size_t got = m_call.read(samples);
    std::ranges::fill(samples.subspan(got), std::int16_t(0));
    m_other.resize(samples.size());
    if (const std::size_t count = m_check.read(m_other); count > 0) {
        add(samples, std::span(m_other).first(count));
        got = std::max(got, count);
    }
    if (m_tone) {
        m_tone->read(m_other);
        add(samples, m_other);
        got = samples.size();
    }
    for (std::int16_t& sample : samples.first(got)) {
        sample = audio::toInt16(static_cast<float>(sample) / 32768.0F * m_gain);
    }
    if (m_played) {
        m_played(samples);
    }
    return got;
}

} // namespace hs::device
