// What calls make of audio that goes one way or none: it is named, and a far end that has vanished
// is let go (with RTP between whole agents that a network drops).
#include "scenario/calls/Talk.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;
using model::MediaTrouble;

class MediaTroubleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void vanishedFarEndEndsTheCall();
    void heldCallLivesOn_data();
    void heldCallLivesOn();
    void resumedCallIsWatchedAgain();
    void farEndThatOnlySendsRtcpIsThere();
    void zeroIsNever();
    void oneWayAudioIsNamedAndCleared();
    void shortGapIsNoTrouble();
    void callThatIsHeldIsNoTrouble();
};

namespace {
call::CallSettings impatient()
{
    call::CallSettings settings;
    settings.rtpTimeout = 3s;
    return settings;
}

bool isMedia(const VirtualDatagram& datagram)
{
    return datagram.destination.port() >= 30000;
}

bool isRtp(const VirtualDatagram& datagram)
{
    return isMedia(datagram) && datagram.destination.port() % 2 == 0;
}

bool isFromTwo(const VirtualDatagram& datagram)
{
    return datagram.source.address().toString() == "192.0.2.2";
}

struct Two {
    explicit Two(const call::CallSettings& settings = impatient(),
                 const call::CallSettings& ofTwo = {})
        : one(world, "192.0.2.1", settings)
        , two(world, "192.0.2.2", ofTwo)
    {
        id = talk(one, two);
        world.run(2s);
    }
    void drop(std::function<bool(const VirtualDatagram&)> dropped)
    {
        world.network.setRewrite(
            [dropped](VirtualDatagram& datagram) { return !dropped(datagram); });
    }
    void dropNothing() { world.network.setRewrite({}); }

    World world;
    SipTrace trace{world};
    CallAgent one;
    CallAgent two;
    model::CallId id = 0;
};
} // namespace

void MediaTroubleTest::vanishedFarEndEndsTheCall()
{
    Two w;
    w.drop(isFromTwo);
    w.world.run(2500ms);
    QVERIFY(w.one.call(w.id).isAlive());
    w.world.run(6s); // its last RTCP counts as well
    QVERIFY(!w.one.call(w.id).isAlive());
    QCOMPARE(w.one.call(w.id).endedBy.kind, model::ActorKind::Machine);
    QVERIFY2(w.one.call(w.id).reason.contains(QStringLiteral("RTP")),
             qPrintable(w.one.call(w.id).reason));
    const sip::Request bye = w.trace.last("BYE");
    QCOMPARE(*bye.headers.first("Reason"), QByteArrayView("SIP;cause=408;text=\"RTP Timeout\""));
    QCOMPARE(w.two.events.last(), QStringLiteral("ended 200 far_end")); // it hears, only is dumb
    QCOMPARE(w.one.media.usedSlots(), 0);
}

void MediaTroubleTest::heldCallLivesOn_data()
{
    QTest::addColumn<bool>("byUs");
    QTest::newRow("3264 8.4 held by us") << true;
    QTest::newRow("3264 8.4 held by the far end") << false;
}

void MediaTroubleTest::heldCallLivesOn()
{
    QFETCH(bool, byUs);
    Two w;
    if (byUs) {
        QVERIFY(w.one.manager.setHeld(w.id, true));
    } else {
        QVERIFY(w.two.manager.setHeld(w.two.call().id, true));
    }
    w.world.run(200ms);
    QCOMPARE(w.one.call(w.id).state, CallState::Held);
    w.drop(isMedia);
    w.world.run(30s);
    QCOMPARE(w.one.call(w.id).state, CallState::Held);
    QCOMPARE(w.one.call(w.id).trouble, MediaTrouble::None);
}

void MediaTroubleTest::resumedCallIsWatchedAgain()
{
    Two w;
    QVERIFY(w.one.manager.setHeld(w.id, true));
    w.drop(isMedia);
    w.world.run(10s);
    QVERIFY(w.one.manager.setHeld(w.id, false));
    w.world.run(2s); // the time on hold does not count
    QCOMPARE(w.one.call(w.id).state, CallState::Active);
    w.world.run(8s);
    QVERIFY(!w.one.call(w.id).isAlive());
}

void MediaTroubleTest::farEndThatOnlySendsRtcpIsThere()
{
    call::CallSettings settings;
    settings.rtpTimeout = 10s; // RTCP comes every 5 s or so
    Two w(settings);
    w.drop([](const VirtualDatagram& datagram) { return isFromTwo(datagram) && isRtp(datagram); });
    w.world.run(60s);
    QVERIFY(w.one.call(w.id).isAlive());
    QCOMPARE(w.one.call(w.id).trouble, MediaTrouble::NothingReceived);
    w.drop(isFromTwo);
    w.world.run(20s);
    QVERIFY(!w.one.call(w.id).isAlive());
}

void MediaTroubleTest::zeroIsNever()
{
    call::CallSettings settings;
    settings.rtpTimeout = 0s;
    Two w(settings, settings);
    w.drop(isMedia);
    w.world.run(300s);
    QVERIFY(w.one.call(w.id).isAlive());
}

void MediaTroubleTest::oneWayAudioIsNamedAndCleared()
{
    call::CallSettings settings;
    settings.rtpTimeout = 120s;
    Two w(settings);
    QCOMPARE(w.one.call(w.id).trouble, MediaTrouble::None);
    const qint64 droppedAt = base::toUnixMs(w.world.scheduler.clock().wall());
    w.drop([](const VirtualDatagram& datagram) { return isFromTwo(datagram) && isRtp(datagram); });
    w.world.run(5s);
    QCOMPARE(w.one.call(w.id).trouble, MediaTrouble::NothingReceived);
    QVERIFY(qAbs(w.one.call(w.id).troubleSince - droppedAt) < 300);
    QCOMPARE(w.one.call(w.id).state, CallState::Active);
    // The other one is told by RTCP that nothing of his arrives.
    w.world.run(15s);
    QCOMPARE(w.two.call().trouble, MediaTrouble::FarEndHearsNothing);
    w.dropNothing();
    w.world.run(1500ms);
    QCOMPARE(w.one.call(w.id).trouble, MediaTrouble::None);
    QCOMPARE(w.one.call(w.id).troubleSince, 0);
    w.world.run(10s);
    QCOMPARE(w.two.call().trouble, MediaTrouble::None);
}

void MediaTroubleTest::shortGapIsNoTrouble()
{
    Two w;
    w.drop(isMedia);
    w.world.run(2s);
    w.dropNothing();
    w.world.run(5s);
    QCOMPARE(w.one.call(w.id).trouble, MediaTrouble::None);
    QVERIFY(!w.one.events.contains(QStringLiteral("ended 200 machine")));
}

void MediaTroubleTest::callThatIsHeldIsNoTrouble()
{
    call::CallSettings settings;
    settings.rtpTimeout = 120s;
    Two w(settings);
    w.drop([](const VirtualDatagram& datagram) { return isFromTwo(datagram) && isRtp(datagram); });
    w.world.run(5s);
    QCOMPARE(w.one.call(w.id).trouble, MediaTrouble::NothingReceived);
    QVERIFY(w.one.manager.setHeld(w.id, true));
    w.world.run(1s);
    QCOMPARE(w.one.call(w.id).trouble, MediaTrouble::None); // nothing is to come
}

QTEST_GUILESS_MAIN(MediaTroubleTest)
#include "tst_media_trouble.moc"
