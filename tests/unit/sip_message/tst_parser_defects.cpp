// What the parser refuses, by which code and reason, and that it can be answered.
#include "Datagrams.h"
#include "sip/message/MessageFactory.h"

#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class ParserDefectsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requests_data();
    void requests();
    void startLines_data();
    void startLines();
    void unparsable_data();
    void unparsable();
    void responses_data();
    void responses();
    void isAnswerable_data();
    void isAnswerable();
};

void ParserDefectsTest::requests_data()
{
    QTest::addColumn<QByteArray>("extra");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* rule, const QByteArray& extra, const char* expected) {
        QTest::newRow(rule) << extra << QByteArray(expected);
    };
    row("8.1.1 no Call-ID", "Call-ID:\n", "defect:400 Missing Call-ID");
    row("8.1.1 no CSeq", "CSeq:\n", "defect:400 Missing CSeq");
    row("8.1.1 no From", "From:\n", "defect:400 Missing From");
    row("8.1.1 no To", "To:\n", "defect:400 Missing To");
    row("empty Call-ID", "Call-ID:  \n", "defect:400 Bad Call-ID");
    row("Call-ID of two words", "Call-ID: a b\n", "defect:400 Bad Call-ID");
    row("Call-ID with a NUL", QByteArray("Call-ID: a\0b\n", 13), "defect:400 Bad Call-ID");
    row("CSeq no number", "CSeq: x OPTIONS\n", "defect:400 Bad CSeq");
    row("CSeq 2^32", "CSeq: 4294967296 OPTIONS\n", "defect:400 Bad CSeq");
    row("8.1.1.5 CSeq of another method", "CSeq: 1 INVITE\n", "defect:400 CSeq Method Mismatch");
    row("CSeq of the method in another case", "CSeq: 1 options\n",
        "defect:400 CSeq Method Mismatch");
    row("empty To", "To:  \n", "defect:400 Bad To");
    row("To without scheme", "To: bob@example.com\n", "defect:400 Bad To");
    row("From with two tags", "From: <sip:a@b>;tag=1;tag=2\n", "defect:400 Bad From");
    row("two To", "t: <sip:x@y>\nTo: <sip:bob@example.com>\n", "defect:400 More Than One To");
    row("two Call-ID, compact form", "i: x\nCall-ID: y\n", "defect:400 More Than One Call-ID");
    row("two Max-Forwards", "MAX-FORWARDS: 1\n", "defect:400 More Than One Max-Forwards");
    row("two Content-Type", "c: a/b\nContent-Type: c/d\n", "defect:400 More Than One Content-Type");
    row("RFC 3515 two Refer-To", "Refer-To: <sip:a@b>\nr: <sip:a@c>\n",
        "defect:400 More Than One Refer-To");
    row("RFC 3891 two Replaces", "Replaces: a;to-tag=1;from-tag=2\nReplaces: b\n",
        "defect:400 More Than One Replaces");
    row("Max-Forwards no number", "Max-Forwards: many\n", "defect:400 Bad Max-Forwards");
    row("Max-Forwards negative", "Max-Forwards: -1\n", "defect:400 Bad Max-Forwards");
    row("Max-Forwards empty", "Max-Forwards:  \n", "defect:400 Bad Max-Forwards");
    row("Contact '?' without <>", "Contact: sip:a@b?x=y\n", "defect:400 Bad Contact");
    row("Contact empty parameter", "Contact: <sip:a@b>;;\n", "defect:400 Bad Contact");
    row("Contact empty element", "Contact: <sip:a@b>,\n", "defect:400 Bad Contact");
    row("Contact empty", "Contact: \n", "defect:400 Bad Contact");
    row("Contact wildcard in a list", "Contact: *, <sip:a@b>\n", "defect:400 Bad Contact");
    row("Route no address", "Route: proxy\n", "defect:400 Bad Route");
    row("Record-Route no address", "Record-Route: <>\n", "defect:400 Bad Record-Route");
    row("Content-Type no type", "Content-Type: sdp\n", "defect:400 Bad Content-Type");
    row("second Via malformed", "Via: SIP/2.0/UDP a;branch=z9hG4bKx, junk\n", "defect:400 Bad Via");
    row("Via empty element", "Via: SIP/2.0/UDP a;branch=z9hG4bKx,\n", "defect:400 Bad Via");
    row("Via port too large", "Via: SIP/2.0/UDP a:70000;branch=z9hG4bKx\n", "defect:400 Bad Via");
    row("RFC 4475 3.2.1 the cookie alone", "Via: SIP/2.0/UDP a;branch=Z9HG4bK\n",
        "defect:400 Bad Branch");
    row("18.3 longer than the datagram", "Content-Length: 1\n",
        "defect:400 Content-Length Beyond the End");
    row("negative length", "Content-Length: -999\n", "defect:400 Bad Content-Length");
    row("length with a sign", "Content-Length: +0\n", "defect:400 Bad Content-Length");
    row("length in words", "Content-Length: five\n", "defect:400 Bad Content-Length");
    row("length empty", "Content-Length: \n", "defect:400 Bad Content-Length");
    row("length 2^32", "Content-Length: 4294967296\n", "defect:400 Bad Content-Length");
    row("length 2^64", "Content-Length: 18446744073709551616\n", "defect:400 Bad Content-Length");
    row("length twenty digits", "Content-Length: 99999999999999999999\n",
        "defect:400 Bad Content-Length");
    row("length hexadecimal", "Content-Length: 0x0\n", "defect:400 Bad Content-Length");
    row("length list", "Content-Length: 0, 0\n", "defect:400 Bad Content-Length");
    row("two lengths", "Content-Length: 0\nl: 5\n", "defect:400 More Than One Content-Length");
    row("two equal lengths", "Content-Length: 0\nl: 0\n",
        "defect:400 More Than One Content-Length");
    row("header line without colon", "Foobar roobar\n", "defect:400 Bad Header Line");
    row("header line without name", ": x\n", "defect:400 Bad Header Line");
    row("blank in a header name", "Foo bar: x\n", "defect:400 Bad Header Line");
    row("name no token", "Foo(bar): x\n", "defect:400 Bad Header Line");
    row("UTF-8 in a name", "F\xc3\xb6o: x\n", "defect:400 Bad Header Line");
    row("NUL in a name", QByteArray("Fo\0o: x\n", 8), "defect:400 Bad Header Line");
    row("CR that ends no line", "Subject: a\rTo: <sip:evil@b>\n", "defect:400 Bad Header Line");
    row("CR CR LF", "Subject: a\r\n", "defect:400 Bad Header Line");
}

void ParserDefectsTest::requests()
{
    QFETCH(QByteArray, extra);
    QTEST(reasonOf(parseDatagram(optionsWith(extra))), "expected");
}

void ParserDefectsTest::startLines_data()
{
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* line, const char* expected) {
        QTest::newRow(line) << QByteArray(expected);
    };
    row("OPTIONS sip:a@b SIP/7.0", "defect:505 Version Not Supported");
    row("OPTIONS sip:a@b SIP/1.0", "defect:505 Version Not Supported");
    row("OPTIONS sip:a@b SIP/02.0", "defect:505 Version Not Supported");
    row("OPTIONS  sip:a b  SIP/3.0", "defect:505 Version Not Supported");
    row("OPTIONS sip:a@b SIP/2", "defect:400 Bad SIP-Version");
    row("OPTIONS sip:a@b SIP/", "defect:400 Bad SIP-Version");
    row("OPTIONS sip:a@b SIP/2.x", "defect:400 Bad SIP-Version");
    row("OPTIONS sip:a@b", "defect:400 Bad Request-Line");
    row("OPTIONS sip:a@b SIP2.0", "defect:400 Bad Request-Line");
    row("OPTIONS  sip:a@b SIP/2.0", "defect:400 Bad Request-Line");
    row("OPTIONS sip:a@b  SIP/2.0", "defect:400 Bad Request-Line");
    row("OPTIONS sip:a@b SIP/2.0 ", "defect:400 Bad Request-Line");
    row("OPTIONS\tsip:a@b SIP/2.0", "defect:400 Bad Request-Line");
    row("OPTIONS sip:a@b; lr SIP/2.0", "defect:400 Bad Request-Line");
    row("OPTIONS SIP/2.0", "defect:400 Bad Request-Line");
    row("OPT(IONS sip:a@b SIP/2.0", "defect:400 Bad Request-Line");
    row("OPTIONS <sip:a@b> SIP/2.0", "defect:400 Bad Request-URI");
    row("OPTIONS a@b SIP/2.0", "defect:400 Bad Request-URI");
    row("OPTIONS sip: SIP/2.0", "defect:400 Bad Request-URI");
    row("OPTIONS sip:a@b:99999 SIP/2.0", "defect:400 Bad Request-URI");
    row("OPTIONS sip:2001:db8::10 SIP/2.0", "defect:400 Bad Request-URI");
    row("OPTIONS sip:a@b?Route=%3Csip:c%3E SIP/2.0", "defect:400 Headers in Request-URI");
    row("OPTIONS foo:bar SIP/2.0", "defect:416 Unsupported URI Scheme");
    row("OPTIONS http://example.com/ SIP/2.0", "defect:416 Unsupported URI Scheme");
    row("OPTIONS sipx:a@b SIP/2.0", "defect:416 Unsupported URI Scheme");
}

void ParserDefectsTest::startLines()
{
    QTEST(reasonOf(parseDatagram(optionsWith("", QTest::currentDataTag()))), "expected");
}

void ParserDefectsTest::unparsable_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP") << optionsWith("", "GET / HTTP/1.1");
    QTest::newRow("RTSP") << optionsWith("", "OPTIONS rtsp://a RTSP/1.0");
    QTest::newRow("one word") << optionsWith("", "OPTIONS");
    QTest::newRow("blank in front") << optionsWith("", " OPTIONS");
    QTest::newRow("no Via") << optionsWith("Via:\n");
    QTest::newRow("no host in Via") << optionsWith("Via: SIP/2.0/UDP ;branch=z9hG4bKx\n");
    QTest::newRow("Via of HTTP") << optionsWith("Via: 1.1 proxy\n");
    QTest::newRow("empty Via") << optionsWith("Via:  \n");
    QTest::newRow("STUN") << QByteArray("\x00\x01\x00\x00\x21\x12\xa4\x42 0123456789", 19);
    QTest::newRow("RTP") << QByteArray("\x80\x00\x12\x34\x00\x00\x00\x01", 8);
    QTest::newRow("a fuzzer's") << QByteArray("0 0 SIP\r\nV:// ;0=;");
    QTest::newRow("start line alone") << QByteArray("INVITE sip:a@b SIP/2.0\r\n\r\n");
    QTest::newRow("cut in the start line") << QByteArray("INVITE sip:a@b SIP/2");
    QTest::newRow("CR only") << optionsWith("").replace("\r\n", "\r");
}

void ParserDefectsTest::unparsable()
{
    QFETCH(QByteArray, bytes);
    const Parsed parsed = parseDatagram(bytes);
    QCOMPARE(outcomeOf(parsed), QByteArray("unparsable"));
    QVERIFY(!std::get<Unparsable>(parsed).why.isEmpty());
}

void ParserDefectsTest::responses_data()
{
    QTest::addColumn<QByteArray>("extra");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char* rule, const QByteArray& extra, bool accepted) {
        QTest::newRow(rule) << extra << accepted;
    };
    row("plain", "", true);
    row("no Via", "Via:\n", false);
    row("malformed Via", "Via: SIP/2.0/UDP a;;\n", false);
    row("no To", "To:\n", false);
    row("malformed From", "From: \"x <sip:a@b>\n", false);
    row("malformed CSeq", "CSeq: 9292394834772304023312 OPTIONS\n", false);
    row("two Call-ID", "i: x\nCall-ID: y\n", false);
    row("18.3 cut short", "Content-Length: 1\n", false);
    row("line without colon", "junk\n", false);
    row("malformed Contact is the user agent's", "Contact: <>\n", true);
    row("two Content-Type are the user agent's", "c: a/b\nContent-Type: a/b\n", true);
    row("Max-Forwards means nothing", "Max-Forwards: x\n", true);
    row("Retry-After out of range", "Retry-After: 949302838503028349304023988\n", true);
    row("CSeq of any method is the transaction's", "CSeq: 1 FOO\n", true);
}

void ParserDefectsTest::responses()
{
    QFETCH(QByteArray, extra);
    QFETCH(bool, accepted);
    const Parsed parsed = parseDatagram(responseWith(extra));
    QCOMPARE(std::holds_alternative<ParsedResponse>(parsed), accepted);
    QCOMPARE(std::holds_alternative<Unparsable>(parsed), !accepted);
}

void ParserDefectsTest::isAnswerable_data()
{
    requests_data();
}

void ParserDefectsTest::isAnswerable()
{
    QFETCH(QByteArray, extra);
    const Parsed parsed = parseDatagram(optionsWith(extra));
    const auto& request = std::get<ParsedRequest>(parsed);
    QVERIFY(request.defect);
    const Response response =
        makeResponse(request.request, request.defect->statusCode, request.defect->reason);
    QVERIFY(response.headers.has("Via"));
    QCOMPARE(response.topVia(), request.request.topVia());
    QVERIFY(response.toBytes().startsWith("SIP/2.0 400 "));
}

QTEST_GUILESS_MAIN(ParserDefectsTest)
#include "tst_parser_defects.moc"
