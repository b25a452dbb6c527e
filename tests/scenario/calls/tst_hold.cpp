// Hold and resume with far ends that refuse them, can't do them just now, or never answer: RFC 3261
// section 14, RFC 4028 section 7.4.
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;

class HoldTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusedHoldHarmsNothing();
    void heldWithoutAUsableAnswer_data();
    void heldWithoutAUsableAnswer();
    void resumeIsTriedAgainAtTheirTime_data();
    void resumeIsTriedAgainAtTheirTime();
    void resumeRefusedForGoodStaysHeld_data();
    void resumeRefusedForGoodStaysHeld();
    void resumeThatIsNeverAnswered();
    void holdIsTriedAgainUnlessTakenBack();
    void refreshRepeatsWhatWasAgreed_data();
    void refreshRepeatsWhatWasAgreed();
    void hangUpByWhoeverHearsOfAChange_data();
    void hangUpByWhoeverHearsOfAChange();
};

namespace {
const QByteArray contact = "Contact: <sip:x@192.0.2.9:5060>\r\n";
const QByteArray timer = contact
    + "Supported: timer\r\nRequire: timer\r\nSession-Expires: 90;refresher=uac\r\n"
      "Allow: INVITE, ACK, CANCEL, BYE\r\n";

call::CallSettings patient()
{
    call::CallSettings settings;
    settings.rtpTimeout = 0s;
    return settings;
}

QByteArray modeOf(const QByteArray& sdp)
{
    for (const QByteArray& mode :
         {QByteArray("sendonly"), QByteArray("recvonly"), QByteArray("inactive")}) {
        if (sdp.contains(QByteArray("a=" + mode))) {
            return mode;
        }
    }
    return "sendrecv";
}

// An operator who talks with a scripted far end that they have called.
struct Talking {
    explicit Talking(const QByteArray& headers = contact)
    {
        id = *agent.manager.dial(
            {QStringLiteral("sip:x@192.0.2.9"), model::Actor::consoleOperator()});
        world.settle();
        far.send(replyTo(far.takeRequest(), 200, "peer", headers, offer()));
        world.settle();
        far.takeRequests();
    }
    bool hold(bool held) { return agent.manager.setHeld(id, held).ok(); }
    // The offer that has come meanwhile; an empty method if none has.
    sip::Request offered()
    {
        world.settle();
        return takeInvite(far);
    }
    void answer(const sip::Request& request, int code, const QByteArray& headers = contact,
                const QByteArray& sdp = {})
    {
        far.send(replyTo(request, code, "peer", headers, sdp));
        world.settle();
    }
    void beHeld()
    {
        hold(true);
        answer(offered(), 200, contact, offer("192.0.2.9", 4000, "8 0", "a=recvonly\r\n"));
        far.takeRequests();
    }
    model::Call call() { return agent.call(id); }

    World world;
    CallAgent agent{world, "192.0.2.1", patient()};
    SipPeer far{world.network, endpoint("192.0.2.9", 5060), agent.sip()};
    model::CallId id = 0;
};
} // namespace

void HoldTest::refusedHoldHarmsNothing()
{
    Talking t(timer);
    QVERIFY(t.hold(true));
    const sip::Request hold = t.offered();
    QCOMPARE(modeOf(hold.body), QByteArray("sendonly"));
    t.answer(hold, 488);
    QCOMPARE(t.call().state, CallState::Held); // it gets silence
    t.world.run(40s);
    QVERIFY(t.offered().method.isEmpty());
    t.world.run(10s);
    const sip::Request refresh = t.offered(); // of the session as it is
    QCOMPARE(modeOf(refresh.body), QByteArray("sendrecv"));
    t.answer(refresh, 200, timer, offer());
    t.world.run(100ms);
    QVERIFY(t.offered().method.isEmpty());
    QVERIFY(t.hold(false));
    QCOMPARE(t.call().state, CallState::Active);
    QVERIFY(t.offered().method.isEmpty()); // they know of no hold
    QVERIFY(t.hold(true)); // may have changed their mind
    QCOMPARE(modeOf(t.offered().body), QByteArray("sendonly"));
}

void HoldTest::heldWithoutAUsableAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("port 0") << offer("192.0.2.9", 0);
    QTest::newRow("no SDP") << QByteArray();
}

// They said 200: for them the hold is on, and is over when we say so.
void HoldTest::heldWithoutAUsableAnswer()
{
    QFETCH(QByteArray, answer);
    Talking t;
    QVERIFY(t.hold(true));
    const sip::Request hold = t.offered();
    t.answer(hold, 200, contact, answer);
    QCOMPARE(t.call().state, CallState::Held);
    QVERIFY(t.offered().method.isEmpty());
    QVERIFY(t.hold(false));
    const sip::Request resume = t.offered();
    QVERIFY(resume.method == "INVITE");
    QCOMPARE(modeOf(resume.body), QByteArray("sendrecv"));
    const auto origin = [](const QByteArray& sdp) { return sdp.split('\n').value(1); };
    QVERIFY(origin(resume.body) != origin(hold.body)); // RFC 3264 8: another description
    t.answer(resume, 200, contact, offer());
    QCOMPARE(t.call().state, CallState::Active);
    t.world.run(10s);
    QVERIFY(t.offered().method.isEmpty());
}

void HoldTest::resumeIsTriedAgainAtTheirTime_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("14.2: 500") << 500;
    QTest::newRow("21.5.4: 503") << 503;
    QTest::newRow("21.4.18: 480") << 480;
}

void HoldTest::resumeIsTriedAgainAtTheirTime()
{
    QFETCH(int, code);
    Talking t;
    t.beHeld();
    QVERIFY(t.hold(false));
    const sip::Request resume = t.offered();
    QCOMPARE(modeOf(resume.body), QByteArray("sendrecv"));
    t.answer(resume, code, "Retry-After: 3\r\n");
    t.world.run(2800ms);
    QVERIFY(t.offered().method.isEmpty());
    t.world.run(300ms);
    const sip::Request again = t.offered();
    QCOMPARE(again.body, resume.body); // RFC 3264 section 8: the version counts what was agreed
    t.answer(again, 200, contact, offer());
    QCOMPARE(t.call().state, CallState::Active);
    QVERIFY(t.call().resumeProblem.isEmpty());
    t.world.run(20s);
    QVERIFY(t.offered().method.isEmpty());
}

void HoldTest::resumeRefusedForGoodStaysHeld_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("offers");
    QTest::newRow("21.4.26: 488") << 488 << QByteArray() << 1;
    QTest::newRow("14.2: 500 without end") << 500 << QByteArray("Retry-After: 1\r\n") << 5;
    QTest::newRow("20.33: a time that nobody waits for")
        << 503 << QByteArray("Retry-After: 3600\r\n") << 1;
    QTest::newRow("21.6: 603 is for good") << 603 << QByteArray("Retry-After: 1\r\n") << 1;
}

void HoldTest::resumeRefusedForGoodStaysHeld()
{
    QFETCH(int, code);
    QFETCH(QByteArray, headers);
    QFETCH(int, offers);
    Talking t;
    t.beHeld();
    QVERIFY(t.hold(false));
    QVERIFY(t.call().hasHeadset);
    for (int i = 0; i < offers; ++i) {
        const sip::Request resume = t.offered();
        QCOMPARE(modeOf(resume.body), QByteArray("sendrecv"));
        QCOMPARE(t.call().state, CallState::Active);
        t.answer(resume, code, headers);
        t.world.run(1100ms);
    }
    QCOMPARE(t.call().state, CallState::Held); // as the far end sees it
    QVERIFY(t.call().heldByUs);
    QVERIFY(!t.call().hasHeadset);
    QVERIFY(t.call().resumeProblem.startsWith(QString::number(code)));
    t.world.run(60s);
    QVERIFY(t.offered().method.isEmpty());
    QVERIFY(t.hold(false));
    QVERIFY(t.call().resumeProblem.isEmpty());
    t.answer(t.offered(), 200, contact, offer());
    QCOMPARE(t.call().state, CallState::Active);
}

void HoldTest::resumeThatIsNeverAnswered()
{
    Talking t;
    t.beHeld();
    QVERIFY(t.hold(false));
    for (int i = 0; i < 3; ++i) {
        const sip::Request resume = t.offered();
        QCOMPARE(modeOf(resume.body), QByteArray("sendrecv"));
        t.answer(resume, 100, {});
        t.world.run(32s);
        t.answer(resume, 487); // to the CANCEL
        t.world.run(4100ms);
    }
    QVERIFY(t.offered().method.isEmpty());
    QCOMPARE(t.call().state, CallState::Held);
    QVERIFY(t.call().resumeProblem.startsWith(QLatin1String("408")));
}

void HoldTest::holdIsTriedAgainUnlessTakenBack()
{
    Talking t;
    QVERIFY(t.hold(true));
    t.answer(t.offered(), 500, "Retry-After: 2\r\n");
    QVERIFY(t.hold(false));
    t.world.run(10s);
    QVERIFY(t.offered().method.isEmpty());
    QCOMPARE(t.call().state, CallState::Active);
}

void HoldTest::refreshRepeatsWhatWasAgreed_data()
{
    QTest::addColumn<bool>("theyChange");
    QTest::newRow("RFC 4028 7.4: our answer") << false;
    QTest::newRow("RFC 4028 7.4: our answer to their re-INVITE") << true;
}

void HoldTest::refreshRepeatsWhatWasAgreed()
{
    QFETCH(bool, theyChange);
    World world;
    call::CallSettings settings = machine();
    settings.rtpTimeout = 0s;
    CallAgent agent(world, "192.0.2.1", settings);
    FarEnd far(world, agent);
    const QByteArray headers = "Supported: timer\nSession-Expires: 90;refresher=uas\n"
                               "Allow: INVITE, ACK, BYE\n";
    far.sip.send(inviteText("z9hG4bK-1", "call-1", headers, offer("192.0.2.9", 4000, "0 8")));
    world.settle();
    far.responses = far.sip.takeResponses();
    far.tag = toTagOf(far.responses.last());
    far.callIdInUse = "call-1";
    QByteArray agreed = far.responses.last().body;
    far.request("ACK", 1);
    if (theyChange) {
        QByteArray change = inDialogText("INVITE", 2, "z9hG4bK-c", far.tag, "call-1",
                                         offer("192.0.2.9", 4000, "0", "a=sendonly\r\n"));
        change.replace("Content-Length", QByteArray(headers + "Content-Length"));
        far.sip.send(change);
        world.settle();
        const sip::Response ok = far.sip.takeResponses().last();
        QCOMPARE(ok.statusCode, 200);
        QVERIFY(ok.body != agreed);
        agreed = ok.body;
        far.request("ACK", 2);
        QVERIFY(agent.call().heldByFarEnd);
    }
    world.run(46s);
    const sip::Request refresh = far.sip.takeRequests().first();
    QCOMPARE(refresh.method, QByteArray("INVITE"));
    QCOMPARE(refresh.body, agreed);
    far.sip.send(replyTo(refresh, 200, {},
                         contact + "Require: timer\r\nSession-Expires: 90;refresher=uac\r\n",
                         offer("192.0.2.9", 4000, "0", theyChange ? "a=sendonly\r\n" : "")));
    world.settle();
    QCOMPARE(agent.call().heldByFarEnd, theyChange);
    QCOMPARE(agent.call().codec, QStringLiteral("PCMU"));
    far.sip.takeRequests();
    world.run(46s);
    QCOMPARE(far.sip.takeRequests().first().body, agreed);
}

void HoldTest::hangUpByWhoeverHearsOfAChange_data()
{
    QTest::addColumn<int>("change"); // the how-manieth of the call's changes
    for (int change = 1; change <= 14; ++change) {
        QTest::addRow("change %d", change) << change;
    }
}

// Nothing is used that the end of the call has taken away, and nothing brings it back.
void HoldTest::hangUpByWhoeverHearsOfAChange()
{
    QFETCH(int, change);
    World world;
    CallAgent agent(world, "192.0.2.1", patient());
    SipPeer far(world.network, endpoint("192.0.2.9", 5060), agent.sip());
    int left = change;
    QObject::connect(&agent.manager, &call::CallControl::changed, &agent.manager,
                     [&](const model::Call& call) {
                         if (--left == 0) {
                             const model::CallId id = call.id;
                             QVERIFY(agent.manager.hangUp(id, model::Actor::machine()));
                         }
                     });
    const auto id =
        agent.manager.dial({QStringLiteral("sip:x@192.0.2.9"), model::Actor::consoleOperator()});
    QVERIFY(id);
    world.settle();
    const auto requests = far.takeRequests();
    if (!requests.isEmpty()) {
        const sip::Request invite = requests.first();
        far.send(replyTo(invite, 180, "peer"));
        world.settle();
        far.send(replyTo(invite, 183, "peer", {}, offer()));
        world.settle();
        far.send(replyTo(invite, 200, "peer", contact, offer("192.0.2.9", 4002, "0")));
        world.run(1s);
    }
    if (agent.manager.find(*id)) {
        QVERIFY(agent.manager.setHeld(*id, true));
        world.run(1s);
    }
    if (agent.manager.find(*id)) {
        QVERIFY(agent.manager.hangUp(*id, model::Actor::machine()));
    }
    world.run(70s);
    QCOMPARE(agent.call(*id).state, CallState::Ended);
    QCOMPARE(agent.events.count(QStringLiteral("established")) <= 1, true);
    QVERIFY(agent.events.last().startsWith(QLatin1String("ended")));
    QVERIFY(!agent.device.headsetOpen());
    QCOMPARE(agent.media.usedSlots(), 0);
    QCOMPARE(agent.userAgent.unfinished(), std::size_t(0));
}

QTEST_GUILESS_MAIN(HoldTest)
#include "tst_hold.moc"
