#include "audio/LossConcealer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hs::audio {

namespace {
constexpr std::size_t loudMs = 10;
constexpr std::size_t fadedMs = 60;
constexpr std::size_t leastPitchMs = 5; // shorter periods are repeated as two: Appendix I, 5 ms
constexpr std::size_t mostPitchMs = 15;
constexpr std::size_t comparedMs = 8; // the nearest past tells most of what comes
constexpr std::size_t stepMs = 1; // in which a step is spread out
constexpr float leastLikeness = 0.6F; // a hiss is repeated less loudly: it is a guess at best
constexpr std::size_t mostBlendMs = 10;

std::int16_t toSample(float value)
{
    return static_cast<std::int16_t>(std::clamp(value, -32768.0F, 32767.0F));
}
} // namespace

LossConcealer::LossConcealer(int sampleRate)
    : m_rate(static_cast<std::size_t>(sampleRate))
    , m_search(sampleRate)
    , m_noise(sampleRate)
    , m_history(ms(historyMs))
    , m_known(ms(historyMs))
    , m_loop(ms(3 * mostPitchMs))
    , m_scratch(ms(mostBlendMs))
    , m_before(ms(mostPitchMs))
{
}

void LossConcealer::reset()
{
    std::ranges::fill(m_history, std::int16_t(0));
    m_noise = BackgroundNoise(static_cast<int>(m_rate));
    m_concealing = false;
    m_lost = 0;
}

void LossConcealer::remember(std::span<const std::int16_t> frame)
{
    const std::size_t kept = std::min(frame.size(), m_history.size());
    const auto moved = static_cast<std::ptrdiff_t>(kept);
    std::shift_left(m_history.begin(), m_history.end(), moved);
    std::copy(frame.end() - moved, frame.end(), m_history.end() - moved);
}

// Finds the pitch, and makes the loop of its last period.
void LossConcealer::begin()
{
    const std::size_t window = ms(comparedMs);
    const auto match = m_search.find(m_history, m_history.size() - window, window,
                                     PitchSearch::Towards::Past, ms(leastPitchMs), ms(mostPitchMs));
    m_pitch = std::max(match.lag, ms(leastPitchMs));
    m_lost = 0;
    m_fading = 0;
    m_at = 0;
    m_known = m_history; // of the same size: nothing is allocated
    repeat(1);
    // What would have come after the audio's end a period ago began at that period's end.
    const std::size_t end = m_history.size();
    m_step = static_cast<float>(m_history[end - 1] - m_history[end - 1 - m_pitch]);
    m_stepLeft = ms(stepMs);
    m_loudness = std::clamp(match.correlation, leastLikeness, 1.0F);
    m_concealing = true;
}

void LossConcealer::repeat(std::size_t periods)
{
    const std::size_t end = m_known.size();
    m_loopSize = periods * m_pitch;
    const std::size_t begin = end - m_loopSize;
    std::copy(m_known.begin() + static_cast<std::ptrdiff_t>(begin), m_known.end(), m_loop.begin());
    // The last quarter of the period turns into what was before the loop's beginning.
    const std::size_t quarter = std::min(m_pitch / 4, begin);
    for (std::size_t i = 0; i < quarter; ++i) {
        const float part = static_cast<float>(i + 1) / static_cast<float>(quarter + 1);
        const std::size_t at = m_loopSize - quarter + i;
        m_loop[at] = toSample(static_cast<float>(m_loop[at]) * (1 - part)
                              + static_cast<float>(m_known[begin - quarter + i]) * part);
    }
}

float LossConcealer::next(float noise)
{
    if (m_lost == ms(loudMs) || m_lost == 2 * ms(loudMs)) {
        // Another loop, entered at the same place within the period.
        m_fadingSize = m_pitch / 4;
        for (std::size_t i = 0; i < m_fadingSize; ++i) {
            m_before[i] = m_loop[(m_at + i) % m_loopSize];
        }
        m_fading = m_fadingSize;
        m_at %= m_pitch;
        repeat(m_lost == ms(loudMs) ? 2 : 3);
    }
    auto voice = static_cast<float>(m_loop[m_at]);
    m_at = (m_at + 1) % m_loopSize;
    if (m_fading > 0) {
        const float part = static_cast<float>(m_fading) / static_cast<float>(m_fadingSize + 1);
        voice += (static_cast<float>(m_before[m_fadingSize - m_fading]) - voice) * part;
        --m_fading;
    }
    if (m_stepLeft > 0) {
        const float phase = static_cast<float>(m_stepLeft) / static_cast<float>(ms(stepMs));
        voice += m_step * (1 - std::cos(std::numbers::pi_v<float> * phase)) / 2;
        --m_stepLeft;
    }
    const auto past = static_cast<float>(std::max(m_lost, ms(loudMs)) - ms(loudMs));
    const float gain = std::max(0.0F, 1 - past / static_cast<float>(ms(fadedMs) - ms(loudMs)));
    m_lost = std::min(m_lost + 1, ms(fadedMs));
    // It becomes less loud by and by, not at once.
    const float likely = 1
        - (1 - m_loudness)
            * std::min(1.0F, static_cast<float>(m_lost) / static_cast<float>(ms(stepMs)));
    return voice * gain * likely + noise * std::sqrt(1 - gain * gain);
}

void LossConcealer::make(std::span<std::int16_t> out)
{
    m_noise.generate(out);
    if (m_lost >= ms(fadedMs)) {
        return; // nothing else is left
    }
    for (std::int16_t& sample : out) {
        sample = toSample(next(sample));
    }
}

void LossConcealer::cut()
{
    if (!m_concealing) {
        begin();
    }
}

void LossConcealer::conceal(std::span<std::int16_t> out)
{
    if (out.empty()) {
        return;
    }
    cut();
    make(out);
    remember(out);
}

void LossConcealer::take(std::span<std::int16_t> frame)
{
    if (m_concealing && !frame.empty()) {
        // Appendix I: the longer the loss, the longer the blend.
        const std::size_t longer = (std::max(m_lost, ms(loudMs)) - ms(loudMs)) * 4 / 10;
        const std::size_t wanted = std::min(ms(mostBlendMs), m_pitch / 4 + longer);
        const auto blend = std::span(m_scratch).first(std::min(wanted, frame.size()));
        make(blend);
        for (std::size_t i = 0; i < blend.size(); ++i) {
            const float part = static_cast<float>(i + 1) / static_cast<float>(blend.size() + 1);
            frame[i] = toSample(static_cast<float>(blend[i]) * (1 - part)
                                + static_cast<float>(frame[i]) * part);
        }
        m_concealing = false;
        m_lost = 0;
    }
    remember(frame);
}

void LossConcealer::good(std::span<std::int16_t> frame)
{
    m_noise.learn(frame);
    take(frame);
}

} // namespace hs::audio
