// Attended transfers (RFC 5589 section 7): REFER with Replaces (RFC 3891) between three whole
// agents, and INVITEs with Replaces from a stranger.
#include "scenario/calls/FarEnd.h"
#include "scenario/calls/Talk.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;
using model::TransferState;

class AttendedTransfersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void farEndsAreConnected();
    void theOtherWayRound();
    void targetThatStillRingsIsNone();
    void targetThatHungUpFails();
    void toItselfOrToNoCall();
    void strangersReplaces_data();
    void strangersReplaces();
    void replacesOfARingingCallOfOurs();
};

namespace {
// One talks with two, who is held, and with three.
struct Consulted {
    Consulted()
    {
        toTwo = talk(one, two);
        toThree = talk(one, three);
        twosCall = two.call().id;
        threesCall = three.call().id;
    }
    World world;
    SipTrace trace{world};
    CallAgent one{world, "192.0.2.1"};
    CallAgent two{world, "192.0.2.2"};
    CallAgent three{world, "192.0.2.3"};
    model::CallId toTwo = 0;
    model::CallId toThree = 0;
    model::CallId twosCall = 0;
    model::CallId threesCall = 0;

    void expectConnected()
    {
        QCOMPARE(one.manager.calls().size(), 0);
        QVERIFY(!two.call(twosCall).isAlive());
        QVERIFY(!three.call(threesCall).isAlive());
        QCOMPARE(two.manager.calls().size(), 1);
        QCOMPARE(three.manager.calls().size(), 1);
        QCOMPARE(two.call().state, CallState::Active);
        QCOMPARE(three.call().state, CallState::Active);
        QVERIFY(two.call().hasHeadset);
        QVERIFY(three.call().hasHeadset);
        two.device.takeHeard();
        three.device.takeHeard();
        world.run(1s);
        QVERIFY(peak(two.device.takeHeard()) > 7000);
        QVERIFY(peak(three.device.takeHeard()) > 7000);
    }
};

QByteArray replacing(const QByteArray& replaces, const QByteArray& branch = "z9hG4bK-rep")
{
    return inviteText(branch, "call-2", "Replaces: " + replaces + "\n", offer());
}
} // namespace

void AttendedTransfersTest::farEndsAreConnected()
{
    Consulted w;
    QVERIFY(w.toTwo && w.toThree);
    QCOMPARE(w.one.call(w.toTwo).state, CallState::Held);
    QVERIFY(w.one.manager.transferToCall(w.toTwo, w.toThree));
    w.world.run(500ms);
    QCOMPARE(w.one.call(w.toTwo).transfer, TransferState::Completed);
    QCOMPARE(w.one.call(w.toThree).endedBy.kind, model::ActorKind::FarEnd); // it was replaced
    const auto invite =
        std::find_if(w.trace.requests.cbegin(), w.trace.requests.cend(),
                     [](const sip::Request& request) { return request.headers.has("Replaces"); });
    QVERIFY(invite != w.trace.requests.cend());
    QVERIFY(invite->required().contains("replaces"));
    w.expectConnected();
    // Nobody was rung for it.
    QVERIFY(!w.three.device.ringing());
    QVERIFY(!w.three.events.contains(QStringLiteral("added ringing_in"))
            || w.three.events.count(QStringLiteral("changed active")) == 2);
}

void AttendedTransfersTest::theOtherWayRound()
{
    Consulted w;
    QVERIFY(w.one.manager.transferToCall(w.toThree, w.toTwo));
    w.world.run(500ms);
    QCOMPARE(w.one.call(w.toThree).transfer, TransferState::Completed);
    w.expectConnected();
}

void AttendedTransfersTest::targetThatStillRingsIsNone()
{
    World world;
    CallAgent one(world, "192.0.2.1");
    CallAgent two(world, "192.0.2.2");
    CallAgent three(world, "192.0.2.3");
    const model::CallId toTwo = talk(one, two);
    const auto toThree = one.manager.dial({uriOf(three), theOperator()});
    world.run(50ms);
    for (const auto& done : {one.manager.transferToCall(toTwo, *toThree),
                             one.manager.transferToCall(*toThree, toTwo)}) {
        QVERIFY(!done);
        QVERIFY(!done.error().text.isEmpty());
    }
    QCOMPARE(one.call(toTwo).transfer, TransferState::None);
}

// RFC 3891 section 3: 481 where the call to be replaced is no more; the other is kept.
void AttendedTransfersTest::targetThatHungUpFails()
{
    Consulted w;
    w.world.network.setRewrite([](VirtualDatagram& datagram) {
        // Its BYE to us is lost for now.
        return !(datagram.source.address().toString() == "192.0.2.3"
                 && datagram.bytes.startsWith("BYE"));
    });
    QVERIFY(w.three.manager.hangUp(w.threesCall, theOperator()));
    QVERIFY(w.one.manager.transferToCall(w.toTwo, w.toThree));
    w.world.run(400ms);
    QCOMPARE(w.one.call(w.toTwo).transfer, TransferState::Failed);
    QCOMPARE(w.one.call(w.toTwo).transferCode, 481);
    QVERIFY(w.one.call(w.toTwo).isAlive());
    QVERIFY(w.two.call(w.twosCall).isAlive());
}

void AttendedTransfersTest::toItselfOrToNoCall()
{
    Consulted w;
    QVERIFY(!w.one.manager.transferToCall(w.toTwo, w.toTwo));
    QVERIFY(!w.one.manager.transferToCall(w.toTwo, 4711));
    QVERIFY(!w.one.manager.transferToCall(4711, w.toTwo));
    QCOMPARE(w.one.call(w.toTwo).transfer, TransferState::None);
}

void AttendedTransfersTest::strangersReplaces_data()
{
    QTest::addColumn<QByteArray>("replaces"); // TAG is that of our end
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isReplaced");
    const auto row = [](const char* name, const char* replaces, int code, bool replaced) {
        QTest::newRow(name) << QByteArray(replaces) << code << replaced;
    };
    row("3891 3 the call is replaced", "call-1;to-tag=TAG;from-tag=peer", 200, true);
    row("3891 3 an unknown Call-ID", "call-9;to-tag=TAG;from-tag=peer", 481, false);
    row("3891 3 tags the wrong way round", "call-1;to-tag=peer;from-tag=TAG", 481, false);
    row("3891 3 a guessed tag", "call-1;to-tag=x;from-tag=peer", 481, false);
    row("3891 3 only early, and it is not", "call-1;to-tag=TAG;from-tag=peer;early-only", 486,
        false);
    row("3891 6.1 malformed", ";;", 400, false);
    row("3891 3 two of them",
        "call-1;to-tag=TAG;from-tag=peer\n"
        "Replaces: call-1;to-tag=TAG;from-tag=peer",
        400, false);
}

void AttendedTransfersTest::strangersReplaces()
{
    QFETCH(QByteArray, replaces);
    QFETCH(int, code);
    QFETCH(bool, isReplaced);
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    const model::CallId first = agent.call().id;
    QVERIFY(agent.manager.answer(first, theOperator()));
    world.settle();
    far.request("ACK", 1);
    far.sip.send(replacing(replaces.replace("TAG", far.tag)));
    world.settle();
    const QList<sip::Response> responses = far.sip.takeResponses();
    QCOMPARE(responses.last().statusCode, code);
    QCOMPARE(agent.call(first).isAlive(), !isReplaced);
    QCOMPARE(agent.manager.calls().size(), 1);
    if (isReplaced) {
        QCOMPARE(agent.call().state, CallState::Active);
        QCOMPARE(agent.call().owner.kind, model::ActorKind::Operator);
        QVERIFY(agent.call().hasHeadset);
        QCOMPARE(far.sip.takeRequest().method, QByteArray("BYE")); // of the first
    } else {
        QVERIFY(far.sip.takeRequests().isEmpty());
    }
}

// RFC 3891 section 3: an early dialog is replaced only at its caller's; the callee's rings on.
void AttendedTransfersTest::replacesOfARingingCallOfOurs()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    QCOMPARE(far.lastCode(), 180);
    far.sip.send(replacing("call-1;to-tag=" + far.tag + ";from-tag=peer"));
    world.settle();
    QCOMPARE(far.sip.takeResponses().last().statusCode, 481);
    QCOMPARE(agent.call().state, CallState::RingingIn);
    QCOMPARE(agent.manager.calls().size(), 1);
}

QTEST_GUILESS_MAIN(AttendedTransfersTest)
#include "tst_attended_transfers.moc"
