// What can be joined and what not, and far ends that will not be had back from a hold for it.
#include "scenario/calls/ConferenceDesk.h"
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;

class JoiningTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatCanNotBeJoined_data();
    void whatCanNotBeJoined();
    void whoRefusesToComeBackStaysOutside_data();
    void whoRefusesToComeBackStaysOutside();
    void whoTakesItsTimeHearsMusicMeanwhile();
    void whoWaitsForItHearsMusicToo();
    void atMostThirtyTwo();
    void hangUpByWhoeverHearsOfAJoin();
    void greetingEndsWhereOthersAreHeard();
};

namespace {
const QByteArray contact = "Contact: <sip:x@192.0.2.9:5060>\r\n";

// A desk with one call to a machine, and a scripted far end that has called it and is held now.
struct HeldFarEnd : ConferenceDesk {
    HeldFarEnd()
        : far(world.network, endpoint("192.0.2.9", 5060), desk.sip())
        , rtp(world.scheduler, world.network, endpoint("192.0.2.9", 4000))
    {
        const auto id = desk.manager.dial({QStringLiteral("sip:x@192.0.2.9"), theOperator()});
        world.settle();
        far.send(replyTo(far.takeRequest(), 200, "peer", contact, offer()));
        world.settle();
        far.takeRequests();
        ids << *id;
        ringUp(1); // the far end is held for it
        answer(200, offer("192.0.2.9", 4000, "8 0", "a=recvonly\r\n"));
        rtp.heard.clear();
    }
    // The re-INVITE that has come meanwhile.
    void answer(int code, const QByteArray& sdp = {})
    {
        world.settle();
        for (const sip::Request& request : far.takeRequests()) {
            if (request.method == "INVITE") {
                far.send(replyTo(request, code, "peer", contact, sdp));
                ++offers;
            }
        }
        world.settle();
        far.takeRequests();
    }
    QList<int> heardByFarEnd()
    {
        rtp.heard.clear();
        world.run(400ms);
        return heardIn(hs::test::heardBy(rtp), everything);
    }
    SipPeer far;
    RtpPeer rtp;
    int offers = 0;
};
} // namespace

void JoiningTest::whatCanNotBeJoined_data()
{
    QTest::addColumn<QList<int>>("which"); // indexes; 9: a call that is not there
    QTest::addColumn<QString>("says");
    QTest::newRow("none") << QList<int>{} << QStringLiteral("two calls or more");
    QTest::newRow("one") << QList{0} << QStringLiteral("two calls or more");
    QTest::newRow("one, twice") << QList{0, 0} << QStringLiteral("two calls or more");
    QTest::newRow("unknown") << QList{0, 9} << QStringLiteral("no such call");
    QTest::newRow("rings here") << QList{0, 2} << QStringLiteral("ringing_in");
    QTest::newRow("is dialled") << QList{3, 0} << QStringLiteral("dialing");
}

void JoiningTest::whatCanNotBeJoined()
{
    QFETCH(const QList<int>, which);
    QFETCH(const QString, says);
    ConferenceDesk d;
    d.ringUp(2);
    FarEnd caller(d.world, d.desk);
    caller.invite();
    d.ids << d.desk.call().id;
    d.ids << *d.desk.manager.dial(
        {QStringLiteral("sip:x@192.0.2.77"), model::Actor::ofClient(QStringLiteral("bot"))});
    d.world.settle();
    QList<model::CallId> ids;
    for (const int index : which) {
        ids << (index == 9 ? 4711 : d.ids[index]);
    }
    const auto joined = d.desk.manager.join(ids);
    QVERIFY(!joined);
    QVERIFY2(joined.error().text.contains(says), qPrintable(joined.error().text));
    d.run();
    QCOMPARE(d.call(0).conference, 0);
    QCOMPARE(d.heardBy(0), QList{d.music}); // as it was
}

void JoiningTest::whoRefusesToComeBackStaysOutside_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("21.4.26: 488") << 488;
    QTest::newRow("21.6: 603") << 603;
}

void JoiningTest::whoRefusesToComeBackStaysOutside()
{
    QFETCH(const int, code);
    HeldFarEnd d;
    QCOMPARE(d.heardByFarEnd(), QList{d.music});
    QVERIFY(d.desk.manager.join({d.ids[0], d.ids[1]}));
    d.world.run(100ms);
    QCOMPARE(d.call(0).conference, 1);
    d.answer(code);
    d.run();
    QCOMPARE(d.call(0).conference, 0);
    QVERIFY(d.call(0).heldByUs);
    QVERIFY(d.call(0).resumeProblem.contains(QString::number(code)));
    QCOMPARE(d.heardByFarEnd(), QList{d.music});
    QCOMPARE(d.call(1).conference, 0); // an ordinary call again
    QVERIFY(d.call(1).hasHeadset);
    QCOMPARE(d.heardBy(0), QList{d.operatorTone});
}

// It may still refuse: until it has agreed it hears nothing of the others, nor they of it.
void JoiningTest::whoTakesItsTimeHearsMusicMeanwhile()
{
    HeldFarEnd d;
    QVERIFY(d.desk.manager.join({d.ids[0], d.ids[1]}));
    d.world.run(100ms);
    QCOMPARE(d.heardByFarEnd(), QList{d.music});
    d.answer(200, offer());
    d.run();
    QCOMPARE(d.heardByFarEnd(), (QList{d.operatorTone, 650}));
    QCOMPARE(d.call(0).conference, 1);
    // Held in its place, and not to be had back: it keeps its place.
    QVERIFY(d.desk.manager.setHeld(d.ids[0], true));
    d.answer(200, offer("192.0.2.9", 4000, "8 0", "a=recvonly\r\n"));
    QVERIFY(d.desk.manager.setHeld(d.ids[0], false));
    d.answer(488);
    d.run();
    QCOMPARE(d.call(0).conference, 1);
    QVERIFY(d.call(0).heldByUs);
    QCOMPARE(d.heardByFarEnd(), QList{d.music});
}

// The operator has left, and the only other one has not agreed yet to come back.
void JoiningTest::whoWaitsForItHearsMusicToo()
{
    HeldFarEnd d;
    QVERIFY(d.desk.manager.join({d.ids[0], d.ids[1]}));
    d.answer(200, offer());
    QVERIFY(d.desk.manager.dial({uriOf(d.three.agent), theOperator()}));
    d.run();
    QVERIFY(d.desk.manager.setHeld(d.ids[0], true));
    d.answer(200, offer("192.0.2.9", 4000, "8 0", "a=recvonly\r\n"));
    d.run();
    QCOMPARE(d.heardBy(0), QList{d.music});
    QVERIFY(d.desk.manager.setHeld(d.ids[0], false));
    d.run();
    QCOMPARE(d.heardBy(0), QList{d.music});
    d.answer(200, offer());
    d.run();
    QCOMPARE(d.heardBy(0), QList<int>{}); // the far end, which says nothing
    QCOMPARE(d.heardByFarEnd(), QList{650});
}

void JoiningTest::atMostThirtyTwo()
{
    ConferenceDesk d;
    for (int i = 0; i < 33; ++i) {
        const auto id = d.desk.manager.dial(
            {uriOf(d.one.agent), model::Actor::ofClient(QStringLiteral("bot"))});
        d.world.settle();
        d.ids << *id;
    }
    d.run();
    const auto joined = d.desk.manager.join(d.ids);
    QVERIFY(!joined);
    QVERIFY(joined.error().text.contains(QStringLiteral("32")));
    QVERIFY(d.desk.manager.join(d.ids.mid(1)));
    d.run();
    QCOMPARE(d.call(32).conference, 1);
    QVERIFY(!d.desk.manager.join({d.ids[0], d.ids[1]})); // one more
}

void JoiningTest::hangUpByWhoeverHearsOfAJoin()
{
    ConferenceDesk d;
    d.ringUp(3);
    QObject context;
    QObject::connect(&d.desk.manager, &call::CallControl::changed, &context,
                     [&d](const model::Call& call, const model::Call& before) {
                         if (call.conference != before.conference && call.id == d.ids[1]) {
                             static_cast<void>(d.desk.manager.hangUp(d.ids[0], theOperator()));
                             static_cast<void>(d.desk.manager.hangUp(d.ids[1], theOperator()));
                         }
                     });
    QVERIFY(d.desk.manager.join(d.ids));
    d.run();
    QVERIFY(!d.call(0).isAlive() && !d.call(1).isAlive());
    QCOMPARE(d.call(2).conference, 0);
    QVERIFY(d.call(2).hasHeadset);
    QCOMPARE(d.heardBy(2), QList{d.operatorTone});
}

// The machine has answered; what it says to a caller who is alone is not said over the others.
void JoiningTest::greetingEndsWhereOthersAreHeard()
{
    ConferenceDesk d;
    d.ringUp(2);
    const auto made = d.three.agent.manager.dial(
        {uriOf(d.desk), model::Actor::ofClient(QStringLiteral("caller"))});
    QVERIFY(made);
    d.run();
    const model::CallId caller = d.desk.call().id;
    QVERIFY(d.desk.manager.answer(caller, model::Actor::machine()));
    d.run();
    QCOMPARE(d.heardBy(2), QList{650}); // the greeting
    QVERIFY(d.desk.manager.join({d.ids[1], caller}));
    d.run();
    QCOMPARE(d.heardBy(2), (QList{d.operatorTone, 850}));
    QVERIFY(d.desk.manager.split(caller));
    d.run();
    QCOMPARE(d.heardBy(2), QList{d.music}); // nor does it go on then
}

QTEST_GUILESS_MAIN(JoiningTest)
#include "tst_joining.moc"
