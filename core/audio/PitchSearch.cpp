#include "audio/PitchSearch.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hs::audio {

namespace {

template <class Sample>
float correlation(const Sample* a, const Sample* b, std::size_t count)
{
    float ab = 0;
    float aa = 0;
    float bb = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto x = static_cast<float>(a[i]);
        const auto y = static_cast<float>(b[i]);
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    // A sample's rounding is no sound: what is as good as silent looks like nothing.
    const float least = static_cast<float>(count);
    return aa > least && bb > least ? ab / std::sqrt(aa * bb) : 0;
}

// The best of the lags from `least` to `most`, which all lie within what there is.
template <class Sample>
PitchSearch::Match best(const Sample* from, std::ptrdiff_t sign, std::size_t window,
                        std::size_t least, std::size_t most)
{
    PitchSearch::Match match;
    for (std::size_t lag = least; lag <= most; ++lag) {
        const float is = correlation(from, from + sign * static_cast<std::ptrdiff_t>(lag), window);
        if (match.lag == 0 || is > match.correlation) {
            match = {lag, is};
        }
    }
    return match;
}

} // namespace

PitchSearch::PitchSearch(int sampleRate)
    : m_step(std::max<std::size_t>(1, static_cast<std::size_t>(sampleRate) / 8000))
{
}

PitchSearch::Match PitchSearch::find(std::span<const std::int16_t> samples, std::size_t from,
                                     std::size_t window, Towards towards, std::size_t least,
                                     std::size_t most) const
{
    const std::ptrdiff_t sign = towards == Towards::Past ? -1 : 1;
    if (samples.size() > longest() || from + window > samples.size()) {
        return {};
    }
    most = std::min(most, towards == Towards::Past ? from : samples.size() - from - window);
    least = std::max<std::size_t>(least, 1);
    if (window == 0 || least > most) {
        return {};
    }
    if (m_step == 1) {
        return best(samples.data() + from, sign, window, least, most);
    }
    // The mean of each step's samples is low-pass enough: pitch lies far below.
    std::array<float, coarseSize> coarse;
    const std::size_t coarseCount = samples.size() / m_step;
    for (std::size_t i = 0; i < coarseCount; ++i) {
        float sum = 0;
        for (std::size_t k = 0; k < m_step; ++k) {
            sum += samples[i * m_step + k];
        }
        coarse[i] = sum / static_cast<float>(m_step);
    }
    const std::size_t coarseFrom = from / m_step;
    const std::size_t coarseWindow = std::min(window / m_step, coarseCount - coarseFrom);
    const std::size_t coarseMost =
        std::min(most / m_step, sign < 0 ? coarseFrom : coarseCount - coarseFrom - coarseWindow);
    const std::size_t coarseLeast = (least + m_step - 1) / m_step;
    if (coarseWindow == 0 || coarseLeast > coarseMost) {
        return {};
    }
    const Match about =
        best(coarse.data() + coarseFrom, sign, coarseWindow, coarseLeast, coarseMost);
    const std::size_t centre = about.lag * m_step;
    return best(samples.data() + from, sign, window, std::max(least, centre - m_step),
                std::min(most, centre + m_step));
}

} // namespace hs::audio
