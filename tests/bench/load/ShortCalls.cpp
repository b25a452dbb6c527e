#include "ShortCalls.h"

#include "ProcessFigures.h"
#include "Waiting.h"

#include <QUdpSocket>

#include <cstdio>

namespace hs::bench {

namespace {
constexpr int betweenMs = 20;
constexpr std::uint32_t firstNumber = 900'000;
} // namespace

bool measureShortCalls(int calls, DaemonProcess& daemon, FarAgent& agent)
{
    QUdpSocket rtp; // takes what the daemon sends until it knows of the end
    rtp.bind(QHostAddress::LocalHost);
    int established = 0;
    int failed = 0;
    agent.setEvents({[&](std::uint32_t number, std::uint16_t) {
                         ++established;
                         agent.hangUp(number);
                     },
                     [&](std::uint32_t, const QString& why) {
                         ++failed;
                         std::printf("  a call failed: %s\n", qPrintable(why));
                     }});
    const ThreadCpu before = threadCpuMs(daemon.pid());
    for (int i = 0; i < calls; ++i) {
        agent.dial(firstNumber + static_cast<std::uint32_t>(i), rtp.localPort(), daemon.sip());
        wait(betweenMs);
    }
    const bool over =
        waitUntil([&] { return established + failed == calls && agent.allOver(); }, 10'000);
    wait(1500); // until recordings and call log are closed
    const ThreadCpu used = difference(threadCpuMs(daemon.pid()), before);
    std::printf("set-up and end: %d calls, %d a second, recorded: %.3f ms CPU for each call\n",
                established, 1000 / betweenMs, totalMs(used) / calls);
    for (const auto& [name, ms] : used) {
        std::printf("  %-16s %.3f ms\n", name.constData(), ms / calls);
    }
    std::printf("  memory           %.1f MiB\n", residentMiB(daemon.pid()));
    for (const QString& name : daemon.recordings().entryList(QDir::Files)) {
        daemon.recordings().remove(name);
    }
    return over && failed == 0 && established == calls;
}

} // namespace hs::bench
