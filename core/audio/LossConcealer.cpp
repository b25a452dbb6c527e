#include "audio/LossConcealer.h"

#include <algorithm>

namespace hs::audio {

std::int16_t LossConcealer::next()
{
    if (m_lost >= fadeOut) {
        return 0;
    }
    // 0 1 2 ... 159 158 ... 0 1 ...: backwards from the newest, then forwards, each turn without a
    // jump. The newest itself has just been played.
    constexpr std::size_t last = historySize - 1;
    m_step = (m_step + 1) % (2 * last);
    const std::size_t back = m_step <= last ? m_step : 2 * last - m_step;
    const int gain = static_cast<int>(fadeOut - m_lost);
    ++m_lost;
    return static_cast<std::int16_t>(m_history[last - back] * gain / static_cast<int>(fadeOut));
}

void LossConcealer::remember(std::span<const std::int16_t> frame)
{
    const std::size_t kept = std::min(frame.size(), historySize);
    std::shift_left(m_history.begin(), m_history.end(), static_cast<std::ptrdiff_t>(kept));
    std::copy(frame.end() - static_cast<std::ptrdiff_t>(kept), frame.end(),
              m_history.end() - static_cast<std::ptrdiff_t>(kept));
}

void LossConcealer::good(std::span<std::int16_t> frame)
{
    if (m_concealing && !frame.empty()) {
        const std::size_t length = std::min(fadeIn, frame.size());
        for (std::size_t i = 0; i < length; ++i) {
            const int in = static_cast<int>(i + 1);
            const int whole = static_cast<int>(length + 1);
            frame[i] = static_cast<std::int16_t>((frame[i] * in + next() * (whole - in)) / whole);
        }
        m_concealing = false;
        m_lost = 0;
        m_step = 0;
    }
    remember(frame);
}

void LossConcealer::conceal(std::span<std::int16_t> out)
{
    m_concealing = m_concealing || !out.empty();
    std::generate(out.begin(), out.end(), [this] { return next(); });
}

} // namespace hs::audio
