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
    void otherAddressOfOursAfterEarlyMedia();
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

// IPv6 after IPv4, or another interface: other ports of ours, after something was heard already.
void ServerFailuresTest::otherAddressOfOursAfterEarlyMedia()
{
    World world;
    CallAgent agent(world, "0.0.0.0"); // as a real one: whichever the far end reaches
    const base::Endpoint ours = endpoint("192.0.2.1", agent.sip().port());
    SipPeer first(world.network, endpoint("192.0.2.9", 5060), ours);
    SipPeer second(world.network, endpoint("192.0.2.8", 5060), ours);
    RtpPeer rtp(world.scheduler, world.network, endpoint("192.0.2.8", 4000));
    agent.resolver.names["pbx.example"] = {hopTo("192.0.2.9"), hopTo("192.0.2.8")};
    QVERIFY(agent.manager.dial(
        {QStringLiteral("sip:300@pbx.example"), model::Actor::consoleOperator()}));
    world.settle();
    const sip::Request invite = first.takeRequest();
    first.send(replyTo(invite, 183, "a", {}, offer()));
    world.settle();
    QCOMPARE(agent.call().state, CallState::EarlyMedia);
    agent.manager.setMuted(true);
    world.network.setOwnAddress(endpoint("192.0.2.7", 0).address());
    first.send(replyTo(invite, 503, "a"));
    world.settle();
    QCOMPARE(agent.call().state, CallState::Dialing);
    const sip::Request again = second.takeRequest();
    QVERIFY(again.body.contains("c=IN IP4 192.0.2.7\r\n"));
    second.send(
        replyTo(again, 200, "b", "Contact: <sip:x@192.0.2.8:5060>\r\n", offer("192.0.2.8")));
    world.settle();
    agent.device.takeHeard();
    const qsizetype line = again.body.indexOf("m=audio ") + 8;
    rtp.sendTo(endpoint("192.0.2.7", again.body.mid(line, 5).toInt()));
    for (int i = 0; i < 50; ++i) {
        rtp.send();
        world.run(20ms);
    }
    QVERIFY(agent.call().media.packetsReceived > 40);
    QVERIFY(peak(agent.device.takeHeard()) > 0);
    QVERIFY(rtp.heard.size() > 40);
    const auto loudest = [&rtp] {
        int highest = 0;
        for (const HeardPacket& packet : std::exchange(rtp.heard, {})) {
            for (const std::byte code : packet.payload) {
                highest = std::max(highest, std::abs(int(audio::decodeAlaw(std::uint8_t(code)))));
            }
        }
        return highest;
    };
    QVERIFY(loudest() < 100); // still muted
    agent.manager.setMuted(false);
    world.run(100ms);
    QVERIFY(loudest() > 7000);
}

QTEST_GUILESS_MAIN(ServerFailuresTest)
#include "tst_server_failures.moc"
