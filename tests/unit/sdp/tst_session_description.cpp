#include "PhoneOffers.h"
#include "sdp/SessionDescription.h"

#include <QTest>

using namespace hs::sdp;
using namespace hs::test;

class SessionDescriptionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryField();
    void printsInOrder();
    void roundTrip_data();
    void roundTrip();
    void tolerates_data();
    void tolerates();
    void refuses_data();
    void refuses();
    void limits_data();
    void limits();
    void errorsNameTheLineAndMaskBytes();
};

namespace {
const QByteArrayList minimum{"v=0", "o=- 1 2 IN IP4 192.0.2.1", "s=-", "t=0 0"};

QByteArray withLine(const QByteArray& line)
{
    return sdpText(minimum + QByteArrayList{line});
}
} // namespace

void SessionDescriptionTest::readsEveryField()
{
    const auto parsed = SessionDescription::parse(sdpText(
        {"v=0", "o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1", "s=Call to John Smith",
         "i=SDP Offer #1", "u=http://www.jdoe.example.com/home.html", "e=Jane <jane@example.com>",
         "p=+1 617 555-6011", "c=IN IP4 198.51.100.1", "t=5 7", "a=recvonly", "a=tool:", "x=y",
         "m=audio 49170/2 RTP/AVP 0 96", "i=voice", "c=IN IP6 FF15::101/3", "b=AS:64",
         "a=rtpmap:96 L8/8000", "m=video 0 RTP/AVP 99", "k=clear:none"}));
    QVERIFY(parsed);
    const SessionDescription& sdp = *parsed;
    QCOMPARE(sdp.origin, (Origin{"jdoe", 3724394400, 3724394405, "198.51.100.1"}));
    QCOMPARE(sdp.name, QByteArray("Call to John Smith"));
    QCOMPARE(sdp.connection->address.toString(), QByteArray("198.51.100.1"));
    QCOMPARE(sdp.times, QList<Timing>({Timing{5, 7}}));
    QCOMPARE(sdp.otherLines.size(), 5);
    QVERIFY(sdp.findAttribute("RECVONLY"));
    QVERIFY(sdp.findAttribute("recvonly")->value.isNull());
    QVERIFY(!sdp.findAttribute("tool")->value.isNull());
    QCOMPARE(sdp.media.size(), 2);
    const MediaDescription& audio = sdp.media[0];
    QCOMPARE(audio.type, QByteArray("audio"));
    QCOMPARE(audio.port, quint16(49170));
    QCOMPARE(audio.portCount, 2);
    QCOMPARE(audio.protocol, QByteArray("RTP/AVP"));
    QCOMPARE(audio.formats, (QList<QByteArray>{"0", "96"}));
    QCOMPARE(audio.connection->host, QByteArray("FF15::101"));
    QCOMPARE(audio.findAttribute("rtpmap")->value, QByteArray("96 L8/8000"));
    QCOMPARE(sdp.connectionOf(audio), &*audio.connection);
    QCOMPARE(sdp.connectionOf(sdp.media[1]), &*sdp.connection);
}

void SessionDescriptionTest::printsInOrder()
{
    SessionDescription sdp;
    sdp.origin = Origin{"hs", 7, 8, "2001:db8::1"};
    sdp.connection = Connection::of(*hs::base::IpAddress::parse("2001:db8::1"));
    sdp.attributes = {{"inactive", {}}};
    MediaDescription media;
    media.type = "audio";
    media.port = 31000;
    media.protocol = "RTP/AVP";
    media.formats = {"0", "8"};
    media.attributes = {{"ptime", "20"}};
    media.otherLines = {{'b', "AS:64"}, {'i', "voice"}};
    sdp.media = {media};
    QCOMPARE(
        sdp.toBytes(),
        sdpText({"v=0", "o=hs 7 8 IN IP6 2001:db8::1", "s=-", "c=IN IP6 2001:db8::1", "t=0 0",
                 "a=inactive", "m=audio 31000 RTP/AVP 0 8", "i=voice", "b=AS:64", "a=ptime:20"}));
}

void SessionDescriptionTest::roundTrip_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("Linphone") << linphoneOffer();
    QTest::newRow("Zoiper") << zoiperOffer();
    QTest::newRow("Asterisk") << asteriskOffer();
    QTest::newRow("SIPp") << sippOffer();
    QTest::newRow("Cisco") << ciscoOffer();
    QTest::newRow("T.38") << t38Offer();
    QTest::newRow("WebRTC") << webRtcOffer();
}

// What these send is in the RFC's order already, so it comes out byte for byte.
void SessionDescriptionTest::roundTrip()
{
    QFETCH(QByteArray, text);
    const auto parsed = SessionDescription::parse(text);
    QVERIFY2(parsed.ok(), parsed ? "" : qPrintable(parsed.error().toString()));
    QCOMPARE(parsed->toBytes(), text);
}

void SessionDescriptionTest::tolerates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("printed"); // a line that must stand in toBytes()
    QTest::newRow("LF only (8866 5)") << minimum.join('\n') + "\nm=audio 1 RTP/AVP 0\n"
                                      << QByteArray("m=audio 1 RTP/AVP 0");
    QTest::newRow("last attribute without newline (row 7.2)")
        << sdpText(minimum) + "m=audio 1 RTP/AVP 0\r\na=sendonly" << QByteArray("a=sendonly");
    QTest::newRow("empty lines") << sdpText(minimum) + "\r\n\r\n" << QByteArray("s=-");
    QTest::newRow("no s=, no t=") << QByteArray("v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\n")
                                  << QByteArray("t=0 0");
    QTest::newRow("empty s=") << QByteArray("v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=\r\n")
                              << QByteArray("s=-");
    QTest::newRow("username with blanks")
        << QByteArray("v=0\r\no=Front Desk 1 2 IN IP4 192.0.2.1\r\n")
        << QByteArray("o=Front Desk 1 2 IN IP4 192.0.2.1");
    QTest::newRow("no username") << QByteArray("v=0\r\no= 1 2 IN IP4 192.0.2.1\r\n")
                                 << QByteArray("o=- 1 2 IN IP4 192.0.2.1");
    QTest::newRow("largest session id (3264 5)")
        << QByteArray("v=0\r\no=- 9223372036854775807 0 IN IP4 192.0.2.1\r\n")
        << QByteArray("o=- 9223372036854775807 0 IN IP4 192.0.2.1");
    QTest::newRow("double blanks")
        << withLine("m=audio  4000  RTP/AVP  0  8 ") << QByteArray("m=audio 4000 RTP/AVP 0 8");
    QTest::newRow("unknown letter (8866 5)") << withLine("Z=what") << QByteArray("Z=what");
    QTest::newRow("no formats") << withLine("m=video 0 RTP/AVP") << QByteArray("m=video 0 RTP/AVP");
    QTest::newRow("unknown media")
        << withLine("m=x-hologram 9 foo bar") << QByteArray("m=x-hologram 9 foo bar");
    QTest::newRow("format beyond 2^32")
        << withLine("m=audio 9 RTP/AVP 4294967296") << QByteArray("m=audio 9 RTP/AVP 4294967296");
    QTest::newRow("ttl dropped") << withLine("c=IN IP4 224.2.1.1/127/3")
                                 << QByteArray("c=IN IP4 224.2.1.1");
    QTest::newRow("host name in c=")
        << withLine("c=IN IP4 pbx.example.com") << QByteArray("c=IN IP4 pbx.example.com");
    QTest::newRow("several c=") << withLine("c=IN IP4 192.0.2.9\r\nc=IN IP4 192.0.2.8")
                                << QByteArray("c=IN IP4 192.0.2.9\r\nc=IN IP4 192.0.2.8");
    QTest::newRow("lower case net type")
        << withLine("c=in ip4 192.0.2.9") << QByteArray("c=IN IP4 192.0.2.9");
    QTest::newRow("empty attribute") << withLine("a=") << QByteArray("a=");
    QTest::newRow("tab in a value") << withLine("i=a\tb") << QByteArray("i=a\tb");
    QTest::newRow("bytes that are no UTF-8") << withLine("i=\xff\xfe") << QByteArray("i=\xff\xfe");
}

void SessionDescriptionTest::tolerates()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, printed);
    const auto parsed = SessionDescription::parse(text);
    QVERIFY2(parsed.ok(), parsed ? "" : qPrintable(parsed.error().toString()));
    const QByteArray line = "\r\n" + printed + "\r\n";
    QVERIFY2(parsed->toBytes().contains(line), parsed->toBytes().constData());
    const auto again = SessionDescription::parse(parsed->toBytes());
    QVERIFY(again);
    QCOMPARE(again->toBytes(), parsed->toBytes());
}

void SessionDescriptionTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("no v=") << QByteArray("o=- 1 2 IN IP4 192.0.2.1\r\n") << 1;
    QTest::newRow("version 1") << QByteArray("v=1\r\n") << 1;
    QTest::newRow("no o=") << QByteArray("v=0\r\ns=-\r\nt=0 0\r\n") << 0;
    QTest::newRow("two v=") << withLine("v=0") << 5;
    QTest::newRow("two o=") << withLine("o=- 1 2 IN IP4 192.0.2.1") << 5;
    QTest::newRow("two s=") << withLine("s=again") << 5;
    QTest::newRow("no equals sign") << withLine("hello") << 5;
    QTest::newRow("blank before the equals sign") << withLine("a =x") << 5;
    QTest::newRow("one letter") << withLine("a") << 5;
    QTest::newRow("NUL") << withLine(QByteArray("i=a\0b", 5)) << 5;
    QTest::newRow("bare CR") << withLine("i=a\rm=audio 1 RTP/AVP 0") << 5;
    QTest::newRow("o= without numbers") << QByteArray("v=0\no=- x y IN IP4 192.0.2.1") << 2;
    QTest::newRow("o= negative") << QByteArray("v=0\no=- -1 2 IN IP4 192.0.2.1") << 2;
    QTest::newRow("o= 2^63 (3264 5)")
        << QByteArray("v=0\no=- 9223372036854775808 2 IN IP4 192.0.2.1") << 2;
    QTest::newRow("o= 2^64 + 1") << QByteArray("v=0\no=- 1 18446744073709551617 IN IP4 192.0.2.1")
                                 << 2;
    QTest::newRow("o= of another network") << QByteArray("v=0\no=- 1 2 ATM NSAP 47") << 2;
    QTest::newRow("c= short") << withLine("c=IN IP4") << 5;
    QTest::newRow("c= slash only") << withLine("c=IN IP4 /127") << 5;
    QTest::newRow("c= of another network") << withLine("c=TN RFC2543 +1-201-406-4090") << 5;
    QTest::newRow("t= one number") << withLine("t=0") << 5;
    QTest::newRow("t= three numbers") << withLine("t=0 0 0") << 5;
    QTest::newRow("m= short") << withLine("m=audio 1") << 5;
    QTest::newRow("m= port 65536 (row 5.9)") << withLine("m=audio 65536 RTP/AVP 0") << 5;
    QTest::newRow("m= port negative (row 5.9)") << withLine("m=audio -1 RTP/AVP 0") << 5;
    QTest::newRow("m= port 2^32 + 1") << withLine("m=audio 4294967297 RTP/AVP 0") << 5;
    QTest::newRow("m= port a word") << withLine("m=audio discard RTP/AVP 0") << 5;
    QTest::newRow("m= no ports") << withLine("m=audio 1/0 RTP/AVP 0") << 5;
    QTest::newRow("m= 2^32 ports") << withLine("m=audio 1/4294967296 RTP/AVP 0") << 5;
}

void SessionDescriptionTest::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    const auto parsed = SessionDescription::parse(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().line, line);
    QVERIFY(!parsed.error().text.isEmpty());
}

void SessionDescriptionTest::limits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("fits");
    const auto repeated = [](const QByteArray& line, int count) -> QByteArray {
        return sdpText(minimum) + QByteArray(line + "\r\n").repeated(count);
    };
    QTest::newRow("32 m= lines") << repeated("m=audio 1 RTP/AVP 0", 32) << true;
    QTest::newRow("33 m= lines (row 5.8)") << repeated("m=audio 1 RTP/AVP 0", 33) << false;
    QTest::newRow("64 formats") << withLine("m=audio 1 RTP/AVP" + QByteArray(" 0").repeated(64))
                                << true;
    QTest::newRow("65 formats (row 5.8)")
        << withLine("m=audio 1 RTP/AVP" + QByteArray(" 0").repeated(65)) << false;
    QTest::newRow("256 attributes") << repeated("a=x", 256) << true;
    QTest::newRow("257 attributes (row 5.8)") << repeated("a=x", 257) << false;
    QTest::newRow("257 attributes of a media")
        << withLine("m=audio 1 RTP/AVP 0") + QByteArray("a=x\r\n").repeated(257) << false;
    QTest::newRow("257 b= lines") << repeated("b=AS:1", 257) << false;
    QTest::newRow("257 t= lines") << repeated("t=0 0", 257) << false;
    const QByteArray start = sdpText(minimum) + "i=";
    const auto room = SessionDescription::maxBytes - start.size();
    QTest::newRow("64 KiB") << start + QByteArray(room, 'x') << true;
    QTest::newRow("64 KiB and one") << start + QByteArray(room + 1, 'x') << false;
}

void SessionDescriptionTest::limits()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, fits);
    QCOMPARE(SessionDescription::parse(text).ok(), fits);
}

void SessionDescriptionTest::errorsNameTheLineAndMaskBytes()
{
    const auto parsed = SessionDescription::parse(withLine("m=audio 1\x1b[31m RTP/AVP 0"));
    QVERIFY(!parsed);
    const QString text = parsed.error().toString();
    QVERIFY2(text.startsWith(QStringLiteral("SDP line 5: ")), qPrintable(text));
    QVERIFY2(!text.contains(QChar(0x1b)), qPrintable(text));
    const auto port = SessionDescription::parse(withLine("m=audio 70000 RTP/AVP 0"));
    QCOMPARE(port.error().toString(),
             QStringLiteral("SDP line 5: the port '70000' must be a number from 0 to 65535"));
}

QTEST_GUILESS_MAIN(SessionDescriptionTest)
#include "tst_session_description.moc"
