// The words for accounts, sound, transfers and lamps, and what is said of wrong input.
#include "SampleAccounts.h"
#include "ui/AccountRules.h"
#include "ui/AccountWords.h"
#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/MediaWords.h"
#include "ui/TransferWords.h"
#include "ui/models/CallCells.h"
#include "ui/models/LogCells.h"

#include <QDateTime>
#include <QTest>

using namespace hs;
using namespace hs::test;
using hs::ui::AccountRules;
using hs::ui::AccountWords;
using hs::ui::CallCells;
using hs::ui::CallColumn;
using hs::ui::CallWords;
using hs::ui::MediaWords;
using hs::ui::Tone;
using hs::ui::TransferWords;
using model::MediaTrouble;
using model::RegistrationState;
using model::TransferState;

class AccountWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void accountSaysHowItIs();
    void failingAccountCountsDown();
    void whyItFailsIsNotCutOff();
    void summaryOfAll();
    void newMessagesAreAdded();
    void lampsAreToldApartWithoutColour();
    void trouble_data();
    void trouble();
    void troubleIsNotOverstated();
    void mutedIsNotBlamedOnTheNet();
    void quality_data();
    void quality();
    void figuresLeaveOutWhatIsUnknown();
    void transfer_data();
    void transfer();
    void whoseCallItIs();
    void troubleStandsInTheRow();
    void logTellsAccountAndQuality();
    void wrongInput_data();
    void wrongInput();
    void nameOfAnAccount();
};

void AccountWordsTest::accountSaysHowItIs()
{
    const QList<model::AccountState> states = someStates();
    QCOMPARE(AccountWords::state(states[0]), QStringLiteral("Registered"));
    const QString until =
        QDateTime::fromMSecsSinceEpoch(noon + 1800000).toString(QStringLiteral("HH:mm"));
    QCOMPARE(AccountWords::detail(states[0], noon), QStringLiteral("until ") + until);
    QCOMPARE(AccountWords::state(states[1]), QStringLiteral("Failing"));
    QCOMPARE(AccountWords::state(states[2]), QStringLiteral("Off"));
    QSet<QString> icons;
    for (const auto state : {RegistrationState::Off, RegistrationState::Registering,
                             RegistrationState::Registered, RegistrationState::Failed}) {
        icons << AccountWords::icon(state);
    }
    QCOMPARE(icons.size(), 4);
}

void AccountWordsTest::failingAccountCountsDown()
{
    model::AccountState failing = someStates()[1];
    failing.problem = QStringLiteral("403 Forbidden");
    QCOMPARE(AccountWords::detail(failing, noon),
             QStringLiteral("403 Forbidden. Next try in 25 s."));
    QCOMPARE(AccountWords::detail(failing, noon + 1000),
             QStringLiteral("403 Forbidden. Next try in 24 s."));
    QCOMPARE(AccountWords::detail(failing, noon + 26000),
             QStringLiteral("403 Forbidden. Next try in 0 s."));
    failing.nextTryAt = 0;
    QCOMPARE(AccountWords::detail(failing, noon),
             QStringLiteral("403 Forbidden. Not tried again until you do."));
    failing.problem = QStringLiteral("the server refuses. Is the password right?");
    QCOMPARE(AccountWords::sentence(failing, noon),
             QStringLiteral("Failing \u2014 The server refuses. Is the password right? Not tried "
                            "again until you do."));
    QCOMPARE(AccountWords::sentence(model::AccountState(), noon), QStringLiteral("Off"));
}

void AccountWordsTest::whyItFailsIsNotCutOff()
{
    model::AccountState account;
    QVERIFY(AccountWords::reason(account).isEmpty());
    account.state = RegistrationState::Failed;
    QVERIFY(AccountWords::reason(account).isEmpty());
    account.problem = QStringLiteral("connecting to 192.0.2.1:5061 over TLS failed: the "
                                     "certificate expired on 2026-01-02");
    QCOMPARE(AccountWords::reason(account),
             QStringLiteral("The certificate expired on 2026-01-02."));
    account.problem = QStringLiteral("the name 'x' does not exist");
    QCOMPARE(AccountWords::reason(account), QStringLiteral("The name 'x' does not exist."));
}

void AccountWordsTest::summaryOfAll()
{
    QList<model::AccountState> states = someStates();
    QCOMPARE(AccountWords::summary({}), QStringLiteral("no account"));
    QCOMPARE(AccountWords::summary(states), QStringLiteral("1 of 3 accounts failing"));
    QVERIFY(AccountWords::isBad(states));
    states[1].state = RegistrationState::Registering;
    QCOMPARE(AccountWords::summary(states), QStringLiteral("registering"));
    states[1].state = RegistrationState::Registered;
    QCOMPARE(AccountWords::summary(states), QStringLiteral("all accounts fine"));
    QVERIFY(!AccountWords::isBad(states));
    QCOMPARE(AccountWords::summary(states.mid(2)), QStringLiteral("account off"));
    states[2].state = RegistrationState::Reachable; // does not register, and answers
    QCOMPARE(AccountWords::summary(states.mid(2)), QStringLiteral("account fine"));
}

void AccountWordsTest::newMessagesAreAdded()
{
    QList<model::AccountState> states = someStates();
    QCOMPARE(AccountWords::newMessages(states), 3); // -1 of the others is "not told"
    states[1].newMessages = 1;
    QCOMPARE(AccountWords::newMessages(AccountWords::newMessages(states)),
             QStringLiteral("4 new voice messages"));
    QCOMPARE(AccountWords::newMessages(1), QStringLiteral("1 new voice message"));
    QCOMPARE(AccountWords::newMessages(0), QString());
}

void AccountWordsTest::lampsAreToldApartWithoutColour()
{
    QSet<QString> words;
    QSet<QString> icons;
    for (const model::BusyLamp& lamp : someLamps()) {
        words << AccountWords::lamp(lamp.state);
        icons << AccountWords::lampIcon(lamp.state);
    }
    QCOMPARE(words.size(), 4);
    QCOMPARE(icons.size(), 4);
}

void AccountWordsTest::trouble_data()
{
    QTest::addColumn<MediaTrouble>("trouble");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << MediaTrouble::None << QString();
    QTest::newRow("nothing received")
        << MediaTrouble::NothingReceived
        << QStringLiteral(
               "You hear nothing: no audio from 203.0.113.5 since %1 (NAT or firewall?)");
    QTest::newRow("far end hears nothing")
        << MediaTrouble::FarEndHearsNothing << QStringLiteral("They hear nothing of you since %1");
    QTest::newRow("silence") << MediaTrouble::OnlySilenceReceived
                             << QStringLiteral(
                                    "Only silence arrives since %1 (is the far end muted?)");
}

void AccountWordsTest::trouble()
{
    QFETCH(MediaTrouble, trouble);
    QFETCH(QString, words);
    model::Call call = activeCall(1, QStringLiteral("1"), model::Actor::consoleOperator(), 90000);
    call.remoteMedia = QStringLiteral("203.0.113.5:4000");
    call.media.remoteReports = 1;
    call.trouble = trouble;
    call.troubleSince = noon - 5000;
    const QString since = ui::Formatting::time(call.troubleSince, noon);
    const MediaWords::Trouble said = MediaWords::trouble(call, noon);
    QCOMPARE(said.text, words.contains(QStringLiteral("%1")) ? words.arg(since) : words);
    QCOMPARE(said.icon.isEmpty(), trouble == MediaTrouble::None);
    call.state = model::CallState::Ended;
    QCOMPARE(MediaWords::trouble(call, noon).text, QString());
}

// What only seems so, and where the audio goes that does not come, are said so.
void AccountWordsTest::troubleIsNotOverstated()
{
    model::Call call = activeCall(1, QStringLiteral("1"), model::Actor::consoleOperator(), 90000);
    call.troubleSince = noon - 5000;
    call.trouble = MediaTrouble::FarEndHearsNothing;
    const auto said = [&call] { return MediaWords::trouble(call, noon).text; };
    call.media.remoteReports = 0; // there are telephones that never report on what they receive
    QVERIFY(said().startsWith(QStringLiteral("They may hear nothing of you: their reports")));
    call.trouble = MediaTrouble::NothingReceived;
    call.remoteMedia = QStringLiteral("203.0.113.5:4000");
    call.foreignMedia = QStringLiteral("203.0.113.66:9999");
    QVERIFY(said().contains(QStringLiteral("audio comes from 203.0.113.66, which")));
}

void AccountWordsTest::mutedIsNotBlamedOnTheNet()
{
    model::Call call = activeCall(1, QStringLiteral("1"), model::Actor::consoleOperator(), 90000);
    call.trouble = MediaTrouble::FarEndHearsNothing;
    call.hasHeadset = call.muted = true;
    QCOMPARE(MediaWords::trouble(call, noon).text,
             QStringLiteral("They hear nothing of you: your microphone is muted"));
    call.muted = false;
    call.trouble = MediaTrouble::None;
    call.media.sentSilence = model::SilenceCause::NoMicrophone;
    call.media.sentQuietMs = 3999;
    QCOMPARE(MediaWords::trouble(call, noon).text, QString());
    call.media.sentQuietMs = 4000;
    QCOMPARE(MediaWords::trouble(call, noon).text,
             QStringLiteral("They hear nothing of you: your microphone gives no sound"));
}

void AccountWordsTest::quality_data()
{
    QTest::addColumn<int>("centis");
    QTest::addColumn<QString>("word");
    QTest::newRow("unknown") << -1 << QString();
    QTest::newRow("4.21") << 421 << QStringLiteral("excellent");
    QTest::newRow("4.20") << 420 << QStringLiteral("good");
    QTest::newRow("4.00") << 400 << QStringLiteral("good");
    QTest::newRow("3.99") << 399 << QStringLiteral("fair");
    QTest::newRow("3.59") << 359 << QStringLiteral("poor");
    QTest::newRow("3.09") << 309 << QStringLiteral("bad");
}

void AccountWordsTest::quality()
{
    QFETCH(int, centis);
    QTEST(MediaWords::quality(centis), "word");
    model::Call call = activeCall(1, QStringLiteral("1"), model::Actor::machine(), 90000);
    call.media.mosReceivedCentis = centis;
    const ui::Cell cell = CallCells::cell(CallColumn::Quality, call, noon);
    QCOMPARE(cell.second, MediaWords::quality(centis));
    QCOMPARE(cell.icon, centis >= 0 && centis < 360 ? QStringLiteral("warning") : QString());
}

void AccountWordsTest::figuresLeaveOutWhatIsUnknown()
{
    model::Call call = ringingCall(1, QStringLiteral("1"), 0);
    QCOMPARE(MediaWords::figures(call), QStringList());
    call = troubledHour()[0];
    QCOMPARE(MediaWords::figures(call).join(QStringLiteral("; ")),
             QStringLiteral("quality: excellent 4.3; they hear: good 4.0; loss 0.0 %; jitter 4 ms; "
                            "their loss 0.2 %; round trip 38 ms"));
    call.state = model::CallState::Ended;
    call.media.mosReceivedAverageCentis = 390;
    QCOMPARE(MediaWords::figures(call).first(), QStringLiteral("quality: fair 3.9"));
}

void AccountWordsTest::transfer_data()
{
    QTest::addColumn<TransferState>("state");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << TransferState::None << 0 << QString();
    QTest::newRow("asked") << TransferState::Requested << 0
                           << QStringLiteral("Transfer to 200: asked for");
    QTest::newRow("ringing") << TransferState::Ringing << 180
                             << QStringLiteral("Transfer to 200: ringing");
    QTest::newRow("done") << TransferState::Completed << 200
                          << QStringLiteral("Transferred to 200");
    QTest::newRow("busy") << TransferState::Failed << 486
                          << QStringLiteral("Transfer to 200 failed: 486 Busy Here \u2014 the "
                                            "caller is still with you");
    QTest::newRow("target is gone") << TransferState::Failed << 481
                                    << QStringLiteral("Transfer to 200 failed: 481 Call Does Not "
                                                      "Exist \u2014 the caller is still with you");
    QTest::newRow("unknown code") << TransferState::Failed << 499
                                  << QStringLiteral("Transfer to 200 failed: 499 \u2014 the caller "
                                                    "is still with you");
    QTest::newRow("no answer to it") << TransferState::Failed << 0
                                     << QStringLiteral("Transfer to 200 failed \u2014 the caller "
                                                       "is still with you");
}

void AccountWordsTest::transfer()
{
    model::Call call = activeCall(1, QStringLiteral("1"), model::Actor::consoleOperator(), 90000);
    QFETCH(TransferState, state);
    QFETCH(int, code);
    call.transfer = state;
    call.transferTarget = QStringLiteral("200");
    call.transferCode = code;
    QTEST(TransferWords::progress(call).text, "words");
}

void AccountWordsTest::whoseCallItIs()
{
    model::Call call = ringingCall(1, QStringLiteral("1"), 0);
    call.calledNumber = QStringLiteral("022600");
    QCOMPARE(TransferWords::whoseCall(call), QStringLiteral("for 022600"));
    call.account = QStringLiteral("office");
    QCOMPARE(TransferWords::whoseCall(call), QStringLiteral("for 022600 via office"));
    call.divertedBy = QStringLiteral("201");
    QCOMPARE(TransferWords::origin(call), QStringLiteral("diverted by 201"));
    const ui::Cell who = CallCells::cell(CallColumn::Who, call, noon);
    QVERIFY(who.second.contains(QStringLiteral("diverted by 201")));
    QVERIFY(who.second.contains(QStringLiteral("for 022600 via office")));
    // One that the far end of another had us make.
    model::Call ours = activeCall(2, QStringLiteral("300"), model::Actor::consoleOperator(), 1000);
    ours.direction = model::Direction::Outgoing;
    ours.transferredBy = QStringLiteral("201");
    QVERIFY(CallCells::cell(CallColumn::Who, ours, noon)
                .second.contains(QStringLiteral("transferred by 201")));
    QVERIFY(CallWords::sentence(ours, noon).contains(QStringLiteral("transferred by 201")));
    model::LogEntry entry;
    entry.call = ours;
    const ui::Cell by = ui::LogCells::cell(ui::LogColumn::By, entry, noon);
    QCOMPARE(by.text, QStringLiteral("201"));
    QCOMPARE(CallWords::kind(entry), QStringLiteral("transfer"));
    QCOMPARE(by.toolTip, QStringLiteral("transferred by 201"));
    const ui::Cell whose = CallCells::cell(CallColumn::For, call, noon);
    QCOMPARE(whose.text, QStringLiteral("022600"));
    QCOMPARE(whose.second, QStringLiteral("via office"));
}

void AccountWordsTest::troubleStandsInTheRow()
{
    const QList<model::Call> calls = troubledHour();
    const ui::Cell trouble = CallCells::cell(CallColumn::Who, calls[1], noon);
    QVERIFY(trouble.second.startsWith(QStringLiteral("You hear nothing")));
    QCOMPARE(trouble.secondTone, Tone::Bad);
    QCOMPARE(trouble.secondIcon, QStringLiteral("warning"));
    QVERIFY(trouble.spoken.contains(QStringLiteral("You hear nothing")));
    QVERIFY(trouble.toolTip.contains(QStringLiteral("round trip 38 ms")));
    const ui::Cell transfer = CallCells::cell(CallColumn::Who, calls[2], noon);
    QCOMPARE(transfer.second, QStringLiteral("Transfer to 200: ringing"));
    QCOMPARE(transfer.secondIcon, QStringLiteral("transfer"));
}

void AccountWordsTest::logTellsAccountAndQuality()
{
    model::LogEntry entry;
    entry.call = troubledHour()[3];
    entry.call.state = model::CallState::Ended;
    entry.call.media.mosReceivedAverageCentis = 281;
    QCOMPARE(ui::LogCells::cell(ui::LogColumn::Account, entry, noon).text,
             QStringLiteral("office"));
    const QString tip = ui::LogCells::cell(ui::LogColumn::Who, entry, noon).toolTip;
    QVERIFY2(tip.contains(QStringLiteral("for 022600 via office")), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("quality: bad 2.8")), qPrintable(tip));
}

void AccountWordsTest::wrongInput_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("right");
    const auto row = [](const char* key, const char* text, bool right) {
        QTest::newRow(qPrintable(QLatin1String(key) + u' ' + QLatin1String(text)))
            << QByteArray(key) << QString::fromUtf8(text) << right;
    };
    row("user", "200", true);
    row("user", "", false);
    row("user", "200@example.com", false);
    row("domain", "pbx.example.com", true);
    row("domain", "", false);
    row("domain", "pbx.example.com:5060", false);
    row("domain", "two words", false);
    row("registrar", "", true);
    row("registrar", "192.0.2.1:5070", true);
    row("registrar", "host:99999", false);
    row("outbound_proxy", "not a host", false);
    row("auth_user", "a b", false);
    row("voicemail", "*97", true);
    row("voicemail", "<97>", false);
    row("busy_lamps", "201, 202", true);
    row("busy_lamps", "201, 201", false);
    row("busy_lamps", "201,,202", false);
    row("pickup_prefix", "**", true);
    row("pickup_prefix", "abc", false);
}

void AccountWordsTest::wrongInput()
{
    QFETCH(QByteArray, key);
    QFETCH(QString, text);
    QFETCH(bool, right);
    model::Account account;
    const QString problem = AccountRules::apply(account, key.constData(), text);
    QCOMPARE(problem.isEmpty(), right);
    if (!right) {
        QVERIFY(problem.endsWith(u'.')); // a sentence, and not the fallback
        QVERIFY(problem != QStringLiteral("This cannot be used."));
        QCOMPARE(account, model::Account());
    }
}

void AccountWordsTest::nameOfAnAccount()
{
    model::Account account;
    const QStringList taken{QStringLiteral("office")};
    for (const char* wrong : {"", "two words", "office", "\xe8\xbe\xa6"}) {
        QVERIFY(!AccountRules::applyName(account, QString::fromUtf8(wrong), taken).isEmpty());
    }
    QCOMPARE(AccountRules::applyName(account, QStringLiteral(" home "), taken), QString());
    QCOMPARE(account.name, QStringLiteral("home"));
}

QTEST_GUILESS_MAIN(AccountWordsTest)
#include "tst_ui_account_words.moc"
