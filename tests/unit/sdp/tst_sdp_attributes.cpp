#include "sdp/Attributes.h"

#include <QTest>

using namespace hs::sdp;

class AttributesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rtpmap_data();
    void rtpmap();
    void sameEncoding();
    void staticTypes();
    void packetTimes_data();
    void packetTimes();
    void fmtp();
    void rtcp_data();
    void rtcp();
    void mediaDirectionOverridesSession();
    void directionAlgebra();
};

void AttributesTest::rtpmap_data()
{
    QTest::addColumn<QByteArray>("printed"); // empty: refused
    QTest::newRow("0 PCMU/8000") << QByteArray("0 PCMU/8000");
    QTest::newRow("8 PCMA/8000/1") << QByteArray("8 PCMA/8000");
    QTest::newRow("96 opus/48000/2") << QByteArray("96 opus/48000/2");
    QTest::newRow(" 97  PCMU/8000 ") << QByteArray("97 PCMU/8000");
    QTest::newRow("127 x/1") << QByteArray("127 x/1");
    QTest::newRow("128 PCMU/8000") << QByteArray();
    QTest::newRow("-1 PCMU/8000") << QByteArray();
    QTest::newRow("4294967296 PCMU/8000") << QByteArray();
    QTest::newRow("0 PCMU") << QByteArray();
    QTest::newRow("0 /8000") << QByteArray();
    QTest::newRow("0 PCMU/0") << QByteArray();
    QTest::newRow("0 PCMU/99999999999") << QByteArray();
    QTest::newRow("0 PCMU/8000/0") << QByteArray();
    QTest::newRow("0 PCMU/8000/300") << QByteArray();
    QTest::newRow("0 PCMU/8k") << QByteArray();
    QTest::newRow("0") << QByteArray();
    QTest::newRow("PCMU/8000") << QByteArray();
}

void AttributesTest::rtpmap()
{
    QFETCH(QByteArray, printed);
    const auto codec = parseRtpmap(QByteArrayView(QTest::currentDataTag()));
    QCOMPARE(codec.has_value(), !printed.isEmpty());
    if (codec) {
        QCOMPARE(rtpmapOf(*codec).value, printed);
    }
}

void AttributesTest::sameEncoding()
{
    const Codec pcmu = *Codec::ofStaticType(0);
    QVERIFY(parseRtpmap("97 pcmu/8000/1")->isSameEncoding(pcmu)); // RFC 8866 6.6: in any case
    QVERIFY(!parseRtpmap("97 PCMU/16000")->isSameEncoding(pcmu));
    QVERIFY(!parseRtpmap("97 PCMU/8000/2")->isSameEncoding(pcmu));
    QVERIFY(!parseRtpmap("97 PCMA/8000")->isSameEncoding(pcmu));
    const Codec opus = *Codec::named("opus");
    QVERIFY(parseRtpmap("111 OPUS/48000/2")->isSameEncoding(opus));
    QVERIFY(parseRtpmap("111 opus/48000")->isSameEncoding(opus)); // RFC 7587 7 forgotten
    QVERIFY(!parseRtpmap("111 opus/16000/2")->isSameEncoding(opus));
}

void AttributesTest::staticTypes()
{
    QCOMPARE(*Codec::ofStaticType(0), (Codec{"PCMU", 8000, 1, 0}));
    QCOMPARE(*Codec::ofStaticType(8), (Codec{"PCMA", 8000, 1, 8}));
    QCOMPARE(*Codec::ofStaticType(9), (Codec{"G722", 8000, 1, 9}));
    QCOMPARE(*Codec::ofStaticType(13), (Codec{"CN", 8000, 1, 13}));
    for (const int other : {-1, 1, 3, 18, 96, 127, 128}) {
        QVERIFY(!Codec::ofStaticType(other));
    }
}

void AttributesTest::packetTimes_data()
{
    QTest::addColumn<int>("ms"); // -1: nothing
    QTest::newRow("20") << 20;
    QTest::newRow(" 30 ") << 30;
    QTest::newRow("62.5") << 62; // RFC 8866 6.4: a real number
    QTest::newRow("0") << 0;
    QTest::newRow("60000") << 60000;
    QTest::newRow("60001") << -1;
    QTest::newRow("4294967316") << -1; // 20 modulo 2^32 (conformance row 5.9)
    QTest::newRow("-20") << -1;
    QTest::newRow("20ms") << -1;
    QTest::newRow("20.x") << -1;
    QTest::newRow("") << -1;
}

void AttributesTest::packetTimes()
{
    QFETCH(int, ms);
    QCOMPARE(parsePacketTime(QByteArrayView(QTest::currentDataTag())).value_or(-1), ms);
}

void AttributesTest::fmtp()
{
    const auto parsed = Fmtp::parse("101 0-15,16");
    QVERIFY(parsed);
    QCOMPARE(parsed->format, QByteArray("101"));
    QCOMPARE(parsed->parameters, QByteArray("0-15,16"));
    QCOMPARE(Fmtp::parse("18")->parameters, QByteArray());
    QVERIFY(!Fmtp::parse(" "));
}

void AttributesTest::rtcp_data()
{
    QTest::addColumn<int>("port"); // -1: refused
    QTest::addColumn<QByteArray>("address"); // empty: none, or a host name
    QTest::newRow("53020") << 53020 << QByteArray();
    QTest::newRow("53020 IN IP4 192.0.2.4") << 53020 << QByteArray("192.0.2.4");
    QTest::newRow("53020 IN IP6 2001:db8::4") << 53020 << QByteArray("2001:db8::4");
    QTest::newRow("53020 IN IP4 a.example.com") << 53020 << QByteArray();
    QTest::newRow("65536") << -1 << QByteArray();
    QTest::newRow("53020 IN") << -1 << QByteArray();
    QTest::newRow("53020 ATM NSAP 47") << -1 << QByteArray();
    QTest::newRow("x") << -1 << QByteArray();
}

void AttributesTest::rtcp()
{
    QFETCH(int, port);
    QFETCH(QByteArray, address);
    const auto parsed = RtcpAttribute::parse(QByteArrayView(QTest::currentDataTag()));
    QCOMPARE(parsed ? int(parsed->port) : -1, port);
    if (parsed && parsed->address) {
        QCOMPARE(parsed->address->toString(), address);
    }
}

void AttributesTest::mediaDirectionOverridesSession()
{
    SessionDescription session;
    MediaDescription media;
    QCOMPARE(direction(session, media), Direction::SendRecv);
    session.attributes = {{"Inactive", {}}};
    QCOMPARE(direction(session, media), Direction::Inactive);
    media.attributes = {{"ptime", "20"}, {"sendonly", {}}};
    QCOMPARE(direction(session, media), Direction::SendOnly);
    session.attributes.append(Attribute{"ptime", "30"});
    QCOMPARE(packetTime(session, media), 20);
    media.attributes.removeFirst();
    QCOMPARE(packetTime(session, media), 30);
    QVERIFY(!maxPacketTime(session, media));
}

void AttributesTest::directionAlgebra()
{
    for (const Direction each :
         {Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly, Direction::Inactive}) {
        QCOMPARE(directionOf(sends(each), receives(each)), each);
    }
    QCOMPARE(attributeOf(Direction::RecvOnly).name, QByteArray("recvonly"));
}

QTEST_GUILESS_MAIN(AttributesTest)
#include "tst_sdp_attributes.moc"
