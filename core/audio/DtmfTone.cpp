#include "audio/DtmfTone.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>

namespace hs::audio {

namespace {
constexpr std::int64_t fadesPerSecond = 200; // 5 ms each
constexpr std::string_view keys = "123A456B789C*0#D"; // four rows of four
constexpr std::array<double, 4> rows{697, 770, 852, 941};
constexpr std::array<double, 4> columns{1209, 1336, 1477, 1633};
// A sine of full scale is +3.14 dBm0 (G.711 A-law).
constexpr double lowAmplitude = 6434; // -11 dBm0
constexpr double highAmplitude = 8100; // -9 dBm0

std::size_t keyOf(char digit)
{
    return keys.find(digit >= 'a' && digit <= 'd' ? static_cast<char>(digit - 'a' + 'A') : digit);
}
} // namespace

bool DtmfTone::exists(char digit)
{
    return keyOf(digit) != std::string_view::npos;
}

void DtmfTone::Oscillator::start(double hertz, double amplitude, int rate)
{
    const double step = 2 * std::numbers::pi * hertz / rate;
    factor = 2 * std::cos(step);
    last = 0;
    before = -amplitude * std::sin(step);
}

double DtmfTone::Oscillator::next()
{
    const double result = last;
    last = factor * last - before;
    before = result;
    return result;
}

void DtmfTone::start(char digit, std::int64_t samples, int sampleRate)
{
    m_fade = sampleRate / fadesPerSecond;
    const std::size_t key = keyOf(digit);
    m_done = 0;
    m_length = key == std::string_view::npos ? 0 : std::max<std::int64_t>(samples, 2 * m_fade);
    if (m_length > 0) {
        m_low.start(rows[key / columns.size()], lowAmplitude, sampleRate);
        m_high.start(columns[key % columns.size()], highAmplitude, sampleRate);
    }
}

void DtmfTone::stop()
{
    m_length = std::min(m_length, m_done + m_fade);
}

std::int16_t DtmfTone::next()
{
    if (m_done >= m_length) {
        return 0;
    }
    const std::int64_t edge = std::min({m_done, m_length - m_done, m_fade});
    const double sample =
        (m_low.next() + m_high.next()) * static_cast<double>(edge) / static_cast<double>(m_fade);
    ++m_done;
    return static_cast<std::int16_t>(std::lround(sample));
}

void DtmfTone::read(std::span<std::int16_t> samples)
{
    std::ranges::generate(samples, [this] { return next(); });
}

} // namespace hs::audio
