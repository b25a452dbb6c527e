// SIP over TLS: whom we believe (RFC 5922), and what we say when we do not.
#include "StreamFixture.h"
#include "TestAuthority.h"

#include <QNetworkProxy>
#include <QSslSocket>
#include <QTest>

using namespace hs::sip;
using namespace hs::test;

namespace {
// Accepts TLS with that certificate; notes the name that was asked for.
class TlsServer final : public QTcpServer {
public:
    explicit TlsServer(const CertificateFiles& files)
    {
        m_configuration = TlsCredentials::load(files.certificate, files.key, {})->forServer();
        setProxy(QNetworkProxy::NoProxy);
        listen(QHostAddress(QHostAddress::LocalHost), 0);
    }
    Hop hop(const QByteArray& domain) const
    {
        Hop hop;
        hop.kind = TransportKind::Tls;
        hop.domain = domain;
        hop.remote = {hs::base::IpAddress::loopbackV4(), serverPort()};
        return hop;
    }

    std::unique_ptr<QSslSocket> socket;
    QByteArray received;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        socket = std::make_unique<QSslSocket>();
        socket->setSslConfiguration(m_configuration);
        connect(socket.get(), &QSslSocket::readyRead, this,
                [this] { received += socket->readAll(); });
        socket->setSocketDescriptor(descriptor);
        socket->startServerEncryption();
    }

private:
    QSslConfiguration m_configuration;
};

TlsCredentials trusting(const TestAuthority& authority)
{
    return *TlsCredentials::load({}, {}, authority.file());
}
} // namespace

class StreamTlsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void verified_data();
    void verified();
    void refused_data();
    void refused();
    void unknownAuthority();
    void domainsHaveConnectionsOfTheirOwn();
    void plainServer();
    void handshakeTime();
    void weListen();
    void oldProtocolIsRefused();
    void credentials();

private:
    TestAuthority m_authority;
};

void StreamTlsTest::initTestCase()
{
    QVERIFY(QSslSocket::supportsSsl());
    QCOMPARE(QSslSocket::activeBackend(), QStringLiteral("openssl"));
}

void StreamTlsTest::verified_data()
{
    QTest::addColumn<QByteArray>("alternatives");
    QTest::addColumn<QByteArray>("domain");
    QTest::newRow("5922 7.1 URI") << QByteArray("URI:sip:example.org") << QByteArray("example.org");
    QTest::newRow("5922 7.1 DNS") << QByteArray("DNS:pbx.example.org")
                                  << QByteArray("pbx.example.org");
    QTest::newRow("address") << QByteArray("IP:127.0.0.1") << QByteArray("127.0.0.1");
    QTest::newRow("address of a hop without a domain")
        << QByteArray("IP:127.0.0.1") << QByteArray();
}

void StreamTlsTest::verified()
{
    QFETCH(QByteArray, alternatives);
    QFETCH(QByteArray, domain);
    TlsServer server(m_authority.sign({"pbx", alternatives}));
    StreamFixture fixture(trusting(m_authority));
    QVERIFY(fixture.send(optionsOf("one"), server.hop(domain)));
    QVERIFY(waitUntil([&] { return server.received.contains("Call-ID: one"); }));
    QVERIFY(server.socket->sessionProtocol() >= QSsl::TlsV1_2);
    server.socket->write(okTo(optionsOf("one")));
    QVERIFY(waitUntil([&] { return fixture.responses.size() == 1; }));
    QVERIFY(fixture.send(optionsOf("two"), server.hop(domain)));
    QVERIFY(waitUntil([&] { return server.received.contains("Call-ID: two"); }));
    QCOMPARE(fixture.streams.connections(), 1U);
    QVERIFY(fixture.failures.isEmpty());
}

void StreamTlsTest::refused_data()
{
    QTest::addColumn<CertificateWish>("wish");
    QTest::addColumn<bool>("bySelf");
    QTest::addColumn<QString>("why");
    const auto date = [](int days) {
        return QDateTime::currentDateTimeUtc().addDays(days).date().toString(Qt::ISODate);
    };
    QTest::newRow("another name")
        << CertificateWish{"x", "DNS:pbx.example.org"} << false
        << QStringLiteral("the certificate is for 'pbx.example.org', not for 'example.org'");
    QTest::newRow("5922 7.2 wildcard")
        << CertificateWish{"x", "DNS:*.org"} << false
        << QStringLiteral("the certificate is for '*.org', not for 'example.org'");
    QTest::newRow("expired") << CertificateWish{"x", "DNS:example.org", -20, -10} << false
                             << QStringLiteral("the certificate expired on %1").arg(date(-10));
    QTest::newRow("expired and of another name")
        << CertificateWish{"x", "DNS:a.example", -20, -10} << false
        << QStringLiteral("the certificate expired on %1").arg(date(-10));
    QTest::newRow("not yet valid")
        << CertificateWish{"x", "DNS:example.org", 10, 20} << false
        << QStringLiteral("the certificate is valid from %1 on; is the date of this machine right?")
               .arg(date(10));
    QTest::newRow("self-signed")
        << CertificateWish{"example.org", {}} << true
        << QStringLiteral("the certificate is signed by itself and not known here; if it is the "
                          "right one, name it in sip_tls_ca");
}

void StreamTlsTest::refused()
{
    QFETCH(CertificateWish, wish);
    QFETCH(bool, bySelf);
    QFETCH(QString, why);
    TlsServer server(bySelf ? m_authority.selfSigned(wish) : m_authority.sign(wish));
    StreamFixture fixture(trusting(m_authority));
    QVERIFY(fixture.send(optionsOf("secret"), server.hop("example.org")));
    QVERIFY(waitUntil([&] {
        fixture.scheduler.runDue();
        return !fixture.failures.isEmpty();
    }));
    QCOMPARE(fixture.failures.first(),
             QStringLiteral("connecting to 127.0.0.1:%1 over TLS failed: %2")
                 .arg(server.serverPort())
                 .arg(why));
    QVERIFY(waitUntil([&] { return server.socket->state() == QAbstractSocket::UnconnectedState; }));
    QVERIFY(!server.received.contains("secret"));
    QCOMPARE(fixture.streams.connections(), 0U);
}

void StreamTlsTest::unknownAuthority()
{
    TestAuthority stranger("Strange Authority");
    TlsServer server(stranger.sign({"x", "DNS:example.org"}));
    StreamFixture fixture(trusting(m_authority));
    QVERIFY(fixture.send(optionsOf("one"), server.hop("example.org")));
    QVERIFY(waitUntil([&] { return !fixture.failures.isEmpty(); }));
    QVERIFY2(fixture.failures.first().endsWith(QStringLiteral(
                 "the certificate is of an authority that is not known here (Strange Authority); "
                 "name the authority's own certificate in sip_tls_ca")),
             qPrintable(fixture.failures.first()));
}

void StreamTlsTest::domainsHaveConnectionsOfTheirOwn()
{
    TlsServer server(m_authority.sign({"x", "DNS:a.example,DNS:b.example"}));
    StreamFixture fixture(trusting(m_authority));
    QVERIFY(fixture.send(optionsOf("one"), server.hop("a.example")));
    QVERIFY(waitUntil([&] { return server.received.contains("Call-ID: one"); }));
    QVERIFY(fixture.streams.isOpen(server.hop("A.Example")));
    QVERIFY(!fixture.streams.isOpen(server.hop("b.example")));
}

void StreamTlsTest::plainServer()
{
    StreamFixture fixture(trusting(m_authority));
    RawServer server;
    Hop hop = server.hop(TransportKind::Tls);
    hop.domain = "example.org";
    QVERIFY(fixture.send(optionsOf("one"), hop));
    const auto peer = server.accept();
    QVERIFY(peer);
    peer->send("SIP/2.0 400 Bad Request\r\n\r\n");
    QVERIFY(waitUntil([&] { return !fixture.failures.isEmpty(); }));
    QVERIFY2(fixture.failures.first().endsWith(
                 QStringLiteral("over TLS failed: what answers there does not speak TLS")),
             qPrintable(fixture.failures.first()));
}

void StreamTlsTest::handshakeTime()
{
    StreamFixture fixture(trusting(m_authority));
    RawServer server;
    Hop hop = server.hop(TransportKind::Tls);
    hop.domain = "example.org";
    QVERIFY(fixture.send(optionsOf("one"), hop));
    const auto peer = server.accept();
    QVERIFY(peer && waitUntil([&] { return !peer->received.isEmpty(); }));
    QVERIFY(peer->received.contains("example.org")); // SNI
    fixture.advance(std::chrono::seconds(11));
    QVERIFY(waitUntil([&] { return !fixture.failures.isEmpty(); }));
    QVERIFY(fixture.failures.first().endsWith(QStringLiteral("no TLS handshake within 10 s")));
}

void StreamTlsTest::weListen()
{
    const CertificateFiles files = m_authority.sign({"us", "DNS:us.example"});
    StreamFixture fixture(*TlsCredentials::load(files.certificate, files.key, {}));
    QVERIFY(fixture.streams.listen(TransportKind::Tls, {hs::base::IpAddress::loopbackV4(), 0}));
    QSslSocket peer;
    QSslConfiguration configuration = peer.sslConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(m_authority.file()));
    peer.setSslConfiguration(configuration);
    peer.setProxy(QNetworkProxy::NoProxy);
    peer.setPeerVerifyName(QStringLiteral("us.example"));
    peer.connectToHostEncrypted(QStringLiteral("127.0.0.1"),
                                fixture.streams.listeningPort(TransportKind::Tls),
                                QStringLiteral("us.example"));
    QVERIFY(waitUntil([&] { return peer.isEncrypted(); }));
    peer.write(optionsOf("one"));
    QVERIFY(fixture.waitForRequests(1));
    const Hop from = fixture.hops.first();
    QCOMPARE(from.kind, TransportKind::Tls);
    const Hop back = fixture.streams.responseHop(*fixture.requests.first().request.topVia(), from);
    QVERIFY(fixture.send(okTo(optionsOf("one")), back));
    QVERIFY(waitUntil([&] { return peer.bytesAvailable() > 0; }));
    // More than any buffer on the way holds.
    QByteArray many;
    for (int i = 0; i < 2000; ++i) {
        many += optionsOf("many-" + QByteArray::number(i));
    }
    peer.write(many);
    QVERIFY(fixture.waitForRequests(2001));
    // Nobody knows who is there: our requests do not go that way unless it is asked for.
    Hop request = from;
    request.connection = 0;
    QVERIFY(!fixture.streams.isOpen(request));
    QVERIFY(fixture.streams.isOpen(from));
}

void StreamTlsTest::oldProtocolIsRefused()
{
    const CertificateFiles files = m_authority.sign({"us", "DNS:us.example"});
    StreamFixture fixture(*TlsCredentials::load(files.certificate, files.key, {}));
    QVERIFY(fixture.streams.listen(TransportKind::Tls, {hs::base::IpAddress::loopbackV4(), 0}));
    RawPeer peer;
    QVERIFY(peer.connectTo(fixture.streams.listeningPort(TransportKind::Tls)));
    // A ClientHello of TLS 1.0 with one suite.
    peer.send(QByteArray::fromHex("160301002d010000290301") + QByteArray(32, 'r')
              + QByteArray::fromHex("000002002f0100"));
    QVERIFY(peer.waitForEnd());
    QVERIFY(waitUntil([&] { return fixture.streams.connections() == 0; }));
}

void StreamTlsTest::credentials()
{
    const CertificateFiles ours = m_authority.sign({"us", "DNS:us.example"});
    const CertificateFiles other = m_authority.sign({"x", "DNS:x.example"});
    const QString nowhere = m_authority.path(QStringLiteral("nowhere.pem"));
    const auto error = [](const QString& certificate, const QString& key, const QString& ca) {
        const auto loaded = TlsCredentials::load(certificate, key, ca);
        return loaded ? QString() : loaded.error().text;
    };
    QVERIFY(error(ours.certificate, ours.key, m_authority.file()).isEmpty());
    QVERIFY(error({}, {}, {}).isEmpty());
    QVERIFY(error(ours.certificate, {}, {}).contains(QStringLiteral("sip_tls_key")));
    QCOMPARE(error(nowhere, ours.key, {}),
             QStringLiteral("sip_tls_certificate: '%1' can't be read: No such file or directory")
                 .arg(nowhere));
    QVERIFY(
        error(ours.key, ours.key, {})
            .startsWith(
                QStringLiteral("sip_tls_certificate: '%1' holds no certificate").arg(ours.key)));
    QVERIFY(
        error(ours.certificate, ours.certificate, {})
            .startsWith(
                QStringLiteral("sip_tls_key: '%1' holds no private key").arg(ours.certificate)));
    QCOMPARE(error(ours.certificate, other.key, {}),
             QStringLiteral("sip_tls_key: the key in '%1' is not that of the first certificate in "
                            "'%2' (sip_tls_certificate)")
                 .arg(other.key, ours.certificate));
    QVERIFY(error({}, {}, nowhere).startsWith(QStringLiteral("sip_tls_ca: ")));
}

QTEST_GUILESS_MAIN(StreamTlsTest)
#include "tst_stream_tls.moc"
