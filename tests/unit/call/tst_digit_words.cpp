#include "ParsedRequest.h"
#include "call/DigitWords.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

class DigitWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsAskedFor_data();
    void whatIsAskedFor();
    void asManyAsAtOnce();
    void infoBodies_data();
    void infoBodies();
    void whatWeSendIsReadByUs();
};

void DigitWordsTest::whatIsAskedFor_data()
{
    QTest::addColumn<QByteArray>("digits"); // empty: refused
    const auto row = [](const char* text, const char* digits) {
        QTest::newRow(text) << QByteArray(digits);
    };
    row("0123456789*#", "0123456789*#");
    row("ABCD", "ABCD");
    row("abcd", "ABCD");
    row("12 34-5", "12345");
    row("1w2,3", "1w2,3");
    row("!", "!");
    row("", "");
    row(" - ", "");
    row("12E", "");
    row("1.2", "");
    row("1\n2", "");
    row("１２", ""); // full-width digits are none
    row("1p2", "");
}

void DigitWordsTest::whatIsAskedFor()
{
    QFETCH(QByteArray, digits);
    const auto read = call::readDigits(QString::fromUtf8(QTest::currentDataTag()));
    QCOMPARE(read.ok(), !digits.isEmpty());
    if (read) {
        QCOMPARE(*read, digits);
    } else {
        QVERIFY(!read.error().text.isEmpty());
    }
}

void DigitWordsTest::asManyAsAtOnce()
{
    QVERIFY(call::readDigits(QString(256, u'1')));
    QVERIFY(call::readDigits(QString(256, u'1') + QString(1000, u' ')));
    const auto tooMany = call::readDigits(QString(257, u'1'));
    QVERIFY(!tooMany);
    QVERIFY2(tooMany.error().text.contains(QStringLiteral("256")),
             qPrintable(tooMany.error().text));
    // The words of the error don't grow with what was asked for.
    QVERIFY(call::readDigits(QString(100'000, u'x')).error().text.size() < 300);
}

void DigitWordsTest::infoBodies_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("digit"); // empty: none
    QTest::addColumn<int>("durationMs");
    const QByteArray relay = "application/dtmf-relay";
    const QByteArray plain = "application/dtmf";
    const auto row = [](const char* name, const QByteArray& type, const QByteArray& body,
                        const char* digit,
                        int ms) { QTest::newRow(name) << type << body << QByteArray(digit) << ms; };
    row("relay as Cisco wrote it", relay, "Signal=5\r\nDuration=250\r\n", "5", 250);
    row("relay with blanks", relay, "Signal= 1\r\nDuration= 160\r\n", "1", 160);
    row("relay with blanks before =", relay, "Signal = 1\r\nDuration = 90\r\n", "1", 90);
    row("relay ended by LF", relay, "Signal=5\nDuration=250\n", "5", 250);
    row("relay without a last line end", relay, "Signal=5\r\nDuration=250", "5", 250);
    row("relay, other case and order", relay, "duration=100\r\nSIGNAL=b\r\n", "B", 100);
    row("relay without duration", relay, "Signal=#\r\n", "#", 160);
    row("relay star", relay, "Signal=*\r\nDuration=160\r\n", "*", 160);
    row("4733 3.2 event 10 is the star", relay, "Signal=10\r\nDuration=160\r\n", "*", 160);
    row("4733 3.2 event 11 is the hash", relay, "Signal=11\r\n", "#", 160);
    row("4733 3.2 event 15 is D", relay, "Signal=15\r\n", "D", 160);
    row("4733 3.2 event 16 is the flash", relay, "Signal=16\r\n", "!", 160);
    row("4733 3.2 event 17 is none", relay, "Signal=17\r\n", "", 0);
    row("relay absurd duration", relay, "Signal=5\r\nDuration=4000000000\r\n", "5", 10000);
    row("relay no duration", relay, "Signal=5\r\nDuration=long\r\n", "5", 160);
    row("relay without signal", relay, "Duration=160\r\n", "", 0);
    row("relay empty signal", relay, "Signal=\r\n", "", 0);
    row("relay two signals", relay, "Signal=55\r\n", "", 0);
    row("relay with garbage lines", relay, "x\r\n=\r\nSignal=7\r\n", "7", 160);
    row("type with parameters", "application/dtmf-relay;charset=utf-8", "Signal=7\r\n", "7", 160);
    row("type in other case", "Application/DTMF-Relay", "Signal=7\r\n", "7", 160);
    row("plain", plain, "7", "7", 160);
    row("plain with line end", plain, "7\r\n", "7", 160);
    row("plain number of the star", plain, "10", "*", 160);
    row("plain nothing", plain, " ", "", 0);
    row("plain long", plain, QByteArray(60000, '1'), "", 0);
    row("another type", "text/plain", "Signal=7\r\n", "", 0);
    row("binary", relay, QByteArray("Signal=\0\r\n", 10), "", 0);
}

void DigitWordsTest::infoBodies()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, digit);
    QFETCH(int, durationMs);
    const auto read = call::readInfoDigit(
        parsed("INFO", "<sip:a@b>;tag=a", "Content-Type: " + type + "\r\n", body));
    QCOMPARE(read ? QByteArray(1, read->digit) : QByteArray(), digit);
    QCOMPARE(read ? read->durationMs : 0, durationMs);
}

void DigitWordsTest::whatWeSendIsReadByUs()
{
    for (const char digit : QByteArray("0123456789*#ABCD!")) {
        const auto read = call::readInfoDigit(parsed(
            "INFO", "<sip:a@b>;tag=a", QByteArray("Content-Type: ") + call::infoDigitType + "\r\n",
            call::infoDigitBody(digit, 120)));
        QVERIFY2(read && read->digit == digit && read->durationMs == 120,
                 QByteArray(1, digit).constData());
    }
}

QTEST_GUILESS_MAIN(DigitWordsTest)
#include "tst_digit_words.moc"
