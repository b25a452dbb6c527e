// How long connections live: keep-alives of RFC 5626, silent and slow peers, too many of them.
#include "StreamFixture.h"
#include "sip/transport/KeptConnection.h"
#include "sip/transport/StreamLimits.h"

#include <QTest>

using namespace hs::sip;
using namespace hs::test;
using std::chrono::minutes;
using std::chrono::seconds;

class StreamClosingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pingIsAnswered();
    void manyPingsAreNoAmplifier();
    void wePingWhatWeOpened();
    void unansweredPing();
    void serverWithoutPongsIsKept();
    void unusedConnectionIsClosedUnlessKept();
    void silentPeerIsClosed();
    void speakingPeerStays();
    void halfMessage();
    void peerThatDoesNotRead();
    void perSource();
    void connectTime();
    void abruptClose();
};

void StreamClosingTest::pingIsAnswered()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    peer.send("\r\n\r\n");
    QVERIFY(peer.waitFor("\r\n"));
    for (const char octet : {'\r', '\n', '\r', '\n'}) {
        peer.send(QByteArray(1, octet));
    }
    QVERIFY(peer.waitFor("\r\n\r\n"));
    // A single one is somebody's pong, which has no answer; then a request shows what came before.
    peer.send("\r\n" + optionsOf("one"));
    QVERIFY(fixture.waitForRequests(1));
    QCOMPARE(peer.received, QByteArray("\r\n\r\n"));
}

void StreamClosingTest::manyPingsAreNoAmplifier()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    const QByteArray many = QByteArray("\r\n\r\n").repeated(10'000);
    peer.send(many + optionsOf("one"));
    QVERIFY(fixture.waitForRequests(1));
    QVERIFY(peer.waitFor("\r\n"));
    QVERIFY(peer.received.size() < many.size() / 2);
}

void StreamClosingTest::wePingWhatWeOpened()
{
    StreamFixture fixture;
    RawServer server;
    QVERIFY(fixture.send(optionsOf("one"), server.hop()));
    const auto peer = server.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: one"));
    peer->received.clear();
    fixture.advance(limits::pingLeast - seconds(1));
    QVERIFY(peer->received.isEmpty());
    fixture.advance(seconds(7));
    QVERIFY(peer->waitFor("\r\n\r\n"));
    QCOMPARE(peer->received, QByteArray("\r\n\r\n"));
}

void StreamClosingTest::unansweredPing()
{
    StreamFixture fixture;
    RawServer server;
    QVERIFY(fixture.send(optionsOf("one"), server.hop()));
    const auto peer = server.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: one"));
    peer->received.clear();
    fixture.advance(seconds(31));
    QVERIFY(peer->waitFor("\r\n\r\n"));
    peer->send("\r\n");
    // It arrives before the next ping; what is behind it tells that it has.
    peer->send(optionsOf("two"));
    QVERIFY(fixture.waitForRequests(1));
    fixture.advance(seconds(25));
    QVERIFY(fixture.closed.isEmpty());
    fixture.advance(seconds(16));
    QVERIFY(waitUntil([&] { return !fixture.closed.isEmpty(); }));
    QCOMPARE(fixture.closed.first(), QStringLiteral("no answer to a keep-alive within 10 s"));
}

void StreamClosingTest::serverWithoutPongsIsKept()
{
    StreamFixture fixture;
    RawServer server;
    QVERIFY(fixture.send(optionsOf("one"), server.hop()));
    const auto peer = server.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: one"));
    fixture.advance(minutes(5));
    QVERIFY(fixture.closed.isEmpty());
    QVERIFY(fixture.streams.isOpen(server.hop()));
}

void StreamClosingTest::unusedConnectionIsClosedUnlessKept()
{
    StreamFixture fixture;
    RawServer server;
    RawServer registrar;
    // By two accounts, one of which goes.
    KeptConnection first(fixture.streams, registrar.hop());
    KeptConnection second(fixture.streams, registrar.hop());
    second = KeptConnection(fixture.streams, registrar.hop()); // it registered again
    first.reset();
    QVERIFY(fixture.send(optionsOf("one"), server.hop()));
    QVERIFY(fixture.send(optionsOf("two"), registrar.hop()));
    const auto peer = server.accept();
    const auto other = registrar.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: one") && other && other->waitFor("Call-ID: two"));
    fixture.advance(limits::wantedTime + seconds(31));
    QVERIFY(peer->waitForEnd());
    QVERIFY(!fixture.streams.isOpen(server.hop()));
    QVERIFY(fixture.streams.isOpen(registrar.hop()));
    second.reset();
    fixture.advance(seconds(31));
    QVERIFY(other->waitForEnd());
}

void StreamClosingTest::silentPeerIsClosed()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    QVERIFY(waitUntil([&] { return fixture.streams.connections() == 1; }));
    fixture.advance(limits::firstMessageTime - seconds(1));
    QCOMPARE(fixture.streams.connections(), 1U);
    fixture.advance(seconds(2));
    QVERIFY(peer.waitForEnd());
    QVERIFY(waitUntil([&] { return fixture.streams.connections() == 0; }));
}

void StreamClosingTest::speakingPeerStays()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    peer.send(optionsOf("one"));
    QVERIFY(fixture.waitForRequests(1));
    fixture.advance(limits::idleTime - seconds(30));
    QVERIFY(fixture.closed.isEmpty());
    peer.send(optionsOf("two"));
    QVERIFY(fixture.waitForRequests(2));
    fixture.advance(limits::idleTime - seconds(30));
    QVERIFY(fixture.closed.isEmpty());
    fixture.advance(seconds(60));
    QVERIFY(peer.waitForEnd());
}

// Slowloris: single octets now and then do not keep it.
void StreamClosingTest::halfMessage()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    const QByteArray whole = optionsOf("one");
    peer.send(whole + whole.first(100));
    QVERIFY(fixture.waitForRequests(1));
    for (int i = 0; i < 29; ++i) {
        peer.send(whole.sliced(100 + i, 1));
        fixture.advance(seconds(1));
        QVERIFY(fixture.closed.isEmpty());
    }
    fixture.advance(seconds(2));
    QVERIFY(peer.waitForEnd());
    // Whole in time, it is no half one any more.
    RawPeer better;
    QVERIFY(better.connectTo(fixture.port()));
    better.send(whole.first(100));
    fixture.advance(seconds(20));
    better.send(whole.sliced(100));
    QVERIFY(fixture.waitForRequests(2));
    fixture.advance(seconds(20));
    QCOMPARE(fixture.streams.connections(), 1U);
}

void StreamClosingTest::peerThatDoesNotRead()
{
    StreamFixture fixture;
    RawServer server;
    QVERIFY(fixture.send(optionsOf("one"), server.hop()));
    const auto peer = server.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: one"));
    peer->socket->setReadBufferSize(1);
    QObject::disconnect(peer->socket.get(), &QTcpSocket::readyRead, nullptr, nullptr);
    const QByteArray large(30'000, 'x');
    int sent = 0;
    while (fixture.closed.isEmpty() && sent < 5000) {
        fixture.send(large, server.hop());
        ++sent;
        QCoreApplication::processEvents();
    }
    QCOMPARE(fixture.closed,
             QStringList{QStringLiteral("the far end does not read what is sent "
                                        "to it")});
    QVERIFY(!fixture.failures.isEmpty());
}

void StreamClosingTest::perSource()
{
    StreamFixture fixture;
    std::vector<std::unique_ptr<RawPeer>> peers;
    for (std::size_t i = 0; i < limits::inboundPerSource; ++i) {
        peers.push_back(std::make_unique<RawPeer>());
        QVERIFY(peers.back()->connectTo(fixture.port()));
    }
    QVERIFY(waitUntil([&] { return fixture.streams.connections() == limits::inboundPerSource; }));
    RawPeer oneTooMany;
    oneTooMany.connectTo(fixture.port());
    QVERIFY(oneTooMany.waitForEnd());
    peers.pop_back();
    QVERIFY(waitUntil([&] { return fixture.streams.connections() < limits::inboundPerSource; }));
    RawPeer next;
    QVERIFY(next.connectTo(fixture.port()));
    next.send(optionsOf("one"));
    QVERIFY(fixture.waitForRequests(1));
}

void StreamClosingTest::connectTime()
{
    // Its queue of connections is full, and Linux lets further ones wait for an answer.
    StreamFixture fixture;
    QTcpServer full;
    full.setListenBacklogSize(0);
    QVERIFY(full.listen(QHostAddress(QHostAddress::LocalHost), 0));
    full.pauseAccepting();
    std::vector<std::unique_ptr<QTcpSocket>> before;
    for (int i = 0; i < 2; ++i) {
        before.push_back(std::make_unique<QTcpSocket>());
        before.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), full.serverPort());
        QCoreApplication::processEvents();
    }
    Hop hop;
    hop.kind = TransportKind::Tcp;
    hop.remote = {hs::base::IpAddress::loopbackV4(), full.serverPort()};
    QStringList told;
    fixture.streams.prepare(hop, seconds(1), [&told](bool isOpen) {
        told << (isOpen ? QStringLiteral("open") : QStringLiteral("none"));
    });
    QVERIFY(fixture.send(optionsOf("one"), hop));
    fixture.advance(seconds(2));
    QCOMPARE(told, QStringList{QStringLiteral("none")});
    QVERIFY(fixture.failures.isEmpty());
    fixture.advance(seconds(4));
    QVERIFY(waitUntil([&] { return !fixture.failures.isEmpty(); }));
    QVERIFY2(fixture.failures.first().endsWith(QStringLiteral("no answer within 5 s")),
             qPrintable(fixture.failures.first()));
}

// An INVITE over TCP and then a reset, again and again: nothing stays, nothing falls over.
void StreamClosingTest::abruptClose()
{
    StreamFixture fixture;
    for (int i = 1; i <= 100; ++i) {
        RawPeer peer;
        QVERIFY(peer.connectTo(fixture.port()));
        peer.send(optionsOf(QByteArray::number(i)) + optionsOf("half").first(i));
        QVERIFY(fixture.waitForRequests(i));
        fixture.send(okTo(optionsOf("one")), fixture.hops.last());
        peer.socket->abort();
    }
    QVERIFY(waitUntil([&] { return fixture.closed.size() == 100; }));
    QCOMPARE(fixture.streams.connections(), 0U);
}

QTEST_GUILESS_MAIN(StreamClosingTest)
#include "tst_stream_closing.moc"
