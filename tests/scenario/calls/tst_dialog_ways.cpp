// Where our requests within a call go when the far end moves, or a server between us dies.
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class DialogWaysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void farEndGetsAnotherPort();
    void deadServerOfTheRecordRoute();
    void deadContact();
};

namespace {
// A call that came from 192.0.2.9 and was answered, with what its INVITE says of the way back.
struct Way {
    Way(const QByteArray& contact, const QByteArray& recordRoute = {})
        : agent(world, "192.0.2.1", machine())
        , farEnd(world, agent)
    {
        QByteArray invite = inviteText("z9hG4bK-1", "call-1", recordRoute, offer());
        invite.replace("<sip:0912341234@[local]>", QByteArray("<" + contact + ">"));
        farEnd.sip.send(invite);
        world.settle();
        farEnd.tag = toTagOf(farEnd.sip.takeResponses().last());
        farEnd.callIdInUse = "call-1";
        farEnd.request("ACK", 1);
    }
    void hangUp()
    {
        QVERIFY(agent.manager.hangUp(agent.call().id, model::Actor::machine()));
        world.settle();
    }
    World world;
    CallAgent agent;
    FarEnd farEnd;
    SipPeer first{world.network, endpoint("192.0.2.8", 5060), agent.sip()};
    SipPeer second{world.network, endpoint("192.0.2.7", 5060), agent.sip()};
};

QByteArrayList methods(SipPeer& peer)
{
    QByteArrayList methods;
    for (const sip::Request& request : peer.takeRequests()) {
        methods << request.method;
    }
    return methods;
}
} // namespace

void DialogWaysTest::farEndGetsAnotherPort()
{
    // A NAT forgets: the private address in its Contact says nothing, its last message does.
    Way w("sip:x@10.0.0.5:5060");
    SipPeer moved{w.world.network, endpoint("192.0.2.9", 41000), w.agent.sip()};
    QByteArray reinvite = inDialogText("INVITE", 2, "z9hG4bK-2", w.farEnd.tag, "call-1", offer());
    reinvite.replace("<sip:0912341234@[local]>", "<sip:x@10.0.0.5:5060>");
    moved.send(reinvite);
    w.world.settle();
    QCOMPARE(moved.takeResponses().last().statusCode, 200);
    moved.send(inDialogText("ACK", 2, "z9hG4bK-3", w.farEnd.tag));
    w.world.settle();
    w.hangUp();
    QCOMPARE(methods(moved), QByteArrayList{"BYE"});
    QCOMPARE(methods(w.farEnd.sip), QByteArrayList());
}

void DialogWaysTest::deadServerOfTheRecordRoute()
{
    // RFC 3263 section 4.3.
    Way w("sip:x@192.0.2.9", "Record-Route: <sip:edge.example;lr>\n");
    w.agent.resolver.names["edge.example"] = {hopTo("192.0.2.8"), hopTo("192.0.2.7")};
    w.hangUp();
    w.world.run(5s);
    QVERIFY(methods(w.first).contains("BYE"));
    QCOMPARE(methods(w.second), QByteArrayList());
    w.world.run(1500ms);
    QVERIFY(methods(w.second).contains("BYE"));
    QCOMPARE(w.agent.resolver.failed, QByteArrayList{"192.0.2.8:5060"});
}

void DialogWaysTest::deadContact()
{
    // Where nobody is, the way that its messages take is tried.
    Way w("sip:x@192.0.2.77");
    w.hangUp();
    QCOMPARE(methods(w.farEnd.sip), QByteArrayList());
    w.world.run(6500ms);
    QVERIFY(methods(w.farEnd.sip).contains("BYE"));
}

QTEST_GUILESS_MAIN(DialogWaysTest)
#include "tst_dialog_ways.moc"
