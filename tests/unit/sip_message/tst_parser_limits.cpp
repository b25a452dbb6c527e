// The parser's limits, and that its time grows with the octets and not with their square.
#include "Datagrams.h"
#include "TouchMessage.h"

#include <QElapsedTimer>
#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class ParserLimitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void limits_data();
    void limits();
    void beyondTheHeaderLimitItIsAnswerable();
    void ownLimits();
    void linearTime_data();
    void linearTime();
};

void ParserLimitsTest::limits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* what, const QByteArray& bytes, const char* expected) {
        QTest::newRow(what) << bytes << QByteArray(expected);
    };
    const ParserLimits standard;
    const QByteArray header = "Subject: ";
    row("a line of the largest size",
        optionsWith(header + QByteArray(standard.lineBytes - header.size(), 'x') + "\n"), "accept");
    row("a longer line", optionsWith(header + QByteArray(standard.lineBytes, 'x') + "\n"),
        "defect:400 Header Line Too Long");
    row("continuation lines count",
        optionsWith("Subject: a\n" + QByteArray(" bbbb\n").repeated(2000)),
        "defect:400 Header Line Too Long");
    row("callid_64k", optionsWith("Call-ID: " + QByteArray(60000, 'x') + "\n"),
        "defect:400 Header Line Too Long");
    row("256 headers", optionsWith(QByteArray("Z: y\n").repeated(250)), "accept");
    row("257 headers", optionsWith(QByteArray("Z: y\n").repeated(251)),
        "defect:400 Too Many Header Lines");
    row("71 Via", optionsWith(QByteArray("v: SIP/2.0/UDP a\n").repeated(70)),
        "defect:400 Too Many Via");
    row("via_300", optionsWith(QByteArray("v: SIP/2.0/UDP a\n").repeated(300)),
        "defect:400 Too Many Header Lines");
    row("a long Request-URI",
        optionsWith("", "OPTIONS sip:" + QByteArray(9000, 'a') + "@b SIP/2.0"),
        "defect:414 Request-URI Too Long");
    row("a long reason phrase", responseWith("", "SIP/2.0 200 " + QByteArray(9000, 'a')),
        "unparsable a malformed response: Bad Status-Line");
    row("a large body", optionsWith("") + QByteArray(60000, '\0'), "accept");
    row("too large", optionsWith("") + QByteArray(65535, 'x'), "defect:513 Message Too Large");
}

void ParserLimitsTest::limits()
{
    QFETCH(QByteArray, bytes);
    QTEST(reasonOf(parseDatagram(bytes)), "expected");
}

void ParserLimitsTest::beyondTheHeaderLimitItIsAnswerable()
{
    const QByteArray many = QByteArray("Z: y\n").repeated(3000);
    const QByteArray bytes = withCrlf("OPTIONS sip:a@b SIP/2.0\n" + many
                                      + "Via: SIP/2.0/UDP a;branch=z9hG4bK1\n"
                                        "From: <sip:a@b>\nTo: <sip:c@d>\nCall-ID: x\n"
                                        "CSeq: 1 OPTIONS\nVia: SIP/2.0/UDP b\n\n");
    const auto parsed = std::get<ParsedRequest>(parseDatagram(bytes));
    QCOMPARE(parsed.defect, (Defect{400, "Too Many Header Lines"}));
    QCOMPARE(parsed.request.callId(), QByteArray("x"));
    QVERIFY(parsed.request.from() && parsed.request.to() && parsed.request.cseq());
    QCOMPARE(parsed.request.headers.size(), ParserLimits().headers + 5);
}

void ParserLimitsTest::ownLimits()
{
    QCOMPARE(reasonOf(parseDatagram(typicalInvite(), {.messageBytes = 500})),
             QByteArray("defect:513 Message Too Large"));
    QCOMPARE(reasonOf(parseDatagram(typicalInvite(), {.lineBytes = 60})),
             QByteArray("defect:414 Request-URI Too Long")
                 .replace("414 Request-URI", "400 Header Line"));
    QCOMPARE(reasonOf(parseDatagram(typicalInvite(), {.headers = 12})),
             QByteArray("defect:400 Too Many Header Lines"));
    QCOMPARE(reasonOf(parseDatagram(rfc4475(QStringLiteral("longreq")), {.vias = 33})),
             QByteArray("defect:400 Too Many Via"));
    QCOMPARE(reasonOf(parseDatagram(responseWith(""), {.messageBytes = 100})),
             QByteArray("unparsable a malformed response: Message Too Large"));
}

void ParserLimitsTest::linearTime_data()
{
    QTest::addColumn<QByteArray>("bytes");
    constexpr qsizetype size = 64000;
    const auto repeated = [](const char* unit) {
        return QByteArray(unit).repeated(size / qsizetype(qstrlen(unit)));
    };
    const auto field = [](const QByteArray& name, const QByteArray& value) {
        return optionsWith(name + ": " + value + "\n");
    };
    QTest::newRow("headers_2000") << optionsWith(repeated("Contact: <sip:a@b>\n").left(63992)
                                                 + "X\n");
    QTest::newRow("shortest headers") << optionsWith(repeated("Z:\n"));
    QTest::newRow("Via after Via") << optionsWith(repeated("v: SIP/2.0/UDP a\n"));
    QTest::newRow("hops on a line") << field("Via", "SIP/2.0/UDP a" + repeated(",SIP/2.0/UDP a"));
    QTest::newRow("commas") << field("Via", "SIP/2.0/UDP a" + repeated(","));
    QTest::newRow("commas in Contact") << field("Contact", repeated(","));
    QTest::newRow("contacts") << field("Contact", repeated("<sip:a@b>,"));
    QTest::newRow("callid_64k") << field("Call-ID", repeated("x"));
    QTest::newRow("open parentheses") << field("Supported", repeated("("));
    QTest::newRow("nested comments")
        << field("Supported", QByteArray(size / 2, '(') + QByteArray(size / 2, ')'));
    QTest::newRow("parentheses and commas") << field("Supported", repeated("(,"));
    QTest::newRow("quotes") << field("To", repeated("\""));
    QTest::newRow("backslashes") << field("To", "\"" + repeated("\\"));
    QTest::newRow("open brackets") << field("Contact", repeated("<"));
    QTest::newRow("open brackets and commas") << field("Contact", repeated("<,"));
    QTest::newRow("quotes and commas") << field("Contact", repeated("\",\","));
    QTest::newRow("parameters") << field("From", "<sip:a@b>" + repeated(";a=b"));
    QTest::newRow("empty parameters of Via") << field("Via", "SIP/2.0/UDP a" + repeated(";"));
    QTest::newRow("semicolons and quotes in Via")
        << field("Via", "SIP/2.0/UDP a" + repeated(";\""));
    QTest::newRow("parameters of the URI") << field("To", "<sip:a@b" + repeated(";a") + ">");
    QTest::newRow("headers of the URI") << field("To", "<sip:a@b?" + repeated("a=b&") + "c=d>");
    QTest::newRow("escapes") << field("To", "<sip:" + repeated("%41") + "@b>");
    QTest::newRow("percent signs") << field("To", "<sip:" + repeated("%") + "@b>");
    QTest::newRow("labels") << field("To", "<sip:" + repeated("a.") + "a>");
    QTest::newRow("open IPv6 brackets") << field("To", "<sip:" + repeated("[") + ">");
    QTest::newRow("colons in IPv6 brackets") << field("To", "<sip:[" + repeated(":") + "]>");
    QTest::newRow("folds") << optionsWith("Subject: a\n" + repeated(" \n"));
    QTest::newRow("folds with text") << optionsWith("Subject: a\n" + repeated(" b\n"));
    QTest::newRow("blanks") << field("Subject", repeated(" ") + "x");
    QTest::newRow("colons") << optionsWith(repeated(":"));
    QTest::newRow("accept ranges") << field("Accept", repeated("a/b;q=0,"));
    QTest::newRow("start line of blanks") << optionsWith("", "OPTIONS" + repeated(" "));
    QTest::newRow("start line of words") << optionsWith("", "OPTIONS" + repeated(" a"));
    QTest::newRow("line ends") << repeated("\r\n") + "x";
    QTest::newRow("empty") << repeated("\n");
}

void ParserLimitsTest::linearTime()
{
    QFETCH(QByteArray, bytes);
    // With the limits as they are, and with none: then every accessor meets the long values.
    QElapsedTimer timer;
    timer.start();
    parseDatagram(bytes);
    const qint64 parsedMs = timer.restart();
    parseDatagram(
        bytes,
        {.messageBytes = 1 << 20, .lineBytes = 1 << 20, .headers = 1 << 20, .vias = 1 << 20});
    const qint64 unlimitedMs = timer.restart();
    QCOMPARE(touchMessage(bytes), QByteArray());
    const qint64 touchedMs = timer.elapsed();
    // A fault costs seconds; a slow machine or a sanitizer must not fail here.
    QVERIFY2(parsedMs < 500, QByteArray::number(parsedMs).constData());
    QVERIFY2(unlimitedMs < 500, QByteArray::number(unlimitedMs).constData());
    QVERIFY2(touchedMs < 2000, QByteArray::number(touchedMs).constData());
}

QTEST_GUILESS_MAIN(ParserLimitsTest)
#include "tst_parser_limits.moc"
