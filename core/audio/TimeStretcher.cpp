#include "audio/TimeStretcher.h"

#include <algorithm>

namespace hs::audio {

namespace {
// From `a` to `b` over `count` samples, into `out`, which may be either.
void crossFade(const std::int16_t* a, const std::int16_t* b, std::int16_t* out, std::size_t count)
{
    const auto whole = static_cast<int>(count);
    for (int i = 0; i < whole; ++i) {
        out[i] = static_cast<std::int16_t>((a[i] * (whole - i) + b[i] * i) / whole);
    }
}
} // namespace

TimeStretcher::TimeStretcher(int sampleRate)
    : m_least(static_cast<std::size_t>(sampleRate) / 400)
    , m_most(static_cast<std::size_t>(sampleRate) * 15 / 1000)
    , m_fade(static_cast<std::size_t>(sampleRate) / 200)
    , m_search(sampleRate)
{
}

std::size_t TimeStretcher::shrink(std::span<std::int16_t> samples, const Limits& limits) const
{
    std::size_t removed = 0;
    std::size_t fade = 0;
    if (limits.freely) {
        fade = m_fade;
        removed = samples.size() > fade ? std::min(limits.most, samples.size() - fade) : 0;
    } else {
        const std::span looked = samples.first(std::min(samples.size(), m_search.longest()));
        const std::size_t longest = std::min({m_most, limits.most, looked.size() / 2});
        const auto match = m_search.find(looked, 0, std::min(looked.size() - longest, 2 * m_fade),
                                         PitchSearch::Towards::Future, m_least, longest);
        removed = match.correlation >= limits.leastCorrelation ? match.lag : 0;
        fade = removed;
    }
    if (removed == 0) {
        return 0;
    }
    crossFade(samples.data(), samples.data() + removed, samples.data(), fade);
    std::move(samples.begin() + static_cast<std::ptrdiff_t>(removed + fade), samples.end(),
              samples.begin() + static_cast<std::ptrdiff_t>(fade));
    return removed;
}

std::size_t TimeStretcher::stretch(std::span<std::int16_t> samples, std::size_t past,
                                   std::size_t count, const Limits& limits) const
{
    const std::size_t coming = count - past;
    const std::size_t room = std::min({samples.size() - count, limits.most, past, coming});
    std::size_t added = 0;
    std::size_t fade = 0;
    if (limits.freely) {
        added = room;
        fade = std::min(m_fade, added);
    } else {
        const std::size_t before = std::min(past, m_most);
        const std::span looked =
            samples.subspan(past - before, std::min(before + coming, m_search.longest()));
        const auto match =
            m_search.find(looked, before, std::min(looked.size() - before, 2 * m_fade),
                          PitchSearch::Towards::Past, m_least, std::min(room, m_most));
        added = match.correlation >= limits.leastCorrelation ? match.lag : 0;
        fade = added;
    }
    if (added == 0) {
        return 0;
    }
    // From what comes into what was before it, which leads up to what comes a second time.
    const auto at = samples.begin() + static_cast<std::ptrdiff_t>(past);
    const auto added_ = static_cast<std::ptrdiff_t>(added);
    std::move_backward(at, samples.begin() + static_cast<std::ptrdiff_t>(count),
                       samples.begin() + static_cast<std::ptrdiff_t>(count) + added_);
    std::int16_t* out = &*at;
    crossFade(out + added, out - added, out, fade);
    std::copy(at - added_ + static_cast<std::ptrdiff_t>(fade), at,
              at + static_cast<std::ptrdiff_t>(fade));
    return added;
}

} // namespace hs::audio
