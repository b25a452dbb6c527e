// What the parser takes, and how it reads it. What it refuses: tst_parser_defects.cpp.
#include "Datagrams.h"

#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class ParserTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void accepted_data();
    void accepted();
    void keepAlives_data();
    void keepAlives();
    void padding_data();
    void padding();
    void body_data();
    void body();
    void unfolding_data();
    void unfolding();
    void lineEnds();
    void statusLine_data();
    void statusLine();
    void methodsAreCaseSensitive();
};

void ParserTest::accepted_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* rule, const QByteArray& extra) {
        QTest::newRow(rule) << optionsWith(extra);
    };
    row("plain", "");
    row("20.22 no Max-Forwards", "Max-Forwards:\n");
    row("RFC 4475 3.1.2.4 Max-Forwards over 255", "Max-Forwards: 300\n");
    row("8.1.1.5 CSeq up to 2^32-1", "CSeq: 4294967295 OPTIONS\n");
    row("7.3.1 blanks before the colon", "Subject \t : x\n");
    row("7.3.3 compact forms",
        "From:\nTo:\nVia:\nCall-ID:\nf: <sip:a@b>\nt: sip:c@d\n"
        "v: SIP/2.0/UDP e\ni: f\nl: 0\nm: <sip:g@h>\n");
    row("8.1.1.4 Call-ID is any visible text", "Call-ID: a;b,c=d#e<f>\"g\n");
    row("8.2.2 malformed and not needed: Date", "Date: yesterday\n");
    row("8.2.2 malformed and not needed: Expires", "Expires: never\n");
    row("8.2.2 twice and not needed", "Subject: a\nSubject: b\nUser-Agent: a\nUser-Agent: b\n");
    row("8.2.2 unknown", "X: ;;,,;;,;\n");
    row("odd octets in a field that is not needed", "Subject: \x01\xff\x7f\n");
    row("RFC 2543 no branch", "Via: SIP/2.0/UDP 192.0.2.1\n");
    row("RFC 2543 no From tag", "From: <sip:a@b>\n");
    row("Contact wildcard", "Contact: *\n");
    row("Contact list", "Contact: <sip:a@b>, \"x, y\" <sip:c@d>\n");
    row("70 Via",
        "Via: SIP/2.0/UDP a;branch=z9hG4bKx" + QByteArray(",SIP/2.0/UDP b").repeated(69) + "\n");
    row("18.3 no Content-Length", "");
    row("leading zeros", "Content-Length: 0000000000000000000000\n");
    row("a body without a Content-Type is the user agent's", "Content-Length: 0\n");
    QTest::newRow("7.1 version in lower case")
        << optionsWith("", "OPTIONS sip:bob@example.com sip/2.0");
    QTest::newRow("tel: Request-URI") << optionsWith("", "OPTIONS tel:+12015550123 SIP/2.0");
    QTest::newRow("sips: Request-URI") << optionsWith("", "OPTIONS sips:a@b SIP/2.0");
    QTest::newRow("501 is the user agent's: unknown method")
        << optionsWith("CSeq: 1 FOO\n", "FOO sip:a@b SIP/2.0");
    QTest::newRow("501 comes before 416: unknown method and scheme")
        << optionsWith("CSeq: 1 FOO\n", "FOO foo:bar SIP/2.0");
    QTest::newRow("501 comes before CSeq: unknown method")
        << optionsWith("CSeq: 1 INVITE\n", "FOO sip:a@b SIP/2.0");
    QByteArray withoutEmptyLine = optionsWith("");
    withoutEmptyLine.chop(2);
    QTest::newRow("the last empty line is missing") << withoutEmptyLine;
}

void ParserTest::accepted()
{
    QFETCH(QByteArray, bytes);
    const Parsed parsed = parseDatagram(bytes);
    QCOMPARE(reasonOf(parsed), QByteArray("accept"));
    QVERIFY(std::holds_alternative<ParsedRequest>(parsed));
}

void ParserTest::keepAlives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("RFC 5626 double CRLF") << QByteArray("\r\n\r\n");
    QTest::newRow("one CRLF") << QByteArray("\r\n");
    QTest::newRow("LF") << QByteArray("\n");
    QTest::newRow("four NULs") << QByteArray(4, '\0');
    QTest::newRow("both") << QByteArray("\0\r\n\0", 4);
}

void ParserTest::keepAlives()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(outcomeOf(parseDatagram(bytes)), QByteArray("keepalive"));
}

void ParserTest::padding_data()
{
    QTest::addColumn<QByteArray>("front");
    QTest::newRow("7.5 CRLF") << QByteArray("\r\n");
    QTest::newRow("many") << QByteArray("\r\n\r\n\n\r\n");
    QTest::newRow("four NULs") << QByteArray(4, '\0');
}

void ParserTest::padding()
{
    QFETCH(QByteArray, front);
    QCOMPARE(acceptedRequest(front + typicalInvite()), acceptedRequest(typicalInvite()));
    const QByteArray response = responseWith("");
    QCOMPARE(acceptedResponse(front + response), acceptedResponse(response));
}

void ParserTest::body_data()
{
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("read");
    QTest::newRow("exact") << QByteArray("Content-Length: 4\n") << QByteArray("body")
                           << QByteArray("body");
    QTest::newRow("18.3 more in the datagram")
        << QByteArray("l: 4\n") << QByteArray("bodyINVITE sip:x SIP/2.0\r\n") << QByteArray("body");
    QTest::newRow("18.3 without: the rest")
        << QByteArray() << QByteArray("a\nb\0c", 5) << QByteArray("a\nb\0c", 5);
    QTest::newRow("zero") << QByteArray("Content-Length: 0\n") << QByteArray("body")
                          << QByteArray();
    QTest::newRow("empty lines are part of it")
        << QByteArray("Content-Length: 6\n") << QByteArray("\r\n\r\nab")
        << QByteArray("\r\n\r\nab");
}

void ParserTest::body()
{
    QFETCH(QByteArray, length);
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, read);
    QCOMPARE(acceptedRequest(optionsWith(length) + sent).body, read);
    QCOMPARE(acceptedResponse(responseWith(length) + sent).body, read);
}

void ParserTest::unfolding_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("one SP") << QByteArray("Subject: a\n b\n") << QByteArray("a b");
    QTest::newRow("HTAB, blanks on both sides")
        << QByteArray("Subject: a  \n\t  b\n") << QByteArray("a b");
    QTest::newRow("twice") << QByteArray("Subject: a\n b\n c\n") << QByteArray("a b c");
    QTest::newRow("begins on the second line") << QByteArray("Subject:\n a\n") << QByteArray("a");
    QTest::newRow("blank line within") << QByteArray("Subject: a\n \n b\n") << QByteArray("a b");
    QTest::newRow("only blanks follow") << QByteArray("Subject: a\n  \n") << QByteArray("a");
    QTest::newRow("blanks within a line stay")
        << QByteArray("Subject: a  b\n") << QByteArray("a  b");
    QTest::newRow("a colon within") << QByteArray("Subject: a\n To: b\n") << QByteArray("a To: b");
}

void ParserTest::unfolding()
{
    QFETCH(QByteArray, lines);
    const Request request = acceptedRequest(optionsWith(lines + "X-Next: 1\n"));
    QTEST(request.headers.first("Subject")->toByteArray(), "value");
    QVERIFY(request.headers.has("X-Next"));
}

void ParserTest::lineEnds()
{
    // LF alone, and a mixture.
    QByteArray lf = optionsWith("Subject: a\n b\nContent-Length: 4\n");
    const Request expected = acceptedRequest(lf + "body");
    QCOMPARE(acceptedRequest(lf.replace("\r\n", "\n") + "body"), expected);
    QCOMPARE(acceptedRequest(lf.replace("\nTo", "\r\nTo") + "body"), expected);
}

void ParserTest::statusLine_data()
{
    QTest::addColumn<int>("code"); // 0: refused
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* line, int code, const char* reason = "") {
        QTest::newRow(line) << code << QByteArray(reason);
    };
    row("SIP/2.0 200 OK", 200, "OK");
    row("sip/2.0 200 OK", 200, "OK");
    row("SIP/2.0 100 ", 100);
    row("SIP/2.0 100", 100);
    row("SIP/2.0 699 a  b ", 699, "a  b ");
    row("SIP/2.0 200 = 2**3 * 5**2 \xd0\xbd\xd0\xbe", 200, "= 2**3 * 5**2 \xd0\xbd\xd0\xbe");
    row("SIP/2.0 200 OK SIP/2.0", 200, "OK SIP/2.0");
    row("SIP/2.0 099 x", 0);
    row("SIP/2.0 700 x", 0);
    row("SIP/2.0 4294967301 x", 0);
    row("SIP/2.0 20 x", 0);
    row("SIP/2.0 -20 x", 0);
    row("SIP/2.0 2x0 x", 0);
    row("SIP/2.0 2000 x", 0);
    row("SIP/2.0 200 O\rK", 0);
    row("SIP/2.0  200 OK", 0);
    row("SIP/2.0\t200 OK", 0);
    row("SIP/2.0", 0);
    row("SIP/2.0 ", 0);
    row("SIP/2.00 200 OK", 0);
    row("SIP/1.0 200 OK", 0);
    row("SIP/7.0 200 OK", 0);
    row("SIP/", 0);
}

void ParserTest::statusLine()
{
    QFETCH(int, code);
    const Parsed parsed = parseDatagram(responseWith("", QTest::currentDataTag()));
    const auto* response = std::get_if<ParsedResponse>(&parsed);
    QCOMPARE(response ? response->response.statusCode : 0, code);
    if (response) {
        QTEST(response->response.reasonPhrase, "reason");
    } else {
        QCOMPARE(reasonOf(parsed), QByteArray("unparsable a malformed response: Bad Status-Line"));
    }
}

void ParserTest::methodsAreCaseSensitive()
{
    const Request request =
        acceptedRequest(optionsWith("CSeq: 1 options\n", "options sip:a@b SIP/2.0"));
    QCOMPARE(request.kind(), Method::Other);
    QCOMPARE(request.method, QByteArray("options"));
}

QTEST_GUILESS_MAIN(ParserTest)
#include "tst_parser.moc"
