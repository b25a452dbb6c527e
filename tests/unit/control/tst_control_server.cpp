#include "ControlFixture.h"
#include "control/ControlLimits.h"
#include "support/Soon.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace hs;
using namespace hs::control;
using namespace hs::test;

class ControlServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takenPortIsNamed();
    void addressThatIsNotOursIsNamed();
    void oneThatFailsClosesTheOthers();
    void openToOthersOnlyWithToken();
    void clientsAreListedAndTold();
    void figuresOfAClient();
    void operatorDisconnectsAClient();
    void shutdownTellsClients();
    void shutdownDropsWhoDoesNotAnswer();
    void shutdownWithoutClients();
    void deletedWithClients();
    void connectionsAreTuned();
};

namespace {
QString s(const char* text)
{
    return QString::fromLatin1(text);
}

// This process's descriptor of the connection whose other end has this name.
int descriptorTo(const QString& name)
{
    for (int descriptor = 3; descriptor < 1024; ++descriptor) {
        sockaddr_storage peer{};
        socklen_t length = sizeof peer;
        if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &length) == 0
            && QString::fromLatin1(base::Endpoint::fromSockaddr(peer).toString()) == name) {
            return descriptor;
        }
    }
    return -1;
}

int option(int descriptor, int level, int which)
{
    int value = -1;
    socklen_t length = sizeof value;
    ::getsockopt(descriptor, level, which, &value, &length);
    return value;
}
} // namespace

void ControlServerTest::takenPortIsNamed()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ControlSettings settings;
    settings.listen = {{base::IpAddress::loopbackV4(), other.serverPort()}};
    FakeCallControl calls;
    FakeAudioPorts ports;
    ManualScheduler scheduler;
    ControlServer server(calls, ports, settings, scheduler);
    const auto listening = server.listen();
    QVERIFY(!listening.ok());
    const QString text = listening.error().text;
    QVERIFY2(text.contains(s("127.0.0.1 port %1").arg(other.serverPort())), qPrintable(text));
    QVERIFY(text.contains(s("ws_listen")));
    QVERIFY(text.contains(s("WS_PORT")));
    QVERIFY(server.endpoints().isEmpty());
    // And once it is free it can be had.
    other.close();
    QVERIFY(server.listen().ok());
    QCOMPARE(server.endpoints().value(0), settings.listen[0]);
}

void ControlServerTest::addressThatIsNotOursIsNamed()
{
    ControlSettings settings;
    settings.listen = {{*base::IpAddress::parse("192.0.2.1"), 0}};
    settings.token = "x";
    settings.plainOk = true;
    ControlFixture fixture(settings);
    QVERIFY(!fixture.listening);
    QVERIFY(fixture.server.listen().error().text.contains(s("192.0.2.1")));
}

void ControlServerTest::oneThatFailsClosesTheOthers()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ControlSettings settings;
    settings.listen = {{base::IpAddress::loopbackV4(), 0},
                       {base::IpAddress::loopbackV4(), other.serverPort()}};
    ControlFixture fixture(settings);
    QVERIFY(!fixture.listening);
    QVERIFY(fixture.server.endpoints().isEmpty());
}

void ControlServerTest::openToOthersOnlyWithToken()
{
    ControlSettings settings;
    settings.listen = {{base::IpAddress::anyV4(), 0}};
    ControlFixture refused(settings);
    QVERIFY(!refused.listening);
    settings.token = "s3cret";
    settings.plainOk = true;
    ControlFixture allowed(settings);
    QVERIFY(allowed.listening);
    // By an address that stands nowhere in the configuration.
    RawClient client;
    const base::Endpoint at(base::IpAddress::loopbackV4(), allowed.endpoint().port());
    QVERIFY(client.connectTo(at));
    client.socket.write(handshake(at, "/", "Authorization: Bearer s3cret\r\n"));
    SOON_COMPARE(allowed.server.clients().size(), 1);
}

void ControlServerTest::clientsAreListedAndTold()
{
    ControlFixture fixture;
    QSignalSpy changed(&fixture.server, &ControlServer::clientsChanged);
    TextClient first;
    QVERIFY(fixture.connect(first));
    QCOMPARE(changed.size(), 1);
    {
        TextClient second;
        QVERIFY(fixture.connect(second));
        QCOMPARE(changed.size(), 2);
        QCOMPARE(fixture.server.clients().value(0).name, first.name());
        QCOMPARE(fixture.server.clients().value(1).name, second.name());
        QVERIFY(fixture.clientId(first) != fixture.clientId(second));
    }
    SOON_COMPARE(changed.size(), 3);
    QCOMPARE(fixture.server.clients().size(), 1);
    QCOMPARE(fixture.server.clients().value(0).name, first.name());
}

void ControlServerTest::figuresOfAClient()
{
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    client.socket.write(handshake(fixture.endpoint(), "/", "User-Agent: bot/1.0 \x1b[31m\r\n")
                            .replace("\x1b", "\xc2\x85"));
    SOON_COMPARE(fixture.server.clients().size(), 1);
    client.socket.write(maskedFrame("CALL:12"));
    SOON_COMPARE(fixture.calls.asked.size(), 1);
    const qsizetype head = client.received.size();
    SOON_VERIFY(client.received.size() > head || client.received.endsWith("##call-1"));
    const model::Client info = fixture.server.clients().value(0);
    QCOMPARE(info.protocol, s("text"));
    QCOMPARE(info.userAgent, s("bot/1.0 \\x85[31m")); // nothing that could forge a line
    QCOMPARE(info.connectedAt, base::toUnixMs(fixture.scheduler.clock().wall()));
    QCOMPARE(info.bytesIn, quint64(7));
    QVERIFY(info.bytesOut >= quint64(2 + qstrlen("DIALING:12##call-1")));
    QCOMPARE(info.queuedBytes, 0);
    QCOMPARE(info.framesDropped, quint64(0));
}

void ControlServerTest::operatorDisconnectsAClient()
{
    ControlFixture fixture;
    TextClient client;
    TextClient other;
    QVERIFY(fixture.connect(client));
    QVERIFY(fixture.connect(other));
    fixture.server.disconnectClient(999); // no such client
    fixture.server.disconnectClient(fixture.clientId(client));
    QVERIFY(client.waitForClose());
    QCOMPARE(int(client.socket.closeCode()), 1008);
    SOON_COMPARE(fixture.server.clients().size(), 1);
    QVERIFY(other.catchUp());
}

void ControlServerTest::shutdownTellsClients()
{
    ControlFixture fixture;
    std::array<TextClient, 3> clients;
    for (TextClient& client : clients) {
        QVERIFY(fixture.connect(client));
    }
    QSignalSpy stopped(&fixture.server, &ControlServer::stopped);
    const base::Endpoint endpoint = fixture.endpoint();
    fixture.server.shutdown();
    for (TextClient& client : clients) {
        QVERIFY(client.waitForClose());
        QCOMPARE(int(client.socket.closeCode()), 1001);
    }
    SOON_COMPARE(stopped.size(), 1);
    QVERIFY(fixture.server.clients().isEmpty());
    TextClient late;
    QVERIFY(!late.connectTo(endpoint));
}

void ControlServerTest::shutdownDropsWhoDoesNotAnswer()
{
    ControlFixture fixture;
    RawClient sleeping;
    QVERIFY(fixture.connectAsleep(sleeping));
    while (fixture.server.clients().value(0).queuedBytes < 100'000) {
        fixture.calls.ringIn(QString(1000, u'1'));
        QCoreApplication::processEvents();
    }
    QSignalSpy stopped(&fixture.server, &ControlServer::stopped);
    fixture.server.shutdown();
    QCoreApplication::processEvents();
    QCOMPARE(stopped.size(), 0);
    fixture.scheduler.advance(limits::closeGrace);
    SOON_COMPARE(stopped.size(), 1);
}

void ControlServerTest::shutdownWithoutClients()
{
    ControlFixture fixture;
    RawClient unfinished;
    QVERIFY(unfinished.connectTo(fixture.endpoint()));
    SOON_VERIFY(fixture.scheduler.pending() > 0);
    QSignalSpy stopped(&fixture.server, &ControlServer::stopped);
    fixture.server.shutdown();
    QCOMPARE(stopped.size(), 0);
    SOON_COMPARE(stopped.size(), 1);
    QVERIFY(unfinished.waitForEnd());
}

void ControlServerTest::deletedWithClients()
{
    FakeCallControl calls;
    FakeAudioPorts ports;
    ManualScheduler scheduler;
    const model::CallId call = calls.ringIn(s("1"));
    FakeAudioPort& port = ports.open(call);
    TextClient client;
    RawClient unfinished;
    {
        ControlServer server(calls, ports, ControlFixture::onLoopback(), scheduler);
        QVERIFY(server.listen().ok());
        QVERIFY(client.connectTo(server.endpoints().first()));
        QVERIFY(unfinished.connectTo(server.endpoints().first()));
        SOON_COMPARE(server.clients().size(), 1);
        QVERIFY(calls.answer(call, model::Actor::machine()).ok());
        calls.acknowledge(call);
        QCOMPARE(port.packetListeners, 1);
    }
    QCOMPARE(port.packetListeners, 0);
    QVERIFY(client.waitForClose());
    QVERIFY(unfinished.waitForEnd());
    QCOMPARE(scheduler.pending(), std::size_t(0));
    calls.end(call, 200, s("OK")); // nobody listens any more
}

void ControlServerTest::connectionsAreTuned()
{
    ControlFixture fixture;
    TextClient client;
    QVERIFY(fixture.connect(client));
    const int ours = descriptorTo(client.name());
    QVERIFY(ours >= 0);
    QCOMPARE(option(ours, IPPROTO_TCP, TCP_NODELAY), 1);
    QCOMPARE(option(ours, SOL_SOCKET, SO_SNDBUF), 2 * limits::sendBufferBytes); // socket(7)
    QCOMPARE(option(ours, SOL_SOCKET, SO_RCVBUF), 2 * limits::receiveBufferBytes);
}

QTEST_GUILESS_MAIN(ControlServerTest)
#include "tst_control_server.moc"
