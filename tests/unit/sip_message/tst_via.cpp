#include "sip/message/Via.h"

#include <QTest>

using namespace hs::sip;

class ViaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parts_data();
    void parts();
    void refused_data();
    void refused();
    void lenient_data();
    void lenient();
    void rport();
    void received_data();
    void received();
};

void ViaTest::parts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("printed");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    const auto row = [](const char* rule, const char* text, const char* printed, const char* host,
                        int port) {
        QTest::newRow(rule) << QByteArray(text) << QByteArray(printed) << QByteArray(host) << port;
    };
    row("plain", "SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK77",
        "SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK77", "pc33.atlanta.com", 0);
    row("port", "SIP/2.0/TCP 192.0.2.1:5061", "SIP/2.0/TCP 192.0.2.1:5061", "192.0.2.1", 5061);
    row("25.1 SLASH, COLON, SEMI, EQUAL with blanks",
        "SIP / 2.0  /\tUDP   host : 5060 ; branch  =  z9hG4bK30239 ",
        "SIP/2.0/UDP host:5060;branch=z9hG4bK30239", "host", 5060);
    row("IPv6", "SIP/2.0/UDP [2001:db8::9:1]:5061;x", "SIP/2.0/UDP [2001:db8::9:1]:5061;x",
        "2001:db8::9:1", 5061);
    row("IPv6 without port", "SIP/2.0/UDP [::1]", "SIP/2.0/UDP [::1]", "::1", 0);
    row("unknown transport", "SIP/2.0/UNKNOWN t4.example.com", "SIP/2.0/UNKNOWN t4.example.com",
        "t4.example.com", 0);
    row("transport is a token", "SIP/2.0/W-s+s h", "SIP/2.0/W-s+s h", "h", 0);
    row("other version is kept", "sip/7.0/UDP h", "SIP/7.0/UDP h", "h", 0);
    row("branch with %", "SIP/2.0/TCP h;branch=z9hG4bK209%fzsnel234",
        "SIP/2.0/TCP h;branch=z9hG4bK209%fzsnel234", "h", 0);
}

void ViaTest::parts()
{
    QFETCH(QByteArray, text);
    const std::optional<Via> via = Via::parse(text);
    QVERIFY(via);
    QVERIFY(Via::isValid(text));
    QTEST(via->toBytes(), "printed");
    QTEST(via->host, "host");
    QTEST(int(via->port), "port");
    QCOMPARE(Via::parse(via->toBytes())->toBytes(), via->toBytes());
    QCOMPARE(Via::parseLenient(text), via);
}

void ViaTest::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* rule, const QByteArray& text) { QTest::newRow(rule) << text; };
    row("nothing", "");
    row("no transport", "SIP/2.0 host");
    row("empty transport", "SIP/2.0/ host");
    row("no version", "SIP//UDP host");
    row("other protocol", "HTTP/1.1/UDP host");
    row("no host", "SIP/2.0/UDP");
    row("no host, parameters", "SIP/2.0/UDP ;branch=z9hG4bK1");
    row("no blank before the host", "SIP/2.0/UDP[::1]");
    row("two hosts", "SIP/2.0/UDP a b");
    row("host no name", "SIP/2.0/UDP a@b");
    row("IPv6 without brackets", "SIP/2.0/UDP 2001:db8::1");
    row("port too large", "SIP/2.0/UDP a:65536");
    row("port no number", "SIP/2.0/UDP a:x");
    row("port missing", "SIP/2.0/UDP a:;branch=x");
    row("negative port", "SIP/2.0/UDP a:-1");
    row("empty parameter", "SIP/2.0/UDP a;;branch=x");
    row("empty branch", "SIP/2.0/UDP a;branch=");
    row("two branches", "SIP/2.0/UDP a;branch=x;branch=y");
    row("comment", "SIP/2.0/UDP a (comment)");
    row("NUL", QByteArray("SIP/2.0/UDP a\0b", 15));
}

void ViaTest::refused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Via::parse(text));
    QVERIFY(!Via::isValid(text));
}

void ViaTest::lenient_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("printed"); // empty: no use
    QTest::newRow("badinv01") << QByteArray("SIP/2.0/UDP 192.0.2.15;;")
                              << QByteArray("SIP/2.0/UDP 192.0.2.15");
    QTest::newRow("good parameters behind a bad one")
        << QByteArray("SIP/2.0/UDP a;;branch=x;@;rport")
        << QByteArray("SIP/2.0/UDP a;branch=x;rport");
    QTest::newRow("bad port") << QByteArray("SIP/2.0/UDP a:99999;branch=x")
                              << QByteArray("SIP/2.0/UDP a;branch=x");
    QTest::newRow("bad host") << QByteArray("SIP/2.0/UDP a@@b;branch=x")
                              << QByteArray("SIP/2.0/UDP a@@b;branch=x");
    QTest::newRow("two branches: the first counts")
        << QByteArray("SIP/2.0/UDP a;branch=x;branch=y")
        << QByteArray("SIP/2.0/UDP a;branch=x;branch=y");
    QTest::newRow("no host") << QByteArray("SIP/2.0/UDP ;branch=x") << QByteArray();
    QTest::newRow("no transport") << QByteArray("SIP/2.0 a;branch=x") << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void ViaTest::lenient()
{
    QFETCH(QByteArray, text);
    const std::optional<Via> via = Via::parseLenient(text);
    QTEST(via ? via->toBytes() : QByteArray(), "printed");
}

void ViaTest::rport()
{
    QCOMPARE(Via::parse("SIP/2.0/UDP a")->rport(), std::nullopt);
    QCOMPARE(Via::parse("SIP/2.0/UDP a;rport")->rport(), quint16(0));
    QCOMPARE(Via::parse("SIP/2.0/UDP a;RPort=5070")->rport(), quint16(5070));
    QCOMPARE(Via::parse("SIP/2.0/UDP a;rport=99999")->rport(), quint16(0));
    Via via = *Via::parse("SIP/2.0/UDP a;rport;branch=x");
    via.params.set("rport", "5070");
    QCOMPARE(via.toBytes(), QByteArray("SIP/2.0/UDP a;rport=5070;branch=x"));
}

void ViaTest::received_data()
{
    QTest::addColumn<QByteArray>("address"); // null: none
    QTest::newRow(";branch=x") << QByteArray();
    QTest::newRow(";received=192.0.2.5") << QByteArray("192.0.2.5");
    QTest::newRow(";received=2001:db8::9:255") << QByteArray("2001:db8::9:255");
    QTest::newRow(";received=[2001:db8::9:255]") << QByteArray("2001:db8::9:255");
}

void ViaTest::received()
{
    const QByteArray text = "SIP/2.0/UDP a" + QByteArray(QTest::currentDataTag());
    const std::optional<Via> via = Via::parse(text);
    QVERIFY(via);
    QTEST(via->received().value_or(QByteArray()), "address");
}

QTEST_GUILESS_MAIN(ViaTest)
#include "tst_via.moc"
