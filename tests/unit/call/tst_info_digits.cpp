#include "call/DigitWords.h"
#include "call/InfoDigits.h"
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class InfoDigitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneAfterTheOther();
    void slowAnswersDelayTheNext();
    void pauses();
    void whatComesLaterIsAppended();
    void refusedDigitsDropTheRest_data();
    void refusedDigitsDropTheRest();
    void stopForgetsAll();
    void isOfUseAgainAfterStop();
};

namespace {
// An established call whose far end gets our INFOs.
struct Established : UaFixture {
    Established()
        : UaFixture(Policy::Accept)
    {
        peer.send(inviteText());
        run();
        const QByteArray tag = toTagOf(peer.takeResponses().last());
        peer.send(inDialogText("ACK", 1, "z9hG4bK-ack", tag));
        run();
    }

    // What came, "-" for nothing; it is answered with that code.
    QString next(int code = 200)
    {
        run();
        const sip::Request info = peer.takeRequest();
        if (info.method != "INFO") {
            return QStringLiteral("-");
        }
        if (code != 0) {
            peer.send(replyTo(info, code));
            run();
        } else {
            unanswered = info;
        }
        const auto digit = call::readInfoDigit(info);
        return digit ? QString(QLatin1Char(digit->digit)) : QStringLiteral("?");
    }

    QString sent;
    QList<int> refusals;
    sip::Request unanswered;
    call::InfoDigits digits{scheduler,
                            {[this](char digit) { sent += QLatin1Char(digit); },
                             [this](int code) { refusals << code; }}};
};
} // namespace

void InfoDigitsTest::oneAfterTheOther()
{
    Established f;
    f.digits.send(*f.session, "1#A");
    QCOMPARE(f.next(), QStringLiteral("1"));
    QCOMPARE(f.sent, QStringLiteral("1"));
    f.advance(230ms); // 160 ms of the digit, 80 ms to the next
    QCOMPARE(f.next(), QStringLiteral("-"));
    f.advance(20ms);
    QCOMPARE(f.next(), QStringLiteral("#"));
    f.advance(250ms);
    QCOMPARE(f.next(), QStringLiteral("A"));
    f.advance(10s);
    QCOMPARE(f.next(), QStringLiteral("-"));
    QCOMPARE(f.sent, QStringLiteral("1#A"));
    QVERIFY(f.refusals.isEmpty());
}

void InfoDigitsTest::slowAnswersDelayTheNext()
{
    Established f;
    f.digits.send(*f.session, "12");
    QCOMPARE(f.next(0), QStringLiteral("1"));
    f.advance(400ms);
    QCOMPARE(f.next(), QStringLiteral("-"));
    f.peer.send(replyTo(f.unanswered, 200));
    f.run();
    f.peer.takeRequests(); // it may have been repeated
    f.advance(250ms);
    QCOMPARE(f.next(), QStringLiteral("2"));
}

void InfoDigitsTest::pauses()
{
    Established f;
    f.digits.send(*f.session, "w1,2");
    f.advance(490ms);
    QCOMPARE(f.next(), QStringLiteral("-"));
    f.advance(20ms);
    QCOMPARE(f.next(), QStringLiteral("1"));
    f.advance(2200ms);
    QCOMPARE(f.next(), QStringLiteral("-"));
    f.advance(60ms);
    QCOMPARE(f.next(), QStringLiteral("2"));
    QCOMPARE(f.sent, QStringLiteral("12")); // pauses are none
}

void InfoDigitsTest::whatComesLaterIsAppended()
{
    Established f;
    f.digits.send(*f.session, "1");
    f.digits.send(*f.session, "2");
    QCOMPARE(f.next(), QStringLiteral("1"));
    f.digits.send(*f.session, "3");
    QCOMPARE(f.next(), QStringLiteral("-")); // in its turn
    f.advance(250ms);
    QCOMPARE(f.next(), QStringLiteral("2"));
    f.advance(250ms);
    QCOMPARE(f.next(), QStringLiteral("3"));
    f.advance(1s);
    f.digits.send(*f.session, "4");
    QCOMPARE(f.next(), QStringLiteral("4")); // at once, there is nothing before it
}

void InfoDigitsTest::refusedDigitsDropTheRest_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("6086 4.2.2 wrong body") << 415;
    QTest::newRow("3261 21.4.6 not allowed") << 405;
    QTest::newRow("3261 21.5.1 server failure") << 500;
}

void InfoDigitsTest::refusedDigitsDropTheRest()
{
    QFETCH(int, code);
    Established f;
    f.digits.send(*f.session, "12");
    QCOMPARE(f.next(code), QStringLiteral("1"));
    QCOMPARE(f.refusals, QList<int>{code});
    f.advance(10s);
    QCOMPARE(f.next(), QStringLiteral("-"));
    f.digits.send(*f.session, "3"); // whoever asks again is tried again
    QCOMPARE(f.next(), QStringLiteral("3"));
}

void InfoDigitsTest::stopForgetsAll()
{
    Established f;
    f.digits.send(*f.session, "12");
    QCOMPARE(f.next(0), QStringLiteral("1"));
    f.digits.stop();
    f.peer.send(replyTo(f.unanswered, 415));
    f.advance(1s);
    QCOMPARE(f.sent, QStringLiteral("1"));
    QVERIFY(f.refusals.isEmpty());
}

void InfoDigitsTest::isOfUseAgainAfterStop()
{
    Established f;
    f.digits.send(*f.session, "12");
    QCOMPARE(f.next(0), QStringLiteral("1"));
    f.digits.stop();
    f.peer.send(replyTo(f.unanswered, 200));
    f.run();
    f.digits.send(*f.session, "3");
    QCOMPARE(f.next(), QStringLiteral("3"));
    f.advance(1s);
    QCOMPARE(f.next(), QStringLiteral("-"));
}

QTEST_GUILESS_MAIN(InfoDigitsTest)
#include "tst_info_digits.moc"
