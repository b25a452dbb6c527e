// SIP over TCP, RFC 3261 section 18: what goes by which connection.
#include "StreamFixture.h"
#include "sip/message/MessageFactory.h"

#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class StreamTransportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requestAndResponseByOneConnection();
    void responseFindsSentByWhenItsConnectionIsGone();
    void requestsShareAConnection();
    void acceptedConnectionIsUsedToo();
    void whatWaitsForTheConnectionIsSentInOrder();
    void ourPortIsTheListeningOne();
    void responseOfAStrangerIsDropped();
    void defectIsAnsweredAndTheStreamGoesOn();
    void streamThatCannotGoOnIsClosed();
    void responseThatCannotBeRead();
    void refused();
    void unproven();
    void noSingleHost();
    void prepare();
};

void StreamTransportTest::requestAndResponseByOneConnection()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    for (const char octet : optionsOf("one", 9)) {
        peer.send(QByteArray(1, octet));
    }
    QVERIFY(fixture.waitForRequests(1));
    const Hop from = fixture.hops.first();
    QCOMPARE(from.kind, TransportKind::Tcp);
    QCOMPARE(from.remote.port(), peer.socket->localPort());
    QCOMPARE(from.local, hs::base::IpAddress::loopbackV4());
    QVERIFY(from.connection != 0);
    const Request request = fixture.requests.first().request;
    const Hop back = fixture.streams.responseHop(*request.topVia(), from);
    QVERIFY(fixture.send(makeResponse(request, 200).toBytes(), back));
    QVERIFY(peer.waitFor("SIP/2.0 200 OK"));
    QCOMPARE(fixture.streams.connections(), 1U);
}

void StreamTransportTest::responseFindsSentByWhenItsConnectionIsGone()
{
    StreamFixture fixture;
    RawServer sentBy;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    peer.send(optionsOf("one", sentBy.endpoint().port()));
    QVERIFY(fixture.waitForRequests(1));
    peer.socket->abort();
    QVERIFY(waitUntil([&] { return !fixture.closed.isEmpty(); }));
    const Request request = fixture.requests.first().request;
    const Hop back = fixture.streams.responseHop(*request.topVia(), fixture.hops.first());
    QVERIFY(fixture.send(makeResponse(request, 200).toBytes(), back));
    const auto again = sentBy.accept();
    QVERIFY(again && again->waitFor("SIP/2.0 200 OK"));
}

void StreamTransportTest::requestsShareAConnection()
{
    StreamFixture fixture;
    RawServer server;
    RawServer other;
    for (const char* callId : {"one", "two"}) {
        QVERIFY(fixture.send(optionsOf(callId), server.hop()));
    }
    const auto peer = server.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: two"));
    QVERIFY(fixture.send(optionsOf("three"), server.hop()));
    QVERIFY(peer->waitFor("Call-ID: three"));
    QVERIFY(fixture.send(optionsOf("four"), other.hop()));
    const auto second = other.accept();
    QVERIFY(second && second->waitFor("Call-ID: four"));
    QCOMPARE(fixture.streams.connections(), 2U);
    peer->send(okTo(optionsOf("one", fixture.port())));
    QVERIFY(waitUntil([&] { return fixture.responses.size() == 1; }));
    QVERIFY(fixture.failures.isEmpty());
}

void StreamTransportTest::acceptedConnectionIsUsedToo()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    peer.send(optionsOf("one"));
    QVERIFY(fixture.waitForRequests(1));
    Hop hop = fixture.hops.first();
    hop.connection = 0;
    QVERIFY(fixture.send(optionsOf("two"), hop));
    QVERIFY(peer.waitFor("Call-ID: two"));
}

void StreamTransportTest::whatWaitsForTheConnectionIsSentInOrder()
{
    StreamFixture fixture;
    RawServer server;
    QByteArray all;
    for (int i = 0; i < 50; ++i) {
        const QByteArray message = optionsOf(QByteArray::number(i));
        QVERIFY(fixture.send(message, server.hop()));
        all += message;
    }
    QVERIFY(!fixture.streams.isOpen(server.hop()));
    const auto peer = server.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: 49"));
    QVERIFY(peer->waitFor(all));
    QVERIFY(fixture.streams.isOpen(server.hop()));
}

void StreamTransportTest::ourPortIsTheListeningOne()
{
    StreamFixture fixture;
    RawServer server;
    QCOMPARE(fixture.streams.sentBy(server.hop()),
             hs::base::Endpoint(hs::base::IpAddress::loopbackV4(), fixture.port()));
    QCOMPARE(fixture.streams.viaName(server.hop()), QByteArray("TCP"));
    QCOMPARE(fixture.streams.viaName(server.hop(TransportKind::Tls)), QByteArray("TLS"));
    // Nothing listens for TLS: the port that peers know.
    QCOMPARE(fixture.streams.sentBy(server.hop(TransportKind::Tls)).port(), 5062);
}

void StreamTransportTest::responseOfAStrangerIsDropped()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    QByteArray foreign = okTo(optionsOf("foreign"));
    foreign.replace("127.0.0.1:5060", "192.0.2.200:5060");
    // The port in Via does not matter on a stream; the address does.
    peer.send(foreign + okTo(optionsOf("ours", 1)));
    QVERIFY(waitUntil([&] { return !fixture.responses.isEmpty(); }));
    QCOMPARE(fixture.responses.size(), 1);
    QCOMPARE(fixture.responses.first().callId(), QByteArray("ours"));
}

void StreamTransportTest::defectIsAnsweredAndTheStreamGoesOn()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    peer.send(optionsOf("bad").replace("CSeq: 1", "CSeq: x") + optionsOf("good"));
    QVERIFY(fixture.waitForRequests(2));
    QVERIFY(fixture.requests.first().defect);
    QVERIFY(!fixture.requests.last().defect);
}

void StreamTransportTest::streamThatCannotGoOnIsClosed()
{
    StreamFixture fixture;
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.port()));
    peer.send(optionsOf("bad").replace("Content-Length: 0", "Content-Length: -1")
              + optionsOf("good"));
    QVERIFY(fixture.waitForRequests(1));
    QVERIFY(peer.waitForEnd());
    QCOMPARE(fixture.requests.size(), 1);
    QCOMPARE(fixture.requests.first().defect->reason, QByteArray("Bad Content-Length"));
    QVERIFY(waitUntil([&] { return fixture.streams.connections() == 0; }));
    QCOMPARE(fixture.unreadable, QList<QByteArray>{"Bad Content-Length"}); // before it is closed
}

void StreamTransportTest::responseThatCannotBeRead()
{
    StreamFixture fixture;
    RawServer server;
    QVERIFY(fixture.send(optionsOf("one"), server.hop()));
    const auto peer = server.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: one"));
    peer->send("SIP/2.0 ok\r\nContent-Length: 0\r\n\r\n");
    QVERIFY(waitUntil([&] { return !fixture.unreadable.isEmpty(); }));
    QVERIFY(fixture.responses.isEmpty());
}

void StreamTransportTest::refused()
{
    StreamFixture fixture;
    Hop hop;
    {
        const RawServer gone;
        hop = gone.hop();
    }
    QVERIFY(fixture.send(optionsOf("one"), hop));
    QVERIFY(fixture.failures.isEmpty()); // never from within send()
    QVERIFY(waitUntil([&] { return fixture.failures.size() == 1; }));
    QCOMPARE(fixture.failures.first(),
             QStringLiteral("connecting to %1 over TCP failed: the connection was refused; nothing "
                            "listens there")
                 .arg(QString::fromLatin1(hop.remote.toString())));
    QVERIFY(fixture.closed.isEmpty()); // it never was open
}

// A message that is written into a connection whose far end has gone did not get there.
void StreamTransportTest::unproven()
{
    StreamFixture fixture;
    RawServer server;
    QVERIFY(fixture.send(optionsOf("one"), server.hop()));
    const auto peer = server.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: one"));
    peer->send(okTo(optionsOf("one", fixture.port())));
    QVERIFY(waitUntil([&] { return fixture.responses.size() == 1; }));
    QVERIFY(fixture.send(optionsOf("two"), server.hop()));
    QVERIFY(peer->waitFor("Call-ID: two"));
    peer->socket->abort();
    QVERIFY(waitUntil([&] { return !fixture.closed.isEmpty(); }));
    QCOMPARE(fixture.failures.size(), 1); // of the second, the first was answered
}

void StreamTransportTest::noSingleHost()
{
    StreamFixture fixture;
    for (const char* address : {"0.0.0.0", "255.255.255.255", "224.0.0.1", "::1"}) {
        Hop hop;
        hop.kind = TransportKind::Tcp;
        hop.remote = {*hs::base::IpAddress::parse(address), 5060};
        QVERIFY2(!fixture.send("x", hop), address);
    }
    Hop hop;
    hop.kind = TransportKind::Tcp;
    hop.remote = {hs::base::IpAddress::loopbackV4(), 0};
    QVERIFY(!fixture.send("x", hop));
}

void StreamTransportTest::prepare()
{
    StreamFixture fixture;
    RawServer server;
    QStringList told;
    const auto tell = [&told](bool isOpen) {
        told << (isOpen ? QStringLiteral("open") : QStringLiteral("none"));
    };
    fixture.streams.prepare(server.hop(), std::chrono::seconds(1), tell);
    QVERIFY(told.isEmpty());
    QVERIFY(waitUntil([&] { return !told.isEmpty(); }));
    fixture.streams.prepare(server.hop(), std::chrono::seconds(1), tell);
    QVERIFY(waitUntil([&] { return told.size() == 2; }));
    Hop nowhere = server.hop();
    server.server.close();
    const auto peer = std::make_unique<RawServer>();
    nowhere.remote = peer->endpoint();
    peer->server.close();
    fixture.streams.prepare(nowhere, std::chrono::seconds(1), tell);
    QVERIFY(waitUntil([&] { return told.size() == 3; }));
    QCOMPARE(told,
             (QStringList{QStringLiteral("open"), QStringLiteral("open"), QStringLiteral("none")}));
}

QTEST_GUILESS_MAIN(StreamTransportTest)
#include "tst_stream_transport.moc"
