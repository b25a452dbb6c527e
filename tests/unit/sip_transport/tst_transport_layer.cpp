// All transports together: ports, families, what can't be had.
#include "StreamFixture.h"
#include "TestAuthority.h"
#include "sip/transport/TransportLayer.h"

#include <QTest>
#include <QUdpSocket>

using namespace hs::sip;
using namespace hs::test;
using hs::base::IpAddress;

class TransportLayerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tcpHasThePortOfUdp();
    void bothFamilies();
    void withoutTcp();
    void takenPort();
    void certificates();
    void eachHopItsWay();

private:
    TransportLayer::Opened open(const TransportLayer::Settings& settings)
    {
        return TransportLayer::open({m_sockets, m_scheduler, m_random}, settings);
    }
    hs::base::QtSocketFactory m_sockets;
    ManualScheduler m_scheduler;
    hs::base::Random m_random{3};
    TestAuthority m_authority;
};

void TransportLayerTest::tcpHasThePortOfUdp()
{
    const auto layer = open({{IpAddress::loopbackV4(), 0}});
    QVERIFY(layer);
    const std::uint16_t port = (*layer)->localEndpoint().port();
    QVERIFY(port != 0);
    QCOMPARE((*layer)->streams().listeningPort(TransportKind::Tcp), port);
    QCOMPARE((*layer)->streams().listeningPort(TransportKind::Tls), 0);
    QVERIFY((*layer)->supports(TransportKind::Udp, IpAddress::Family::V4));
    QVERIFY((*layer)->supports(TransportKind::Tcp, IpAddress::Family::V4));
    QVERIFY((*layer)->supports(TransportKind::Tls, IpAddress::Family::V4));
    // One address is one family.
    QVERIFY(!(*layer)->supports(TransportKind::Udp, IpAddress::Family::V6));
    QVERIFY(!(*layer)->supports(TransportKind::Tcp, IpAddress::Family::V6));
}

void TransportLayerTest::bothFamilies()
{
    const IpAddress loopbackV6 = *IpAddress::parse("::1");
    const bool hasV6 = !m_sockets.localAddressFor(loopbackV6).isNull();
    const auto layer = open({{IpAddress::anyV4(), 0}});
    QVERIFY2(layer, layer ? "" : qPrintable(layer.error().why));
    for (const TransportKind kind : {TransportKind::Udp, TransportKind::Tcp, TransportKind::Tls}) {
        QVERIFY((*layer)->supports(kind, IpAddress::Family::V4));
        QCOMPARE((*layer)->supports(kind, IpAddress::Family::V6), hasV6);
    }
    if (hasV6) {
        Hop hop;
        hop.remote = {loopbackV6, 5060};
        QCOMPARE((*layer)->sentBy(hop).address(), loopbackV6);
        hop.kind = TransportKind::Tcp;
        QCOMPARE((*layer)->sentBy(hop),
                 hs::base::Endpoint(loopbackV6, (*layer)->localEndpoint().port()));
    }
}

void TransportLayerTest::withoutTcp()
{
    TransportLayer::Settings settings{{IpAddress::loopbackV4(), 0}};
    settings.tcp = false;
    const auto layer = open(settings);
    QVERIFY(layer);
    QCOMPARE((*layer)->streams().listeningPort(TransportKind::Tcp), 0);
    QVERIFY(!(*layer)->supports(TransportKind::Tcp, IpAddress::Family::V4));
    QVERIFY((*layer)->supports(TransportKind::Tls, IpAddress::Family::V4));
}

void TransportLayerTest::takenPort()
{
    const RawServer holder;
    const auto tcp = open({holder.endpoint()});
    QVERIFY(!tcp);
    QCOMPARE(tcp.error().what, TransportFailure::What::Port);
    QCOMPARE(tcp.error().kind, TransportKind::Tcp);
    QCOMPARE(tcp.error().local, holder.endpoint());
    QVERIFY2(tcp.error().why.startsWith(
                 QStringLiteral("TCP %1: ").arg(QString::fromLatin1(holder.endpoint().toString()))),
             qPrintable(tcp.error().why));
    QUdpSocket socket;
    QVERIFY(socket.bind(QHostAddress(QHostAddress::LocalHost), 0));
    const auto udp = open({{IpAddress::loopbackV4(), socket.localPort()}});
    QVERIFY(!udp);
    QCOMPARE(udp.error().kind, TransportKind::Udp);
    TransportLayer::Settings settings{{IpAddress::loopbackV4(), 0}};
    const CertificateFiles files = m_authority.sign({"us", "DNS:us.example"});
    settings.tlsCertificate = files.certificate;
    settings.tlsKey = files.key;
    settings.tlsPort = holder.endpoint().port();
    const auto tls = open(settings);
    QVERIFY(!tls);
    QCOMPARE(tls.error().kind, TransportKind::Tls);
    QCOMPARE(tls.error().local, holder.endpoint());
}

void TransportLayerTest::certificates()
{
    TransportLayer::Settings settings{{IpAddress::loopbackV4(), 0}};
    settings.tlsPort = 0;
    const auto without = open(settings);
    QVERIFY(!without);
    QCOMPARE(without.error().what, TransportFailure::What::Certificate);
    QVERIFY(without.error().why.startsWith(QStringLiteral("sip_tls_port: ")));
    const CertificateFiles files = m_authority.sign({"us", "DNS:us.example"});
    settings.tlsCertificate = files.certificate;
    settings.tlsKey = files.key;
    const auto layer = open(settings);
    QVERIFY(layer);
    QVERIFY((*layer)->streams().listeningPort(TransportKind::Tls) != 0);
    settings.tlsKey = files.certificate;
    QCOMPARE(open(settings).error().what, TransportFailure::What::Certificate);
}

void TransportLayerTest::eachHopItsWay()
{
    const auto layer = open({{IpAddress::loopbackV4(), 0}});
    QVERIFY(layer);
    RawServer server;
    QUdpSocket datagrams;
    QVERIFY(datagrams.bind(QHostAddress(QHostAddress::LocalHost), server.endpoint().port()));
    Hop hop = server.hop();
    QVERIFY((*layer)->send(optionsOf("stream"), hop, {}));
    hop.kind = TransportKind::Udp;
    QCOMPARE((*layer)->viaName(hop), QByteArray("UDP"));
    QVERIFY((*layer)->send(optionsOf("datagram"), hop, {}));
    QVERIFY(waitUntil([&] { return datagrams.hasPendingDatagrams(); }));
    const auto peer = server.accept();
    QVERIFY(peer && peer->waitFor("Call-ID: stream"));
    QVERIFY(!peer->received.contains("datagram"));
}

QTEST_GUILESS_MAIN(TransportLayerTest)
#include "tst_transport_layer.moc"
