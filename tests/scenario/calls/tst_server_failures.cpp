// A name with two servers of which the first does not do it (RFC 3263 section 4.3).
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;

class ServerFailuresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silentServerIsLeftSoon();
    void serverThatSays503IsLeftAtOnce();
    void busyIsAnAnswer();
    void serverThatTriesIsWaitedFor();
    void lateAnswerOfTheFirstIsEnded();
    void bothSilent();
    void serverThatIsNotThereIsLeftAtOnce();
    void nobodyListensIsSaidAtOnce();
};

namespace {
struct TwoServers {
    TwoServers()
    {
        agent.resolver.names["pbx.example"] = {hopTo("192.0.2.9"), hopTo("192.0.2.8")};
        const auto id =
            agent.manager.dial({QStringLiteral("sip:300@pbx.example"), model::Actor::machine()});
        QVERIFY(id);
        world.settle();
        invite = first.takeRequest();
        QCOMPARE(invite.method, QByteArray("INVITE"));
    }
    // Which the second server answers; empty if it got none.
    sip::Request acceptAtSecond()
    {
        const sip::Request taken = second.takeRequest();
        if (taken.method == "INVITE") {
            second.send(replyTo(taken, 200, "b", "Contact: <sip:x@192.0.2.8:5060>\r\n",
                                offer("192.0.2.8")));
            world.settle();
        }
        return taken;
    }

    World world;
    CallAgent agent{world, "192.0.2.1"};
    SipPeer first{world.network, endpoint("192.0.2.9", 5060), agent.sip()};
    SipPeer second{world.network, endpoint("192.0.2.8", 5060), agent.sip()};
    sip::Request invite;
};
} // namespace

void ServerFailuresTest::silentServerIsLeftSoon()
{
    TwoServers w;
    w.world.run(5900ms);
    QCOMPARE(w.second.received(), 0);
    w.world.run(200ms);
    const sip::Request second = w.acceptAtSecond();
    QCOMPARE(second.method, QByteArray("INVITE"));
    QCOMPARE(second.requestUri, w.invite.requestUri);
    QVERIFY(second.topVia()->branch() != w.invite.topVia()->branch()); // a new transaction
    QCOMPARE(w.agent.call().state, CallState::Active);
    w.world.run(60s);
    QCOMPARE(w.agent.call().state, CallState::Active); // the first's time-out ends nothing
    QCOMPARE(w.agent.events.count(QStringLiteral("established")), 1);
}

void ServerFailuresTest::serverThatSays503IsLeftAtOnce()
{
    TwoServers w;
    w.first.send(replyTo(w.invite, 503, "a"));
    w.world.settle();
    QCOMPARE(w.acceptAtSecond().method, QByteArray("INVITE"));
    QCOMPARE(w.agent.call().state, CallState::Active);
}

void ServerFailuresTest::busyIsAnAnswer()
{
    TwoServers w;
    w.first.send(replyTo(w.invite, 486, "a"));
    w.world.run(20s);
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 486 far_end"));
    QCOMPARE(w.second.received(), 0);
}

void ServerFailuresTest::serverThatTriesIsWaitedFor()
{
    TwoServers w;
    w.first.send(replyTo(w.invite, 100));
    w.world.run(20s);
    QVERIFY(w.agent.call().isAlive());
    QCOMPARE(w.second.received(), 0);
    w.first.send(replyTo(w.invite, 180, "a"));
    w.world.settle();
    QCOMPARE(w.agent.call().state, CallState::RingingOut);
}

// The first was only slow: its call is hung up, the second's lives.
void ServerFailuresTest::lateAnswerOfTheFirstIsEnded()
{
    TwoServers w;
    w.world.run(6100ms);
    QCOMPARE(w.acceptAtSecond().method, QByteArray("INVITE"));
    w.first.takeRequests();
    w.first.send(
        replyTo(w.invite, 200, "a", "Contact: <sip:x@192.0.2.9:5060>\r\n", offer("192.0.2.9")));
    w.world.run(100ms);
    QByteArrayList methods;
    for (const sip::Request& request : w.first.takeRequests()) {
        methods << request.method;
    }
    QVERIFY2(methods.contains("ACK") && methods.contains("BYE"), methods.join(' ').constData());
    QCOMPARE(w.agent.call().state, CallState::Active);
    QCOMPARE(w.agent.manager.calls().size(), 1);
}

void ServerFailuresTest::bothSilent()
{
    TwoServers w;
    w.world.run(45s);
    QCOMPARE(w.agent.events.last(), QStringLiteral("ended 408 machine"));
    QVERIFY(w.second.received() > 0);
}

// RFC 3261 section 8.1.3.1: a report of the network counts as 503.
void ServerFailuresTest::serverThatIsNotThereIsLeftAtOnce()
{
    World world;
    world.network.setReportsUndelivered(true);
    CallAgent agent(world, "192.0.2.1");
    SipPeer second(world.network, endpoint("192.0.2.8", 5060), agent.sip());
    agent.resolver.names["pbx.example"] = {hopTo("192.0.2.9"), hopTo("192.0.2.8")};
    QVERIFY(agent.manager.dial({QStringLiteral("sip:300@pbx.example"), model::Actor::machine()}));
    world.settle();
    const sip::Request invite = second.takeRequest();
    QCOMPARE(invite.method, QByteArray("INVITE"));
    second.send(
        replyTo(invite, 200, "b", "Contact: <sip:x@192.0.2.8:5060>\r\n", offer("192.0.2.8")));
    world.settle();
    QCOMPARE(agent.call().state, CallState::Active);
}

void ServerFailuresTest::nobodyListensIsSaidAtOnce()
{
    World world;
    world.network.setReportsUndelivered(true);
    CallAgent agent(world, "192.0.2.1");
    agent.resolver.names["pbx.example"] = {hopTo("192.0.2.9"), hopTo("192.0.2.8")};
    QVERIFY(agent.manager.dial({QStringLiteral("sip:300@pbx.example"), model::Actor::machine()}));
    world.settle();
    QCOMPARE(agent.events.last(), QStringLiteral("ended 503 machine"));
    QCOMPARE(agent.call().reason, QStringLiteral("nobody listens at 192.0.2.8:5060"));
}

QTEST_GUILESS_MAIN(ServerFailuresTest)
#include "tst_server_failures.moc"
