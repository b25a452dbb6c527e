// CPU time of the core thread for each audio message that reaches a client of the text protocol,
// and for each that comes from one. A hundred calls, delivered as the media thread does: every 5 ms
// the frames of a quarter of them. The clients read in a thread of their own, which is not counted.
#include "base/QtScheduler.h"
#include "control/ControlServer.h"
#include "support/FakeAudioPorts.h"
#include "support/FakeCallControl.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QThread>
#include <QUrl>
#include <QWebSocket>

#include <atomic>
#include <cstdio>
#include <ctime>

using namespace hs;
using namespace hs::control;
using namespace hs::test;

namespace {
constexpr int callCount = 100;
constexpr int framesInATick = callCount / 4;
constexpr int ticks = 2000;

double threadCpuUs()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e6 + double(now.tv_nsec) / 1e3;
}

struct Setup {
    Setup()
        : scheduler(clock)
        , server(calls, ports, settings(), scheduler)
    {
        if (!server.listen()) {
            qFatal("cannot listen");
        }
        for (int i = 0; i < callCount; ++i) {
            const model::CallId call = calls.ringIn(QStringLiteral("1"));
            ports.open(call);
            if (calls.answer(call, model::Actor::machine())) {
                calls.acknowledge(call);
            }
        }
    }

    static ControlSettings settings()
    {
        ControlSettings settings;
        settings.listen = {{base::IpAddress::loopbackV4(), 0}};
        return settings;
    }

    QUrl url(const char* query) const
    {
        return QUrl(QStringLiteral("ws://%1/%2")
                        .arg(QString::fromLatin1(server.endpoints().value(0).toString()),
                             QString::fromLatin1(query)));
    }

    bool hasUnread() const
    {
        const QList<model::Client> all = server.clients();
        return std::any_of(all.begin(), all.end(),
                           [](const model::Client& each) { return each.queuedBytes > 0; });
    }

    base::SystemClock clock;
    base::QtScheduler scheduler;
    FakeCallControl calls;
    FakeAudioPorts ports;
    ControlServer server;
};

void run()
{
    QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
}

void measureToClients(const char* query, int listeners)
{
    Setup setup;
    std::atomic<quint64> received = 0;
    QThread reading;
    QObject inThread;
    inThread.moveToThread(&reading);
    reading.start();
    for (int i = 0; i < listeners; ++i) {
        QMetaObject::invokeMethod(&inThread, [&, url = setup.url(query)] {
            auto* socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, &inThread);
            QObject::connect(socket, &QWebSocket::textMessageReceived, socket,
                             [&received] { ++received; });
            socket->open(url);
        });
    }
    while (setup.server.clients().size() < listeners) {
        run();
    }
    const QByteArray payload(160, '\x55');
    const std::vector<std::int16_t> samples(160, 1234);
    const bool isPcm = QByteArrayView(query).contains("base64");
    double cpu = 0;
    for (int tick = 0; tick < ticks; ++tick) {
        std::vector<media::TapFrame> frames;
        for (int i = 0; i < framesInATick; ++i) {
            media::TapFrame frame;
            frame.call = model::CallId(1 + (tick * framesInATick + i) % callCount);
            frame.kind = isPcm ? media::TapFrame::Kind::Pcm : media::TapFrame::Kind::Packet;
            frame.payloadType = 8;
            frame.bytes = isPcm ? std::as_bytes(std::span(samples))
                                : std::as_bytes(std::span(payload.data(), 160));
            frames.push_back(frame);
        }
        const double before = threadCpuUs();
        setup.ports.speak(frames);
        QCoreApplication::processEvents();
        cpu += threadCpuUs() - before;
        while (setup.hasUnread()) {
            run();
        }
    }
    const quint64 sent = quint64(ticks) * framesInATick * quint64(listeners);
    while (received < sent) {
        run();
    }
    std::printf(
        "%-14s %d listeners: %6.2f us for each message to a client, %6.2f us for each frame\n",
        query, listeners, cpu / double(sent), cpu / (ticks * framesInATick));
    QMetaObject::invokeMethod(
        &inThread, [&] { qDeleteAll(inThread.children()); }, Qt::BlockingQueuedConnection);
    reading.quit();
    reading.wait();
}

void measureFromClient()
{
    Setup setup;
    QThread writing;
    QObject inThread;
    inThread.moveToThread(&writing);
    writing.start();
    constexpr int messages = 50'000;
    QMetaObject::invokeMethod(&inThread, [&, url = setup.url("?rtp=off")] {
        auto* socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, &inThread);
        QObject::connect(socket, &QWebSocket::connected, socket, [socket] {
            const QString audio = QString::fromLatin1(QByteArray(320, '\x12').toBase64());
            for (int i = 0; i < messages; ++i) {
                socket->sendTextMessage(
                    QStringLiteral("RTP:call-%1##%2").arg(1 + i % callCount).arg(audio));
            }
        });
        socket->open(url);
    });
    const auto played = [&] {
        int all = 0;
        for (int i = 1; i <= callCount; ++i) {
            all += static_cast<FakeAudioPort*>(setup.ports.find(model::CallId(i)))->plays;
        }
        return all;
    };
    double cpu = 0;
    while (played() < messages) {
        const double before = threadCpuUs();
        run();
        cpu += threadCpuUs() - before;
    }
    std::printf("RTP:id##base64, 20 ms: %6.2f us for each message from a client\n", cpu / messages);
    QMetaObject::invokeMethod(
        &inThread, [&] { qDeleteAll(inThread.children()); }, Qt::BlockingQueuedConnection);
    writing.quit();
    writing.wait();
}
} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(QStringLiteral("hs.*=false"));
    for (const char* query : {"?rtp=hex", "?rtp=pt_hex", "?rtp=base64"}) {
        for (const int listeners : {1, 2, 8}) {
            measureToClients(query, listeners);
        }
    }
    measureFromClient();
    return 0;
}
