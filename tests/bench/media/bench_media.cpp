// What the media engine costs and how evenly it sends: N calls on loopback, 20 ms of PCMA both
// ways, each recorded in stereo, against far ends in another process.
//   bench_media [calls] [seconds] [listeners: none, packets, pcm or both] [record: yes or no]
// With 0 calls it measures the idle engine. Figures are of the engine's threads alone.
#include "RtpGenerator.h"
#include "base/QtSocketFactory.h"
#include "media/MediaEngine.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

using namespace hs;

namespace {

// CPU time of this process's threads, by name, in ms.
std::map<QByteArray, double> threadCpuMs()
{
    std::map<QByteArray, double> result;
    const auto contents = [](const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    };
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QByteArray name = contents(tasks.filePath(task + QStringLiteral("/comm")));
        const QByteArray times = contents(tasks.filePath(task + QStringLiteral("/schedstat")));
        result[name] += times.left(times.indexOf(' ')).toDouble() / 1e6;
    }
    return result;
}

QByteArray residentMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    file.open(QIODevice::ReadOnly);
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS")) {
            return line.mid(6).trimmed();
        }
    }
    return {};
}

class Listener final : public media::AudioTap {
public:
    void onFrames(std::span<const media::TapFrame> frames) override
    {
        for (const media::TapFrame& frame : frames) {
            ++(frame.kind == media::TapFrame::Kind::Pcm ? pcm : packets);
        }
    }
    std::uint64_t packets = 0;
    std::uint64_t pcm = 0;
};

void wait(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

void printCpu(const std::map<QByteArray, double>& before, double callSeconds, double seconds)
{
    double all = 0;
    for (const auto& [name, ms] : threadCpuMs()) {
        const auto earlier = before.find(name);
        const double used = ms - (earlier == before.end() ? 0 : earlier->second);
        all += used;
        std::printf("  %-16s %8.1f ms CPU", name.constData(), used);
        if (callSeconds > 0) {
            std::printf("  %.3f ms per call-second", used / callSeconds);
        }
        std::printf("\n");
    }
    std::printf("  %-16s %8.1f ms CPU", "all", all);
    if (callSeconds > 0) {
        std::printf("  %.3f ms per call-second", all / callSeconds);
    }
    std::printf("  (%.2f %% of a core)\n", all / seconds / 10);
}

struct Choice {
    int calls = 100;
    int seconds = 20;
    bool packets = false;
    bool pcm = false;
    bool record = true;
};

using Sessions = std::vector<std::unique_ptr<media::MediaSession>>;

std::unique_ptr<media::MediaSession> openSession(media::MediaEngine& engine, int number,
                                                 std::uint16_t remotePort, const Choice& choice,
                                                 const QString& folder)
{
    const base::IpAddress loopback = base::IpAddress::loopbackV4();
    auto opened = engine.open({static_cast<model::CallId>(number + 1), loopback});
    if (!opened) {
        std::fprintf(stderr, "%s\n", qPrintable(opened.error().text));
        std::exit(1);
    }
    auto session = std::move(opened).value();
    media::MediaParameters parameters;
    parameters.remoteRtp = {loopback, remotePort};
    session->setParameters(parameters);
    session->setListeners(choice.packets ? 1 : 0, choice.pcm ? 1 : 0);
    if (choice.record) {
        session->startRecording({QStringLiteral("%1/%2.wav").arg(folder).arg(number), true});
    }
    session->start();
    return session;
}

// A client's voice in each call, so that there is something to encode.
void speak(const Sessions& sessions)
{
    const std::vector<std::int16_t> voice(8000, 1234);
    for (const auto& session : sessions) {
        if (session->queuedMs() < 2000) {
            static_cast<void>(session->play(voice));
        }
    }
}

void printResult(const bench::GeneratorResult& result, std::uint64_t heard)
{
    std::printf(
        "gap error          p50 %.0f us  p99 %.0f us  p99.9 %.0f us  max %.0f us  (%llu gaps)\n",
        result.p50Us, result.p99Us, result.p999Us, result.maxUs,
        static_cast<unsigned long long>(result.gaps));
    std::printf(
        "packets            sent to us %llu, heard %llu; sent by us and lost %llu of %llu\n",
        static_cast<unsigned long long>(result.sent), static_cast<unsigned long long>(heard),
        static_cast<unsigned long long>(result.lost),
        static_cast<unsigned long long>(result.received));
    std::printf("generator          %.2f s CPU\n", result.cpuSeconds);
}

void run(const Choice& choice, bench::RtpGenerator& generator)
{
    base::SystemClock clock;
    base::QtSocketFactory sockets;
    QTemporaryDir folder;
    media::MediaEngine engine(clock, sockets, {31000, 32767}, {});
    engine.start();
    Listener listener;
    engine.addTap(listener);
    Sessions sessions;
    std::vector<std::uint16_t> ports;
    for (int i = 0; i < choice.calls; ++i) {
        sessions.push_back(openSession(engine, i, generator.ports()[static_cast<std::size_t>(i)],
                                       choice, folder.path()));
        ports.push_back(sessions.back()->localRtp().port());
    }
    QTimer speaker;
    QObject::connect(&speaker, &QTimer::timeout, &speaker, [&] { speak(sessions); });
    speaker.start(1000);
    generator.begin(ports, choice.seconds + 2);
    wait(1000);
    const auto before = threadCpuMs();
    wait(choice.seconds * 1000);
    printCpu(before, double(choice.calls) * choice.seconds, choice.seconds);
    std::printf("  resident memory  %s\n", residentMemory().constData());
    while (!generator.isFinished()) {
        wait(50);
    }
    wait(600); // until the last statistics are here
    std::uint64_t heard = 0;
    for (const auto& session : sessions) {
        heard += session->stats().packetsReceived;
    }
    printResult(generator.result(), heard);
    sessions.clear();
    const bool closed = engine.closeRecordings(std::chrono::seconds(10));
    std::printf("tap frames         packets %llu  pcm %llu;  recordings %s\n",
                static_cast<unsigned long long>(listener.packets),
                static_cast<unsigned long long>(listener.pcm), closed ? "closed" : "NOT CLOSED");
}

} // namespace

int main(int argc, char** argv)
{
    Choice choice;
    choice.calls = argc > 1 ? std::atoi(argv[1]) : choice.calls;
    choice.seconds = argc > 2 ? std::atoi(argv[2]) : choice.seconds;
    const QByteArray listeners = argc > 3 ? argv[3] : "none";
    choice.packets = listeners == "packets" || listeners == "both";
    choice.pcm = listeners == "pcm" || listeners == "both";
    choice.record = argc <= 4 || QByteArray(argv[4]) != "no";
    bench::RtpGenerator generator(choice.calls);
    generator.fork(); // before Qt has threads
    QCoreApplication application(argc, argv);
    std::printf("%d calls, %d s, listeners %s, %s\n", choice.calls, choice.seconds,
                listeners.constData(), choice.record ? "recorded" : "not recorded");
    run(choice, generator);
    return 0;
}
