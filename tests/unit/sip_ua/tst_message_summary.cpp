// The body of RFC 3842 as voice mail servers write it.
#include "sip/ua/MessageSummary.h"

#include <QTest>

using hs::sip::MessageSummary;

class MessageSummaryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void counts_data();
    void counts();
    void withoutCounts_data();
    void withoutCounts();
    void nothing_data();
    void nothing();
    void account();
    void large();
};

void MessageSummaryTest::counts_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("waiting");
    QTest::addColumn<QList<int>>("numbers");
    QTest::newRow("RFC 3842 3.5 example")
        << QByteArray("Messages-Waiting: yes\r\nMessage-Account: sip:alice@vmail.example.com\r\n"
                      "Voice-Message: 2/8 (0/2)\r\n\r\n")
        << true << QList<int>{2, 8, 0, 2};
    QTest::newRow("line feeds alone, no end")
        << QByteArray("Messages-Waiting: no\nVoice-Message: 0/3 (0/0)") << false
        << QList<int>{0, 3, 0, 0};
    QTest::newRow("any case and blanks")
        << QByteArray("MESSAGES-WAITING :  YES \r\nvoice-message:\t1 / 2 ( 3 / 4 )\r\n") << true
        << QList<int>{1, 2, 3, 4};
    QTest::newRow("without urgent") << QByteArray("Messages-Waiting: yes\r\nVoice-Message: 5/6\r\n")
                                    << true << QList<int>{5, 6, 0, 0};
    QTest::newRow("new alone") << QByteArray("Messages-Waiting: yes\r\nVoice-Message: 7\r\n")
                               << true << QList<int>{7, 0, 0, 0};
    QTest::newRow("counts alone") << QByteArray("Voice-Message: 1/0\r\n") << true
                                  << QList<int>{1, 0, 0, 0};
    QTest::newRow("none new, counts alone")
        << QByteArray("Voice-Message: 0/4\r\n") << false << QList<int>{0, 4, 0, 0};
    QTest::newRow("other kinds around it")
        << QByteArray("Messages-Waiting: yes\r\nFax-Message: 9/9 (9/9)\r\n"
                      "Voice-Message: 1/2 (0/0)\r\n\r\nTo: alice\r\nVoice-Message: 8/8\r\n")
        << true << QList<int>{1, 2, 0, 0};
    QTest::newRow("beyond 31 bits")
        << QByteArray("Messages-Waiting: yes\r\nVoice-Message: 99999999999999999999/4294967296\r\n")
        << true << QList<int>{2147483647, 2147483647, 0, 0};
    QTest::newRow("rubbish behind") << QByteArray("Messages-Waiting: yes\r\n"
                                                  "Voice-Message: 3/x (y\r\n")
                                    << true << QList<int>{3, 0, 0, 0};
}

void MessageSummaryTest::counts()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, waiting);
    QFETCH(QList<int>, numbers);
    const auto summary = MessageSummary::parse(body);
    QVERIFY(summary && summary->voice);
    QCOMPARE(summary->isWaiting, waiting);
    const auto& voice = *summary->voice;
    QCOMPARE(QList<int>({voice.fresh, voice.old, voice.urgentFresh, voice.urgentOld}), numbers);
}

void MessageSummaryTest::withoutCounts_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("waiting");
    QTest::newRow("yes") << QByteArray("Messages-Waiting: yes\r\n") << true;
    QTest::newRow("no") << QByteArray("Messages-Waiting: no\r\n") << false;
    QTest::newRow("counts that are none")
        << QByteArray("Messages-Waiting: yes\r\nVoice-Message: many\r\n") << true;
    QTest::newRow("negative") << QByteArray("Messages-Waiting: yes\r\nVoice-Message: -1/-2\r\n")
                              << true;
}

void MessageSummaryTest::withoutCounts()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, waiting);
    const auto summary = MessageSummary::parse(body);
    QVERIFY(summary);
    QVERIFY(!summary->voice);
    QCOMPARE(summary->isWaiting, waiting);
}

void MessageSummaryTest::nothing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("another document") << QByteArray("<?xml version=\"1.0\"?><x/>");
    QTest::newRow("no colon") << QByteArray("Messages-Waiting yes\r\n");
    QTest::newRow("octets") << QByteArray("\0\xff:\n:\n::", 8);
    QTest::newRow("behind 16 KiB") << QByteArray(16 * 1024, 'x') + "\nMessages-Waiting: yes\n";
}

void MessageSummaryTest::nothing()
{
    QFETCH(QByteArray, body);
    QVERIFY(!MessageSummary::parse(body));
}

void MessageSummaryTest::account()
{
    QCOMPARE(
        MessageSummary::parse("Messages-Waiting: yes\nMessage-Account: sip:100@pbx;x=1\n")->account,
        QByteArray("sip:100@pbx;x=1"));
    const QByteArray longOne =
        "Messages-Waiting: yes\nMessage-Account: " + QByteArray(5000, 'a') + '\n';
    QCOMPARE(MessageSummary::parse(longOne)->account.size(), 512);
}

void MessageSummaryTest::large()
{
    QByteArray body = "Messages-Waiting: yes\n";
    body += QByteArray("Voice-Message: x\n").repeated(200'000);
    QVERIFY(MessageSummary::parse(body)->isWaiting);
}

QTEST_GUILESS_MAIN(MessageSummaryTest)
#include "tst_message_summary.moc"
