#include "device/QtAudioDevice.h"
#include "unit/device/Operator.h"
#include "unit/device/PulseServer.h"

#include <QElapsedTimer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QTest>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int soon = 20000;

// Stands between the sound server and its clients. What the server says on any but the first
// connection, with which we watch over it, can be held back.
class Valve {
public:
    explicit Valve(const QString& server)
        : m_server(server)
    {
        QObject::connect(&m_listener, &QLocalServer::newConnection, &m_listener,
                         [this] { take(); });
    }
    bool listen(const QString& path) { return m_listener.listen(path); }
    int connections() const { return m_connections; }
    void close() { m_isClosed = true; }
    void open()
    {
        m_isClosed = false;
        for (const Pair& pair : m_pairs) {
            pass(pair);
        }
    }

private:
    struct Pair {
        QPointer<QLocalSocket> client;
        QPointer<QLocalSocket> server;
    };

    void take()
    {
        QLocalSocket* client = m_listener.nextPendingConnection();
        auto* server = new QLocalSocket(client);
        const bool isFirst = ++m_connections == 1;
        server->connectToServer(m_server);
        server->waitForConnected();
        QObject::connect(client, &QLocalSocket::readyRead, server,
                         [=] { server->write(client->readAll()); });
        const Pair pair{client, server};
        QObject::connect(server, &QLocalSocket::readyRead, client, [this, pair, isFirst] {
            if (isFirst || !m_isClosed) {
                pass(pair);
            }
        });
        m_pairs.push_back(pair);
        server->write(client->readAll());
    }
    static void pass(const Pair& pair)
    {
        if (pair.client && pair.server) {
            pair.client->write(pair.server->readAll());
        }
    }

    QString m_server;
    QLocalServer m_listener;
    std::vector<Pair> m_pairs;
    int m_connections = 0;
    bool m_isClosed = false;
};

} // namespace

// The server takes the opening of a stream and does not answer that, while it answers all else:
// PipeWire does so with a device that agrees to no format.
class SoundServerStallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStreamThatDoesNotOpenIsGivenUp();
};

void SoundServerStallsTest::aStreamThatDoesNotOpenIsGivenUp()
{
    test::PulseServer pulse;
    QVERIFY2(pulse.start(), qPrintable(pulse.problem()));
    Valve valve(pulse.socketPath());
    const QString path = pulse.socketPath() + u"-valve"_s;
    QVERIFY(valve.listen(path));
    qputenv("PULSE_SERVER", "unix:" + path.toUtf8());

    test::Operator told;
    device::QtAudioDevice device{QString()};
    device.setListener(told.listener());
    device.setSettings(test::unprocessed());
    test::TestCall call(440);
    test::SinkEar ear(u"ear"_s);
    device.openHeadset(call.rings());
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    device.closeHeadset();
    qputenv("PULSE_SERVER", "unix:" + pulse.socketPath().toUtf8()); // of pactl
    const auto isOpen = [&pulse](const QString& kind) {
        return pulse.pactl({u"list"_s, kind}).contains("Telephone call");
    };
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(u"source-outputs"_s), soon);

    valve.close();
    device.openHeadset(call.rings());
    QTRY_VERIFY_WITH_TIMEOUT(told.problem().contains(u"can't be opened"_s), soon);
    QTRY_VERIFY_WITH_TIMEOUT(isOpen(u"source-outputs"_s), soon); // as the server has it
    device.closeHeadset();
    QTRY_COMPARE_WITH_TIMEOUT(call.rings().use_count(), 1L, soon); // the device thread is alive
    valve.open();
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(u"source-outputs"_s), soon);
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(u"sink-inputs"_s), soon);
    device.openHeadset(call.rings());
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(told.problem(), QString(), soon);
}

QTEST_GUILESS_MAIN(SoundServerStallsTest)
#include "tst_sound_server_stalls.moc"
