#include "audio/ComfortNoise.h"

#include <algorithm>
#include <cmath>

namespace hs::audio {

namespace {
constexpr std::uint64_t seed = 0x9e3779b97f4a7c15U; // any but 0
constexpr float approach = 0.3F; // of the way to the target, in each block of 10 ms
constexpr float fullScale = 32768.0F;
// Nearer to 1 the filter would ring for longer than a pause lasts.
constexpr float steepest = 0.98F;

std::int16_t rounded(float sample)
{
    return static_cast<std::int16_t>(std::lrint(std::clamp(sample, -32768.0F, 32767.0F)));
}
} // namespace

std::optional<NoiseDescription> NoiseDescription::parse(std::span<const std::byte> payload)
{
    if (payload.empty()) {
        return std::nullopt;
    }
    NoiseDescription result;
    // RFC 3389 3.1: the first bit is always 0; of one that is not, nothing is said.
    result.levelDbov = -(std::to_integer<int>(payload.front()) & 0x7f);
    const auto coefficients = payload.subspan(1);
    result.order = std::min(coefficients.size(), mostOrder);
    for (std::size_t i = 0; i < result.order; ++i) {
        // RFC 3389 3.2: k = 258 (N - 127) / 32768, N being 0 to 254.
        const int code = std::min(std::to_integer<int>(coefficients[i]), 254);
        result.reflection[i] = static_cast<float>(258 * (code - 127)) / 32768.0F;
    }
    return result;
}

ComfortNoise::ComfortNoise(int sampleRate, int noiseRate)
    : m_blockSize(std::clamp<std::size_t>(static_cast<std::size_t>(std::max(noiseRate, 0)) / 100, 1,
                                          mostBlock))
    , m_taken(m_blockSize)
    , m_random(seed)
{
    if (noiseRate != sampleRate) {
        if (auto resampler = Resampler::create(noiseRate, sampleRate)) {
            m_resampler.emplace(std::move(resampler).value());
        }
    }
}

bool ComfortNoise::update(std::span<const std::byte> payload)
{
    const std::optional<NoiseDescription> description = NoiseDescription::parse(payload);
    if (description) {
        update(*description);
    }
    return description.has_value();
}

void ComfortNoise::update(const NoiseDescription& description)
{
    m_targetLevel = fullScale * std::pow(10.0F, static_cast<float>(description.levelDbov) / 20.0F);
    m_targetReflection.fill(0);
    for (std::size_t i = 0; i < std::min(description.order, NoiseDescription::mostOrder); ++i) {
        m_targetReflection[i] = std::clamp(description.reflection[i], -steepest, steepest);
    }
    if (!m_isKnown) {
        m_isKnown = true;
        m_reflection = m_targetReflection; // the level rises from nothing: no step
    }
}

void ComfortNoise::reset()
{
    m_isKnown = false;
    m_targetLevel = m_level = m_gain = 0;
    m_targetReflection.fill(0);
    m_reflection.fill(0);
    m_backward.fill(0);
    m_taken = m_blockSize;
    m_random = seed;
    if (m_resampler) {
        m_resampler->reset();
    }
}

// Variance 1, nearly normal: the sum of four uniform ones.
float ComfortNoise::white()
{
    m_random ^= m_random << 13;
    m_random ^= m_random >> 7;
    m_random ^= m_random << 17;
    int sum = 0;
    for (int i = 0; i < 4; ++i) {
        sum += static_cast<int>(m_random >> (16 * i) & 0xffff) - 32768;
    }
    constexpr float deviation = 37837.2F; // of the sum: 65536 times the root of 4 / 12
    return static_cast<float>(sum) / deviation;
}

void ComfortNoise::makeBlock()
{
    m_level += approach * (m_targetLevel - m_level);
    // White noise of variance 1 leaves the filter with the variance 1 / product of (1 - k^2).
    float product = 1;
    for (std::size_t i = 0; i < m_reflection.size(); ++i) {
        m_reflection[i] += approach * (m_targetReflection[i] - m_reflection[i]);
        product *= 1 - m_reflection[i] * m_reflection[i];
    }
    const float gain = m_level * std::sqrt(product);
    const float step = (gain - m_gain) / static_cast<float>(m_blockSize);
    for (std::size_t n = 0; n < m_blockSize; ++n) {
        m_gain += step;
        // A lattice, which is stable for any |k| < 1 and while k moves. A(z) = 1 + k z^-1 + ...
        float forward = m_gain * white();
        for (std::size_t i = m_reflection.size(); i-- > 0;) {
            forward -= m_reflection[i] * m_backward[i];
            m_backward[i + 1] = m_backward[i] + m_reflection[i] * forward;
        }
        m_backward[0] = forward;
        m_block[n] = rounded(forward);
    }
    m_gain = gain;
    m_taken = 0;
}

void ComfortNoise::generate(std::span<std::int16_t> out)
{
    if (!m_isKnown) {
        std::ranges::fill(out, std::int16_t(0));
        return;
    }
    while (!out.empty()) {
        if (m_taken == m_blockSize) {
            makeBlock();
        }
        const auto block =
            std::span<const std::int16_t>(m_block).first(m_blockSize).subspan(m_taken);
        Resampler::Progress done;
        if (m_resampler) {
            done = m_resampler->process(block, out);
        } else {
            done.consumed = done.produced = std::min(block.size(), out.size());
            std::copy_n(block.begin(), done.produced, out.begin());
        }
        m_taken += done.consumed;
        out = out.subspan(done.produced);
    }
}

} // namespace hs::audio
