#include "SpeechQuality.h"

#include "audio/SoundFile.h"
#include "base/Random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

namespace hs::test {

namespace {
// Edges in Hz of bands about as wide as the ear's.
constexpr std::array<double, 17> edges{100,  200,  300,  400,  510,  630,  770,  920, 1080,
                                       1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700};
using Bands = std::array<double, edges.size() - 1>;

// Levels in dB, by a plain transform at the few frequencies that are asked for.
Bands bands(std::span<const std::int16_t> frame, int rate)
{
    Bands levels{};
    constexpr double step = 50;
    for (std::size_t band = 0; band < levels.size(); ++band) {
        double power = 0;
        for (double hz = edges[band]; hz < edges[band + 1]; hz += step) {
            const double angle = -2 * std::numbers::pi * hz / rate;
            const std::complex<double> turn = std::polar(1.0, angle);
            std::complex<double> at = 1;
            std::complex<double> sum;
            for (std::size_t i = 0; i < frame.size(); ++i) {
                const double phase = std::numbers::pi * (double(i) + 0.5) / double(frame.size());
                sum += at * (std::sin(phase) * frame[i]);
                at *= turn;
            }
            power += std::norm(sum) / double(frame.size() * frame.size());
        }
        levels[band] = 10 * std::log10(power + 1);
    }
    return levels;
}

double energy(std::span<const std::int16_t> frame)
{
    double sum = 0;
    for (const std::int16_t sample : frame) {
        sum += double(sample) * sample;
    }
    return sum;
}

bool isSpeech(std::span<const std::int16_t> frame)
{
    return energy(frame) > double(frame.size()) * 100 * 100;
}

struct Sum {
    double snr = 0;
    double distance = 0;
    double delayMs = 0;
    double mostDelayMs = 0;
    int frames = 0;

    void add(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard, int rate)
    {
        ++frames;
        if (std::ranges::equal(clean, heard)) {
            snr += 35;
            return;
        }
        double noise = 0;
        for (std::size_t i = 0; i < clean.size(); ++i) {
            noise += std::pow(double(clean[i]) - heard[i], 2);
        }
        snr += std::clamp(10 * std::log10(energy(clean) / std::max(noise, 1.0)), -10.0, 35.0);
        const Bands a = bands(clean, rate);
        const Bands b = bands(heard, rate);
        double apart = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
            apart += std::pow(a[i] - b[i], 2);
        }
        distance += std::sqrt(apart / double(a.size()));
    }
    Quality result() const
    {
        const int count = std::max(frames, 1);
        return {snr / count, distance / count, delayMs / count, mostDelayMs};
    }
};

// How alike they are: 1 but for loudness.
double likeness(std::span<const std::int16_t> a, std::span<const std::int16_t> b)
{
    std::int64_t ab = 0;
    std::int64_t bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += int(a[i]) * int(b[i]);
        bb += int(b[i]) * int(b[i]);
    }
    return double(ab) / std::sqrt(energy(a) * double(bb) + 1);
}
} // namespace

std::vector<std::int16_t> speech(int rate, int ms)
{
    const auto sentence =
        audio::readMono(QStringLiteral(HS_SOURCE_DIR "/resources/sounds/greeting.wav"), rate,
                        std::chrono::seconds(10));
    std::vector<std::int16_t> result(static_cast<std::size_t>(rate) * std::size_t(ms) / 1000);
    base::Random random(7);
    for (std::size_t i = 0; i < result.size(); ++i) {
        const int noise = int(random.below(33)) - 16;
        result[i] = static_cast<std::int16_t>(sentence.value()[i % sentence.value().size()] * 9 / 10
                                              + noise);
    }
    return result;
}

Quality quality(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard, int rate)
{
    const auto frame = static_cast<std::size_t>(rate) / 50;
    Sum sum;
    for (std::size_t at = 0; at + frame <= std::min(clean.size(), heard.size());
         at += frame / 4) { // so that seams lie within frames, not only between them
        if (isSpeech(clean.subspan(at, frame))) {
            sum.add(clean.subspan(at, frame), heard.subspan(at, frame), rate);
        }
    }
    return sum.result();
}

Quality alignedQuality(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard,
                       int rate, int mostDelayMs)
{
    const auto frame = static_cast<std::size_t>(rate) / 50;
    const std::size_t window = 4 * frame;
    const auto step = static_cast<std::size_t>(std::max(1, rate / 8000));
    std::size_t least = 0;
    std::size_t most = static_cast<std::size_t>(rate) * std::size_t(mostDelayMs) / 1000;
    std::size_t best = 0;
    Sum sum;
    for (std::size_t at = 0; at + window + most <= std::min(clean.size(), heard.size());
         at += frame) {
        if (!isSpeech(clean.subspan(at, window))) {
            continue;
        }
        const auto alikeAt = [&](std::size_t delay) {
            return likeness(clean.subspan(at, window), heard.subspan(at + delay, window));
        };
        // Where it fits as well as what a codec leaves, there is no need to look around.
        double alike = best + window + at <= heard.size() ? alikeAt(best) : -2;
        for (std::size_t delay = least; alike < 0.9995 && delay <= most; delay += step) {
            const double is = alikeAt(delay);
            if (is > alike) {
                alike = is;
                best = delay;
            }
        }
        if (isSpeech(clean.subspan(at, frame))) {
            sum.add(clean.subspan(at, frame), heard.subspan(at + best, frame), rate);
            const double delayMs = double(best) * 1000 / rate;
            sum.delayMs += delayMs;
            sum.mostDelayMs = std::max(sum.mostDelayMs, alike > 0.6 ? delayMs : 0);
        }
        // A doubtful place doesn't lead the search astray.
        if (alike > 0.6) {
            least = best - std::min(best, frame * 3 / 2);
            most = best + frame * 3 / 2;
        }
    }
    return sum.result();
}

int clicks(std::span<const std::int16_t> samples, int rate)
{
    const auto around = static_cast<std::size_t>(rate) / 50;
    const auto itself = static_cast<std::size_t>(rate) / 1000;
    int found = 0;
    std::size_t quietUntil = 0;
    const auto stepAt = [&](std::size_t i) { return std::abs(samples[i] - samples[i - 1]); };
    for (std::size_t i = 1 + around; i + around < samples.size(); ++i) {
        const int step = stepAt(i);
        if (i < quietUntil || step < 1500) {
            continue;
        }
        int others = 0;
        for (std::size_t k = i - around; k <= i + around && 2 * others < step; ++k) {
            others = k + itself < i || k > i + itself ? std::max(others, stepAt(k)) : others;
        }
        if (2 * others < step) {
            ++found;
            quietUntil = i + itself;
        }
    }
    return found;
}

} // namespace hs::test
