#include "media/HoldMusic.h"

#include "audio/Resampler.h"
#include "media/ConferenceMember.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr std::size_t shortest = HoldMusic::fullRate / 10;
constexpr std::size_t overlap = HoldMusic::fullRate / 20; // 50 ms
constexpr std::size_t grid = HoldMusic::fullRate / 8000; // each rate has whole samples

// Round the loop once before it, so that the filter knows what the beginning comes from.
std::vector<std::int16_t> resampledLoop(const std::vector<std::int16_t>& loop, int rate)
{
    auto resampler = audio::Resampler::create(HoldMusic::fullRate, rate);
    if (!resampler) {
        return {};
    }
    const std::size_t wanted = loop.size() / static_cast<std::size_t>(HoldMusic::fullRate / rate);
    const std::size_t lead = std::min(loop.size(), shortest / 2 / grid * grid);
    std::vector<std::int16_t> out;
    resampler->process(std::span(loop).last(lead), out);
    resampler->process(std::span(loop), out);
    resampler->process(std::span(loop).first(lead), out);
    const std::size_t before = lead / static_cast<std::size_t>(HoldMusic::fullRate / rate);
    if (out.size() < before + wanted) {
        return {};
    }
    const auto first = out.begin() + static_cast<std::ptrdiff_t>(before);
    return {first, first + static_cast<std::ptrdiff_t>(wanted)};
}
} // namespace

HoldMusic::HoldMusic(std::vector<std::int16_t> samples)
{
    if (samples.size() < shortest) {
        return;
    }
    samples.resize(samples.size() / grid * grid);
    makeLoop(samples, overlap);
    for (std::size_t i = 0; i < m_loops.size(); ++i) {
        const int rate = ConferenceMember::rates[i];
        m_loops[i] = rate == fullRate ? samples : resampledLoop(samples, rate);
    }
}

std::span<const std::int16_t> HoldMusic::loop(int rate) const
{
    const int index = ConferenceMember::indexOf(rate);
    return index < 0 ? std::span<const std::int16_t>() : m_loops[static_cast<std::size_t>(index)];
}

void HoldMusic::makeLoop(std::vector<std::int16_t>& samples, std::size_t overlap)
{
    if (samples.size() < 2 * overlap || overlap == 0) {
        return;
    }
    const std::size_t left = samples.size() - overlap;
    const auto whole = static_cast<std::int64_t>(overlap);
    for (std::size_t i = 0; i < overlap; ++i) {
        const auto in = static_cast<std::int64_t>(i);
        const std::int64_t mixed = samples[i] * in + samples[left + i] * (whole - in);
        samples[i] = static_cast<std::int16_t>(mixed / whole);
    }
    samples.resize(left);
}

} // namespace hs::media
