// What the microphone's sound is worth after WebRTC's audio processing and after speexdsp's, in one
// run: how much of an echo is left (ERLE: a path with a delay and a room's response, one side
// speaking; while it is still learning, and when it has learnt), what becomes of the voice
// meanwhile (both sides speaking), how far noise goes down and the voice with it, and how even the
// level is. Prints a table; no test.
#include "bench/voice/SpeexVoice.h"
#include "support/SpeechQuality.h"
#include "unit/audio/SpeechSignals.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>

using namespace hs;
using Samples = std::vector<std::int16_t>;
using Switches = device::VoiceProcessor::Switches;

namespace {

constexpr int saidDelayMs = 80; // what the program believes of the path
constexpr int delaysMs[] = {90, 190, 300}; // what is true: nearly that, and as strange devices are
constexpr int echoMs = 40000; // WebRTC looks for a delay that was said wrong after some 15 s only
constexpr int learntMs = 24000;
constexpr int roomMs = 120;

Samples scaled(const Samples& samples, double db)
{
    Samples result(samples.size());
    const double gain = std::pow(10, db / 20);
    std::ranges::transform(samples, result.begin(), [gain](std::int16_t sample) {
        return std::int16_t(std::clamp(std::lround(sample * gain), -32768L, 32767L));
    });
    return result;
}

Samples atLevel(const Samples& samples, double dbov)
{
    return scaled(samples, dbov - test::levelDb(samples));
}

Samples sum(const Samples& a, const Samples& b)
{
    Samples result(std::min(a.size(), b.size()));
    for (std::size_t i = 0; i < result.size(); ++i) {
        result[i] = std::int16_t(std::clamp(int(a[i]) + int(b[i]), -32768, 32767));
    }
    return result;
}

Samples noise(int rate, int ms, double dbov)
{
    std::mt19937 random(7);
    std::normal_distribution<double> white(0, 32768 * std::pow(10, dbov / 20));
    Samples result(std::size_t(rate) * std::size_t(ms) / 1000);
    double low = 0; // a fan rather than a hiss
    for (std::int16_t& sample : result) {
        low = 0.7 * low + white(random);
        sample = std::int16_t(std::clamp(low * 0.7, -32768.0, 32767.0));
    }
    return result;
}

// A delay, then reflections that die away by 60 dB within 2 * roomMs.
Samples throughRoom(const Samples& played, int rate, int delayMs)
{
    std::mt19937 random(3);
    std::normal_distribution<double> normal;
    std::vector<double> room(std::size_t(rate) * roomMs / 1000);
    for (std::size_t i = 0; i < room.size(); ++i) {
        const double seconds = double(i) / rate;
        room[i] = (i == 0 ? 1.0 : 0.15 * normal(random)) * std::exp(-seconds * 6.9 / 0.24);
    }
    double power = 0;
    for (const double tap : room) {
        power += tap * tap;
    }
    const double gain = std::pow(10, -8.0 / 20) / std::sqrt(power); // -8 dB: a loud speaker
    const std::size_t late = std::size_t(rate) * std::size_t(delayMs) / 1000;
    Samples heard(played.size());
    for (std::size_t i = late; i < heard.size(); ++i) {
        double value = 0;
        const std::size_t taps = std::min(room.size(), i - late + 1);
        for (std::size_t k = 0; k < taps; ++k) {
            value += room[k] * played[i - late - k];
        }
        heard[i] = std::int16_t(std::clamp(value * gain, -32768.0, 32767.0));
    }
    return heard;
}

template <class Voice>
Samples run(int rate, const Switches& switches, const Samples& played, Samples heard)
{
    Voice voice(rate, switches);
    const std::size_t frame = std::size_t(rate) / 100;
    for (std::size_t at = 0; at + frame <= heard.size(); at += frame) {
        if (at + frame <= played.size()) {
            voice.played(std::span(played).subspan(at, frame));
        }
        voice.heard(std::span(heard).subspan(at, frame), saidDelayMs);
    }
    return heard;
}

std::span<const std::int16_t> part(const Samples& samples, int rate, int fromMs, int toMs)
{
    const auto at = [&](int ms) { return std::size_t(rate) * std::size_t(ms) / 1000; };
    return std::span(samples).subspan(at(fromMs), at(toMs) - at(fromMs));
}

double distance(std::span<const std::int16_t> clean, std::span<const std::int16_t> got, int rate)
{
    const int lag = test::bestLag(clean.first(std::size_t(rate) * 2),
                                  got.first(std::size_t(rate) * 2), rate / 20);
    return test::spectralDistanceDb(clean, got, lag, rate);
}

template <class Voice>
void measureEcho(int rate)
{
    const Samples far = atLevel(test::speech(rate, echoMs), -24);
    const Samples near = atLevel(test::speechLike(rate, echoMs, true), -26);
    for (const int delayMs : delaysMs) {
        const Samples echo = sum(throughRoom(far, rate, delayMs), noise(rate, echoMs, -72));
        const double start = double(std::clock()) / CLOCKS_PER_SEC;
        const Samples left = run<Voice>(rate, {true, false, false}, far, echo);
        const double cpu = (double(std::clock()) / CLOCKS_PER_SEC - start) * 1000 / echoMs;
        const auto erle = [&](int fromMs, int toMs) {
            return test::levelDb(part(echo, rate, fromMs, toMs))
                - test::levelDb(part(left, rate, fromMs, toMs));
        };
        Samples both = echo;
        for (std::size_t i = std::size_t(rate) * learntMs / 1000; i < both.size(); ++i) {
            both[i] = std::int16_t(std::clamp(int(both[i]) + near[i], -32768, 32767));
        }
        const Samples talk = run<Voice>(rate, {true, false, false}, far, both);
        const int from = learntMs + 1000;
        std::printf(
            "  echo after %3d ms: ERLE %5.1f dB at 4..8 s, %5.1f dB after %d s; both speak: "
            "distance %4.1f dB; %.1f ms of processor a second\n",
            delayMs, erle(4000, 8000), erle(learntMs, echoMs), learntMs / 1000,
            distance(part(near, rate, from, from + 10000), part(talk, rate, from, from + 10000),
                     rate),
            cpu * 1000);
    }
}

template <class Voice>
void measure(const char* name, int rate)
{
    std::printf("%s at %d Hz\n", name, rate);
    measureEcho<Voice>(rate);
    const Samples near = atLevel(test::speechLike(rate, 24000, true), -26);
    const Samples fan = noise(rate, 20000, -48);
    const Samples quiet(near.size());
    const Samples fanLeft = run<Voice>(rate, {false, true, false}, quiet, fan);
    const double down = test::levelDb(part(fan, rate, 5000, 20000))
        - test::levelDb(part(fanLeft, rate, 5000, 20000));
    const Samples voiced = run<Voice>(rate, {false, true, false}, quiet, sum(near, fan));
    const double distortion =
        distance(part(near, rate, 5000, 19000), part(voiced, rate, 5000, 19000), rate);
    const double voiceDown = test::levelDb(part(near, rate, 5000, 19000))
        - test::levelDb(part(voiced, rate, 5000, 19000));
    std::printf("  noise -%.1f dB, the voice in it -%.1f dB, distance %.1f dB\n  gain control:",
                down, voiceDown, distortion);
    for (const double level : {-45.0, -35.0, -25.0, -15.0}) {
        const Samples even = run<Voice>(rate, {false, false, true}, quiet, atLevel(near, level));
        std::printf(" %.0f:%.1f", level, test::levelDb(part(even, rate, 8000, 20000)));
    }
    std::printf(" dBov\n");
}

} // namespace

int main()
{
    for (const int rate : {8000, 16000, 48000}) {
        measure<device::VoiceProcessor>("webrtc", rate);
        measure<bench::SpeexVoice>("speexdsp", rate);
    }
    return 0;
}
