// How a call sounds over a bad network, from engine to engine: SIP, RTP, a line that loses and
// delays, the adaptive playout, a program that listens; and with a buffer of 60 ms that never
// changes, fed with the very packets that arrived. Measured against the clean recording: segmental
// signal-to-noise ratio (frames of 20 ms, -10..35 dB), log-spectral distance in critical bands, and
// the delay from the talker's queue to the listener's ear, each frame where it fits best.
#include "scenario/network/ImpairedCall.h"
#include "scenario/network/Networks.h"

#include <QLoggingCategory>

#include <cstdio>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

namespace {

void print(const char* name, const Quality& is, int clickCount)
{
    std::printf("  %-12s segmental SNR %5.2f dB  spectral distance %5.2f dB  delay %5.1f ms (most "
                "%5.1f)  clicks %d\n",
                name, is.segmentalSnrDb, is.spectralDistanceDb, is.delayMs, is.mostDelayMs,
                clickCount);
}

void compare(const Network& network)
{
    ImpairedCall call;
    call.impair(network.impairments);
    if (!call.establish()) {
        std::printf("%s: no call\n", network.name);
        return;
    }
    call.run(5s); // the playout gets to know the line
    const Quality adaptive = call.hears(60'000);
    const Samples other = call.throughFixedBuffer(60);
    const Quality fixed = alignedQuality(call.said, other, 8000, 400);
    const ImpairedLine::Counts& counts = call.there().counts();
    std::printf("%s (%.1f %% lost)\n", network.name,
                100 * double(counts.lost) / double(counts.sent));
    print("adaptive", adaptive, clicks(call.heard, 8000));
    print("fixed 60 ms", fixed, clicks(other, 8000));
    std::printf("  adaptive to fixed: SNR %+.2f dB, distance %+.2f dB, delay %.2f times; the "
                "listener's console shows MOS %.2f, jitter %.1f ms, %llu lost, %llu too late\n",
                adaptive.segmentalSnrDb - fixed.segmentalSnrDb,
                adaptive.spectralDistanceDb - fixed.spectralDistanceDb,
                adaptive.delayMs / fixed.delayMs,
                call.atListener().media.mosReceivedAverageCentis / 100.0,
                call.atListener().media.jitterUs / 1000.0,
                static_cast<unsigned long long>(call.atListener().media.packetsLost),
                static_cast<unsigned long long>(call.atListener().media.packetsDiscarded));
}

} // namespace

int main()
{
    QLoggingCategory::setFilterRules(QStringLiteral("hs.*=false"));
    for (const Network& network : networks()) {
        compare(network);
        std::fflush(stdout);
    }
    return 0;
}
