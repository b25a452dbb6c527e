// Calls that come in: who is admitted, who answers, what is heard and recorded, how they end.
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class IncomingCallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void machineAnswersAtOnceAndGreets();
    void operatorAnswersWithoutGreeting();
    void strangersAreForbidden();
    void noCommonCodec();
    void addressOfTheOtherFamily();
    void refusedReinviteSaysWhy();
    void lossIsThatOfTheWholeCall();
    void portsUsedUp();
    void callLimit();
    void sameCallIdTwice();
    void lateOfferIsAnsweredInTheAck();
    void unfitLateAnswerEndsTheCall();
    void holdAndResumeByTheFarEnd();
    void mediaMovesByReinvite();
    void lastPacketsAreCounted();
    void programsThatListenAreCounted();
};

namespace {
std::vector<std::int16_t> heardSamples(const RtpPeer& peer)
{
    std::vector<std::int16_t> samples;
    for (const HeardPacket& packet : peer.heard) {
        for (const std::byte code : packet.payload) {
            samples.push_back(audio::decodeAlaw(std::to_integer<std::uint8_t>(code)));
        }
    }
    return samples;
}
} // namespace

void IncomingCallsTest::machineAnswersAtOnceAndGreets()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite();
    QCOMPARE(far.lastCode(), 200);
    QVERIFY(far.responses.last().body.contains("m=audio 31000 RTP/AVP 8\r\n"));
    far.request("ACK", 1);
    QCOMPARE(agent.events,
             QStringList({QStringLiteral("added ringing_in"), QStringLiteral("changed active"),
                          QStringLiteral("established")}));
    world.run(2s);
    const auto heard = heardSamples(far.rtp);
    QVERIFY(heard.size() >= 15000);
    // The whole greeting and then silence, never a pause in sending.
    const auto loud = std::count_if(heard.begin(), heard.end(),
                                    [](std::int16_t s) { return std::abs(int(s)) > 8000; });
    QCOMPARE(loud, 8000);
    far.request("BYE", 2);
    QCOMPARE(far.lastCode(), 200);
    QCOMPARE(agent.events.last(), QStringLiteral("ended 200 far_end"));
    const model::Call call = agent.call();
    QCOMPARE(call.number, QStringLiteral("0912341234"));
    QCOMPARE(call.displayName, QStringLiteral("Lin"));
    QCOMPARE(call.calledNumber, QStringLiteral("100"));
    QCOMPARE(call.answeredBy.kind, model::ActorKind::Machine);
    QCOMPARE(call.codec, QStringLiteral("PCMA"));
    QVERIFY(call.recordingPath.startsWith(agent.recordings.path()));
}

void IncomingCallsTest::operatorAnswersWithoutGreeting()
{
    World world;
    call::CallSettings settings = machine();
    settings.autoAnswerAfter.reset();
    CallAgent agent(world, "192.0.2.1", settings);
    FarEnd far(world, agent);
    far.invite();
    QVERIFY(agent.manager.answer(agent.call().id, model::Actor::consoleOperator()));
    world.settle();
    far.sip.takeResponses();
    far.request("ACK", 1);
    world.run(1s);
    QVERIFY(agent.device.headsetOpen());
    QVERIFY(agent.call().hasHeadset);
    const int loudest = peak(heardSamples(far.rtp));
    QVERIFY2(loudest > 7000 && loudest < 10000, qPrintable(QString::number(loudest))); // microphone
    QVERIFY(agent.manager.hangUp(agent.call().id, model::Actor::consoleOperator()));
    world.settle();
    QCOMPARE(far.sip.takeRequest().method, QByteArray("BYE"));
    QCOMPARE(agent.events.last(), QStringLiteral("ended 200 operator"));
    QVERIFY(!agent.device.headsetOpen());
}

void IncomingCallsTest::strangersAreForbidden()
{
    World world;
    call::CallSettings settings = machine();
    settings.allow = {*base::Subnet::parse("198.51.100.0/24")};
    CallAgent agent(world, "192.0.2.1", settings);
    FarEnd far(world, agent);
    far.invite();
    QCOMPARE(far.lastCode(), 403);
    QVERIFY(agent.events.isEmpty());
}

void IncomingCallsTest::noCommonCodec()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite(offer("192.0.2.9", 4000, "18 97", "a=rtpmap:97 opus/48000/2\r\n"));
    QCOMPARE(far.lastCode(), 488);
    QVERIFY(far.responses.last().headers.has("Warning"));
    // Programs are not asked about it, and yet it is in the log, as missed and why.
    QCOMPARE(agent.events, QStringList({QStringLiteral("ended 488 machine")}));
    QVERIFY(agent.call().isMissed());
    QVERIFY2(agent.call().reason.contains(QLatin1String("codec")), qPrintable(agent.call().reason));
    QCOMPARE(agent.call().number, QStringLiteral("0912341234"));
    world.run(20ms);
    QCOMPARE(agent.media.usedSlots(), 0);
}

// No datagram gets from an IPv4 socket to an IPv6 address.
void IncomingCallsTest::addressOfTheOtherFamily()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite("v=0\r\no=- 1 1 IN IP6 2001:db8::9\r\ns=-\r\nc=IN IP6 2001:db8::9\r\nt=0 0\r\n"
               "m=audio 4000 RTP/AVP 8\r\n");
    QCOMPARE(far.lastCode(), 488);
    QVERIFY(far.responses.last().headers.first("Warning")->toByteArray().contains("IPv4"));
}

void IncomingCallsTest::refusedReinviteSaysWhy()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite();
    far.request("ACK", 1);
    far.request("INVITE", 2, offer("192.0.2.9", 4000, "18"));
    QCOMPARE(far.lastCode(), 488);
    QVERIFY(far.responses.last().headers.first("Warning")->toByteArray().contains("codec"));
    QCOMPARE(agent.call().state, model::CallState::Active);
}

void IncomingCallsTest::lossIsThatOfTheWholeCall()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite();
    far.request("ACK", 1);
    far.rtp.sendTo(endpoint("192.0.2.1", 31000));
    for (int i = 0; i < 1000; ++i) { // twenty seconds: several RTCP intervals after the loss
        if (i >= 50 && i < 100) {
            far.rtp.lose();
        } else {
            far.rtp.send();
        }
        world.run(20ms);
    }
    QCOMPARE(agent.call().media.lossPermille, 0U); // of late
    far.request("BYE", 2);
    QCOMPARE(agent.call().media.packetsLost, quint64(50));
    QCOMPARE(agent.call().media.lossPermille, 50U);
}

void IncomingCallsTest::portsUsedUp()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    for (int i = 0; i < 250; ++i) {
        far.invite(offer(), "call-" + QByteArray::number(i), "z9hG4bK-" + QByteArray::number(i));
        QCOMPARE(far.lastCode(), 200);
        far.request("ACK", 1); // or its 200 would be repeated
    }
    far.invite(offer(), "one-too-many", "z9hG4bK-many");
    QCOMPARE(far.lastCode(), 503);
    QVERIFY(far.responses.last().headers.has("Retry-After"));
}

void IncomingCallsTest::callLimit()
{
    World world;
    call::CallSettings settings = machine();
    settings.maxCalls = 1;
    CallAgent agent(world, "192.0.2.1", settings);
    FarEnd far(world, agent);
    far.invite();
    far.invite(offer(), "call-2", "z9hG4bK-2");
    QCOMPARE(far.lastCode(), 503);
    QVERIFY(far.responses.last().headers.has("Retry-After"));
}

void IncomingCallsTest::sameCallIdTwice()
{
    World world;
    CallAgent agent(world, "192.0.2.1");
    FarEnd far(world, agent);
    far.invite();
    // A fork that meets again here: same Call-ID, another From tag.
    far.sip.send(inviteText("z9hG4bK-2").replace("tag=peer", "tag=other"));
    world.settle();
    QCOMPARE(agent.manager.calls().size(), 2);
    QCOMPARE(agent.manager.calls().at(0).controlId, QStringLiteral("call-1"));
    QCOMPARE(agent.manager.calls().at(1).controlId, QStringLiteral("call-1~2"));
    QCOMPARE(agent.manager.calls().at(1).sipCallId, QStringLiteral("call-1"));
}

void IncomingCallsTest::lateOfferIsAnsweredInTheAck()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite({});
    QCOMPARE(far.lastCode(), 200);
    QVERIFY(far.responses.last().body.contains("RTP/AVP 8 0 13 101\r\n"));
    world.run(100ms);
    QVERIFY(far.rtp.heard.empty()); // nobody said yet where to
    far.request("ACK", 1, offer("192.0.2.9", 4000, "0"));
    world.run(500ms);
    QCOMPARE(agent.call().codec, QStringLiteral("PCMU"));
    QVERIFY(!far.rtp.heard.empty());
    QCOMPARE(int(far.rtp.heard.front().header.payloadType), 0);
}

void IncomingCallsTest::unfitLateAnswerEndsTheCall()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite({});
    far.request("ACK", 1, offer("192.0.2.9", 4000, "18"));
    QCOMPARE(far.sip.takeRequest().method, QByteArray("BYE"));
    QCOMPARE(agent.events.last(), QStringLiteral("ended 488 machine"));
}

void IncomingCallsTest::holdAndResumeByTheFarEnd()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite();
    far.request("ACK", 1);
    far.request("INVITE", 2, offer("192.0.2.9", 4000, "8", "a=sendonly\r\n"));
    QCOMPARE(far.lastCode(), 200);
    QVERIFY(far.responses.last().body.contains("a=recvonly"));
    far.request("ACK", 2);
    QCOMPARE(agent.call().state, model::CallState::Held);
    QVERIFY(agent.call().heldByFarEnd);
    world.run(100ms);
    const auto soFar = far.rtp.heard.size();
    world.run(500ms);
    QCOMPARE(far.rtp.heard.size(), soFar);
    far.request("INVITE", 3, offer());
    far.request("ACK", 3);
    QCOMPARE(agent.call().state, model::CallState::Active);
    world.run(500ms);
    QVERIFY(far.rtp.heard.size() >= soFar + 24);
    QVERIFY(far.rtp.heard.at(soFar).header.marker); // sending begins anew
}

void IncomingCallsTest::mediaMovesByReinvite()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    RtpPeer elsewhere(world.scheduler, world.network, endpoint("192.0.2.50", 7000));
    far.invite();
    far.request("ACK", 1);
    world.run(200ms);
    far.request("INVITE", 2, offer("192.0.2.50", 7000, "0 8"));
    far.request("ACK", 2);
    const auto soFar = far.rtp.heard.size();
    world.run(500ms);
    QVERIFY(far.rtp.heard.size() <= soFar + 1);
    QVERIFY(elsewhere.heard.size() >= 24);
    QCOMPARE(int(elsewhere.heard.back().header.payloadType), 0);
}

// What the log says of a call is told at its end, not at the last report of its figures before it.
void IncomingCallsTest::lastPacketsAreCounted()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite();
    far.request("ACK", 1);
    far.rtp.sendTo(endpoint("192.0.2.1", 31000));
    for (int i = 0; i < 30; ++i) {
        far.rtp.send();
        world.run(20ms);
    }
    far.request("BYE", 2);
    QCOMPARE(agent.call().media.packetsReceived, quint64(30));
    QCOMPARE(agent.call().media.packetsSent, quint64(far.rtp.heard.size()));
}

void IncomingCallsTest::programsThatListenAreCounted()
{
    World world;
    CallAgent agent(world, "192.0.2.1", machine());
    FarEnd far(world, agent);
    far.invite();
    far.request("ACK", 1);
    agent.media.find(agent.call().id)->setListeners(1, 2);
    world.settle();
    QCOMPARE(agent.call().listeners, 3);
    agent.media.find(agent.call().id)->setListeners(0, 0);
    world.settle();
    QCOMPARE(agent.call().listeners, 0);
}

QTEST_GUILESS_MAIN(IncomingCallsTest)
#include "tst_incoming_calls.moc"
