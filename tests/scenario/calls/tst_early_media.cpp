// What the operator hears of a call before it is answered: what the far end plays, or ringback.
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class EarlyMediaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void earlyMediaIsHeardByTheOperator();
    void ringbackUntilTheFarEndIsHeard();
};

namespace {
call::CallSettings server()
{
    call::CallSettings settings;
    settings.sipServer = base::HostPort{"192.0.2.9", 5060};
    return settings;
}

// The far end has said 183, with its audio's address.
struct Dialled {
    World world;
    CallAgent agent{world, "192.0.2.1", server()};
    SipPeer far{world.network, endpoint("192.0.2.9", 5060), agent.sip()};
    RtpPeer rtp{world.scheduler, world.network, endpoint("192.0.2.9", 4000)};
    sip::Request invite;

    Dialled()
    {
        const auto id =
            agent.manager.dial({QStringLiteral("200"), model::Actor::consoleOperator()});
        Q_ASSERT(id);
        world.settle();
        invite = far.takeRequest();
        far.send(replyTo(invite, 183, "a", {}, offer()));
        world.settle();
        rtp.sendTo(endpoint("192.0.2.1", 31000));
    }
    void speak(int packets)
    {
        for (int i = 0; i < packets; ++i) {
            rtp.send();
            world.run(20ms);
        }
    }
    void say(int code)
    {
        far.send(code == 200
                     ? replyTo(invite, 200, "a", "Contact: <sip:200@192.0.2.9>\r\n", offer())
                     : replyTo(invite, code, "a"));
        world.settle();
    }
};
} // namespace

void EarlyMediaTest::earlyMediaIsHeardByTheOperator()
{
    Dialled d;
    QCOMPARE(d.agent.call().state, model::CallState::EarlyMedia);
    d.speak(50);
    QVERIFY(peak(d.agent.device.takeHeard()) > 0);
    QVERIFY(d.agent.call().recordingPath.isEmpty()); // not before the answer
    d.say(180);
    QCOMPARE(d.agent.call().state, model::CallState::EarlyMedia);
    d.say(200);
    QCOMPARE(d.agent.call().state, model::CallState::Active);
    QVERIFY(!d.agent.call().recordingPath.isEmpty());
}

// RFC 3960 section 3.2.
void EarlyMediaTest::ringbackUntilTheFarEndIsHeard()
{
    const std::optional<audio::CallTone> none;
    const std::optional ringback(audio::CallTone::Ringback);
    Dialled d;
    d.world.run(300ms);
    QCOMPARE(d.agent.device.tone(), none); // it may come yet
    d.say(180);
    QCOMPARE(d.agent.call().state, model::CallState::EarlyMedia);
    QCOMPARE(d.agent.device.tone(), ringback);
    d.world.run(300ms);
    QCOMPARE(d.agent.device.tone(), ringback);
    d.speak(3); // as many as it takes to know whose they are
    QCOMPARE(d.agent.device.tone(), none);
    d.say(200);
    QCOMPARE(d.agent.device.tone(), none);
}

QTEST_GUILESS_MAIN(EarlyMediaTest)
#include "tst_early_media.moc"
