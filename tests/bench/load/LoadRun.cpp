#include "LoadRun.h"

#include "ProcessFigures.h"
#include "Waiting.h"

#include <QTimer>

#include <cstdio>
#include <unistd.h>

namespace hs::bench {

namespace {

constexpr int betweenCallsMs = 20;
// Until all that listen know of the call: what comes before is not theirs to hear.
constexpr int beforeSpeechMs = 250;
constexpr int settleMs = 1500;
constexpr int afterSpeechMs = 300;
constexpr int mostMs = 20'000;

unsigned long long number(std::uint64_t value)
{
    return value;
}

} // namespace

LoadRun::LoadRun(const Options& options, DaemonProcess& daemon, FarAgent& agent,
                 RtpGenerator& generator)
    : m_options(options)
    , m_daemon(daemon)
    , m_agent(agent)
    , m_generator(generator)
{
}

bool LoadRun::run()
{
    std::printf("%d recorded calls, %d of them dialled by the daemon, %d listeners, %d s\n",
                m_options.calls, m_options.dialled, m_options.listeners, m_options.seconds);
    const double memoryBefore = residentMiB(m_daemon.pid());
    if (!connectListeners() || !establish()) {
        std::printf("  FAILED: %d of %d calls established, %d failed\n", m_established,
                    m_options.calls, m_failed);
        m_generator.finish();
        return false;
    }
    wait(settleMs);
    measure();
    const double memoryDuring = residentMiB(m_daemon.pid());
    end();
    const bool nothingLost = printLoss();
    m_listeners.reset();
    std::printf("  memory           %.1f MiB before, %.1f MiB with the calls (%.0f KiB each), "
                "%.1f MiB after\n",
                memoryBefore, memoryDuring, (memoryDuring - memoryBefore) * 1024 / m_options.calls,
                residentMiB(m_daemon.pid()));
    return nothingLost && m_failed == 0;
}

bool LoadRun::connectListeners()
{
    if (m_options.listeners == 0) {
        return true;
    }
    m_listeners = std::make_unique<Listeners>(m_options.listeners, m_daemon.webSocket());
    if (m_options.dialled > 0) {
        m_listeners->setVoice(voiceSamples(m_options.seconds + 10));
    }
    if (!waitUntil([this] { return m_listeners->areConnected(); }, mostMs)) {
        std::printf("  the listeners can't connect\n");
        return false;
    }
    return true;
}

bool LoadRun::establish()
{
    m_agent.setEvents({[this](std::uint32_t call, std::uint16_t remotePort) {
                           ++m_established;
                           QTimer::singleShot(beforeSpeechMs, &m_context, [this, call, remotePort] {
                               m_generator.speak(indexOf(call), remotePort);
                           });
                       },
                       [this](std::uint32_t call, const QString& why) {
                           ++m_failed;
                           std::printf("  call %u failed: %s\n", call, qPrintable(why));
                       }});
    for (int i = 0; i < m_options.calls; ++i) {
        const std::uint32_t call = m_options.firstNumber + static_cast<std::uint32_t>(i);
        if (i % 2 == 1 && i / 2 < m_options.dialled) {
            m_agent.await(call, m_generator.port(i));
            m_listeners->dial(call, m_agent.address());
        } else {
            m_agent.dial(call, m_generator.port(i), m_daemon.sip());
        }
        wait(betweenCallsMs);
    }
    return waitUntil([this] { return m_established + m_failed >= m_options.calls; }, mostMs)
        && m_failed == 0;
}

void LoadRun::measure()
{
    m_generator.measure();
    const ThreadCpu before = threadCpuMs(m_daemon.pid());
    const double ownBefore = totalMs(threadCpuMs(::getpid()));
    wait(m_options.seconds * 1000);
    const ThreadCpu used = difference(threadCpuMs(m_daemon.pid()), before);
    const double callSeconds = double(m_options.calls) * m_options.seconds;
    printCpu(used, callSeconds, m_options.seconds);
    std::printf("  all, bare packets = 1: %.1f\n",
                totalMs(used) / callSeconds / m_options.yardstickMs);
    std::printf("  far ends' signalling and listeners (not counted): %.1f ms CPU\n",
                totalMs(threadCpuMs(::getpid())) - ownBefore);
}

void LoadRun::end()
{
    m_generator.quiet();
    wait(afterSpeechMs);
    for (int i = 0; i < m_options.calls; ++i) {
        m_agent.hangUp(m_options.firstNumber + static_cast<std::uint32_t>(i));
        wait(5);
    }
    if (!waitUntil([this] { return m_agent.allOver(); }, mostMs)) {
        std::printf("  FAILED: calls that the daemon does not end\n");
        ++m_failed;
    }
    wait(settleMs); // until the recordings are closed
}

bool LoadRun::printLoss()
{
    const RtpGenerator::Result result = m_generator.finish();
    print(result.report);
    std::map<std::uint32_t, std::uint32_t> sent;
    for (std::size_t i = 0; i < result.sentByCall.size(); ++i) {
        sent[m_options.firstNumber + static_cast<std::uint32_t>(i)] = result.sentByCall[i];
    }
    const RecordingReport recorded = checkRecordings(m_daemon.recordings(), sent);
    std::printf(
        "  recordings       %d files, frames %llu, missing %llu, apart %llu, of no call %d\n",
        recorded.files, number(recorded.frames), number(recorded.missing), number(recorded.apart),
        recorded.withoutCall);
    for (const QString& name : m_daemon.recordings().entryList(QDir::Files)) {
        m_daemon.recordings().remove(name);
    }
    const bool heard = printListeners(result.sentByCall);
    return heard && result.report.deviations() == 0 && recorded.missing == 0 && recorded.apart == 0
        && recorded.withoutCall == 0;
}

bool LoadRun::printListeners(const std::vector<std::uint32_t>& sent)
{
    bool allHeard = true;
    const auto reports = m_listeners ? m_listeners->reports() : std::vector<ListenerReport>();
    for (const ListenerReport& report : reports) {
        std::uint64_t lost = report.skipped;
        for (std::size_t i = 0; i < sent.size(); ++i) {
            const auto next =
                report.nextByCall.find(m_options.firstNumber + static_cast<std::uint32_t>(i));
            lost += sent[i] - (next == report.nextByCall.end() ? 0 : next->second);
        }
        std::printf("  a listener       frames %llu, lost %llu, twice or late %llu, wrong %llu\n",
                    number(report.frames), number(lost), number(report.twiceOrLate),
                    number(report.wrong));
        for (const QString& complaint : report.complaints) {
            std::printf("                   %s\n", qPrintable(complaint));
        }
        allHeard = allHeard && lost + report.twiceOrLate + report.wrong == 0
            && report.complaints.isEmpty();
    }
    return allHeard;
}

} // namespace hs::bench
