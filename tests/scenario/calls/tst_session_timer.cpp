// Session timers (RFC 4028) between whole agents: refreshed by UPDATE, and what comes of it when
// nothing gets through.
#include "scenario/calls/FarEnd.h"
#include "scenario/calls/Talk.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;

class SessionTimerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refreshedByUpdate();
    void expiresWhenTheFarEndIsGone();
    void lostRefreshIsTriedAgain();
    void farEndThatRefreshesNoMoreIsLetGo();
    void farEndWithoutUpdateGetsAReinvite();
    void zeroAsksForNothing();
};

namespace {
call::CallSettings patient()
{
    call::CallSettings settings;
    settings.rtpTimeout = 0s; // not what is looked at here
    return settings;
}

struct Two {
    explicit Two(std::chrono::seconds interval = 90s)
    {
        one.core.sessionTimer.interval = interval;
        two.core.sessionTimer.interval = interval;
        id = talk(one, two);
    }
    World world;
    SipTrace trace{world};
    CallAgent one{world, "192.0.2.1", patient()};
    CallAgent two{world, "192.0.2.2", patient()};
    model::CallId id = 0;
};

// What a scripted caller wants of the timer, in seconds, and who is to refresh.
QByteArray timerHeaders(const char* allow = "INVITE, ACK, BYE, UPDATE", const char* who = "uac")
{
    return QByteArray("Supported: timer\nSession-Expires: 90;refresher=") + who
        + "\nAllow: " + allow + "\n";
}
} // namespace

void SessionTimerTest::refreshedByUpdate()
{
    Two w;
    QVERIFY(w.id);
    w.world.run(44s);
    QCOMPARE(w.trace.count("192.0.2.1 UPDATE"), 0);
    w.world.run(2s); // section 10: half the interval
    QCOMPARE(w.trace.count("192.0.2.1 UPDATE"), 1);
    const sip::Request update = w.trace.last("UPDATE");
    QVERIFY(update.body.isEmpty()); // nothing is offered anew
    QVERIFY(update.headers.first("Session-Expires")->startsWith("90"));
    w.world.run(300s);
    QCOMPARE(w.trace.count("192.0.2.1 UPDATE"), 7);
    QCOMPARE(w.trace.count("192.0.2.2 UPDATE"), 0); // one of them is enough
    QCOMPARE(w.one.call(w.id).state, CallState::Active);
    QCOMPARE(w.two.call().state, CallState::Active);
}

void SessionTimerTest::expiresWhenTheFarEndIsGone()
{
    Two w;
    w.world.network.setRewrite([](VirtualDatagram&) { return false; }); // the cable is out
    w.world.run(61s);
    QVERIFY(!w.two.call().isAlive()); // who waits for the refresh: section 10
    QVERIFY(w.two.call().endedBy.kind != model::ActorKind::Operator);
    w.world.run(31s); // who refreshes: nobody answers
    QVERIFY(!w.one.call(w.id).isAlive());
    QVERIFY(!w.one.call(w.id).reason.isEmpty());
    w.world.run(40s);
    QCOMPARE(w.one.userAgent.unfinished() + w.two.userAgent.unfinished(), std::size_t(0));
    QCOMPARE(w.one.media.usedSlots() + w.two.media.usedSlots(), 0);
}

void SessionTimerTest::lostRefreshIsTriedAgain()
{
    Two w;
    int lost = 0;
    w.world.network.setRewrite([&lost](VirtualDatagram& datagram) {
        const bool loses = datagram.bytes.startsWith("UPDATE") && ++lost <= 2;
        return !loses;
    });
    w.world.run(200s);
    QVERIFY(lost > 2);
    QCOMPARE(w.one.call(w.id).state, CallState::Active);
    QCOMPARE(w.two.call().state, CallState::Active);
}

void SessionTimerTest::farEndThatRefreshesNoMoreIsLetGo()
{
    World world;
    call::CallSettings settings = machine();
    settings.rtpTimeout = 0s;
    CallAgent agent(world, "192.0.2.1", settings);
    FarEnd far(world, agent);
    far.sip.send(inviteText("z9hG4bK-1", "call-1", timerHeaders(), offer()));
    world.settle();
    const sip::Response ok = far.sip.takeResponses().last();
    QVERIFY(ok.headers.first("Session-Expires")->contains("refresher=uac"));
    QVERIFY(ok.required().contains("timer"));
    far.tag = toTagOf(ok);
    far.callIdInUse = "call-1";
    far.request("ACK", 1);
    world.run(30s);
    QByteArray update = inDialogText("UPDATE", 2, "z9hG4bK-u", far.tag);
    update.replace("Content-Length", QByteArray(timerHeaders() + "Content-Length"));
    far.sip.send(update);
    world.settle();
    QCOMPARE(far.sip.takeResponses().last().statusCode, 200);
    world.run(55s); // 85 s since the INVITE, 55 s since the refresh
    QVERIFY(agent.call().isAlive());
    world.run(10s);
    QVERIFY(!agent.call().isAlive());
    QCOMPARE(agent.call().endedBy.kind, model::ActorKind::Machine);
    QCOMPARE(far.sip.takeRequests().first().method, QByteArray("BYE"));
}

void SessionTimerTest::farEndWithoutUpdateGetsAReinvite()
{
    World world;
    call::CallSettings settings = machine();
    settings.rtpTimeout = 0s;
    CallAgent agent(world, "192.0.2.1", settings);
    FarEnd far(world, agent);
    far.sip.send(
        inviteText("z9hG4bK-1", "call-1", timerHeaders("INVITE, ACK, BYE", "uas"), offer()));
    world.settle();
    far.tag = toTagOf(far.sip.takeResponses().last());
    far.callIdInUse = "call-1";
    far.request("ACK", 1);
    world.run(46s);
    const sip::Request reinvite = far.sip.takeRequests().first();
    QCOMPARE(reinvite.method, QByteArray("INVITE"));
    QVERIFY(!reinvite.body.isEmpty());
    QVERIFY(reinvite.headers.has("Session-Expires"));
    far.sip.send(replyTo(reinvite, 200, {},
                         "Contact: <sip:x@192.0.2.9:5060>\r\nRequire: timer\r\n"
                         "Session-Expires: 90;refresher=uac\r\n",
                         offer()));
    world.run(60s);
    QCOMPARE(agent.call().state, CallState::Active);
}

void SessionTimerTest::zeroAsksForNothing()
{
    Two w(0s);
    QVERIFY(w.id);
    QVERIFY(!w.trace.last("INVITE").headers.has("Session-Expires"));
    w.world.network.setRewrite([](VirtualDatagram&) { return false; });
    w.world.run(200s);
    QVERIFY(w.one.call(w.id).isAlive());
    QVERIFY(w.two.call().isAlive());
    QCOMPARE(w.trace.count("192.0.2.1 UPDATE"), 0);
}

QTEST_GUILESS_MAIN(SessionTimerTest)
#include "tst_session_timer.moc"
