#include "audio/FileAudioDevice.h"
#include "call/CallSounds.h"
#include "support/ManualScheduler.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;
using audio::CallTone;
using model::CallState;
using Tone = std::optional<CallTone>;

// When it rings and when there is a tone in the ear, on a manual clock.
class CallSoundsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsHeard_data();
    void whatIsHeard();
    void howACallFailed_data();
    void howACallFailed();
    void aFailureIsHeardForAWhile();
    void theNextActionEndsAFailuresTone_data();
    void theNextActionEndsAFailuresTone();
};

namespace {

model::Call aCall(model::Direction direction, CallState state, bool hasHeadset = false,
                  const model::Actor& owner = model::Actor::consoleOperator())
{
    model::Call made;
    made.direction = direction;
    made.state = state;
    made.hasHeadset = hasHeadset;
    made.owner = owner;
    return made;
}

model::Call failed(int code)
{
    model::Call ended = aCall(model::Direction::Outgoing, CallState::Ended);
    ended.finalCode = code;
    ended.endedBy = model::Actor::farEnd();
    return ended;
}

const auto out = model::Direction::Outgoing;
const auto in = model::Direction::Incoming;

} // namespace

using Calls = QList<model::Call>;

void CallSoundsTest::whatIsHeard_data()
{
    QTest::addColumn<Calls>("calls");
    QTest::addColumn<bool>("rings");
    QTest::addColumn<Tone>("tone");
    const model::Call talk = aCall(in, CallState::Active, true);
    const model::Call waits = aCall(in, CallState::RingingIn, false, {});
    QTest::newRow("nothing") << Calls{} << false << Tone();
    QTest::newRow("a call rings") << Calls{waits} << true << Tone();
    QTest::newRow("a call rings during a call")
        << Calls{talk, waits} << false << Tone(CallTone::CallWaiting);
    QTest::newRow("a call rings while one is held")
        << Calls{aCall(in, CallState::Held), waits} << true << Tone();
    QTest::newRow("a call rings during one of a program's")
        << Calls{aCall(in, CallState::Active, false, model::Actor::ofClient({})), waits} << true
        << Tone();
    QTest::newRow("dialling") << Calls{aCall(out, CallState::Dialing)} << false << Tone();
    QTest::newRow("it rings there")
        << Calls{aCall(out, CallState::RingingOut)} << false << Tone(CallTone::Ringback);
    QTest::newRow("the far end plays its own")
        << Calls{aCall(out, CallState::EarlyMedia, true)} << false << Tone();
    const auto early = [](qint64 ringingAt, quint64 packets, bool hasHeadset = true) {
        model::Call call = aCall(out, CallState::EarlyMedia, hasHeadset);
        call.ringingAt = ringingAt;
        call.media.packetsReceived = packets;
        return Calls{call};
    };
    QTest::newRow("3960 3.2: it rings, and plays nothing")
        << early(1, 0) << false << Tone(CallTone::Ringback);
    QTest::newRow("3960 3.2: it rings, and plays its own") << early(1, 1) << false << Tone();
    QTest::newRow("3960 3.2: it does not ring yet") << early(0, 0) << false << Tone();
    QTest::newRow("a program's call rings there")
        << Calls{aCall(out, CallState::RingingOut, false, model::Actor::ofClient({}))} << false
        << Tone();
    QTest::newRow("it rings there and here")
        << Calls{aCall(out, CallState::RingingOut), waits} << true << Tone(CallTone::Ringback);
    QTest::newRow("talking") << Calls{talk} << false << Tone();
}

void CallSoundsTest::whatIsHeard()
{
    test::ManualScheduler scheduler;
    audio::FileAudioDevice device;
    call::CallSounds sounds(device, scheduler);
    QFETCH(Calls, calls);
    call::CallSounds::Picture picture;
    for (const model::Call& call : calls) {
        call::CallSounds::add(picture, call);
    }
    sounds.update(picture);
    QTEST(device.ringing(), "rings");
    QTEST(device.tone(), "tone");
    sounds.update({});
    QVERIFY(!device.ringing());
    QCOMPARE(device.tone(), Tone());
}

void CallSoundsTest::howACallFailed_data()
{
    QTest::addColumn<model::Call>("call");
    QTest::addColumn<Tone>("tone");
    QTest::newRow("486: busy") << failed(486) << Tone(CallTone::Busy);
    QTest::newRow("600: busy everywhere") << failed(600) << Tone(CallTone::Busy);
    QTest::newRow("404") << failed(404) << Tone(CallTone::Congestion);
    QTest::newRow("503") << failed(503) << Tone(CallTone::Congestion);
    QTest::newRow("408: nobody there") << failed(408) << Tone(CallTone::Congestion);
    QTest::newRow("487: cancelled") << failed(487) << Tone();
    model::Call given = failed(486);
    given.endedBy = model::Actor::consoleOperator();
    QTest::newRow("the operator gave up") << given << Tone();
    model::Call answered = failed(200);
    answered.answeredAt = 1;
    QTest::newRow("the far end hung up") << answered << Tone();
    model::Call program = failed(486);
    program.owner = model::Actor::ofClient({});
    QTest::newRow("a program's call") << program << Tone();
    model::Call missed = failed(480);
    missed.direction = in;
    QTest::newRow("a caller gave up") << missed << Tone();
    model::Call announced = failed(404);
    announced.media.packetsReceived = 90;
    QTest::newRow("the network has said why") << announced << Tone();
}

void CallSoundsTest::howACallFailed()
{
    test::ManualScheduler scheduler;
    audio::FileAudioDevice device;
    call::CallSounds sounds(device, scheduler);
    sounds.update({});
    QFETCH(model::Call, call);
    sounds.onEnded(call);
    QTEST(device.tone(), "tone");
}

void CallSoundsTest::aFailureIsHeardForAWhile()
{
    test::ManualScheduler scheduler;
    audio::FileAudioDevice device;
    call::CallSounds sounds(device, scheduler);
    sounds.onEnded(failed(486));
    scheduler.advance(4990ms);
    QCOMPARE(device.tone(), Tone(CallTone::Busy));
    scheduler.advance(20ms);
    QCOMPARE(device.tone(), Tone());
    sounds.update({.hasHeadset = true});
    sounds.onEnded(failed(486)); // during a call nothing sounds over it
    QCOMPARE(device.tone(), Tone());
}

void CallSoundsTest::theNextActionEndsAFailuresTone_data()
{
    QTest::addColumn<model::Call>("call");
    QTest::addColumn<bool>("comesBack"); // once that call is over
    QTest::newRow("dials again") << aCall(out, CallState::Dialing) << false;
    QTest::newRow("answers another") << aCall(in, CallState::Active, true) << false;
    QTest::newRow("another call rings: that is heard alone")
        << aCall(in, CallState::RingingIn, false, {}) << true;
}

void CallSoundsTest::theNextActionEndsAFailuresTone()
{
    test::ManualScheduler scheduler;
    audio::FileAudioDevice device;
    call::CallSounds sounds(device, scheduler);
    sounds.onEnded(failed(503));
    QCOMPARE(device.tone(), Tone(CallTone::Congestion));
    QFETCH(model::Call, call);
    call::CallSounds::Picture picture;
    call::CallSounds::add(picture, call);
    sounds.update(picture);
    QCOMPARE(device.tone(), Tone());
    sounds.update({});
    QFETCH(bool, comesBack);
    QCOMPARE(device.tone().has_value(), comesBack);
}

QTEST_GUILESS_MAIN(CallSoundsTest)
#include "tst_call_sounds.moc"
