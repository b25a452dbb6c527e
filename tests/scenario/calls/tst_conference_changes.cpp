// What happens to a conference when its members are replaced, transferred, held and ended: who sits
// in it afterwards, and where the operator and his mute are.
#include "scenario/calls/ConferenceDesk.h"
#include "scenario/calls/Talk.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;
using Tones = QList<int>;

class ConferenceChangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void muteOutlivesAReplacedCall();
    void muteOutlivesAReferredCall();
    void muteOutlivesTheMemberThatHadTheHeadset();
    void successorLeavesTheOperatorWhereHeIs();
    void successorOfAHeldMemberIsHeld();
    void successorOfAMemberIsInTheConference();
    void whoIsReferredToJoins();
    void refusedReferralBringsTheOperatorBack();
    void listenersDoNotKeepACallFromBeingHeld();
    void partyThatOthersHoldHearsMusic();
    void programsCallThatIsLeftIsTheOperators();
    void heldMemberStaysHeldWhenConferencesMerge_data();
    void heldMemberStaysHeldWhenConferencesMerge();
    void newHolderIsHungUpByWhoHearsOfTheHeadset();
    void memberThatEndsAmidAMergerIsNoMember();
    void whoIsResumedAloneHasTheOperator();
    void whoIsResumedBesideOthersLeavesTheOperatorWhereHeIs();
};

namespace {
// A desk, and a guest of flesh and blood who calls it, and can send others in his place.
struct GuestDesk : ConferenceDesk {
    // The desk's calls: so many telephones, and the guest as the last.
    explicit GuestDesk(int phones)
    {
        ringUp(phones);
        guestsId = talk(desk, guest);
        guestsOwn = guest.call().id;
        ids << guestsId;
    }
    // The colleague, whom the guest has rung up, takes the guest's place at the desk.
    model::CallId replaceGuest()
    {
        const model::CallId toColleague = talk(guest, colleague);
        const bool asked = guest.manager.transferToCall(toColleague, guestsOwn).ok();
        world.run(1s);
        return asked && desk.call().id != guestsId ? desk.call().id : 0;
    }
    CallAgent guest{world, "192.0.2.20"};
    CallAgent colleague{world, "192.0.2.21"};
    model::CallId guestsId = 0;
    model::CallId guestsOwn = 0;
};
} // namespace

void ConferenceChangesTest::muteOutlivesAReplacedCall()
{
    GuestDesk d(0);
    d.desk.manager.setMuted(true);
    const auto successor = d.replaceGuest();
    QVERIFY(successor != 0);
    QVERIFY(!d.desk.call(d.guestsId).isAlive());
    QVERIFY(d.desk.call(successor).hasHeadset);
    QVERIFY(d.desk.call(successor).muted);
    d.colleague.device.takeHeard();
    d.run();
    QVERIFY(peak(d.colleague.device.takeHeard()) < 100);
}

void ConferenceChangesTest::muteOutlivesAReferredCall()
{
    GuestDesk d(0);
    d.desk.manager.setMuted(true);
    QVERIFY(d.guest.manager.transfer(d.guestsOwn, uriOf(d.four.agent)));
    d.world.run(1s);
    QVERIFY(d.desk.call().id != d.guestsId);
    QVERIFY(d.desk.call().hasHeadset);
    QVERIFY(d.desk.call().muted);
    QCOMPARE(d.heardBy(3), Tones{});
}

void ConferenceChangesTest::muteOutlivesTheMemberThatHadTheHeadset()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    d.desk.manager.setMuted(true);
    QVERIFY(d.desk.manager.hangUp(d.ids[2], theOperator())); // it had brought the headset
    d.run();
    QVERIFY(d.call(0).hasHeadset && d.call(0).muted);
    QCOMPARE(d.heardBy(0), Tones{850});
}

void ConferenceChangesTest::successorLeavesTheOperatorWhereHeIs()
{
    GuestDesk d(2);
    QVERIFY(d.join({0, 1, 2}));
    const auto outside = d.desk.manager.dial({uriOf(d.four.agent), theOperator()});
    d.run();
    QVERIFY(d.desk.call(*outside).hasHeadset);
    const auto successor = d.replaceGuest();
    QVERIFY(successor != 0);
    QCOMPARE(d.desk.call(successor).conference, 1);
    QVERIFY(!d.desk.call(successor).hasHeadset);
    QVERIFY(d.desk.call(*outside).hasHeadset && !d.desk.call(*outside).heldByUs);
    QCOMPARE(d.heardByOperator(), Tones{1450});
}

void ConferenceChangesTest::successorOfAHeldMemberIsHeld()
{
    GuestDesk d(2);
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.desk.manager.setHeld(d.guestsId, true));
    d.run();
    const auto successor = d.replaceGuest();
    QVERIFY(successor != 0);
    QCOMPARE(d.desk.call(successor).conference, 1);
    QVERIFY(d.desk.call(successor).heldByUs);
    QVERIFY(!d.desk.call(successor).hasHeadset);
    QCOMPARE(d.heardByOperator(), (Tones{650, 850})); // the colleague would be heard with 400
    QCOMPARE(d.heardBy(0), (Tones{400, 850}));
}

void ConferenceChangesTest::successorOfAMemberIsInTheConference()
{
    GuestDesk d(2);
    QVERIFY(d.join({0, 1, 2}));
    const auto successor = d.replaceGuest(); // the guest had brought the headset
    QVERIFY(successor != 0);
    QCOMPARE(d.desk.call(successor).conference, 1);
    QVERIFY(d.desk.call(successor).hasHeadset && d.call(0).hasHeadset);
    QCOMPARE(d.heardByOperator(), (Tones{400, 650, 850}));
}

void ConferenceChangesTest::whoIsReferredToJoins()
{
    GuestDesk d(2);
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.guest.manager.transfer(d.guestsOwn, uriOf(d.four.agent)));
    d.world.run(1s);
    QVERIFY(!d.desk.call(d.guestsId).isAlive());
    QCOMPARE(d.desk.call().conference, 1);
    QVERIFY(d.desk.call().hasHeadset && d.call(0).hasHeadset);
    QCOMPARE(d.heardByOperator(), (Tones{650, 850, 1450}));
    QCOMPARE(d.heardBy(0), (Tones{400, 850, 1450}));
    QCOMPARE(d.heardBy(3), (Tones{400, 650, 850}));
}

void ConferenceChangesTest::refusedReferralBringsTheOperatorBack()
{
    GuestDesk d(2);
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.guest.manager.transfer(d.guestsOwn, uriOf(d.colleague)));
    d.run();
    QVERIFY(!d.call(0).hasHeadset);
    QVERIFY(d.colleague.manager.reject(d.colleague.call().id, theOperator(), 486));
    d.world.run(1s);
    QVERIFY(d.desk.call(d.guestsId).isAlive());
    QVERIFY(d.call(0).hasHeadset && d.call(1).hasHeadset);
    QCOMPARE(d.heardByOperator(), (Tones{400, 650, 850}));
}

void ConferenceChangesTest::listenersDoNotKeepACallFromBeingHeld()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    d.desk.media.find(d.ids[2])->setListeners(0, 1);
    d.run();
    QCOMPARE(d.call(2).listeners, 1);
    QVERIFY(d.desk.manager.split(d.ids[2]));
    d.run();
    QVERIFY(d.call(2).heldByUs);
    QCOMPARE(d.heardBy(2), Tones{d.music});
}

void ConferenceChangesTest::partyThatOthersHoldHearsMusic()
{
    ConferenceDesk d;
    d.ringUp(3); // the third has the headset
    QVERIFY(d.join({0, 1}));
    QVERIFY(d.two.agent.manager.setHeld(d.two.agent.call().id, true));
    d.run();
    QVERIFY(d.call(1).heldByFarEnd);
    QCOMPARE(d.heardBy(0), Tones{d.music});
    QVERIFY(d.two.agent.manager.setHeld(d.two.agent.call().id, false));
    d.run();
    QCOMPARE(d.heardBy(0), Tones{850});
    QCOMPARE(d.heardBy(1), Tones{650});
}

void ConferenceChangesTest::programsCallThatIsLeftIsTheOperators()
{
    ConferenceDesk d;
    d.ringUp(1);
    const auto bot =
        d.desk.manager.dial({uriOf(d.two.agent), model::Actor::ofClient(QStringLiteral("bot"))});
    d.run();
    d.ids << *bot;
    QVERIFY(d.join({0, 1}));
    QVERIFY(d.desk.manager.hangUp(d.ids[0], theOperator()));
    d.run();
    QCOMPARE(d.call(1).conference, 0);
    QVERIFY(d.call(1).hasHeadset);
    QCOMPARE(d.call(1).owner.kind, model::ActorKind::Operator);
    QCOMPARE(d.heardBy(1), Tones{400});
}

void ConferenceChangesTest::heldMemberStaysHeldWhenConferencesMerge_data()
{
    QTest::addColumn<QList<int>>("order");
    QTest::newRow("its conference is named first") << QList{2, 0};
    QTest::newRow("its conference is named last") << QList{0, 2};
}

void ConferenceChangesTest::heldMemberStaysHeldWhenConferencesMerge()
{
    QFETCH(const QList<int>, order);
    ConferenceDesk d;
    d.ringUp(4);
    QVERIFY(d.join({0, 1}));
    QVERIFY(d.join({2, 3}));
    QVERIFY(d.desk.manager.setHeld(d.ids[3], true));
    d.run();
    QVERIFY(d.join(order));
    for (int i = 0; i < 4; ++i) {
        QVERIFY(d.call(i).conference != 0);
        QCOMPARE(d.call(i).conference, d.call(0).conference);
        QCOMPARE(d.call(i).heldByUs, i == 3);
    }
    QCOMPARE(d.heardBy(3), Tones{d.music});
    QVERIFY(d.join({0, 3})); // named itself
    QVERIFY(!d.call(3).heldByUs || d.call(3).conference == 1);
}

void ConferenceChangesTest::newHolderIsHungUpByWhoHearsOfTheHeadset()
{
    ConferenceDesk d;
    d.ringUp(2); // the second has the headset
    QObject context;
    QObject::connect(&d.desk.manager, &call::CallControl::changed, &context,
                     [&d](const model::Call& call, const model::Call& before) {
                         if (call.id == d.ids[1] && before.hasHeadset && !call.hasHeadset) {
                             static_cast<void>(d.desk.manager.hangUp(d.ids[0], theOperator()));
                         }
                     });
    static_cast<void>(d.desk.manager.take(d.ids[0]));
    d.run();
    QVERIFY(!d.call(0).isAlive());
    QVERIFY(!d.desk.device.headsetOpen());
    d.desk.manager.setMuted(true); // of nobody
    QVERIFY(d.desk.manager.take(d.ids[1]));
    d.run();
    QCOMPARE(d.heardBy(1), Tones{400});
}

void ConferenceChangesTest::memberThatEndsAmidAMergerIsNoMember()
{
    ConferenceDesk d;
    d.ringUp(4);
    QVERIFY(d.join({0, 1}));
    QVERIFY(d.join({2, 3}));
    QObject context;
    QObject::connect(&d.desk.manager, &call::CallControl::changed, &context,
                     [&d](const model::Call& call, const model::Call& before) {
                         if (call.id == d.ids[2] && before.conference == 2
                             && call.conference == 0) {
                             static_cast<void>(d.desk.manager.hangUp(d.ids[2], theOperator()));
                         }
                     });
    QVERIFY(d.join({0, 2}));
    QVERIFY(!d.call(2).isAlive());
    QVERIFY(d.desk.manager.hangUp(d.ids[0], theOperator()));
    QVERIFY(d.desk.manager.hangUp(d.ids[1], theOperator()));
    d.run();
    QCOMPARE(d.call(3).conference, 0); // it is the last
    QVERIFY(d.call(3).hasHeadset);
}

// As any other call that is resumed: it would hear music on, and stand there as active.
void ConferenceChangesTest::whoIsResumedAloneHasTheOperator()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1}));
    QVERIFY(d.desk.manager.setHeld(d.ids[0], true));
    QVERIFY(d.desk.manager.setHeld(d.ids[1], true));
    d.run();
    QVERIFY(d.call(2).hasHeadset);
    QVERIFY(d.desk.manager.setHeld(d.ids[0], false));
    d.run();
    QVERIFY(d.call(0).hasHeadset && !d.call(1).hasHeadset);
    QCOMPARE(d.heardBy(0), Tones{400});
    QCOMPARE(d.heardBy(1), Tones{d.music}); // held in its place
    QCOMPARE(d.heardBy(2), Tones{d.music}); // put aside, as for any other
    QCOMPARE(d.heardByOperator(), Tones{650});
}

void ConferenceChangesTest::whoIsResumedBesideOthersLeavesTheOperatorWhereHeIs()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1}));
    QVERIFY(d.desk.manager.setHeld(d.ids[0], true));
    d.run();
    QVERIFY(d.desk.manager.setHeld(d.ids[0], false));
    d.run();
    QVERIFY(d.call(2).hasHeadset && !d.call(0).hasHeadset);
    QCOMPARE(d.heardBy(0), Tones{850});
    QCOMPARE(d.heardBy(2), Tones{400});
}

QTEST_GUILESS_MAIN(ConferenceChangesTest)
#include "tst_conference_changes.moc"
