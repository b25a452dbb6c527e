// Calls that go out, and several calls at one operator's hands: two whole agents, or one and a
// scripted far end.
#include "scenario/calls/CallAgent.h"
#include "support/UaFixture.h"
#include "unit/media/MediaRig.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class OutgoingCallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twoAgentsTalkAndHangUp();
    void targets_data();
    void targets();
    void refusedByTheFarEnd();
    void nobodyThere();
    void asManyAsTheLimit();
    void muteEndsWithItsCall();
    void givenUpWhileRinging();
    void answerThatFitsNothing();
    void answerWithoutMedia();
    void hostThatCantBeReached();
    void clientDialsAndTheOperatorTakesOver();
    void takingAnotherCallHoldsTheFirst();
    void dialledCallPutsThePresentOneOnHold();
    void clientAudioWaitsBehindTheGreeting();
    void shutDownEndsEverything();
};

namespace {
const model::Actor client = model::Actor::ofClient(QStringLiteral("crm"));

call::CallSettings server()
{
    call::CallSettings settings;
    settings.sipServer = base::HostPort{"192.0.2.9", 5060};
    return settings;
}

call::CallSettings answering()
{
    call::CallSettings settings;
    settings.autoAnswerAfter = std::chrono::seconds(0);
    return settings;
}

model::CallId dial(CallAgent& agent, const char* target,
                   const model::Actor& by = model::Actor::consoleOperator())
{
    const auto id = agent.manager.dial({QString::fromLatin1(target), by});
    return id ? *id : 0;
}
} // namespace

void OutgoingCallsTest::twoAgentsTalkAndHangUp()
{
    World world;
    CallAgent caller(world, "192.0.2.1");
    CallAgent callee(world, "192.0.2.2");
    QVERIFY(dial(caller, "sip:desk@192.0.2.2:5062"));
    world.run(100ms);
    QCOMPARE(caller.call().state, model::CallState::RingingOut);
    QCOMPARE(callee.call().state, model::CallState::RingingIn);
    QVERIFY(callee.device.ringing());
    QVERIFY(callee.manager.answer(callee.call().id, model::Actor::consoleOperator()));
    world.run(2s);
    QCOMPARE(caller.events,
             QStringList({QStringLiteral("added dialing"), QStringLiteral("changed ringing_out"),
                          QStringLiteral("changed active"), QStringLiteral("established")}));
    QVERIFY(peak(caller.device.takeHeard()) > 7000);
    QVERIFY(peak(callee.device.takeHeard()) > 7000);
    QVERIFY(caller.call().media.packetsReceived > 80);
    QCOMPARE(caller.call().media.packetsLost, 0U);
    QVERIFY(caller.manager.hangUp(caller.call().id, model::Actor::consoleOperator()));
    world.run(100ms);
    QCOMPARE(caller.events.last(), QStringLiteral("ended 200 operator"));
    QCOMPARE(callee.events.last(), QStringLiteral("ended 200 far_end"));
    world.run(40s);
    QCOMPARE(caller.transactions.size(), std::size_t(0));
    QCOMPARE(caller.userAgent.unfinished(), std::size_t(0));
    QCOMPARE(caller.media.usedSlots(), 0);
}

void OutgoingCallsTest::targets_data()
{
    QTest::addColumn<QString>("requestUri"); // empty: refused
    QTest::newRow("0912-341-234") << QStringLiteral("sip:0912341234@192.0.2.9:5060");
    QTest::newRow(" (02) 2388 0112 ") << QStringLiteral("sip:0223880112@192.0.2.9:5060");
    QTest::newRow("+886 912 341 234") << QStringLiteral("sip:+886912341234@192.0.2.9:5060");
    QTest::newRow("*21#") << QStringLiteral("sip:*21%23@192.0.2.9:5060");
    QTest::newRow("tel:+886-2-2388;ext=1") << QStringLiteral("sip:+88622388@192.0.2.9:5060");
    QTest::newRow("sip:200@192.0.2.7") << QStringLiteral("sip:200@192.0.2.7");
    QTest::newRow("sip:200@192.0.2.7?Route=%3Csip:evil%3E") << QStringLiteral("sip:200@192.0.2.7");
    QTest::newRow("200@192.0.2.7:5070") << QStringLiteral("sip:200@192.0.2.7:5070");
    QTest::newRow("") << QString();
    QTest::newRow("hello world") << QString();
    QTest::newRow("12+3") << QString();
    QTest::newRow("mailto:a@b") << QString();
    QTest::newRow("sip:") << QString();
}

void OutgoingCallsTest::targets()
{
    QFETCH(QString, requestUri);
    World world;
    CallAgent agent(world, "192.0.2.1", server());
    const auto id = agent.manager.dial({QString::fromUtf8(QTest::currentDataTag()), client});
    QCOMPARE(id.ok(), !requestUri.isEmpty());
    if (id) {
        QCOMPARE(agent.call().remoteUri, requestUri);
    } else {
        QVERIFY(!id.error().text.isEmpty());
        QVERIFY(agent.events.isEmpty());
    }
    // Without a server a number is nothing that can be dialled.
    CallAgent alone(world, "192.0.2.3");
    QVERIFY(!alone.manager.dial({QStringLiteral("100"), client}));
}

void OutgoingCallsTest::refusedByTheFarEnd()
{
    World world;
    CallAgent agent(world, "192.0.2.1", server());
    SipPeer far(world.network, endpoint("192.0.2.9", 5060), agent.sip());
    dial(agent, "200", client);
    world.settle();
    far.send(replyTo(far.takeRequest(), 486, "a"));
    world.settle();
    QCOMPARE(far.takeRequest().method, QByteArray("ACK"));
    QCOMPARE(agent.events.last(), QStringLiteral("ended 486 far_end"));
    QCOMPARE(agent.call().reason, QStringLiteral("Busy Here"));
}

void OutgoingCallsTest::nobodyThere()
{
    World world;
    CallAgent agent(world, "192.0.2.1", server());
    dial(agent, "200", client);
    world.run(33s);
    QCOMPARE(agent.events.last(), QStringLiteral("ended 408 machine"));
}

void OutgoingCallsTest::asManyAsTheLimit()
{
    World world;
    call::CallSettings settings = server();
    settings.maxCalls = 1;
    CallAgent agent(world, "192.0.2.1", settings);
    dial(agent, "200", client);
    QCOMPARE(agent.call().state, model::CallState::Dialing);
    dial(agent, "201", client);
    QCOMPARE(agent.events.last(), QStringLiteral("ended 503 machine"));
    QCOMPARE(agent.manager.calls().size(), 1);
}

void OutgoingCallsTest::muteEndsWithItsCall()
{
    World world;
    CallAgent caller(world, "192.0.2.1");
    CallAgent callee(world, "192.0.2.2", answering());
    dial(caller, "sip:desk@192.0.2.2:5062");
    world.run(100ms);
    caller.manager.setMuted(true);
    QVERIFY(caller.call().muted);
    QVERIFY(caller.manager.hangUp(caller.call().id, model::Actor::consoleOperator()));
    world.run(100ms);
    dial(caller, "sip:desk@192.0.2.2:5062");
    world.run(100ms);
    QVERIFY(caller.call().hasHeadset);
    QVERIFY(!caller.call().muted);
}

void OutgoingCallsTest::givenUpWhileRinging()
{
    World world;
    CallAgent agent(world, "192.0.2.1", server());
    SipPeer far(world.network, endpoint("192.0.2.9", 5060), agent.sip());
    const auto id = dial(agent, "200", client);
    world.settle();
    const sip::Request invite = far.takeRequest();
    far.send(replyTo(invite, 180, "a"));
    world.settle();
    QVERIFY(agent.manager.hangUp(id, client));
    world.settle();
    QCOMPARE(agent.events.last(), QStringLiteral("ended 487 client"));
    QCOMPARE(far.takeRequest().method, QByteArray("CANCEL"));
}

void OutgoingCallsTest::answerThatFitsNothing()
{
    World world;
    CallAgent agent(world, "192.0.2.1", server());
    SipPeer far(world.network, endpoint("192.0.2.9", 5060), agent.sip());
    dial(agent, "200", client);
    world.settle();
    far.send(replyTo(far.takeRequest(), 200, "a", "Contact: <sip:200@192.0.2.9>\r\n",
                     "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
                     "m=audio 4000 RTP/AVP 18\r\n"));
    world.settle();
    const auto requests = far.takeRequests();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.at(0).method, QByteArray("ACK"));
    QCOMPARE(requests.at(1).method, QByteArray("BYE"));
    QCOMPARE(agent.events.last(), QStringLiteral("ended 503 machine"));
}

void OutgoingCallsTest::answerWithoutMedia()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    SipPeer far(world.network, endpoint("192.0.2.9", 5060), agent.sip());
    dial(agent, "sip:200@192.0.2.9:5060", client);
    world.settle();
    far.send(replyTo(far.takeRequest(), 200, "a", "Contact: <sip:200@192.0.2.9>\r\n"));
    world.settle();
    QCOMPARE(agent.events.last(), QStringLiteral("ended 503 machine"));
    QVERIFY2(agent.call().reason.contains(QLatin1String("no SDP")),
             qPrintable(agent.call().reason));
    const QList<sip::Request> requests = far.takeRequests();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.at(0).method, QByteArray("ACK"));
    QCOMPARE(requests.at(1).method, QByteArray("BYE"));
}

void OutgoingCallsTest::hostThatCantBeReached()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    dial(agent, "sip:x@224.0.0.1", client);
    world.settle();
    QCOMPARE(agent.events.last(), QStringLiteral("ended 503 machine"));
    QVERIFY(agent.call().reason.contains(QLatin1String("224.0.0.1")));
}

void OutgoingCallsTest::clientDialsAndTheOperatorTakesOver()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    CallAgent callee(world, "192.0.2.2", answering());
    const auto id = dial(agent, "sip:desk@192.0.2.2:5062", client);
    world.run(200ms);
    QCOMPARE(agent.call().owner, client);
    QVERIFY(!agent.device.headsetOpen());
    media::AudioPort* port = agent.media.find(id);
    QVERIFY(port);
    QVERIFY(port->play(squareWave(3000, 10'000)));
    world.run(1s);
    QVERIFY(agent.manager.take(id));
    const auto queuedAtTake = port->queuedMs();
    QVERIFY(queuedAtTake > 8000);
    world.run(1s);
    QCOMPARE(agent.call().owner.kind, model::ActorKind::Operator);
    QVERIFY(agent.device.headsetOpen());
    QVERIFY(queuedAtTake - port->queuedMs() <= 20); // the queue waits
}

void OutgoingCallsTest::takingAnotherCallHoldsTheFirst()
{
    World world;
    CallAgent agent(world, "192.0.2.1", answering());
    CallAgent one(world, "192.0.2.2");
    CallAgent two(world, "192.0.2.3");
    dial(one, "sip:x@192.0.2.1:5062");
    dial(two, "sip:x@192.0.2.1:5062");
    world.run(200ms);
    const auto calls = agent.manager.calls();
    QCOMPARE(calls.size(), 2);
    QVERIFY(agent.manager.take(calls.at(0).id));
    world.run(200ms);
    QVERIFY(agent.manager.take(calls.at(1).id));
    world.run(500ms);
    QCOMPARE(agent.call(calls.at(0).id).state, model::CallState::Held);
    QVERIFY(!agent.call(calls.at(0).id).hasHeadset);
    QVERIFY(agent.call(calls.at(1).id).hasHeadset);
    QVERIFY(one.call().heldByFarEnd);
    QVERIFY(!two.call().heldByFarEnd);
    // And back.
    QVERIFY(agent.manager.take(calls.at(0).id));
    world.run(500ms);
    QCOMPARE(agent.call(calls.at(0).id).state, model::CallState::Active);
    QCOMPARE(agent.call(calls.at(1).id).state, model::CallState::Held);
    QVERIFY(!one.call().heldByFarEnd);
    QVERIFY(two.call().heldByFarEnd);
}

void OutgoingCallsTest::dialledCallPutsThePresentOneOnHold()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    CallAgent one(world, "192.0.2.2", answering());
    CallAgent two(world, "192.0.2.3", answering());
    const auto first = dial(agent, "sip:x@192.0.2.2:5062");
    world.run(300ms);
    QVERIFY(agent.call(first).hasHeadset);
    const auto second = dial(agent, "sip:x@192.0.2.3:5062");
    world.run(500ms);
    QCOMPARE(agent.call(first).state, model::CallState::Held);
    QVERIFY(agent.call(second).hasHeadset);
    QVERIFY(one.call().heldByFarEnd);
}

void OutgoingCallsTest::clientAudioWaitsBehindTheGreeting()
{
    World world;
    call::CallSettings settings = answering();
    settings.greeting = clip(squareWave(12000, 500));
    CallAgent agent(world, "192.0.2.1", settings);
    CallAgent caller(world, "192.0.2.2");
    dial(caller, "sip:x@192.0.2.1:5062");
    world.run(50ms);
    QVERIFY(agent.media.find(agent.call().id)->play(squareWave(3000, 500)));
    caller.device.takeHeard();
    world.run(300ms);
    QVERIFY(peak(caller.device.takeHeard()) > 11000);
    world.run(1s);
    caller.device.takeHeard();
    QCOMPARE(agent.media.find(agent.call().id)->queuedMs(), 0);
}

void OutgoingCallsTest::shutDownEndsEverything()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    CallAgent callee(world, "192.0.2.2", answering());
    CallAgent ringing(world, "192.0.2.3");
    dial(agent, "sip:x@192.0.2.2:5062");
    dial(agent, "sip:x@192.0.2.3:5062", client);
    world.run(200ms);
    agent.manager.shutDown();
    QVERIFY(agent.userAgent.awaitsFarEnds());
    world.run(100ms);
    QVERIFY(!agent.userAgent.awaitsFarEnds());
    QVERIFY(agent.manager.calls().isEmpty());
    QCOMPARE(callee.events.last(), QStringLiteral("ended 200 far_end"));
    QCOMPARE(ringing.events.last(), QStringLiteral("ended 487 far_end"));
    QVERIFY(!agent.manager.dial({QStringLiteral("sip:x@192.0.2.2:5062"), client}));
}

QTEST_GUILESS_MAIN(OutgoingCallsTest)
#include "tst_outgoing_calls.moc"
