// Tone: sine waves for tests, and an ear for them: how much of a signal is the tone and how much is
// anything else.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

namespace hs::test {

inline std::vector<std::int16_t> tone(double hz, int rate, std::size_t count,
                                      double amplitude = 10000)
{
    std::vector<std::int16_t> samples(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double phase = 2 * std::numbers::pi * hz * static_cast<double>(i) / rate;
        samples[i] = static_cast<std::int16_t>(std::lround(amplitude * std::sin(phase)));
    }
    return samples;
}

struct Heard {
    double amplitude = 0; // of the tone
    double snrDb = 0; // the tone's power to that of all the rest
};

// Least squares fit of a sine of that frequency, whatever its phase.
inline Heard listen(std::span<const std::int16_t> samples, double hz, int rate)
{
    double ss = 0;
    double cc = 0;
    double sc = 0;
    double xs = 0;
    double xc = 0;
    double energy = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double phase = 2 * std::numbers::pi * hz * static_cast<double>(i) / rate;
        const double s = std::sin(phase);
        const double c = std::cos(phase);
        const double x = samples[i];
        ss += s * s;
        cc += c * c;
        sc += s * c;
        xs += x * s;
        xc += x * c;
        energy += x * x;
    }
    const double determinant = ss * cc - sc * sc;
    if (determinant <= 0) {
        return {};
    }
    const double a = (xs * cc - xc * sc) / determinant;
    const double b = (xc * ss - xs * sc) / determinant;
    const double signal = a * xs + b * xc; // the energy that the fit explains
    const double rest = std::max(energy - signal, 1e-9);
    return {std::hypot(a, b), 10 * std::log10(std::max(signal, 1e-9) / rest)};
}

// The loudest frequency, by a scan of `from` to `to` Hz in steps; for signals of a second or less.
inline double loudest(std::span<const std::int16_t> samples, int rate, double from, double to,
                      double step)
{
    double best = from;
    double most = -1;
    for (double hz = from; hz <= to; hz += step) {
        std::complex<double> sum;
        const std::complex<double> turn =
            std::polar(1.0, -2 * std::numbers::pi * hz / static_cast<double>(rate));
        std::complex<double> position = 1;
        for (const std::int16_t sample : samples) {
            sum += static_cast<double>(sample) * position;
            position *= turn;
        }
        if (std::norm(sum) > most) {
            most = std::norm(sum);
            best = hz;
        }
    }
    return best;
}

} // namespace hs::test
