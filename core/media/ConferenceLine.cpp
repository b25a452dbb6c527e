#include "media/ConferenceLine.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr int keptMs = 200;
}

ConferenceLine::ConferenceLine(int rate)
    : m_rate(rate)
    , m_fade(static_cast<std::size_t>(rate / 1000 * fadeMs))
    , m_samples(static_cast<std::size_t>(rate / 1000 * keptMs))
{
}

bool ConferenceLine::holds(std::int64_t position) const
{
    return position >= m_begin && position < m_end;
}

std::int16_t ConferenceLine::at(std::int64_t position) const
{
    return holds(position) ? m_samples[static_cast<std::size_t>(position) % m_samples.size()]
                           : std::int16_t(0);
}

void ConferenceLine::forget()
{
    m_begin = m_end = m_written = 0;
}

void ConferenceLine::write(std::int64_t from, std::span<const std::int16_t> samples)
{
    const auto capacity = static_cast<std::int64_t>(m_samples.size());
    const auto fade = static_cast<std::int64_t>(m_fade);
    const auto end = from + static_cast<std::int64_t>(samples.size());
    const bool begins = m_begin == m_end || from > m_end || from < m_begin;
    if (begins) {
        m_begin = from;
    }
    // What was fading when it went on: the two overlap.
    const bool fades = begins || from != m_written;
    for (std::int64_t i = 0; i < end - from; ++i) {
        const std::int32_t sample = samples[static_cast<std::size_t>(i)];
        const std::int32_t before = fades && i < fade && from + i < m_end && !begins
            ? std::int32_t(at(from + i))
            : 0;
        const std::int64_t share = fades && i < fade ? i : fade;
        slot(from + i) =
            static_cast<std::int16_t>((sample * share + before * (fade - share)) / fade);
    }
    const std::int32_t last = samples.empty() ? 0 : std::int32_t(samples.back());
    for (std::int64_t i = 0; i < fade; ++i) {
        slot(end + i) = static_cast<std::int16_t>(last * (fade - 1 - i) / fade);
    }
    m_written = end;
    m_end = end + fade;
    m_begin = std::max(m_begin, m_end - capacity);
}

void ConferenceLine::addTo(std::int64_t from, std::span<std::int32_t> sum) const
{
    const auto wanted = static_cast<std::int64_t>(sum.size());
    const std::int64_t first = std::max(from, m_begin);
    const std::int64_t last = std::min(from + wanted, m_end);
    if (first >= last) {
        return;
    }
    std::size_t index = static_cast<std::size_t>(first) % m_samples.size();
    for (std::int64_t position = first; position < last; ++position) {
        sum[static_cast<std::size_t>(position - from)] += m_samples[index];
        index = index + 1 == m_samples.size() ? 0 : index + 1;
    }
}

} // namespace hs::media
