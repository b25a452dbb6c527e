// Every message of RFC 4475 over a stream: whole, in single octets, cut off at each octet, and with
// another one right behind it.
#include "Datagrams.h"
#include "sip/message/StreamParser.h"

#include <QFile>
#include <QMap>
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
        return outcomeOf(*request);
    }
    if (const auto* response = std::get_if<ParsedResponse>(&item)) {
        return outcomeOf(*response);
    }
    if (const auto* unparsable = std::get_if<Unparsable>(&item)) {
        return outcomeOf(*unparsable);
    }
    return std::holds_alternative<StreamEnd>(item) ? "close" : "line ends";
}

QByteArrayList outcomes(StreamParser& parser)
{
    QByteArrayList all;
    while (const auto item = parser.next()) {
        all.append(whatIs(*item));
    }
    return all;
}
} // namespace

class StreamTortureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whole_data() { everyMessage(); }
    void whole();
    void singleOctets_data() { everyMessage(); }
    void singleOctets();
    void everyTruncation_data() { everyMessage(); }
    void everyTruncation();
    void another_data() { everyMessage(); }
    void another();

private:
    void everyMessage();

    QMap<QString, QByteArray> m_expected;
};

// As in datagrams (parse-manifest.tsv), except where the length is not told.
void StreamTortureTest::initTestCase()
{
    QFile file(QStringLiteral(HS_VECTORS_DIR "/rfc4475/parse-manifest.tsv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    while (!file.atEnd()) {
        const QByteArrayList columns = file.readLine().trimmed().split('\t');
        if (!columns.first().startsWith('#')) {
            m_expected.insert(QString::fromLatin1(columns.at(0)), columns.at(1));
        }
    }
    QCOMPARE(m_expected.size(), 51);
    // clerr announces more than there is, baddn and others lack the end of the head: they wait.
    for (const char* name : {"clerr", "baddn"}) {
        m_expected[QLatin1String(name)] = "wait";
    }
    // ncl has a negative length, mcl01 two of them, the last two none at all.
    for (const char* name : {"ncl", "mcl01", "inv2543", "test"}) {
        m_expected[QLatin1String(name)] = "close";
    }
}

void StreamTortureTest::everyMessage()
{
    QTest::addColumn<QByteArray>("expected");
    for (auto it = m_expected.cbegin(); it != m_expected.cend(); ++it) {
        QTest::newRow(it.key().toLatin1().constData()) << it.value();
    }
}

void StreamTortureTest::whole()
{
    QFETCH(QByteArray, expected);
    StreamParser parser;
    feed(parser, rfc4475(QString::fromLatin1(QTest::currentDataTag())));
    const QByteArrayList all = outcomes(parser);
    QCOMPARE(all.isEmpty() ? QByteArray("wait") : all.first(), expected);
    QCOMPARE(parser.isWithinMessage(), expected == "wait");
}

void StreamTortureTest::singleOctets()
{
    QFETCH(QByteArray, expected);
    StreamParser parser;
    QByteArrayList all;
    for (const char octet : rfc4475(QString::fromLatin1(QTest::currentDataTag()))) {
        feed(parser, QByteArray(1, octet));
        all += outcomes(parser);
    }
    QCOMPARE(all.isEmpty() ? QByteArray("wait") : all.first(), expected);
}

void StreamTortureTest::everyTruncation()
{
    QFETCH(QByteArray, expected);
    const QByteArray bytes = rfc4475(QString::fromLatin1(QTest::currentDataTag()));
    // How long the first message is, whatever follows it.
    StreamParser measuring;
    feed(measuring, bytes);
    QVERIFY(expected == "wait" || measuring.next());
    const qsizetype size = expected == "wait" ? bytes.size() : measuring.text().size();
    for (qsizetype length = 0; length < size; ++length) {
        StreamParser parser;
        // A copy of exactly this size: reading past it is seen by the sanitizer.
        feed(parser, QByteArray(bytes.constData(), length));
        const QByteArrayList all = outcomes(parser);
        QVERIFY2(all.isEmpty() || (expected == "close" && all == QByteArrayList{"close"}),
                 QByteArray(QByteArray::number(length) + ": " + all.join(' ')).constData());
    }
}

void StreamTortureTest::another()
{
    QFETCH(QByteArray, expected);
    const QByteArray bytes = rfc4475(QString::fromLatin1(QTest::currentDataTag()));
    const QByteArray good = optionsWith("Content-Length: 0\n");
    for (const QByteArray& between : {QByteArray(), QByteArray("\r\n\r\n")}) {
        StreamParser parser;
        feed(parser, good + bytes + between + good);
        QByteArrayList all = outcomes(parser);
        all.removeAll("line ends");
        QCOMPARE(all.takeFirst(), QByteArray("accept"));
        if (expected == "close") {
            QCOMPARE(all, (QByteArrayList{"close"}));
        } else if (expected != "wait") {
            QCOMPARE(all.first(), expected);
            // Of some the archive's file has more octets than Content-Length says.
            QVERIFY(all.last() == "accept" || all.last() == "close");
        }
    }
}

QTEST_GUILESS_MAIN(StreamTortureTest)
#include "tst_stream_torture.moc"
