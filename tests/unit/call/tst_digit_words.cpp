#include "call/DigitWords.h"

#include <QTest>

using namespace hs;

class DigitWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void infoIsRead_data();
    void infoIsRead();
    void ownInfoIsRead();
    void readDigits_data();
    void readDigits();
};

namespace {
sip::Request info(const QByteArray& type, const QByteArray& body)
{
    sip::Request request;
    request.method = "INFO";
    request.headers.add("Content-Type", type);
    request.body = body;
    return request;
}
} // namespace

void DigitWordsTest::infoIsRead_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("digit"); // empty: none
    QTest::addColumn<int>("ms");
    const auto row = [](const char* name, const char* type, const char* body, const char* digit,
                        int ms) {
        QTest::newRow(name) << QByteArray("application/") + type << QByteArray(body)
                            << QByteArray(digit) << ms;
    };
    row("dtmf-relay, lines end with CRLF", "dtmf-relay", "Signal=5\r\nDuration=160\r\n", "5", 160);
    row("dtmf-relay, blanks", "dtmf-relay", "Signal= *\r\nDuration= 250 \r\n", "*", 250);
    row("dtmf-relay, LF alone", "dtmf-relay", "Signal=#\nDuration=100\n", "#", 100);
    row("dtmf-relay, small letters", "dtmf-relay", "signal=a\r\nduration=100\r\n", "A", 100);
    row("dtmf-relay, 10 is the star", "dtmf-relay", "Signal=10\r\nDuration=100\r\n", "*", 100);
    row("dtmf-relay, absurdly long", "dtmf-relay", "Signal=1\r\nDuration=99999999\r\n", "1", -1);
    row("dtmf-relay, nothing in it", "dtmf-relay", "\r\n", "", 0);
    row("dtmf-relay, no digit", "dtmf-relay", "Signal=hello\r\n", "", 0);
    row("dtmf, the digit alone", "dtmf", "9", "9", -1);
    row("dtmf, with a line end", "dtmf", "9\r\n", "9", -1);
    row("another type", "media_control+xml", "Signal=5\r\n", "", 0);
}

void DigitWordsTest::infoIsRead()
{
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, digit);
    QFETCH(const int, ms);
    const auto read = call::readInfoDigit(info(type, body));
    QCOMPARE(read.has_value(), !digit.isEmpty());
    if (read) {
        QCOMPARE(QByteArray(1, read->digit), digit);
        QVERIFY(read->durationMs > 0 && read->durationMs <= 10000);
        QVERIFY(ms < 0 || read->durationMs == ms);
    }
}

void DigitWordsTest::ownInfoIsRead()
{
    for (const char digit : {'0', '9', '*', '#', 'D'}) {
        const auto read =
            call::readInfoDigit(info(call::infoDigitType, call::infoDigitBody(digit, 160)));
        QVERIFY(read.has_value());
        QCOMPARE(read->digit, digit);
        QCOMPARE(read->durationMs, 160);
    }
}

void DigitWordsTest::readDigits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("digits"); // empty: refused
    QTest::newRow("digits") << QStringLiteral("0123456789*#") << QByteArray("0123456789*#");
    QTest::newRow("small letters, blanks, dashes") << QStringLiteral("a-1 b") << QByteArray("A1B");
    QTest::newRow("pauses") << QStringLiteral("1,2w3") << QByteArray("1,2w3");
    QTest::newRow("nothing") << QString() << QByteArray();
    QTest::newRow("no digit") << QStringLiteral("12x") << QByteArray();
}

void DigitWordsTest::readDigits()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, digits);
    const auto read = call::readDigits(text);
    QCOMPARE(bool(read), !digits.isEmpty());
    if (read) {
        QCOMPARE(*read, digits);
    }
}

QTEST_GUILESS_MAIN(DigitWordsTest)
#include "tst_digit_words.moc"
