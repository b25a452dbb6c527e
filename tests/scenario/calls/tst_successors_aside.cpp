// Who is not with the operator - on hold, or in a conference that he has left - is transferred, or
// replaced by somebody else (RFC 3515, RFC 3891): he stays where he is, and finds the successor
// where the other was.
#include "scenario/calls/ConferenceDesk.h"
#include "scenario/calls/FarEnd.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;
using Tones = QList<int>;

class SuccessorsAsideTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void heldPartyIsTransferred();
    void refusedTargetChangesNothing();
    void earlyMediaIsNotForTheOperator();
    void referrerHangsUpMeanwhile();
    void operatorTakesTheSuccessorWhileItRings();
    void operatorComesBackMeanwhile();
    void heldPartyIsReplaced();
    void ofAConferenceThatHeHasLeft();
    void ofAMemberThatIsHeldInItsPlace();
};

namespace {
// The desk has talked with a guest and now talks with a colleague; the guest's telephone sends it
// to somebody else.
struct Desk {
    Desk()
        : guestsId(talk(desk, guest))
        , guestsOwn(guest.call().id)
        , present(talk(desk, colleague))
    {
    }
    bool transfer()
    {
        const bool asked = guest.manager.transfer(guestsOwn, uriOf(other)).ok();
        world.run(500ms);
        return asked && desk.call().transferredBy == desk.call(guestsId).number;
    }
    bool staysWithTheColleague() const
    {
        const model::Call call = desk.call(present);
        return call.hasHeadset && call.state == CallState::Active && !call.heldByUs;
    }
    model::Call successor() const { return desk.call(); }
    void answer()
    {
        QVERIFY(other.manager.answer(other.call().id, theOperator()));
        world.run(500ms);
    }

    World world;
    CallAgent desk{world, "192.0.2.1"};
    CallAgent guest{world, "192.0.2.2"};
    CallAgent colleague{world, "192.0.2.3"};
    CallAgent other{world, "192.0.2.4"};
    model::CallId guestsId = 0;
    model::CallId guestsOwn = 0;
    model::CallId present = 0;
};
} // namespace

void SuccessorsAsideTest::heldPartyIsTransferred()
{
    Desk d;
    QVERIFY(d.transfer());
    QCOMPARE(d.successor().state, CallState::RingingOut);
    QVERIFY(d.staysWithTheColleague());
    QVERIFY(!d.desk.device.tone()); // nor is there a ringback over their voice
    d.answer();
    QVERIFY(!d.desk.call(d.guestsId).isAlive());
    QVERIFY(d.staysWithTheColleague());
    QCOMPARE(d.successor().state, CallState::Held);
    QVERIFY(d.successor().heldByUs && !d.successor().hasHeadset);
    QVERIFY(d.other.call().heldByFarEnd); // who was told so
    QVERIFY(d.desk.manager.take(d.successor().id));
    d.world.run(500ms);
    QVERIFY(d.successor().hasHeadset);
    QCOMPARE(d.successor().state, CallState::Active);
    QVERIFY(d.desk.call(d.present).heldByUs);
}

void SuccessorsAsideTest::refusedTargetChangesNothing()
{
    Desk d;
    QVERIFY(d.transfer());
    QVERIFY(d.other.manager.reject(d.other.call().id, theOperator(), 486));
    d.world.run(500ms);
    QVERIFY(d.staysWithTheColleague());
    QCOMPARE(d.desk.call(d.guestsId).state, CallState::Held);
    // Also where he talks with nobody, a busy tone is not for him.
    QVERIFY(d.desk.manager.hangUp(d.present, theOperator()));
    QVERIFY(d.transfer());
    QVERIFY(!d.desk.device.tone());
    QVERIFY(d.other.manager.reject(d.other.call().id, theOperator(), 486));
    d.world.run(500ms);
    QVERIFY(!d.desk.device.tone());
    QCOMPARE(d.desk.call(d.guestsId).state, CallState::Held);
    QVERIFY(!d.desk.device.headsetOpen());
}

void SuccessorsAsideTest::earlyMediaIsNotForTheOperator()
{
    Desk d;
    SipPeer target(d.world.network, endpoint("192.0.2.9", 5060), d.desk.sip());
    QVERIFY(d.guest.manager.transfer(d.guestsOwn, QStringLiteral("sip:x@192.0.2.9:5060")));
    d.world.run(300ms);
    target.send(
        replyTo(target.takeRequest(), 183, "peer", "Contact: <sip:x@192.0.2.9:5060>\r\n", offer()));
    d.world.run(500ms);
    QCOMPARE(d.successor().state, CallState::EarlyMedia);
    QVERIFY(d.staysWithTheColleague());
    QVERIFY(!d.desk.device.tone());
}

void SuccessorsAsideTest::referrerHangsUpMeanwhile()
{
    Desk d;
    QVERIFY(d.transfer());
    QVERIFY(d.guest.manager.hangUp(d.guestsOwn, theOperator()));
    d.world.run(500ms);
    QVERIFY(!d.desk.call(d.guestsId).isAlive());
    d.answer();
    QVERIFY(d.staysWithTheColleague());
    QCOMPARE(d.successor().state, CallState::Held);
}

void SuccessorsAsideTest::operatorTakesTheSuccessorWhileItRings()
{
    Desk d;
    QVERIFY(d.transfer());
    QVERIFY(d.desk.manager.take(d.successor().id));
    d.world.run(100ms);
    QVERIFY(d.desk.call(d.present).heldByUs);
    QCOMPARE(d.desk.device.tone(), std::optional(audio::CallTone::Ringback));
    d.answer();
    QVERIFY(d.successor().hasHeadset);
    QCOMPARE(d.successor().state, CallState::Active);
}

void SuccessorsAsideTest::operatorComesBackMeanwhile()
{
    Desk d;
    QVERIFY(d.transfer());
    QVERIFY(d.desk.manager.take(d.guestsId));
    d.world.run(500ms);
    QVERIFY(d.desk.call(d.guestsId).hasHeadset);
    d.answer();
    QVERIFY(!d.desk.call(d.guestsId).isAlive());
    QVERIFY(d.successor().hasHeadset);
    QCOMPARE(d.successor().state, CallState::Active);
}

// The same, by an INVITE with Replaces.
void SuccessorsAsideTest::heldPartyIsReplaced()
{
    Desk d;
    const model::CallId toOther = talk(d.guest, d.other);
    QVERIFY(d.guest.manager.transferToCall(toOther, d.guestsOwn));
    d.world.run(1s);
    QVERIFY(!d.desk.call(d.guestsId).isAlive());
    QVERIFY(d.successor().id != d.guestsId && d.successor().id != d.present);
    QVERIFY(d.staysWithTheColleague());
    QCOMPARE(d.successor().state, CallState::Held);
    QVERIFY(d.successor().heldByUs && !d.successor().hasHeadset);
    QVERIFY(d.other.call().heldByFarEnd);
}

void SuccessorsAsideTest::ofAConferenceThatHeHasLeft()
{
    ConferenceDesk d;
    CallAgent guest(d.world, "192.0.2.20");
    d.ringUp(2);
    d.ids << talk(d.desk, guest);
    QVERIFY(d.join({0, 1, 2}));
    const auto outside = d.desk.manager.dial({uriOf(d.three.agent), theOperator()});
    d.run();
    QVERIFY(guest.manager.transfer(guest.call().id, uriOf(d.four.agent)));
    d.world.run(1s);
    QVERIFY(!d.call(2).isAlive());
    QCOMPARE(d.desk.call().conference, 1);
    QVERIFY(!d.desk.call().hasHeadset && !d.desk.call().heldByUs);
    QVERIFY(d.desk.call(*outside).hasHeadset && !d.desk.call(*outside).heldByUs);
    QCOMPARE(d.heardByOperator(), Tones{1050});
    QCOMPARE(d.heardBy(3), (Tones{650, 850}));
    QCOMPARE(d.heardBy(0), (Tones{850, 1450}));
}

void SuccessorsAsideTest::ofAMemberThatIsHeldInItsPlace()
{
    ConferenceDesk d;
    CallAgent guest(d.world, "192.0.2.20");
    d.ringUp(2);
    d.ids << talk(d.desk, guest);
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.desk.manager.setHeld(d.ids[2], true));
    d.run();
    QVERIFY(guest.manager.transfer(guest.call().id, uriOf(d.four.agent)));
    d.world.run(1s);
    QVERIFY(!d.call(2).isAlive());
    QCOMPARE(d.desk.call().conference, 1);
    QVERIFY(d.desk.call().heldByUs && !d.desk.call().hasHeadset);
    QCOMPARE(d.heardByOperator(), (Tones{650, 850}));
    QCOMPARE(d.heardBy(3), Tones{d.music});
}

QTEST_GUILESS_MAIN(SuccessorsAsideTest)
#include "tst_successors_aside.moc"
