#include "media/SampleLine.h"

#include <algorithm>

namespace hs::media {

std::span<std::int16_t> SampleLine::append(std::size_t count)
{
    const std::span added = std::span(m_samples).subspan(m_end, std::min(count, room()));
    m_end += added.size();
    return added;
}

void SampleLine::give(std::span<std::int16_t> out)
{
    const auto count = static_cast<std::ptrdiff_t>(std::min(out.size(), waiting()));
    const auto from = m_samples.begin() + static_cast<std::ptrdiff_t>(m_past);
    std::copy(from, from + count, out.begin());
    std::copy(m_samples.begin() + count, m_samples.begin() + static_cast<std::ptrdiff_t>(m_end),
              m_samples.begin());
    m_end -= static_cast<std::size_t>(count);
}

void SampleLine::clear()
{
    std::fill(m_samples.begin(), m_samples.begin() + static_cast<std::ptrdiff_t>(m_past),
              std::int16_t(0));
    m_end = m_past;
}

} // namespace hs::media
