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

QTEST_GUILESS_MAIN(ConferenceChangesTest)
#include "tst_conference_changes.moc"
