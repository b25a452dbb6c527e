#include "base/HostPort.h"

#include <QTest>

#include <sys/socket.h>

using namespace hs::base;

class EndpointTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parse_data();
    void parse();
    void sockaddrRoundTrip();
    void privateness_data();
    void privateness();
    void hostPort_data();
    void hostPort();
    void subnet();
};

void EndpointTest::parse_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("uriHost"); // empty: refused
    QTest::newRow("v4") << QByteArray("192.0.2.1") << QByteArray("192.0.2.1");
    QTest::newRow("v6") << QByteArray("2001:DB8::1") << QByteArray("[2001:db8::1]");
    QTest::newRow("v6 in brackets") << QByteArray("[::1]") << QByteArray("[::1]");
    QTest::newRow("v4-mapped is v4") << QByteArray("::ffff:10.0.0.1") << QByteArray("10.0.0.1");
    QTest::newRow("v4 in brackets") << QByteArray("[10.0.0.1]") << QByteArray();
    QTest::newRow("short v4") << QByteArray("127.1") << QByteArray();
    QTest::newRow("a number") << QByteArray("1") << QByteArray();
    QTest::newRow("too large") << QByteArray("1.2.3.256") << QByteArray();
    QTest::newRow("name") << QByteArray("localhost") << QByteArray();
    QTest::newRow("empty") << QByteArray("") << QByteArray();
}

void EndpointTest::parse()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, uriHost);
    const auto address = IpAddress::parse(text);
    QCOMPARE(address.has_value(), !uriHost.isEmpty());
    if (address) {
        QCOMPARE(address->toUriHost(), uriHost);
    }
}

void EndpointTest::sockaddrRoundTrip()
{
    for (const char* text : {"192.0.2.7", "2001:db8::7", "::1"}) {
        const Endpoint endpoint(*IpAddress::parse(text), 5062);
        sockaddr_storage storage;
        QVERIFY(endpoint.toSockaddr(storage) > 0);
        QCOMPARE(Endpoint::fromSockaddr(storage), endpoint);
    }
}

void EndpointTest::privateness_data()
{
    QTest::addColumn<bool>("isPrivate");
    QTest::newRow("10.1.2.3") << true;
    QTest::newRow("172.16.0.1") << true;
    QTest::newRow("172.32.0.1") << false;
    QTest::newRow("192.168.255.1") << true;
    QTest::newRow("100.64.0.1") << true;
    QTest::newRow("100.128.0.1") << false;
    QTest::newRow("169.254.1.1") << true;
    QTest::newRow("8.8.8.8") << false;
    QTest::newRow("fd00::2") << true;
    QTest::newRow("fe80::1") << true;
    QTest::newRow("2001:db8::1") << false;
}

void EndpointTest::privateness()
{
    QFETCH(bool, isPrivate);
    QCOMPARE(IpAddress::parse(QTest::currentDataTag())->isPrivate(), isPrivate);
}

void EndpointTest::hostPort_data()
{
    QTest::addColumn<QByteArray>("host"); // empty: refused
    QTest::addColumn<int>("port");
    QTest::newRow("pbx.example.com") << QByteArray("pbx.example.com") << 0;
    QTest::newRow("pbx:5080") << QByteArray("pbx") << 5080;
    QTest::newRow("[2001:db8::1]:5060") << QByteArray("2001:db8::1") << 5060;
    QTest::newRow("[2001:db8::1]") << QByteArray("2001:db8::1") << 0;
    QTest::newRow("pbx:") << QByteArray() << 0;
    QTest::newRow("pbx:65536") << QByteArray() << 0;
    QTest::newRow("pbx:+1") << QByteArray() << 0;
    QTest::newRow(":5060") << QByteArray() << 0;
    QTest::newRow("two words") << QByteArray() << 0;
    QTest::newRow("[::1") << QByteArray() << 0;
    QTest::newRow("[::1]5060") << QByteArray() << 0;
}

void EndpointTest::hostPort()
{
    QFETCH(QByteArray, host);
    QFETCH(int, port);
    const auto parsed = HostPort::parse(QTest::currentDataTag());
    QCOMPARE(parsed.ok(), !host.isEmpty());
    if (parsed) {
        QCOMPARE(parsed->host, host);
        QCOMPARE(int(parsed->port), port);
        QCOMPARE(parsed->toString(), QByteArray(QTest::currentDataTag()));
    } else {
        QVERIFY(parsed.error().text.contains(QLatin1String(QTest::currentDataTag())));
    }
}

void EndpointTest::subnet()
{
    const auto net = Subnet::parse("192.0.2.0/24");
    QVERIFY(net);
    QVERIFY(net->contains(*IpAddress::parse("192.0.2.200")));
    QVERIFY(!net->contains(*IpAddress::parse("192.0.3.1")));
    QVERIFY(!net->contains(*IpAddress::parse("2001:db8::1")));
    QVERIFY(!Subnet::parse("192.0.2.0/33"));
    QVERIFY(!Subnet::parse("everything"));
    QVERIFY(Subnet::parse("::1")->contains(*IpAddress::parse("::1")));
}

QTEST_GUILESS_MAIN(EndpointTest)
#include "tst_endpoint.moc"
