#include "audio/BackgroundNoise.h"

#include <algorithm>
#include <cmath>

namespace hs::audio {

namespace {
constexpr float loudest = 300; // -41 dBov: louder is no background, or nothing to go on with
constexpr float mostGain = 100; // of the predictor, as power: 20 dB are a tone, not noise
constexpr float mostSample = 8000;
constexpr float silent = 4; // root mean square of what nobody hears

float powerOf(std::span<const std::int16_t> samples)
{
    float sum = 0;
    for (const std::int16_t sample : samples) {
        sum += static_cast<float>(sample) * static_cast<float>(sample);
    }
    return samples.empty() ? 0 : sum / static_cast<float>(samples.size());
}

using Predictor = std::array<float, BackgroundNoise::order>;

// One step up of the order, by a reflection coefficient.
void stepUp(Predictor& predictor, std::size_t at, float reflection)
{
    Predictor before = predictor;
    for (std::size_t i = 0; i < at; ++i) {
        predictor[i] = before[i] - reflection * before[at - 1 - i];
    }
    predictor[at] = reflection;
}

// Levinson and Durbin. What is left of a power of 1.
float predict(std::span<const float, BackgroundNoise::order + 1> r, Predictor& predictor)
{
    predictor = {};
    float left = r[0] * 1.0001F; // a little white noise keeps it stable
    for (std::size_t i = 0; i < predictor.size(); ++i) {
        float sum = r[i + 1];
        for (std::size_t k = 0; k < i; ++k) {
            sum -= predictor[k] * r[i - k];
        }
        const float reflection = std::clamp(sum / left, -0.99F, 0.99F);
        stepUp(predictor, i, reflection);
        left *= 1 - reflection * reflection;
    }
    return left / r[0];
}
} // namespace

BackgroundNoise::BackgroundNoise(int sampleRate)
    : m_frame(static_cast<std::size_t>(sampleRate) / 50)
{
    m_quietest.fill(32768.0F * 32768);
}

void BackgroundNoise::learn(std::span<const std::int16_t> heard)
{
    while (heard.size() >= m_frame / 2) {
        const std::span frame = heard.first(std::min(heard.size(), m_frame));
        heard = heard.subspan(frame.size());
        const float power = powerOf(frame);
        keepQuietest(power, frame.size());
        learnFrame(frame, power);
    }
}

// What was the quietest for four seconds is the background; a voice pauses more often than that.
void BackgroundNoise::keepQuietest(float power, std::size_t samples)
{
    float& least = m_quietest[m_block];
    least = m_inBlock == 0 ? power : std::min(least, power);
    m_inBlock += samples;
    if (m_inBlock >= m_frame * 25) {
        m_inBlock = 0;
        m_block = (m_block + 1) % blocks;
        m_hasFloor = m_hasFloor || m_block == 2; // a second was heard
    }
}

float BackgroundNoise::floorPower() const
{
    return *std::ranges::min_element(m_quietest);
}

void BackgroundNoise::learnFrame(std::span<const std::int16_t> frame, float power)
{
    if (!m_hasFloor) {
        return;
    }
    const float least = floorPower();
    if (power > 4 * least + silent) {
        return;
    }
    std::array<float, order + 1> r{};
    for (std::size_t lag = 0; lag < r.size(); ++lag) {
        for (std::size_t i = lag; i < frame.size(); ++i) {
            r[lag] += static_cast<float>(frame[i]) * static_cast<float>(frame[i - lag]);
        }
        r[lag] /= static_cast<float>(frame.size());
    }
    for (std::size_t lag = 0; lag < r.size(); ++lag) {
        m_autocorrelation[lag] += (r[lag] - m_autocorrelation[lag]) / 8;
    }
    const float heard = m_autocorrelation[0];
    Predictor predictor{};
    const float left = heard > 0 ? predict(m_autocorrelation, predictor) : 1;
    if (left * mostGain < 1 || least > loudest * loudest) {
        m_level = 0;
        return;
    }
    m_predictor = predictor;
    m_level = std::sqrt(heard);
    m_gain = m_level * std::sqrt(left);
}

void BackgroundNoise::generate(std::span<std::int16_t> out)
{
    if (!isKnown()) {
        std::ranges::fill(out, std::int16_t(0));
        return;
    }
    for (std::int16_t& sample : out) {
        m_random = m_random * 1664525U + 1013904223U;
        // Evenly distributed with a variance of 1.
        float value = (static_cast<float>(m_random >> 8) / 8388608.0F - 1) * 1.7320508F * m_gain;
        for (std::size_t k = 0; k < order; ++k) {
            value += m_predictor[k] * m_past[k];
        }
        std::shift_right(m_past.begin(), m_past.end(), 1);
        m_past[0] = value;
        sample = static_cast<std::int16_t>(std::clamp(value, -mostSample, mostSample));
    }
}

bool BackgroundNoise::covers(std::span<const std::int16_t> samples) const
{
    const float limit = std::max(2 * m_level, silent);
    return powerOf(samples) <= limit * limit;
}

} // namespace hs::audio
