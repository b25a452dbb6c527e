// While an offer of ours is open: what it says that we receive may come before its answer (RFC 3264
// section 5.1), which may be lost; and what the far end has taken is not offered under the same
// version again (section 8).
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class OpenOffersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chosenCodecIsHeardBeforeTheAnswer();
    void refusedCodecIsNotTaken();
    void resumedCallIsHeardBeforeTheAnswer();
    void refusedResumeStaysSilent();
    void heldCallIsHeardUntilTheAnswer();
    void choiceThatComesToNothingIsTold_data();
    void choiceThatComesToNothingIsTold();
    void choiceIsTriedAgainAtTheirTime();
    void choiceIsGivenUpWithTime();
    void choiceInAHoldWithoutAUsableAnswer();
};

namespace {
const QByteArray contact = "Contact: <sip:x@192.0.2.9:5060>\r\n";

call::CallSettings patient()
{
    call::CallSettings settings;
    settings.rtpTimeout = 0s;
    return settings;
}

// An operator who talks with a scripted far end in PCMA, the only codec of its answer.
struct Talking {
    Talking()
    {
        id = *agent.manager.dial(
            {QStringLiteral("sip:x@192.0.2.9"), model::Actor::consoleOperator()});
        world.settle();
        answer(far.takeRequest(), 200, pcma);
        far.takeRequests();
        rtp.sendTo(endpoint("192.0.2.1", 31000));
    }
    sip::Request offered()
    {
        world.settle();
        return takeInvite(far);
    }
    void answer(const sip::Request& request, int code, const QByteArray& sdp = {},
                const QByteArray& headers = {})
    {
        far.send(replyTo(request, code, "peer", contact + headers, sdp));
        world.settle();
    }
    // How many packets of 10 are taken, of a payload type; and whether the operator hears them.
    // Of a stream that is known all packets are taken.
    int taken(int payloadType)
    {
        world.run(250ms); // what came before is counted
        const auto before = agent.call(id).media.packetsReceived;
        agent.device.takeHeard();
        rtp.header.payloadType = static_cast<std::uint8_t>(payloadType);
        for (int i = 0; i < 10; ++i) {
            rtp.send();
            world.run(20ms);
        }
        isHeard = peak(agent.device.takeHeard()) > 0;
        world.run(250ms);
        return static_cast<int>(agent.call(id).media.packetsReceived - before);
    }
    void beHeld()
    {
        QVERIFY(agent.manager.setHeld(id, true));
        answer(offered(), 200, offer("192.0.2.9", 4000, "8", "a=recvonly\r\n"));
        far.takeRequests();
    }

    const QByteArray pcma = offer("192.0.2.9", 4000, "8");
    World world;
    CallAgent agent{world, "192.0.2.1", patient()};
    SipPeer far{world.network, endpoint("192.0.2.9", 5060), agent.sip()};
    RtpPeer rtp{world.scheduler, world.network, endpoint("192.0.2.9", 4000)};
    model::CallId id = 0;
    bool isHeard = false;
};

const QStringList pcmuFirst{QStringLiteral("PCMU"), QStringLiteral("PCMA")};
} // namespace

void OpenOffersTest::chosenCodecIsHeardBeforeTheAnswer()
{
    Talking t;
    QCOMPARE(t.taken(8), 10);
    t.taken(0);
    QVERIFY(!t.isHeard); // it is not in their answer
    QVERIFY(t.agent.manager.setCodecs(t.id, pcmuFirst));
    const sip::Request offered = t.offered();
    QCOMPARE(t.taken(0), 10);
    QVERIFY(t.isHeard);
    QCOMPARE(t.taken(8), 10); // nor is the one before over
    QVERIFY(t.isHeard);
    QCOMPARE(t.rtp.heard.back().header.payloadType, 8); // what we send waits for the answer
    t.answer(offered, 200, offer("192.0.2.9", 4000, "0"));
    QCOMPARE(t.taken(0), 10);
    QVERIFY(t.isHeard);
    QCOMPARE(t.rtp.heard.back().header.payloadType, 0);
}

void OpenOffersTest::refusedCodecIsNotTaken()
{
    Talking t;
    QVERIFY(t.agent.manager.setCodecs(t.id, pcmuFirst));
    t.answer(t.offered(), 488);
    QCOMPARE(t.taken(0), 0);
    QCOMPARE(t.taken(8), 10);
    QVERIFY(t.isHeard);
}

void OpenOffersTest::resumedCallIsHeardBeforeTheAnswer()
{
    Talking t;
    t.beHeld();
    QCOMPARE(t.taken(8), 0);
    QVERIFY(t.agent.manager.setHeld(t.id, false));
    const sip::Request offered = t.offered();
    QCOMPARE(t.taken(8), 10);
    QVERIFY(t.isHeard);
    t.answer(offered, 200, t.pcma);
    QCOMPARE(t.taken(8), 10);
    QVERIFY(t.isHeard);
}

void OpenOffersTest::refusedResumeStaysSilent()
{
    Talking t;
    t.beHeld();
    QVERIFY(t.agent.manager.setHeld(t.id, false));
    t.answer(t.offered(), 488);
    QVERIFY(t.agent.call(t.id).heldByUs);
    QCOMPARE(t.taken(8), 0);
}

// Until then they do not know of it, and what they say is recorded.
void OpenOffersTest::heldCallIsHeardUntilTheAnswer()
{
    Talking t;
    QVERIFY(t.agent.manager.setHeld(t.id, true));
    const sip::Request offered = t.offered();
    QCOMPARE(t.taken(8), 10);
    t.answer(offered, 200, offer("192.0.2.9", 4000, "8", "a=recvonly\r\n"));
    QCOMPARE(t.taken(8), 0);
}

void OpenOffersTest::choiceThatComesToNothingIsTold_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("told");
    const auto told = [](const char* text) { return QString::fromLatin1(text); };
    const QByteArray none;
    QTest::newRow("3261 14.1: not acceptable") << 488 << none << told("488 Not Acceptable Here");
    QTest::newRow("not now, for good") << 503 << none << told("503 Service Unavailable");
    QTest::newRow("another codec")
        << 200 << offer("192.0.2.9", 4000, "8 0") << told("answered with PCMA");
    QTest::newRow("no audio") << 200 << offer("192.0.2.9", 0, "8") << told("the");
    QTest::newRow("no SDP") << 200 << none << told("");
}

void OpenOffersTest::choiceThatComesToNothingIsTold()
{
    QFETCH(int, code);
    QFETCH(QByteArray, answer);
    QFETCH(QString, told);
    Talking t;
    const QStringList before = t.agent.call(t.id).codecs;
    QVERIFY(t.agent.manager.setCodecs(t.id, pcmuFirst));
    const sip::Request first = t.offered();
    QVERIFY(first.body.contains(" 2 IN IP4"));
    t.answer(first, code, answer);
    t.world.run(40s);
    QVERIFY(t.offered().method.isEmpty());
    const QString problem = t.agent.call(t.id).codecProblem;
    QVERIFY2(problem.startsWith(told) && !problem.isEmpty(), qPrintable(problem));
    QCOMPARE(t.agent.call(t.id).codec, QStringLiteral("PCMA"));
    QCOMPARE(t.agent.call(t.id).codecs, code == 200 && answer.contains("8 0") ? pcmuFirst : before);
    QVERIFY(t.agent.call(t.id).resumeProblem.isEmpty());
    // RFC 3264 8: what they have taken they are not told again otherwise.
    QVERIFY(t.agent.manager.setHeld(t.id, true));
    QVERIFY(t.offered().body.contains(code == 200 ? " 3 IN IP4" : " 2 IN IP4"));
    // Once it is done nothing is wrong with it any more.
    QVERIFY(t.agent.manager.setCodecs(t.id, pcmuFirst));
    QVERIFY(t.agent.call(t.id).codecProblem.isEmpty());
}

// RFC 3261 section 14.2.
void OpenOffersTest::choiceIsTriedAgainAtTheirTime()
{
    Talking t;
    QVERIFY(t.agent.manager.setCodecs(t.id, pcmuFirst));
    t.answer(t.offered(), 500, {}, "Retry-After: 3\r\n");
    QVERIFY(t.agent.call(t.id).codecProblem.isEmpty());
    QCOMPARE(t.agent.call(t.id).codecs, pcmuFirst);
    t.world.run(2900ms);
    QVERIFY(t.offered().method.isEmpty());
    t.world.run(200ms);
    t.answer(t.offered(), 200, offer("192.0.2.9", 4000, "0"));
    QCOMPARE(t.agent.call(t.id).codec, QStringLiteral("PCMU"));
    QVERIFY(t.agent.call(t.id).codecProblem.isEmpty());
}

void OpenOffersTest::choiceIsGivenUpWithTime()
{
    Talking t;
    const QStringList before = t.agent.call(t.id).codecs;
    for (int round = 0; round < 2; ++round) { // each choice is tried as often
        QVERIFY(t.agent.manager.setCodecs(t.id, pcmuFirst));
        for (int i = 0; i < 5; ++i) {
            QVERIFY(t.agent.call(t.id).codecProblem.isEmpty());
            const sip::Request offered = t.offered();
            QCOMPARE(offered.method, QByteArray("INVITE"));
            t.answer(offered, 500, {}, "Retry-After: 1\r\n");
            t.world.run(1100ms);
        }
        QVERIFY(t.offered().method.isEmpty());
        QVERIFY(t.agent.call(t.id).codecProblem.startsWith(QLatin1String("500")));
        QCOMPARE(t.agent.call(t.id).codecs, before);
    }
}

// They are on hold all the same; the choice is not.
void OpenOffersTest::choiceInAHoldWithoutAUsableAnswer()
{
    Talking t;
    const QStringList before = t.agent.call(t.id).codecs;
    t.beHeld();
    QVERIFY(t.agent.manager.setCodecs(t.id, pcmuFirst));
    t.answer(t.offered(), 200, offer("192.0.2.9", 0, "8"));
    QVERIFY(t.agent.call(t.id).heldByUs);
    QVERIFY(!t.agent.call(t.id).codecProblem.isEmpty());
    QCOMPARE(t.agent.call(t.id).codecs, before);
    QVERIFY(t.agent.manager.setHeld(t.id, false));
    QVERIFY(t.offered().body.contains("RTP/AVP 8 0"));
}

QTEST_GUILESS_MAIN(OpenOffersTest)
#include "tst_open_offers.moc"
