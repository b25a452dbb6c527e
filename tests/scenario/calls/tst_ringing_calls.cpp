// Calls that ring here: who ends it, by what, and what the log is to say of it.
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class RingingCallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void machineAnswersAfterSomeSeconds();
    void machineIsToldToAnswerWhileItRings();
    void nobodyAnswers();
    void clientRejects();
    void callerGivesUp();
    void answeredElsewhereIsNotMissed_data();
    void answeredElsewhereIsNotMissed();
    void ringingWhenTheProgramStops();
};

void RingingCallsTest::machineAnswersAfterSomeSeconds()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine(3));
    FarEnd far(world, agent);
    far.invite();
    QCOMPARE(far.lastCode(), 180);
    QVERIFY(agent.device.ringing());
    world.run(2900ms);
    QCOMPARE(agent.call().state, model::CallState::RingingIn);
    world.run(200ms);
    QCOMPARE(agent.call().state, model::CallState::Active);
    QVERIFY(!agent.device.ringing());
}

void RingingCallsTest::nobodyAnswers()
{
    World world;
    call::CallSettings settings;
    settings.ringTimeout = 5s;
    CallAgent agent(world, "192.0.2.1", settings);
    FarEnd far(world, agent);
    far.invite();
    world.run(5100ms);
    QCOMPARE(far.sip.takeResponse().statusCode, 480);
    QCOMPARE(agent.events.last(), QStringLiteral("ended 480 machine"));
    QVERIFY(agent.call().isMissed());
    QVERIFY(!agent.device.ringing());
}

void RingingCallsTest::clientRejects()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    QVERIFY(
        agent.manager.reject(agent.call().id, model::Actor::ofClient(QStringLiteral("crm")), 486));
    world.settle();
    QCOMPARE(far.sip.takeResponse().statusCode, 486);
    QCOMPARE(agent.events.last(), QStringLiteral("ended 486 client"));
    QVERIFY(!agent.call().isMissed());
    QVERIFY(!agent.manager.answer(agent.call().id, model::Actor::machine()));
}

void RingingCallsTest::callerGivesUp()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    QByteArray cancel = inviteText("z9hG4bK-1", "call-1", {}, {});
    far.sip.send(cancel.replace("INVITE", "CANCEL"));
    world.settle();
    QCOMPARE(agent.events.last(), QStringLiteral("ended 487 far_end"));
    QVERIFY(agent.call().isMissed());
}

void RingingCallsTest::ringingWhenTheProgramStops()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    agent.manager.shutDown();
    world.settle();
    QCOMPARE(far.sip.takeResponse().statusCode, 480);
    QCOMPARE(agent.events.last(), QStringLiteral("ended 480 machine"));
}

void RingingCallsTest::machineIsToldToAnswerWhileItRings()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    QVERIFY(agent.device.ringing());
    agent.manager.setAutoAnswer(std::chrono::seconds(0));
    world.settle();
    QCOMPARE(agent.call().state, model::CallState::Active);
    QCOMPARE(agent.call().answeredBy.kind, model::ActorKind::Machine);
    QVERIFY(!agent.device.ringing());
}

void RingingCallsTest::answeredElsewhereIsNotMissed_data()
{
    QTest::addColumn<QByteArray>("reasons");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("missed");
    const auto elsewhere = QStringLiteral("Call completed elsewhere");
    QTest::newRow("3326 2: SIP") << QByteArray(
        "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\n")
                                 << elsewhere << false;
    QTest::newRow("3326 2: in a line of its own")
        << QByteArray("Reason: Q.850;cause=16\nReason: SIP;cause=200\n") << elsewhere << false;
    QTest::newRow("Q.850: non-selected user clearing")
        << QByteArray("Reason: Q.850;cause=26\n") << elsewhere << false;
    QTest::newRow("Q.850: normal clearing")
        << QByteArray("Reason: Q.850;cause=16\n") << QStringLiteral("Normal call clearing") << true;
}

// RFC 3326: a proxy that has found somebody else says so in its CANCEL.
void RingingCallsTest::answeredElsewhereIsNotMissed()
{
    QFETCH(QByteArray, reasons);
    QFETCH(bool, missed);
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    far.sip.send(
        QByteArray("CANCEL sip:100@[target] SIP/2.0\n"
                   "Via: SIP/2.0/UDP [local];branch=z9hG4bK-1;rport\n"
                   "From: \"Lin\" <sip:0912341234@example.com>;tag=peer\n"
                   "To: <sip:100@[target]>\nCall-ID: call-1\nCSeq: 1 CANCEL\nMax-Forwards: 70\n")
        + reasons + "Content-Length: 0\n\n");
    world.settle();
    QCOMPARE(far.sip.takeResponses().last().statusCode, 487);
    QTEST(agent.call().reason, "words");
    QCOMPARE(agent.call().isMissed(), missed);
    QCOMPARE(agent.events.last(),
             missed ? QStringLiteral("ended 487 far_end") : QStringLiteral("ended 200 far_end"));
    QVERIFY(!agent.device.ringing());
}

QTEST_GUILESS_MAIN(RingingCallsTest)
#include "tst_ringing_calls.moc"
