// What the media engine costs and how evenly it sends: N calls on loopback, 20 ms of PCMA both
// ways, each recorded in stereo, against far ends in another process.
//   bench_media [calls] [seconds] [listeners: none, packets, pcm or both] [record: yes or no]
// With 0 calls it measures the idle engine. Figures are of the engine's threads alone.
#include "ProcessFigures.h"
#include "RtpGenerator.h"
#include "base/QtSocketFactory.h"
#include "media/MediaEngine.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

using namespace hs;

namespace {

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
    for (int i = 0; i < choice.calls; ++i) {
        sessions.push_back(openSession(engine, i, generator.port(i), choice, folder.path()));
        generator.speak(i, sessions.back()->localRtp().port());
    }
    QTimer speaker;
    QObject::connect(&speaker, &QTimer::timeout, &speaker, [&] { speak(sessions); });
    speaker.start(1000);
    wait(1000);
    generator.measure();
    const auto before = bench::threadCpuMs(::getpid());
    wait(choice.seconds * 1000);
    bench::printCpu(bench::difference(bench::threadCpuMs(::getpid()), before),
                    double(choice.calls) * choice.seconds, choice.seconds);
    std::printf("  resident memory  %.1f MiB\n", bench::residentMiB(::getpid()));
    generator.quiet();
    wait(600); // until the last statistics are here
    std::uint64_t heard = 0;
    for (const auto& session : sessions) {
        heard += session->stats().packetsReceived;
    }
    bench::print(generator.finish().report);
    std::printf("  packets heard    %llu\n", static_cast<unsigned long long>(heard));
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
    bench::RtpGenerator generator({choice.calls, 0, false});
    generator.fork(); // before Qt has threads
    QCoreApplication application(argc, argv);
    std::printf("%d calls, %d s, listeners %s, %s\n", choice.calls, choice.seconds,
                listeners.constData(), choice.record ? "recorded" : "not recorded");
    run(choice, generator);
    return 0;
}
