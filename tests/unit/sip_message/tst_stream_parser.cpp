// Messages out of a stream: RFC 3261 section 18.3, keep-alives of RFC 5626, limits.
#include "Datagrams.h"
#include "sip/message/StreamParser.h"

#include <QElapsedTimer>
#include <QTest>

using namespace hs::sip;
using namespace hs::test;

namespace {
void feed(StreamParser& parser, const QByteArray& bytes)
{
    parser.append(bytes);
}

QByteArray whatIs(const StreamItem& item)
{
    if (const auto* request = std::get_if<ParsedRequest>(&item)) {
        return request->defect ? "defect:" + QByteArray::number(request->defect->statusCode)
                               : request->request.method;
    }
    if (const auto* response = std::get_if<ParsedResponse>(&item)) {
        return QByteArray::number(response->response.statusCode);
    }
    if (const auto* lineEnds = std::get_if<StreamLineEnds>(&item)) {
        return "ends:" + QByteArray::number(lineEnds->count);
    }
    if (const auto* ending = std::get_if<StreamEnd>(&item)) {
        return ending->request ? "close:" + QByteArray::number(ending->request->defect->statusCode)
                               : QByteArray("close");
    }
    return "unparsable";
}

QByteArray allOf(StreamParser& parser)
{
    QByteArrayList items;
    while (const auto item = parser.next()) {
        items.append(whatIs(*item));
    }
    return items.join(' ');
}

QByteArray options(const QByteArray& length, const QByteArray& body)
{
    return optionsWith("Content-Length: " + length + '\n') + body;
}
} // namespace

class StreamParserTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void framing_data();
    void framing();
    void everySplit();
    void lineEndsInPieces();
    void textIsThatOfTheItem();
    void longHead();
    void largeBodyPassesBy();
    void timeIsLinear();
    void memoryIsGivenBack();
};

void StreamParserTest::framing_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("items");
    QTest::addColumn<bool>("within");
    const auto row = [](const char* name, const QByteArray& stream, const char* items,
                        bool within = false) {
        QTest::newRow(name) << stream << QByteArray(items) << within;
    };
    const QByteArray whole = options("4", "abcd");
    row("18.3 one message", whole, "OPTIONS");
    row("18.3 pipelined", whole + whole + responseWith("l: 0\n") + whole,
        "OPTIONS OPTIONS 200 OPTIONS");
    row("18.3 the body is no message", options(QByteArray::number(whole.size()), whole), "OPTIONS");
    row("18.3 half a body", options("5", "abcd"), "", true);
    row("18.3 half a head", whole.first(30), "", true);
    row("7.5 line ends before the start line", "\r\n\r\n" + whole, "ends:2 OPTIONS");
    row("5626 4.4.1 ping between messages", whole + "\r\n\r\n" + whole, "OPTIONS ends:2 OPTIONS");
    row("5626 4.4.1 pong", "\r\n", "ends:1");
    row("LF alone", QByteArray(whole).replace("\r\n", "\n"), "OPTIONS");
    row("NULs of a router", QByteArray(4, '\0') + whole, "OPTIONS");
    row("20.14 compact form", optionsWith("l: 4\n") + "abcd", "OPTIONS");
    row("7.3.1 folded length", optionsWith("l:\n 4\n") + "abcd", "OPTIONS");
    row("20.14 without length", optionsWith({}), "close:400");
    row("20.14 response without length", responseWith({}), "close");
    row("20.14 two lengths", optionsWith("l: 0\nContent-Length: 0\n"), "close:400");
    row("20.14 negative", options("-1", "abcd"), "close:400");
    row("20.14 word", options("five", "abcde"), "close:400");
    row("20.14 empty", options("", "abcd"), "close:400");
    row("20.14 2^32", options("4294967296", "abcd"), "close:400");
    row("20.14 20 digits", options("99999999999999999999", "abcd"), "close:400");
    row("nothing behind a close", optionsWith({}) + whole, "close:400");
    row("16.3 a defect goes on", optionsWith("CSeq: x\nl: 0\n") + whole, "defect:400 OPTIONS");
    row("18.3 bad response is dropped", responseWith("CSeq: x\nl: 0\n") + whole,
        "unparsable OPTIONS");
    row("no Via", optionsWith("Via:\nl: 0\n") + whole, "close");
    row("TLS on a plain port", QByteArray("\x16\x03\x01\x02\x00", 5), "close");
    row("HTTP", "GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "close");
    row("words", "hello\r\nContent-Length: 0\r\n\r\n", "close");
}

void StreamParserTest::framing()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, items);
    QFETCH(bool, within);
    StreamParser parser;
    feed(parser, stream);
    QCOMPARE(allOf(parser), items);
    QCOMPARE(parser.isWithinMessage(), within);
    QCOMPARE(parser.hasEnded(), items.contains("close"));
    // In single octets it is the same, but for how line ends are counted.
    StreamParser slow;
    QByteArrayList slowly;
    for (const char octet : stream) {
        feed(slow, QByteArray(1, octet));
        if (const QByteArray now = allOf(slow); !now.isEmpty()) {
            slowly.append(now);
        }
    }
    QCOMPARE(slowly.join(' ').replace("ends:1 ends:1", "ends:2"), items);
}

void StreamParserTest::everySplit()
{
    const QByteArray stream =
        "\r\n\r\n" + options("4", "abcd") + responseWith("l: 0\n") + typicalInvite();
    for (qsizetype at = 4; at <= stream.size(); ++at) {
        StreamParser parser;
        feed(parser, stream.first(at));
        QByteArray items = allOf(parser);
        feed(parser, stream.sliced(at));
        items += ' ' + allOf(parser);
        QCOMPARE(items.simplified(), QByteArray("ends:2 OPTIONS 200 INVITE"));
    }
}

void StreamParserTest::lineEndsInPieces()
{
    StreamParser parser;
    feed(parser, "\r");
    QCOMPARE(allOf(parser), QByteArray());
    QVERIFY(!parser.isWithinMessage());
    feed(parser, "\n\r");
    QCOMPARE(allOf(parser), QByteArray("ends:1"));
    feed(parser, "\n");
    QCOMPARE(allOf(parser), QByteArray("ends:1"));
}

void StreamParserTest::textIsThatOfTheItem()
{
    const QByteArray first = options("4", "abcd");
    const QByteArray second = responseWith("l: 0\n");
    StreamParser parser;
    feed(parser, first + second);
    QVERIFY(parser.next());
    QCOMPARE(parser.text(), QByteArrayView(first));
    QVERIFY(parser.next());
    QCOMPARE(parser.text(), QByteArrayView(second));
    QVERIFY(!parser.next());
    QVERIFY(parser.text().isEmpty());
}

void StreamParserTest::longHead()
{
    ParserLimits limits;
    limits.messageBytes = 2000;
    StreamParser parser(limits);
    // The end of the head never comes, its Via has.
    QByteArray head = optionsWith({});
    head.chop(2);
    feed(parser, head);
    for (int i = 0; i < 100 && !parser.hasEnded(); ++i) {
        feed(parser, "X-More: 0123456789012345678901234567890123456789\r\n");
        const auto item = parser.next();
        QVERIFY(!item || whatIs(*item) == "close:513");
    }
    QVERIFY(parser.hasEnded());
    StreamParser oneLine(limits);
    feed(oneLine, QByteArray(2001, 'a'));
    QCOMPARE(allOf(oneLine), QByteArray("close"));
}

void StreamParserTest::largeBodyPassesBy()
{
    ParserLimits limits;
    limits.messageBytes = 2000;
    StreamParser parser(limits);
    feed(parser, options("5000", QByteArray(5000, 'x')) + options("0", ""));
    QCOMPARE(allOf(parser), QByteArray("defect:513 OPTIONS"));
    feed(parser, options("5000", QByteArray(1, 'x')));
    QCOMPARE(allOf(parser), QByteArray("defect:513"));
    QVERIFY(parser.isWithinMessage());
    feed(parser, QByteArray(4999, 'x'));
    QCOMPARE(allOf(parser), QByteArray());
    QVERIFY(!parser.isWithinMessage());
    feed(parser, options("0", ""));
    QCOMPARE(allOf(parser), QByteArray("OPTIONS"));
    feed(parser, options("4294967295", "x"));
    QCOMPARE(allOf(parser), QByteArray("close:513"));
}

void StreamParserTest::timeIsLinear()
{
    // Ten times as many octets take about ten times as long, not a hundred times.
    const auto taken = [](qsizetype size) {
        ParserLimits limits;
        limits.messageBytes = size * 2;
        StreamParser parser(limits);
        QElapsedTimer timer;
        timer.start();
        for (qsizetype i = 0; i < size; ++i) {
            feed(parser, "a");
            if (parser.next()) {
                return qint64(-1);
            }
        }
        return timer.nsecsElapsed();
    };
    const qint64 small = taken(60'000);
    const qint64 large = taken(600'000);
    QVERIFY(small > 0 && large > 0);
    QVERIFY2(large < 30 * small, QByteArray::number(double(large) / double(small)).constData());
}

void StreamParserTest::memoryIsGivenBack()
{
    // Always a piece of the next message is there, so that the buffer is never empty.
    const QByteArray message = options("4", "abcd");
    StreamParser parser;
    feed(parser, message.first(10));
    for (int i = 0; i < 20'000; ++i) {
        feed(parser, message.sliced(10) + message.first(10));
        QCOMPARE(allOf(parser), QByteArray("OPTIONS"));
    }
    QVERIFY(parser.isWithinMessage());
}

QTEST_GUILESS_MAIN(StreamParserTest)
#include "tst_stream_parser.moc"
