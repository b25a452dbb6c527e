// Who hears whom, in a sentence that claims no more than the figures show; and what happened on a
// call, from one picture of it to the next.
#include "SampleCalls.h"
#include "ui/HearingWords.h"
#include "ui/models/CallEvents.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using hs::ui::CallEvents;
using hs::ui::HearingWords;
using model::Actor;
using model::Call;
using model::CallState;
using model::MediaTrouble;
using model::SilenceCause;

class HearingWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sentence_data();
    void sentence();
    void eventsAreToldOnce();
    void eventsAreBounded();
    void endedCallsAreForgotten();
};

namespace {
Call talk(const Actor& owner, bool headset)
{
    Call call = activeCall(1, QStringLiteral("0912"), owner, 60000);
    call.hasHeadset = headset;
    call.media.remoteReports = 2;
    call.media.sentSilence = SilenceCause::None;
    return call;
}
} // namespace

void HearingWordsTest::sentence_data()
{
    QTest::addColumn<Call>("call");
    QTest::addColumn<QString>("words");
    QTest::addColumn<ui::Tone>("tone");
    const auto row = [](const char* name, const Call& call, const char* words, ui::Tone tone) {
        QTest::newRow(name) << call << QString::fromLatin1(words) << tone;
    };
    const Call mine = talk(Actor::consoleOperator(), true);
    row("both ways", mine, "They hear you. You hear them.", ui::Tone::Active);
    Call call = mine;
    call.media.remoteReports = 0;
    row("nothing reported, nothing claimed", call,
        "You can be heard, as far as is known: they do not report what arrives. You hear them.",
        ui::Tone::Active);
    call = mine;
    call.muted = true;
    row("muted", call, "They do not hear you: your microphone is muted. You hear them.",
        ui::Tone::Active);
    call = mine;
    call.trouble = MediaTrouble::FarEndHearsNothing;
    row("they report nothing arrives", call,
        "They hear nothing: they report that nothing of it arrives. You hear them.", ui::Tone::Bad);
    call = mine;
    call.trouble = MediaTrouble::NothingReceived;
    row("nothing comes", call, "They hear you. Nothing comes from them.", ui::Tone::Bad);
    call = mine;
    call.trouble = MediaTrouble::OnlySilenceReceived;
    row("silence comes", call, "They hear you. Only silence comes from them.", ui::Tone::Bad);
    row("headset elsewhere", talk(Actor::consoleOperator(), false),
        "They do not hear you: your headset is not on this call. You do not hear them.",
        ui::Tone::Active);
    call = talk(Actor::machine(), false);
    call.recording = true;
    call.listeners = 0;
    row("machine", call, "They hear the machine. They are recorded; nobody listens.",
        ui::Tone::Active);
    row("program", talk(Actor::ofClient(QStringLiteral("crm-3")), false),
        "They hear crm-3. crm-3 hears them.", ui::Tone::Active);
    row("rings", ringingCall(1, QStringLiteral("1"), 2000), "Nobody has answered yet.",
        ui::Tone::Ringing);
    call = mine;
    call.state = CallState::Held;
    call.heldByFarEnd = true;
    row("held by them", call, "They have put the call on hold. You do not hear each other.",
        ui::Tone::Held);
}

void HearingWordsTest::sentence()
{
    QFETCH(Call, call);
    const HearingWords::Sentence sentence = HearingWords::sentence(call, noon);
    QTEST(sentence.text, "words");
    QTEST(sentence.tone, "tone");
}

void HearingWordsTest::eventsAreToldOnce()
{
    CallEvents events;
    Call call = ringingCall(1, QStringLiteral("0912"), 5000);
    events.see({call}, noon);
    call.state = CallState::Active;
    call.answeredAt = noon;
    call.answeredBy = call.owner = Actor::consoleOperator();
    events.see({call}, noon);
    call.digitsReceived = QStringLiteral("12");
    events.see({call}, noon + 3000);
    call.digitsReceived = QStringLiteral("125");
    events.see({call}, noon + 4000);
    events.see({call}, noon + 5000);
    QStringList words;
    for (const CallEvents::Event& event : events.of(1)) {
        words << event.words;
    }
    QCOMPARE(
        words,
        (QStringList{QStringLiteral("came in"), QStringLiteral("answered by You"),
                     QStringLiteral("digits received: 12"), QStringLiteral("digits received: 5")}));
    QCOMPARE(events.of(1).last().at, noon + 4000);
}

void HearingWordsTest::eventsAreBounded()
{
    CallEvents events;
    Call call = talk(Actor::consoleOperator(), true);
    for (int i = 0; i < 500; ++i) {
        call.heldByUs = !call.heldByUs;
        events.see({call}, noon + i);
    }
    QCOMPARE(events.of(1).size(), CallEvents::mostOfACall);
    QCOMPARE(events.of(1).first().words, QStringLiteral("came in"));
    QCOMPARE(events.of(1).last().at, noon + 499);
}

void HearingWordsTest::endedCallsAreForgotten()
{
    CallEvents events;
    events.see({ringingCall(1, QStringLiteral("0912"), 5000)}, noon);
    events.see({}, noon);
    QVERIFY(events.of(1).isEmpty());
}

QTEST_GUILESS_MAIN(HearingWordsTest)
#include "tst_ui_hearing_words.moc"
