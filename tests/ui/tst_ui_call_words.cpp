#include "SampleCalls.h"
#include "ui/CallWords.h"
#include "ui/MediaWords.h"
#include "ui/NoticeWords.h"
#include "ui/models/CallCells.h"

#include <QSet>
#include <QTest>

using namespace hs;
using namespace hs::test;
using hs::ui::CallCells;
using hs::ui::CallColumn;
using hs::ui::CallWords;
using hs::ui::MediaWords;
using model::Actor;
using model::CallState;

class CallWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStateHasWordAndShape();
    void ending_data();
    void ending();
    void longReasonLeavesRoomForTheRest();
    void kindOfLogRow();
    void heldSaysByWhom();
    void numberIsNeverEmpty();
    void connectedPartyIsShown();
    void resumeProblemIsTrouble();
    void codecProblemIsTold();
    void dialTarget();
    void lossAndSilenceAreSaid();
    void noScoreWhileNothingIsHeard();
    void sentenceHasEverything();
    void everyNoticeHasRemedyWithKey();
    void percentSignsOfPeersStay();
};

void CallWordsTest::everyStateHasWordAndShape()
{
    QSet<QString> words;
    QSet<QString> shapes;
    for (const auto state : {CallState::RingingIn, CallState::Dialing, CallState::Active,
                             CallState::Held, CallState::Ended}) {
        model::Call call;
        call.state = state;
        words << CallWords::state(call);
        shapes << CallWords::stateIcon(call);
    }
    QCOMPARE(words.size(), 5); // told apart without colours
    QCOMPARE(shapes.size(), 5);
}

void CallWordsTest::ending_data()
{
    QTest::addColumn<bool>("incoming");
    QTest::addColumn<bool>("answered");
    QTest::addColumn<Actor>("by");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    const auto row = [](bool incoming, bool answered, const Actor& by, int code,
                        const char* words) {
        QTest::newRow(words) << incoming << answered << by << code << QString::fromLatin1(words);
    };
    row(true, true, Actor::farEnd(), 200, "far end hung up");
    row(true, true, Actor::consoleOperator(), 200, "you hung up");
    row(true, true, Actor::machine(), 200, "machine hung up");
    row(true, true, Actor::machine(), 408, "408 Why");
    row(true, true, Actor::ofClient(QStringLiteral("bot")), 200, "hung up by bot");
    row(true, true, Actor{}, 503, "503 Why");
    row(true, false, Actor::farEnd(), 487, "caller gave up");
    row(true, false, Actor::farEnd(), 200, "answered elsewhere");
    row(true, false, Actor::consoleOperator(), 486, "declined by you");
    row(true, false, Actor::ofClient(QStringLiteral("bot")), 486, "declined by bot");
    row(true, false, Actor{}, 480, "nobody answered");
    row(false, false, Actor::consoleOperator(), 487, "you gave up");
    row(false, false, Actor::farEnd(), 404, "404 Why");
    row(false, false, Actor::machine(), 503, "Why"); // nobody has sent that code
    row(false, false, Actor::farEnd(), 420,
        "the telephone there can't hand over its call; a pickup prefix may help (see the account)");
}

void CallWordsTest::ending()
{
    QFETCH(bool, incoming);
    QFETCH(bool, answered);
    QFETCH(Actor, by);
    QFETCH(int, code);
    QFETCH(QString, words);
    model::Call call;
    call.direction = incoming ? model::Direction::Incoming : model::Direction::Outgoing;
    call.answeredAt = answered ? noon : 0;
    call.endedBy = by;
    call.finalCode = code;
    call.reason = QStringLiteral("Why");
    QCOMPARE(CallWords::ending(call), words);
    if (code == 420) {
        call.transferredBy = QStringLiteral("202");
        QCOMPARE(CallWords::ending(call),
                 QStringLiteral("the telephone there can't take the place of another"));
    }
    call.transfer = model::TransferState::Completed;
    call.transferTarget = QStringLiteral("201");
    if (answered) { // whoever hangs up then
        QCOMPARE(CallWords::ending(call), QStringLiteral("transferred to 201"));
    }
}

void CallWordsTest::longReasonLeavesRoomForTheRest()
{
    model::Call call;
    call.direction = model::Direction::Outgoing;
    call.state = CallState::Ended;
    call.endedBy = Actor::machine();
    call.finalCode = 488;
    call.reason =
        QStringLiteral("the answer has no codec that was offered: they answer G722, G729; "
                       "we offered PCMA, PCMU");
    const ui::Cell state = CallCells::cell(CallColumn::State, call, noon);
    QCOMPARE(state.second, call.reason); // all of it, where there is room
    QCOMPARE(state.brief, QStringLiteral("failed"));
    call.direction = model::Direction::Incoming;
    call.ringingAt = noon;
    QCOMPARE(CallCells::cell(CallColumn::State, call, noon).second, call.reason);
    QCOMPARE(CallCells::cell(CallColumn::State, call, noon).brief, QStringLiteral("missed"));
    call.endedBy = Actor::farEnd();
    call.reason = QStringLiteral("Busy Here");
    QVERIFY(CallCells::cell(CallColumn::State, call, noon).brief.isEmpty());
}

void CallWordsTest::kindOfLogRow()
{
    const auto log = busyLog(5);
    QStringList kinds;
    for (const auto& entry : log) {
        kinds << CallWords::kind(entry);
    }
    QCOMPARE(kinds,
             QStringList({QStringLiteral("missed"), QStringLiteral("in"), QStringLiteral("out"),
                          QStringLiteral("failed"), QStringLiteral("in")}));
}

void CallWordsTest::heldSaysByWhom()
{
    model::Call call;
    call.state = CallState::Held;
    call.heldByUs = true;
    QCOMPARE(CallWords::stateDetail(call), QStringLiteral("by us"));
    call.heldByFarEnd = true;
    QCOMPARE(CallWords::stateDetail(call), QStringLiteral("by both sides"));
    call.heldByUs = false;
    QCOMPARE(CallWords::stateDetail(call), QStringLiteral("by the far end"));
}

void CallWordsTest::numberIsNeverEmpty()
{
    model::Call call;
    QCOMPARE(CallWords::number(call), QStringLiteral("Unknown number"));
    call.displayName = QStringLiteral("Anna");
    QCOMPARE(CallWords::number(call), QStringLiteral("Anna"));
    call.number = QStringLiteral("\u202e");
    QCOMPARE(CallWords::number(call), QStringLiteral("Anna"));
}

// Whoever it was at first is still whom to call back.
void CallWordsTest::connectedPartyIsShown()
{
    model::Call call;
    call.number = QStringLiteral("200");
    call.displayName = QStringLiteral("Anna");
    QCOMPARE(CallWords::name(call), QStringLiteral("Anna"));
    call.connectedNumber = QStringLiteral("300");
    QCOMPARE(CallWords::number(call), QStringLiteral("300"));
    QVERIFY(CallWords::name(call).isEmpty());
    call.connectedName = QStringLiteral("Be\u202ea");
    QCOMPARE(CallWords::name(call), QStringLiteral("Bea"));
    QCOMPARE(CallWords::dialTarget(call), QStringLiteral("200"));
}

void CallWordsTest::resumeProblemIsTrouble()
{
    model::Call call;
    call.state = CallState::Held;
    QVERIFY(MediaWords::trouble(call, 0).text.isEmpty());
    call.resumeProblem = QStringLiteral("488 Not Acceptable Here");
    QVERIFY(MediaWords::trouble(call, 0).text.contains(call.resumeProblem));
    QVERIFY(CallWords::sentence(call, 0).contains(call.resumeProblem));
    call.state = CallState::Ended;
    QVERIFY(MediaWords::trouble(call, 0).text.isEmpty());
}

void CallWordsTest::codecProblemIsTold()
{
    model::Call call;
    call.state = CallState::Active;
    QVERIFY(MediaWords::codecProblem(call).isEmpty());
    call.codecProblem = QStringLiteral("488 Not Acceptable Here");
    QVERIFY(MediaWords::codecProblem(call).contains(call.codecProblem));
    QVERIFY(CallWords::sentence(call, 0).contains(call.codecProblem));
    call.state = CallState::Ended;
    QVERIFY(MediaWords::codecProblem(call).isEmpty());
}

void CallWordsTest::dialTarget()
{
    model::Call call;
    call.remoteUri = QStringLiteral("sip:anna@192.0.2.1");
    call.number = QStringLiteral("+886912");
    QCOMPARE(CallWords::dialTarget(call), QStringLiteral("+886912"));
    call.number = QStringLiteral("anna");
    QCOMPARE(CallWords::dialTarget(call), QStringLiteral("sip:anna@192.0.2.1"));
    // An address whose user is a number: an account would carry that number elsewhere.
    call.remoteUri = QStringLiteral("sip:9@192.0.2.1:5060");
    call.number = QStringLiteral("9");
    call.direction = model::Direction::Outgoing;
    QCOMPARE(CallWords::dialTarget(call), call.number); // nobody has said whose it was
    QCOMPARE(CallWords::dialTarget(call, QString()), call.remoteUri);
    QCOMPARE(CallWords::dialTarget(call, QStringLiteral("192.0.2.9")), call.remoteUri);
    QCOMPARE(CallWords::dialTarget(call, QStringLiteral("192.0.2.1")), call.number);
    QCOMPARE(CallWords::dialTarget(call, QStringLiteral("192.0.2.1:5060")), call.number);
    call.account = QStringLiteral("office");
    QCOMPARE(CallWords::dialTarget(call, QString()), call.number);
}

void CallWordsTest::lossAndSilenceAreSaid()
{
    model::Call call = activeCall(1, QStringLiteral("1"), Actor::machine(), 60000);
    call.media.lossPermille = CallCells::badLossPermille - 1;
    QCOMPARE(CallCells::cell(CallColumn::Loss, call, noon).tone, ui::Tone::Normal);
    call.media.lossPermille = CallCells::badLossPermille;
    const ui::Cell bad = CallCells::cell(CallColumn::Loss, call, noon);
    QCOMPARE(bad.tone, ui::Tone::Bad);
    QCOMPARE(bad.icon, QStringLiteral("warning"));
    call.media.packetsReceived = 0;
    const auto quality = [&call](qint64 now) {
        return CallCells::cell(CallColumn::Quality, call, now);
    };
    QCOMPARE(quality(noon).text, QStringLiteral("no audio"));
    QCOMPARE(quality(noon).tone, ui::Tone::Bad);
    const qint64 young = call.answeredAt + ui::MediaWords::noAudioAfterMs - 1;
    QCOMPARE(quality(young).tone, ui::Tone::Normal);
    call.heldByUs = true; // nothing is to come
    QCOMPARE(quality(noon).tone, ui::Tone::Normal);
}

// It was good until it stopped: then neither the score nor the loss of then is so any more.
void CallWordsTest::noScoreWhileNothingIsHeard()
{
    model::Call call = activeCall(1, QStringLiteral("1"), Actor::machine(), 60000);
    call.media.mosReceivedCentis = 440;
    QCOMPARE(CallCells::cell(CallColumn::Quality, call, noon).text, QStringLiteral("4.4"));
    call.trouble = model::MediaTrouble::NothingReceived;
    call.troubleSince = noon - 5000;
    const ui::Cell quality = CallCells::cell(CallColumn::Quality, call, noon);
    QCOMPARE(quality.text, QStringLiteral("no audio"));
    QCOMPARE(quality.second, QString());
    QCOMPARE(quality.tone, ui::Tone::Bad);
    QVERIFY(quality.toolTip.startsWith(QStringLiteral("You hear nothing")));
    QCOMPARE(CallCells::cell(CallColumn::Loss, call, noon).text, QStringLiteral("\u2014"));
    QCOMPARE(ui::MediaWords::figures(call), QStringList());
    call.trouble = model::MediaTrouble::None; // it is back
    QCOMPARE(CallCells::cell(CallColumn::Quality, call, noon).text, QStringLiteral("4.4"));
    call.trouble = model::MediaTrouble::NothingReceived;
    call.state = model::CallState::Ended; // what it was on the whole
    QVERIFY(CallCells::cell(CallColumn::Quality, call, noon).text != QStringLiteral("no audio"));
}

void CallWordsTest::sentenceHasEverything()
{
    model::Call call = activeCall(1, QStringLiteral("0912"), Actor::consoleOperator(), 61000);
    call.displayName = QStringLiteral("Lin");
    call.listeners = 2;
    call.hasHeadset = call.muted = true;
    QCOMPARE(CallWords::sentence(call, noon),
             QStringLiteral(
                 "Active, incoming call, 0912, Lin, 1 minute 1 second, with: You, for 022600, "
                 "2 programs listen, recording, muted"));
}

void CallWordsTest::everyNoticeHasRemedyWithKey()
{
    QSet<QString> titles;
    for (const model::Notice& notice : everyNotice()) {
        const QString title = ui::NoticeWords::title(notice);
        titles << title;
        QVERIFY(title.contains(notice.subject));
        QVERIFY2(title.contains(notice.detail), qPrintable(title));
        QVERIFY(!title.contains(QLatin1Char('%')));
        model::Notice bare = notice;
        bare.detail.clear();
        QVERIFY(!ui::NoticeWords::title(bare).contains(QLatin1Char('%')));
        QVERIFY(!ui::NoticeWords::title(bare).contains(QLatin1Char(':'))
                || bare.subject.contains(QLatin1Char(':')));
        bare.subject.clear();
        QVERIFY(!ui::NoticeWords::title(bare).contains(QStringLiteral("  ")));
        const QString remedy = ui::NoticeWords::remedy(notice);
        const bool sound = notice.kind == model::NoticeKind::NoSoundDevice;
        // The key in the file and the option: what to change.
        QVERIFY2(sound || remedy.contains(QStringLiteral("--")), qPrintable(remedy));
    }
    QCOMPARE(titles.size(), everyNotice().size());
}

void CallWordsTest::percentSignsOfPeersStay()
{
    const model::Notice notice{model::NoticeKind::RecordingFailed, QStringLiteral("/a%2b"),
                               QStringLiteral("%1")};
    QCOMPARE(ui::NoticeWords::title(notice), QStringLiteral("Recording to /a%2b failed: %1."));
    const model::Notice sentence{
        model::NoticeKind::NoSoundDevice, {}, QStringLiteral("nothing is plugged in.")};
    QCOMPARE(ui::NoticeWords::title(sentence), QStringLiteral("nothing is plugged in."));
    // A path that the reason names stands there once.
    model::Notice music;
    music.kind = model::NoticeKind::HoldMusicFailed;
    music.subject = QStringLiteral("/music.wav");
    music.detail = QStringLiteral("\"/music.wav\" is no sound file.");
    QCOMPARE(ui::NoticeWords::title(music),
             QStringLiteral("The hold music cannot be played: \"/music.wav\" is no sound file."));
}

QTEST_GUILESS_MAIN(CallWordsTest)
#include "tst_ui_call_words.moc"
