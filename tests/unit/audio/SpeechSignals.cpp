#include "SpeechSignals.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace hs::test {

namespace {
constexpr double pi = std::numbers::pi;

class Resonance {
public:
    Resonance(double hertz, double width, int rate)
        : m_radius(std::exp(-pi * width / rate))
        , m_near(2 * m_radius * std::cos(2 * pi * hertz / rate))
    {
    }
    double operator()(double in)
    {
        const double out =
            (1 - m_radius) * in + m_near * m_last - m_radius * m_radius * m_beforeLast;
        m_beforeLast = m_last;
        m_last = out;
        return out;
    }

private:
    double m_radius;
    double m_near;
    double m_last = 0;
    double m_beforeLast = 0;
};

std::vector<double> windowed(std::span<const std::int16_t> piece) // Hann
{
    std::vector<double> result;
    for (std::size_t i = 0; i < piece.size(); ++i) {
        result.push_back(piece[i]
                         * (0.5 - 0.5 * std::cos(2 * pi * double(i) / double(piece.size()))));
    }
    return result;
}

double powerAt(const std::vector<double>& piece, double hertz, int rate) // Goertzel
{
    const double near = 2 * std::cos(2 * pi * hertz / rate);
    double last = 0;
    double beforeLast = 0;
    for (const double sample : piece) {
        const double next = sample + near * last - beforeLast;
        beforeLast = last;
        last = next;
    }
    return last * last + beforeLast * beforeLast - near * last * beforeLast;
}
} // namespace

Samples speechLike(int rate, int ms, bool pauses)
{
    const auto length = static_cast<std::size_t>(rate / 1000 * 160);
    const auto count = static_cast<std::size_t>(rate / 1000 * ms);
    std::vector<double> sound;
    double phase = 0;
    for (int syllable = 0; sound.size() < count; ++syllable) {
        Resonance throat(150, 500, rate);
        Resonance first(300 + 200 * (syllable % 3), 80, rate);
        Resonance second(1200 + 400 * (syllable % 4), 150, rate);
        const bool pause = pauses && syllable % 4 == 3;
        for (std::size_t i = 0; i < length; ++i) {
            phase += (110 + 10 * (syllable % 5) + 15 * std::sin(double(i) / rate * 12)) / rate;
            const double pulse = phase >= 1 ? 1 : 0;
            phase -= pulse;
            const double level = std::sin(pi * double(i) / double(length));
            const double voice = second(throat(pulse)) * 6 + first(throat(pulse));
            sound.push_back(pause ? 0 : level * voice);
        }
    }
    sound.resize(count);
    double peak = 1e-9;
    for (const double value : sound) {
        peak = std::max(peak, std::abs(value));
    }
    Samples result;
    for (const double value : sound) {
        result.push_back(static_cast<std::int16_t>(std::lround(value / peak * 12000)));
    }
    return result;
}

Samples silence(int rate, int ms)
{
    return Samples(static_cast<std::size_t>(rate / 1000 * ms));
}

std::vector<std::byte> anyOctets(std::size_t count, std::uint32_t seed)
{
    std::mt19937 random(seed);
    std::vector<std::byte> result(count);
    for (std::byte& octet : result) {
        octet = static_cast<std::byte>(random() & 0xff);
    }
    return result;
}

double energy(std::span<const std::int16_t> samples)
{
    double sum = 0;
    for (const std::int16_t sample : samples) {
        sum += double(sample) * sample;
    }
    return samples.empty() ? 0 : sum / double(samples.size());
}

double levelDb(std::span<const std::int16_t> samples)
{
    return 10 * std::log10((energy(samples) + 1e-9) / (32768.0 * 32768.0));
}

double snrDb(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard, int lag)
{
    double signal = 0;
    double noise = 1e-9;
    for (std::size_t i = 0; i < clean.size() && i + std::size_t(lag) < heard.size(); ++i) {
        const double difference = double(clean[i]) - heard[i + std::size_t(lag)];
        signal += double(clean[i]) * clean[i];
        noise += difference * difference;
    }
    return 10 * std::log10(signal / noise);
}

double spectralDistanceDb(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard,
                          int lag, int rate)
{
    constexpr double floor = 1e4; // what can't be heard any more is alike
    constexpr double soundsAbove = 200 * 200;
    const auto size = static_cast<std::size_t>(rate / 50);
    double sum = 0;
    int pieces = 0;
    for (std::size_t at = 0; at + size + std::size_t(lag) <= heard.size(); at += size) {
        if (energy(clean.subspan(at, size)) < soundsAbove) {
            continue;
        }
        const auto piece = windowed(clean.subspan(at, size));
        const auto other = windowed(heard.subspan(at + std::size_t(lag), size));
        double squares = 0;
        int bands = 0;
        for (double hertz = 100; hertz < std::min(8000, rate / 2); hertz += 100, ++bands) {
            const double difference = 10
                * std::log10((powerAt(piece, hertz, rate) + floor)
                             / (powerAt(other, hertz, rate) + floor));
            squares += difference * difference;
        }
        sum += std::sqrt(squares / bands);
        ++pieces;
    }
    return pieces == 0 ? 0 : sum / pieces;
}

double correlation(std::span<const std::int16_t> a, std::span<const std::int16_t> b)
{
    double both = 0;
    double squareA = 1e-9;
    double squareB = 1e-9;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        both += double(a[i]) * b[i];
        squareA += double(a[i]) * a[i];
        squareB += double(b[i]) * b[i];
    }
    return both / std::sqrt(squareA * squareB);
}

int bestLag(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard, int most)
{
    int best = 0;
    double likeness = -1;
    for (int lag = 0; lag <= most && std::size_t(lag) < heard.size(); ++lag) {
        const double found = correlation(clean, heard.subspan(std::size_t(lag)));
        if (found > likeness) {
            likeness = found;
            best = lag;
        }
    }
    return best;
}

} // namespace hs::test
