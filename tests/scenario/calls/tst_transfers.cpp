// Blind transfers (RFC 3515, RFC 5589 section 6) between three whole agents, and those that a
// stranger asks for.
#include "scenario/calls/FarEnd.h"
#include "scenario/calls/Talk.h"

#include <QRegularExpression>
#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;
using model::TransferState;

class TransfersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void progressAndTheEnd();
    void refusedByTheTargetKeepsTheCall_data();
    void refusedByTheTargetKeepsTheCall();
    void nobodyThereKeepsTheCall();
    void secondTransferWhileOneIsUnderWay();
    void afterAFailureItCanBeTriedAgain();
    void callerHangsUpMeanwhile();
    void whoAsksForNoReportsGetsThem();
    void machineOwnedCallDeclines();
    void referToWhatCanNotBeCalled_data();
    void referToWhatCanNotBeCalled();
    void farEndThatDoesNotKnowRefer();
    void referredCallCountsForTheLimit();
};

namespace {
struct Three {
    explicit Three(const call::CallSettings& ofTwo = {})
        : two(world, "192.0.2.2", ofTwo)
    {
        id = talk(one, two);
        twosCall = two.call().id;
    }
    World world;
    SipTrace trace{world};
    CallAgent one{world, "192.0.2.1"};
    CallAgent two;
    CallAgent three{world, "192.0.2.3"};
    model::CallId id = 0; // one's call with two
    model::CallId twosCall = 0;
};

using Why = model::RefusedReferral::Why;

struct RefusalsTold {
    explicit RefusalsTold(CallAgent& agent)
    {
        QObject::connect(&agent.manager, &call::CallManager::referralRefused, &context,
                         [this](const model::RefusedReferral& told) { list << told; });
    }
    QObject context;
    QList<model::RefusedReferral> list;
};

QByteArray referText(const QByteArray& tag, const QByteArray& referTo)
{
    QByteArray refer = inDialogText("REFER", 2, "z9hG4bK-refer", tag);
    refer.replace("Content-Length", QByteArray("Refer-To: " + referTo + "\nContent-Length"));
    return refer;
}
} // namespace

void TransfersTest::progressAndTheEnd()
{
    Three w;
    QVERIFY(w.id);
    QVERIFY(w.one.manager.transfer(w.id, uriOf(w.three)));
    QCOMPARE(w.one.call(w.id).transfer, TransferState::Requested);
    QCOMPARE(w.one.call(w.id).transferTarget, QStringLiteral("desk"));
    w.world.run(300ms);
    QCOMPARE(w.one.call(w.id).transfer, TransferState::Ringing);
    QCOMPARE(w.one.call(w.id).transferCode, 180);
    QCOMPARE(w.three.call().state, CallState::RingingIn);
    QVERIFY(!w.trace.last("INVITE").headers.all("Referred-By").isEmpty());
    QVERIFY(w.one.call(w.id).isAlive());

    QVERIFY(w.three.manager.answer(w.three.call().id, theOperator()));
    w.world.run(300ms);
    QCOMPARE(w.one.call(w.id).transfer, TransferState::Completed);
    QCOMPARE(w.one.call(w.id).state, CallState::Ended);
    QCOMPARE(w.one.call(w.id).endedBy.kind, model::ActorKind::Operator);
    QCOMPARE(w.two.call(w.twosCall).state, CallState::Ended);
    QCOMPARE(w.two.call(w.twosCall).endedBy.kind, model::ActorKind::FarEnd);
    QCOMPARE(w.trace.count("192.0.2.1 BYE"), 1);
    QCOMPARE(w.two.call().state, CallState::Active); // the referred call
    QCOMPARE(w.two.call().transferredBy, w.two.call(w.twosCall).number);
    QVERIFY(!w.two.call().transferredBy.isEmpty());
    QVERIFY(w.two.call().hasHeadset);
    QCOMPARE(w.three.call().state, CallState::Active);
    w.two.device.takeHeard();
    w.world.run(1s);
    QVERIFY(peak(w.two.device.takeHeard()) > 7000);
    QCOMPARE(w.one.manager.calls().size(), 0);
    w.world.run(60s);
    QCOMPARE(w.two.call().state, CallState::Active); // no leftover of the transfer ends it
    QCOMPARE(w.one.userAgent.unfinished(), std::size_t(0));
}

void TransfersTest::refusedByTheTargetKeepsTheCall_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("3515 2.4.5 busy") << 486;
    QTest::newRow("3515 2.4.5 declined") << 603;
    QTest::newRow("3515 2.4.5 not there") << 404;
}

void TransfersTest::refusedByTheTargetKeepsTheCall()
{
    QFETCH(int, code);
    Three w;
    QVERIFY(w.one.manager.transfer(w.id, uriOf(w.three)));
    w.world.run(300ms);
    QVERIFY(w.three.manager.reject(w.three.call().id, theOperator(), code));
    w.world.run(500ms);
    QCOMPARE(w.one.call(w.id).transfer, TransferState::Failed);
    QCOMPARE(w.one.call(w.id).transferCode, code);
    QVERIFY(w.one.call(w.id).isAlive());
    QVERIFY(w.two.call(w.twosCall).isAlive());
    QCOMPARE(w.trace.count("192.0.2.1 BYE") + w.trace.count("192.0.2.2 BYE"), 0);
    // They talk on as before: the transferee was put on hold for nothing.
    QCOMPARE(w.two.call(w.twosCall).state, CallState::Active);
    QVERIFY(w.two.call(w.twosCall).hasHeadset);
    QCOMPARE(w.one.call(w.id).state, CallState::Active);
    w.one.device.takeHeard();
    w.world.run(1s);
    QVERIFY(peak(w.one.device.takeHeard()) > 7000);
}

void TransfersTest::nobodyThereKeepsTheCall()
{
    Three w;
    QVERIFY(w.one.manager.transfer(w.id, QStringLiteral("sip:300@192.0.2.77:5060")));
    w.world.run(40s);
    QCOMPARE(w.one.call(w.id).transfer, TransferState::Failed);
    QCOMPARE(w.one.call(w.id).transferCode, 408);
    QCOMPARE(w.one.call(w.id).state, CallState::Active);
}

void TransfersTest::secondTransferWhileOneIsUnderWay()
{
    Three w;
    QVERIFY(w.one.manager.transfer(w.id, uriOf(w.three)));
    w.world.run(300ms);
    const auto second = w.one.manager.transfer(w.id, uriOf(w.three));
    QVERIFY(!second);
    QVERIFY(!second.error().text.isEmpty());
    QCOMPARE(w.one.call(w.id).transfer, TransferState::Ringing); // as it was
}

void TransfersTest::afterAFailureItCanBeTriedAgain()
{
    Three w;
    QVERIFY(w.one.manager.transfer(w.id, uriOf(w.three)));
    w.world.run(300ms);
    QVERIFY(w.three.manager.reject(w.three.call().id, theOperator(), 486));
    w.world.run(500ms);
    QVERIFY(w.one.manager.transfer(w.id, uriOf(w.three)));
    w.world.run(300ms);
    QCOMPARE(w.one.call(w.id).transfer, TransferState::Ringing);
    QVERIFY(w.three.manager.answer(w.three.call().id, theOperator()));
    w.world.run(300ms);
    QCOMPARE(w.one.call(w.id).transfer, TransferState::Completed);
    QVERIFY(!w.one.call(w.id).isAlive());
}

// The transferor goes before the target has answered: the transferee's new call lives on.
void TransfersTest::callerHangsUpMeanwhile()
{
    Three w;
    QVERIFY(w.one.manager.transfer(w.id, uriOf(w.three)));
    w.world.run(300ms);
    QVERIFY(w.one.manager.hangUp(w.id, theOperator()));
    w.world.run(300ms);
    QVERIFY(!w.two.call(w.twosCall).isAlive());
    QVERIFY(w.three.manager.answer(w.three.call().id, theOperator()));
    w.world.run(300ms);
    QCOMPARE(w.two.call().state, CallState::Active);
    QCOMPARE(w.three.call().state, CallState::Active);
}

// RFC 4488 section 4: a 2xx without Refer-Sub: false has made a subscription.
void TransfersTest::whoAsksForNoReportsGetsThem()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    QVERIFY(agent.manager.answer(agent.call().id, theOperator()));
    world.settle();
    far.request("ACK", 1);
    QByteArray refer = referText(far.tag, "<sip:300@192.0.2.77>");
    refer.replace("Refer-To", "Refer-Sub: false\nRefer-To");
    far.sip.send(refer);
    world.run(100ms);
    const QList<sip::Response> responses = far.sip.takeResponses();
    QCOMPARE(responses.last().statusCode, 202);
    QVERIFY(!responses.last().headers.has("Refer-Sub"));
    const QList<sip::Request> requests = far.sip.takeRequests();
    QVERIFY(!requests.isEmpty());
    QCOMPARE(requests.first().method, QByteArray("NOTIFY"));
}

// A stranger must not dial at our cost where nobody listens.
void TransfersTest::machineOwnedCallDeclines()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite();
    far.request("ACK", 1);
    const RefusalsTold told(agent);
    far.sip.send(referText(far.tag, "<sip:0900123@192.0.2.77>"));
    world.run(1s);
    QCOMPARE(far.sip.takeResponses().last().statusCode, 603);
    QCOMPARE(told.list.size(), 1);
    QCOMPARE(told.list.first().why, Why::Unattended);
    QCOMPARE(told.list.first().target, QStringLiteral("sip:0900123@192.0.2.77"));
    QCOMPARE(agent.manager.calls().size(), 1);
    QCOMPARE(agent.call().state, CallState::Active);
}

void TransfersTest::referToWhatCanNotBeCalled_data()
{
    QTest::addColumn<QByteArray>("referTo");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("target");
    QTest::addColumn<Why>("why");
    const auto row = [](const char* name, const char* referTo, int code, const char* target,
                        Why why) {
        QTest::newRow(name) << QByteArray(referTo) << code << QString::fromLatin1(target) << why;
    };
    row("3261 another scheme", "<http://x.example/>", 416, "<http://x.example/>", Why::NotCallable);
    row("3515 2.4.2 no address", "<<>", 400, "<<>", Why::NotCallable);
    row("3966 a number without a server", "<tel:+49301>", 404, "tel:+49301", Why::NoAccount);
}

void TransfersTest::referToWhatCanNotBeCalled()
{
    QFETCH(QByteArray, referTo);
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    QVERIFY(agent.manager.answer(agent.call().id, theOperator()));
    world.settle();
    far.request("ACK", 1);
    // What the operator reads of it.
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("can't be called: |there is no account "
                                                           "to call a number by")));
    const RefusalsTold told(agent);
    far.sip.send(referText(far.tag, referTo));
    world.run(1s);
    QTEST(far.sip.takeResponses().last().statusCode, "code");
    QCOMPARE(agent.manager.calls().size(), 1);
    // And in the window: who asked, for what, and why not.
    QCOMPARE(told.list.size(), 1);
    QCOMPARE(told.list.first().call.id, agent.call().id);
    QTEST(told.list.first().target, "target");
    QTEST(told.list.first().why, "why");
}

void TransfersTest::farEndThatDoesNotKnowRefer()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.sip.send(inviteText("z9hG4bK-1", "call-1", "Allow: INVITE, ACK, BYE\n", offer()));
    world.settle();
    far.tag = toTagOf(far.sip.takeResponses().last());
    far.callIdInUse = "call-1";
    far.request("ACK", 1);
    const auto transferred =
        agent.manager.transfer(agent.call().id, QStringLiteral("sip:300@192.0.2.77"));
    QVERIFY(!transferred);
    QVERIFY2(transferred.error().text.contains(QStringLiteral("REFER")),
             qPrintable(transferred.error().text));
    QCOMPARE(agent.call().transfer, TransferState::None);
}

void TransfersTest::referredCallCountsForTheLimit()
{
    call::CallSettings settings;
    settings.maxCalls = 1;
    Three w(settings);
    const RefusalsTold told(w.two);
    QVERIFY(w.one.manager.transfer(w.id, uriOf(w.three)));
    w.world.run(300ms);
    QCOMPARE(w.one.call(w.id).transfer, TransferState::Failed);
    QCOMPARE(w.one.call(w.id).transferCode, 503);
    QCOMPARE(told.list.size(), 1);
    QCOMPARE(told.list.first().why, Why::CallsInUse);
    QCOMPARE(w.one.call(w.id).state, CallState::Active);
    QVERIFY(w.three.events.isEmpty());
}

QTEST_GUILESS_MAIN(TransfersTest)
#include "tst_transfers.moc"
