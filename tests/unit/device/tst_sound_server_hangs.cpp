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

// Stands between the sound server and its clients: the first connection, with which we watch over
// the server, gets through; what comes after it is taken and never answered. So Qt Multimedia
// blocks for ever, in a server that is seen to answer.
class OneConnectionOnly {
public:
    explicit OneConnectionOnly(const QString& server)
        : m_server(server)
    {
        QObject::connect(&m_listener, &QLocalServer::newConnection, &m_listener,
                         [this] { take(); });
    }
    bool listen(const QString& path) { return m_listener.listen(path); }
    int connections() const { return m_connections; }

private:
    void take()
    {
        QLocalSocket* client = m_listener.nextPendingConnection();
        if (++m_connections > 1) {
            return;
        }
        auto* server = new QLocalSocket(client);
        server->connectToServer(m_server);
        server->waitForConnected();
        QObject::connect(client, &QLocalSocket::readyRead, server,
                         [=] { server->write(client->readAll()); });
        QObject::connect(server, &QLocalSocket::readyRead, client,
                         [=] { client->write(server->readAll()); });
        server->write(client->readAll());
    }

    QString m_server;
    QLocalServer m_listener;
    int m_connections = 0;
};

} // namespace

// The device thread hangs in the sound server's library, for ever. That this process ends at all is
// part of the test: Qt's static objects would wait for that thread.
class SoundServerHangsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isToldAndLeftBehind();
};

void SoundServerHangsTest::isToldAndLeftBehind()
{
    test::PulseServer pulse;
    QVERIFY2(pulse.start(), qPrintable(pulse.problem()));
    // Outlives every destructor, so that the thread still hangs when the process ends.
    static OneConnectionOnly* between =
        std::make_unique<OneConnectionOnly>(pulse.socketPath()).release();
    const QString path = pulse.socketPath() + u"-between"_s;
    QVERIFY(between->listen(path));
    qputenv("PULSE_SERVER", "unix:" + path.toUtf8());

    test::Operator told;
    auto device = std::make_unique<device::QtAudioDevice>(QString());
    device->setListener(told.listener());
    test::TestCall call(440);
    device->openHeadset(call.rings());
    QTRY_VERIFY_WITH_TIMEOUT(told.problem().contains(u"hangs"_s), soon);
    QVERIFY(between->connections() > 1);

    auto next = std::make_shared<audio::HeadsetRings>();
    const std::weak_ptr<audio::HeadsetRings> kept = next;
    device->openHeadset(std::move(next));
    QVERIFY(kept.expired()); // the calls meanwhile cost nothing

    QElapsedTimer timer;
    timer.start();
    device->setRinging(true);
    device->closeHeadset();
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    QTest::ignoreMessage(QtWarningMsg, "The sound server hangs; its thread is left behind.");
    device.reset();
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(SoundServerHangsTest)
#include "tst_sound_server_hangs.moc"
