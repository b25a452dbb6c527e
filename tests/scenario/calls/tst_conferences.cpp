// Conferences of whole agents: who hears whom, told by tones, and what must not be heard.
#include "scenario/calls/ConferenceDesk.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;
using Tones = QList<int>;

class ConferencesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void heldCallHearsMusic();
    void eachHearsExactlyTheOthers();
    void mutedOperatorIsHeardByNobody();
    void heldMemberHearsMusicAndIsNotHeard();
    void musicOfAFarEndThatHoldsUsStaysOutside();
    void whoIsSplitOffIsHeldAndNotHeard();
    void allApart();
    void operatorGoesAndComesBack();
    void partyThatIsLeftAloneHearsMusic();
    void memberThatHangsUpLeaves();
    void lastTwoBecomeAnOrdinaryCall();
    void withoutOperatorTheLastIsHeld();
    void twoConferencesAreApartUntilTheyAreJoined();
    void oneMoreCallIsAdded();
    void recordingHasEachPartysSide();
    void queuedAudioIsForItsCallAlone();
    void memberIsTransferred();
    void allAreHungUpWhenAskedFor();
    void programKeepsItsCall();
};

void ConferencesTest::heldCallHearsMusic()
{
    ConferenceDesk d;
    d.ringUp(2);
    QCOMPARE(d.heardBy(0), Tones{d.music}); // held for the second
    QCOMPARE(d.heardBy(1), Tones{400});
    QVERIFY(d.desk.manager.take(d.ids[0]));
    d.run();
    QCOMPARE(d.heardBy(0), Tones{400});
    QCOMPARE(d.heardBy(1), Tones{d.music});
    QCOMPARE(d.heardByOperator(), Tones{650});
}

void ConferencesTest::eachHearsExactlyTheOthers()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(d.call(i).state, CallState::Active);
        QCOMPARE(d.call(i).conference, 1);
        QVERIFY(d.call(i).hasHeadset);
    }
    QCOMPARE(d.heardBy(0), (Tones{400, 850, 1050}));
    QCOMPARE(d.heardBy(1), (Tones{400, 650, 1050}));
    QCOMPARE(d.heardBy(2), (Tones{400, 650, 850}));
    QCOMPARE(d.heardByOperator(), (Tones{650, 850, 1050}));
}

void ConferencesTest::mutedOperatorIsHeardByNobody()
{
    ConferenceDesk d;
    d.ringUp(3);
    d.desk.manager.setMuted(true); // before, for the call that has the headset
    QVERIFY(d.join({0, 1, 2}));
    QCOMPARE(d.heardBy(0), (Tones{850, 1050}));
    QCOMPARE(d.heardByOperator(), (Tones{650, 850, 1050}));
    QVERIFY(d.call(0).muted && d.call(1).muted && d.call(2).muted);
    d.desk.manager.setMuted(false);
    QCOMPARE(d.heardBy(1), (Tones{400, 650, 1050}));
    d.desk.manager.setMuted(true); // amid
    d.run();
    QCOMPARE(d.heardBy(2), (Tones{650, 850}));
    // The same microphone in the call of two that is left of it.
    QVERIFY(d.desk.manager.split(d.ids[2]));
    QVERIFY(d.desk.manager.split(d.ids[1]));
    d.run();
    QCOMPARE(d.call(0).conference, 0);
    QVERIFY(d.call(0).hasHeadset && d.call(0).muted);
    QCOMPARE(d.heardBy(0), Tones{});
    d.desk.manager.setMuted(false);
    d.run();
    QCOMPARE(d.heardBy(0), Tones{400});
}

void ConferencesTest::heldMemberHearsMusicAndIsNotHeard()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.desk.manager.setHeld(d.ids[1], true));
    d.run();
    QCOMPARE(d.call(1).conference, 1); // it keeps its place
    QCOMPARE(d.call(1).state, CallState::Held);
    QVERIFY(!d.call(1).hasHeadset && d.call(0).hasHeadset);
    QCOMPARE(d.heardBy(1), Tones{d.music});
    QCOMPARE(d.heardBy(0), (Tones{400, 1050}));
    QCOMPARE(d.heardByOperator(), (Tones{650, 1050}));
    QVERIFY(d.desk.manager.setHeld(d.ids[1], false));
    d.run();
    QCOMPARE(d.heardBy(1), (Tones{400, 650, 1050}));
    QCOMPARE(d.heardBy(0), (Tones{400, 850, 1050}));
}

void ConferencesTest::musicOfAFarEndThatHoldsUsStaysOutside()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.two.agent.manager.setHeld(d.two.agent.call().id, true));
    d.run();
    QVERIFY(d.call(1).heldByFarEnd);
    QCOMPARE(d.heardBy(0), (Tones{400, 1050})); // neither its tone nor its music of 2450 Hz
    QCOMPARE(d.heardByOperator(), (Tones{650, 1050}));
    QVERIFY(d.two.agent.manager.setHeld(d.two.agent.call().id, false));
    d.run();
    QCOMPARE(d.heardBy(0), (Tones{400, 850, 1050}));
    QCOMPARE(d.heardBy(1), (Tones{400, 650, 1050}));
}

void ConferencesTest::whoIsSplitOffIsHeldAndNotHeard()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.desk.manager.split(d.ids[2]));
    d.run();
    QCOMPARE(d.call(2).conference, 0);
    QVERIFY(d.call(2).heldByUs && !d.call(2).hasHeadset);
    QCOMPARE(d.heardBy(2), Tones{d.music});
    QCOMPARE(d.heardBy(0), (Tones{400, 850}));
    QCOMPARE(d.heardBy(1), (Tones{400, 650}));
    QCOMPARE(d.heardByOperator(), (Tones{650, 850}));
    QVERIFY(!d.desk.manager.split(d.ids[2])); // it is in none
}

void ConferencesTest::allApart()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.desk.manager.splitAll(d.ids[1]));
    d.run();
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(d.call(i).conference, 0);
        QVERIFY(d.call(i).heldByUs);
        QCOMPARE(d.heardBy(i), Tones{d.music});
    }
    QVERIFY(!d.desk.device.headsetOpen());
}

void ConferencesTest::operatorGoesAndComesBack()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    const auto outside = d.desk.manager.dial({uriOf(d.four.agent), theOperator()});
    QVERIFY(outside);
    d.ids << *outside;
    d.run();
    QCOMPARE(d.heardByOperator(), Tones{1450});
    QCOMPARE(d.heardBy(3), Tones{400});
    QCOMPARE(d.heardBy(0), (Tones{850, 1050})); // they go on talking
    QVERIFY(!d.call(0).hasHeadset && !d.call(0).heldByUs);
    QVERIFY(d.desk.manager.take(d.ids[1])); // any of them brings him back
    d.run();
    QCOMPARE(d.heardByOperator(), (Tones{650, 850, 1050}));
    QCOMPARE(d.heardBy(0), (Tones{400, 850, 1050}));
    QCOMPARE(d.heardBy(3), Tones{d.music}); // held, as before
    QVERIFY(d.call(0).hasHeadset && d.call(2).hasHeadset);
}

void ConferencesTest::partyThatIsLeftAloneHearsMusic()
{
    ConferenceDesk d;
    d.ringUp(2);
    QVERIFY(d.join({0, 1}));
    QVERIFY(d.desk.manager.setHeld(d.ids[0], true));
    QVERIFY(d.desk.manager.dial({uriOf(d.three.agent), theOperator()}));
    d.run();
    QCOMPARE(d.heardBy(1), Tones{d.music}); // nobody is left to talk with
    QCOMPARE(d.call(1).state, CallState::Active);
    QVERIFY(d.desk.manager.setHeld(d.ids[0], false));
    d.run();
    QCOMPARE(d.heardBy(1), Tones{650});
    QCOMPARE(d.heardBy(0), Tones{850});
}

void ConferencesTest::memberThatHangsUpLeaves()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.three.agent.manager.hangUp(d.three.agent.call().id, theOperator()));
    d.run();
    QVERIFY(!d.call(2).isAlive());
    QCOMPARE(d.heardBy(0), (Tones{400, 850})); // though that one had brought the headset
    QCOMPARE(d.heardByOperator(), (Tones{650, 850}));
}

void ConferencesTest::lastTwoBecomeAnOrdinaryCall()
{
    ConferenceDesk d;
    d.ringUp(2);
    QVERIFY(d.join({0, 1}));
    QVERIFY(d.desk.manager.hangUp(d.ids[1], theOperator()));
    d.run();
    QCOMPARE(d.call(0).conference, 0);
    QVERIFY(d.call(0).hasHeadset && !d.call(0).heldByUs);
    QCOMPARE(d.heardBy(0), Tones{400});
    QCOMPARE(d.heardByOperator(), Tones{650});
    QVERIFY(d.desk.manager.setHeld(d.ids[0], true));
    d.run();
    QCOMPARE(d.heardBy(0), Tones{d.music});
}

void ConferencesTest::withoutOperatorTheLastIsHeld()
{
    ConferenceDesk d;
    d.ringUp(3); // the third has the headset
    QVERIFY(d.join({0, 1}));
    QCOMPARE(d.heardBy(0), Tones{850});
    QCOMPARE(d.heardBy(1), Tones{650});
    QCOMPARE(d.heardBy(2), Tones{400});
    QVERIFY(!d.call(0).hasHeadset);
    QVERIFY(d.desk.manager.hangUp(d.ids[1], theOperator()));
    d.run();
    QCOMPARE(d.call(0).conference, 0);
    QVERIFY(d.call(0).heldByUs);
    QCOMPARE(d.heardBy(0), Tones{d.music});
    QCOMPARE(d.heardByOperator(), Tones{1050});
}

void ConferencesTest::twoConferencesAreApartUntilTheyAreJoined()
{
    ConferenceDesk d;
    d.ringUp(4);
    QVERIFY(d.join({0, 1}));
    QVERIFY(d.join({2, 3})); // with the operator
    QCOMPARE(d.call(0).conference, 1);
    QCOMPARE(d.call(3).conference, 2);
    QCOMPARE(d.heardBy(0), Tones{850});
    QCOMPARE(d.heardBy(2), (Tones{400, 1450}));
    QVERIFY(d.join({0, 3}));
    QCOMPARE(d.call(3).conference, 1);
    QCOMPARE(d.heardBy(0), (Tones{400, 850, 1050, 1450}));
    QCOMPARE(d.heardByOperator(), (Tones{650, 850, 1050, 1450}));
    QVERIFY(d.desk.manager.split(d.ids[3]));
    d.run();
    QCOMPARE(d.heardBy(2), (Tones{400, 650, 850}));
}

void ConferencesTest::oneMoreCallIsAdded()
{
    ConferenceDesk d;
    d.ringUp(2);
    QVERIFY(d.join({0, 1}));
    const auto more = d.desk.manager.dial({uriOf(d.three.agent), theOperator()});
    d.run();
    d.ids << *more;
    QCOMPARE(d.heardBy(0), Tones{850});
    QVERIFY(d.join({2, 0}));
    QCOMPARE(d.heardBy(1), (Tones{400, 650, 1050}));
    QCOMPARE(d.heardBy(2), (Tones{400, 650, 850}));
}

void ConferencesTest::recordingHasEachPartysSide()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    d.world.run(2s);
    QVERIFY(d.desk.media.closeRecordings(1s));
    const QList<Tones> others{{400, 850, 1050}, {400, 650, 1050}, {400, 650, 850}};
    for (int i = 0; i < 3; ++i) {
        const StereoFile file(d.call(i).recordingPath);
        QVERIFY(file.left.size() > 16000);
        const auto end = [](const auto& side) { return std::span(side).last(8000).first(4800); };
        QCOMPARE(heardIn(end(file.left), d.everything), Tones{d.phone(i).tone});
        QCOMPARE(heardIn(end(file.right), d.everything), others[i]);
    }
}

void ConferencesTest::queuedAudioIsForItsCallAlone()
{
    ConferenceDesk d;
    d.ringUp(3);
    QVERIFY(d.join({0, 1, 2}));
    // Of a call that is the operator's what programs say waits; as that of a program it goes on.
    auto* port = dynamic_cast<media::MediaSession*>(d.desk.media.find(d.ids[0]));
    QVERIFY(port);
    port->setQueuePaused(false);
    QVERIFY(port->play(toneOf(3050, 2000)).ok());
    d.world.run(100ms);
    QCOMPARE(d.heardBy(0), (Tones{400, 850, 1050, 3050}));
    QCOMPARE(d.heardBy(1), (Tones{400, 650, 1050}));
    QCOMPARE(d.heardByOperator(), (Tones{650, 850, 1050}));
}

void ConferencesTest::memberIsTransferred()
{
    ConferenceDesk d;
    call::CallSettings plain;
    CallAgent colleague(d.world, "192.0.2.20", plain);
    CallAgent guest(d.world, "192.0.2.21", plain);
    d.ringUp(2);
    const auto id = talk(d.desk, guest);
    QVERIFY(id != 0);
    d.ids << id;
    QVERIFY(d.join({0, 1, 2}));
    QVERIFY(d.desk.manager.transfer(id, uriOf(colleague)));
    d.run();
    QVERIFY(colleague.manager.answer(colleague.call().id, theOperator()));
    d.world.run(1s);
    QVERIFY(!d.call(2).isAlive());
    QCOMPARE(d.heardBy(0), (Tones{400, 850}));
    QCOMPARE(guest.call().state, CallState::Active);
}

void ConferencesTest::allAreHungUpWhenAskedFor()
{
    ConferenceDesk d;
    d.ringUp(4);
    QVERIFY(d.join({1, 2, 3}));
    QVERIFY(!d.desk.manager.hangUpConference(d.ids[0], theOperator()));
    QVERIFY(d.desk.manager.hangUpConference(d.ids[2], theOperator()));
    d.run();
    QVERIFY(d.call(0).isAlive());
    for (int i = 1; i < 4; ++i) {
        QVERIFY(!d.call(i).isAlive());
        QCOMPARE(d.call(i).conference, 0);
    }
    QCOMPARE(d.desk.manager.calls().size(), 1);
}

// A program's call that others leave is the program's again.
void ConferencesTest::programKeepsItsCall()
{
    ConferenceDesk d;
    d.ringUp(1);
    const auto bot =
        d.desk.manager.dial({uriOf(d.two.agent), model::Actor::ofClient(QStringLiteral("bot"))});
    d.run();
    d.ids << *bot;
    QVERIFY(d.join({0, 1}));
    QCOMPARE(d.heardBy(1), (Tones{400, 650}));
    QVERIFY(d.desk.manager.split(*bot));
    d.run();
    QCOMPARE(d.call(1).state, CallState::Active);
    QCOMPARE(d.heardBy(1), Tones{}); // what the program says, which says nothing
    QVERIFY(d.call(0).hasHeadset);
    QCOMPARE(d.heardBy(0), Tones{400});
}

QTEST_GUILESS_MAIN(ConferencesTest)
#include "tst_conferences.moc"
