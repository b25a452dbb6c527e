// Calls over a line that loses, doubles and reorders datagrams: RFC 3261's retransmissions bring
// each of them to its proper end, on both sides, and nothing is left over.
#include "scenario/calls/CallAgent.h"
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class LossyLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCallComesToItsEnd_data();
    void everyCallComesToItsEnd();
};

void LossyLineTest::everyCallComesToItsEnd_data()
{
    QTest::addColumn<unsigned>("loss"); // of 1000, each way
    QTest::addColumn<bool>("calleeHangsUp");
    QTest::newRow("no loss") << 0U << false;
    QTest::newRow("every tenth is lost, caller hangs up") << 100U << false;
    QTest::newRow("every tenth is lost, callee hangs up") << 100U << true;
    QTest::newRow("every fourth is lost") << 250U << false;
}

void LossyLineTest::everyCallComesToItsEnd()
{
    QFETCH(unsigned, loss);
    QFETCH(bool, calleeHangsUp);
    World world;
    NetworkPath path;
    path.delay = 10ms;
    path.lossPermille = loss;
    path.duplicatePermille = loss / 2;
    path.reorderPermille = loss / 2;
    world.network.setDefaultPath(path);
    call::CallSettings answering;
    answering.autoAnswerAfter = 0s;
    CallAgent caller(world, "192.0.2.1");
    CallAgent callee(world, "192.0.2.2", answering);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(caller.manager.dial(
            {QStringLiteral("sip:desk@192.0.2.2:5062"), model::Actor::machine()}));
        for (int step = 0; step < 100 && caller.call().state != model::CallState::Active; ++step) {
            world.run(200ms);
        }
        QCOMPARE(caller.call().state, model::CallState::Active);
        world.run(8s); // until the ACK is there as well
        QCOMPARE(callee.call().state, model::CallState::Active);
        CallAgent& first = calleeHangsUp ? callee : caller;
        QVERIFY(first.manager.hangUp(first.call().id, model::Actor::machine()));
        world.run(20s);
        QCOMPARE(caller.call().state, model::CallState::Ended);
        QCOMPARE(callee.call().state, model::CallState::Ended);
        QCOMPARE(caller.call().finalCode, 200);
        QCOMPARE(callee.call().finalCode, 200);
    }
    world.run(70s);
    for (const CallAgent* agent : {&caller, &callee}) {
        QCOMPARE(agent->events.count(QStringLiteral("established")), 20);
        QCOMPARE(agent->transactions.size(), std::size_t(0));
        QCOMPARE(agent->userAgent.unfinished(), std::size_t(0));
        QCOMPARE(agent->media.usedSlots(), 0);
    }
}

QTEST_GUILESS_MAIN(LossyLineTest)
#include "tst_lossy_line.moc"
