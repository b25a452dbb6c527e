// Texts that come in (RFC 3428): how many, and until when.
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using call::TextAllowance;

class TextsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void floodIsTurnedAway();
    void othersAreHeardAllTheSame();
    void manySourcesAreAFloodAsWell();
    void noneIsTakenAtTheEnd();
};

namespace {
struct Sender {
    Sender()
    {
        QObject::connect(&agent.manager, &call::CallManager::messageReceived, &agent.manager,
                         [this] { ++taken; });
    }
    // The response to one more text.
    sip::Response send(SipPeer& from)
    {
        const QByteArray number = QByteArray::number(++sent);
        const QByteArray at = from.local().toString();
        from.send("MESSAGE sip:100@192.0.2.1 SIP/2.0\n"
                  "Via: SIP/2.0/UDP "
                  + at + ";branch=z9hG4bK-" + number + "\nMax-Forwards: 70\nFrom: <sip:203@" + at
                  + ">;tag=1\n" + "To: <sip:100@192.0.2.1>\nCall-ID: text-" + number
                  + "\nCSeq: 1 MESSAGE\nContent-Type: text/plain\nContent-Length: [len]\n\nhello");
        world.settle();
        return from.takeResponse();
    }
    int sendMany(SipPeer& from, int count)
    {
        int admitted = 0;
        for (int i = 0; i < count; ++i) {
            admitted += send(from).statusCode == 200 ? 1 : 0;
        }
        return admitted;
    }

    World world;
    CallAgent agent{world, "192.0.2.1"};
    SipPeer peer{world.network, endpoint("192.0.2.9", 5060), agent.sip()};
    SipPeer other{world.network, endpoint("192.0.2.8", 5060), agent.sip()};
    int sent = 0;
    int taken = 0;
};
} // namespace

void TextsTest::floodIsTurnedAway()
{
    Sender w;
    const int many = 3 * TextAllowance::mostAtOnce;
    const int admitted = w.sendMany(w.peer, many);
    // Some more come to be allowed while they are sent.
    QVERIFY2(admitted >= TextAllowance::mostAtOnce && admitted < TextAllowance::mostAtOnce + 5,
             qPrintable(QString::number(admitted)));
    QCOMPARE(w.taken, admitted);
    const sip::Response refusal = w.send(w.peer);
    QCOMPARE(refusal.statusCode, 480);
    QCOMPARE(refusal.headers.first("Retry-After")->toByteArray(), QByteArray("10"));
    w.world.run(1s);
    QCOMPARE(w.send(w.peer).statusCode, 200);
}

void TextsTest::othersAreHeardAllTheSame()
{
    Sender w;
    w.sendMany(w.peer, TextAllowance::mostAtOnce + 10);
    QCOMPARE(w.send(w.other).statusCode, 200);
}

void TextsTest::manySourcesAreAFloodAsWell()
{
    ManualScheduler scheduler;
    TextAllowance texts(scheduler.clock());
    int admitted = 0;
    for (quint32 i = 0; i < 10'000; ++i) {
        admitted += texts.admit(base::IpAddress::v4(0x0a000000 + i)) ? 1 : 0;
    }
    QCOMPARE(admitted, int(TextAllowance::mostSources));
    scheduler.advance(TextAllowance::oneMoreAfter);
    QVERIFY(texts.admit(base::IpAddress::v4(1)));
}

void TextsTest::noneIsTakenAtTheEnd()
{
    Sender w;
    w.agent.manager.shutDown();
    QCOMPARE(w.send(w.peer).statusCode, 480);
    QCOMPARE(w.taken, 0);
}

QTEST_GUILESS_MAIN(TextsTest)
#include "tst_texts.moc"
