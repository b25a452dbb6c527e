// What recorded calls cost the real daemon, from the wire to the disk and to its clients, and
// whether a frame is lost on the way: far ends of ours make calls by SIP, send numbered RTP on the
// grid and check each packet that comes back, while the daemon plays a file into each call.
//   bench_calls [calls] [seconds] [hookswitchd]
// Figures are of the daemon's threads alone; what the far ends and the listeners use of the same
// cores stands beside them. Ends with 1 if a frame was lost or a call failed.
#include "DaemonProcess.h"
#include "FarAgent.h"
#include "LoadRun.h"
#include "LoopbackYardstick.h"
#include "ProcessFigures.h"
#include "ShortCalls.h"
#include "Waiting.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <csignal>
#include <cstdio>
#include <sys/resource.h>

using namespace hs;
using namespace hs::bench;

namespace {

constexpr int idleSeconds = 10;
constexpr int shortCalls = 200;
constexpr int yardstickSeconds = 4;
constexpr std::uint32_t numbersApart = 10'000; // between the calls of one run and the next

void raiseDescriptorLimit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

void measureIdle(const DaemonProcess& daemon)
{
    wait(1000);
    const ThreadCpu before = threadCpuMs(daemon.pid());
    wait(idleSeconds * 1000);
    std::printf("idle, %d s\n", idleSeconds);
    printCpu(difference(threadCpuMs(daemon.pid()), before), 0, idleSeconds);
    std::printf("  memory           %.1f MiB\n", residentMiB(daemon.pid()));
    std::printf("  in real time     %s\n", realTimeThreads(daemon.pid()).constData());
}

std::vector<LoadRun::Options> runs(int calls, int seconds)
{
    LoadRun::Options alone;
    alone.calls = calls;
    alone.seconds = seconds;
    alone.firstNumber = numbersApart;
    LoadRun::Options heard = alone;
    heard.listeners = 2;
    heard.firstNumber = 2 * numbersApart;
    LoadRun::Options mixed = heard;
    mixed.dialled = calls / 2;
    mixed.firstNumber = 3 * numbersApart;
    return {alone, heard, mixed};
}

bool measure(const std::vector<LoadRun::Options>& all, const QString& program,
             std::vector<std::unique_ptr<RtpGenerator>>& generators)
{
    DaemonProcess daemon(program, voiceSamples(all.front().seconds + 10));
    if (const auto started = daemon.start(); !started) {
        std::printf("%s\n", qPrintable(started.error().text));
        return false;
    }
    std::printf("%s is process %d\n", qPrintable(program), static_cast<int>(daemon.pid()));
    FarAgent agent;
    measureIdle(daemon);
    bool good = measureShortCalls(shortCalls, daemon, agent);
    for (std::size_t i = 0; i < all.size(); ++i) {
        good = LoadRun(all[i], daemon, agent, *generators[i]).run() && good;
    }
    if (const auto stopped = daemon.stop(); !stopped) {
        std::printf("FAILED: %s\n", qPrintable(stopped.error().text));
        good = false;
    }
    const QStringList complaints = daemon.complaints();
    for (const QString& line : complaints.first(std::min<qsizetype>(complaints.size(), 10))) {
        std::printf("the daemon's log: %s\n", qPrintable(line));
    }
    return good;
}

} // namespace

int main(int argc, char** argv)
{
    const int calls = argc > 1 ? std::atoi(argv[1]) : 100;
    const int seconds = argc > 2 ? std::atoi(argv[2]) : 20;
    const QString program = QString::fromLocal8Bit(argc > 3 ? argv[3] : HS_DAEMON);
    if (calls < 1 || calls >= int(numbersApart) || seconds < 1 || argc > 4) {
        std::fprintf(stderr, "usage: bench_calls [calls] [seconds] [hookswitchd]\n");
        return 2;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::signal(SIGPIPE, SIG_IGN);
    raiseDescriptorLimit();
    std::vector<LoadRun::Options> all = runs(calls, seconds);
    std::vector<std::unique_ptr<RtpGenerator>> generators;
    for (const LoadRun::Options& each : all) {
        generators.push_back(
            std::make_unique<RtpGenerator>(RtpGenerator::Options{calls, each.firstNumber, true}));
        generators.back()->fork(); // before Qt has threads
    }
    const QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(QStringLiteral("hs.*=false"));
    const double yardstick = loopbackMs(calls, yardstickSeconds);
    std::printf("each packet sent and received over loopback, bare: %.3f ms CPU per call-second\n",
                yardstick);
    for (LoadRun::Options& each : all) {
        each.yardstickMs = yardstick;
    }
    const bool good = measure(all, program, generators);
    std::printf("%s\n", good ? "nothing was lost" : "FAILED: something was lost, see above");
    return good ? 0 : 1;
}
