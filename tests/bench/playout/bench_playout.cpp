// A minute of speech through 5 % of loss and 40 ms of jitter, as G.711: with the playout that
// adapts and with a buffer of 60 ms, over the same networks in the same run. Measures against the
// clean recording: segmental signal-to-noise ratio (frames of 20 ms, -10..35 dB) and log-spectral
// distance in critical bands, each frame where it fits best; the delay; and the processor's time.
#include "audio/G711.h"
#include "audio/G711Codec.h"
#include "base/Random.h"
#include "media/Playout.h"
#include "support/SpeechQuality.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <map>

using namespace hs;
using namespace std::chrono_literals;
using Samples = std::vector<std::int16_t>;

namespace {

constexpr std::size_t packetSamples = 160;

struct Network {
    const char* name;
    double lossPercent;
    double uniformMs;
    double tailMs; // of an exponential distribution, as a mean
};

struct Outcome {
    Samples heard;
    double delayMs = 0; // mean of what the stats say
    double cpuUs = 0; // for each second of a call
    rtp::JitterStats stats;
};

double cpuSeconds()
{
    return double(std::clock()) / CLOCKS_PER_SEC;
}

Outcome run(const Samples& said, const Network& network, std::optional<int> fixedMs)
{
    std::vector<std::byte> codes(said.size());
    audio::encodeAlaw(said, codes);
    base::Random random(17);
    std::multimap<double, std::size_t> arrivals; // ms, packet
    for (std::size_t i = 0; i * packetSamples < said.size(); ++i) {
        const bool isLost = random.u32() / 4294967296.0 * 100 < network.lossPercent;
        const double share = random.u32() / 4294967296.0;
        const double late = share * network.uniformMs - std::log(1 - share) * network.tailMs;
        if (!isLost) {
            arrivals.emplace(double(i) * 20 + late, i);
        }
    }
    audio::G711Decoder alaw(audio::G711Law::A);
    media::Playout playout(8000, fixedMs);
    playout.setDecoder(8, &alaw);
    Outcome outcome;
    const base::TimePoint began{1h};
    auto next = arrivals.begin();
    int frames = 0;
    const double cpu = cpuSeconds();
    for (double at = 7; outcome.heard.size() < said.size(); at += 20) {
        for (; next != arrivals.end() && next->first <= at; ++next) {
            const std::size_t from = next->second * packetSamples;
            playout.put({8, false, static_cast<std::uint16_t>(next->second),
                         static_cast<std::uint32_t>(from), 1},
                        std::span(codes).subspan(from, packetSamples),
                        began + base::Duration(static_cast<std::int64_t>(next->first * 1e6)));
        }
        std::array<std::int16_t, packetSamples> out;
        playout.play(out, began + base::Duration(static_cast<std::int64_t>(at * 1e6)));
        outcome.heard.insert(outcome.heard.end(), out.begin(), out.end());
        outcome.delayMs += playout.stats().delayMs;
        ++frames;
    }
    outcome.cpuUs = (cpuSeconds() - cpu) * 1e6 / (double(said.size()) / 8000);
    outcome.delayMs /= frames;
    outcome.stats = playout.stats();
    return outcome;
}

void print(const char* name, const Samples& said, const Outcome& outcome)
{
    const test::Quality is = test::alignedQuality(said, outcome.heard, 8000, 300);
    std::printf(
        "  %-12s segmental SNR %5.2f dB  spectral distance %5.2f dB  delay %5.1f ms  late %4d"
        "  concealed %5d ms  stretched %4d ms  removed %4d ms  clicks %d  CPU %.0f us/s\n",
        name, is.segmentalSnrDb, is.spectralDistanceDb, outcome.delayMs,
        int(outcome.stats.packetsLate), int(outcome.stats.samplesConcealed / 8),
        int(outcome.stats.samplesStretched / 8), int(outcome.stats.samplesRemoved / 8),
        test::clicks(outcome.heard, 8000), outcome.cpuUs);
}

} // namespace

int main()
{
    const Samples said = test::speech(8000, 60'000);
    const std::array networks{
        Network{"nothing lost, no jitter", 0, 0, 0},
        Network{"5 % lost, 0..40 ms late", 5, 40, 0},
        Network{"5 % lost, 40 ms late on average, few far more", 5, 0, 40},
        Network{"nothing lost, 0..100 ms late", 0, 100, 0},
    };
    for (const Network& network : networks) {
        std::printf("%s\n", network.name);
        print("adaptive", said, run(said, network, std::nullopt));
        print("fixed 60 ms", said, run(said, network, 60));
    }
    return 0;
}
