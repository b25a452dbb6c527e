#include "engine/CommandRunner.h"
#include "support/FakeCallControl.h"

#include <QJsonObject>
#include <QTest>

using namespace hs;
using engine::Command;
using engine::CommandResult;
using test::FakeCallControl;
using Verb = Command::Verb;

class CommandRunnerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dials();
    void picksUp();
    void theLongestRingingIsAnswered();
    void aNamedCallMustBeThere();
    void theOneThatIsMeantIsFound();
    void whichIsMeantMustBeClear();
    void farEndsAreConnected();
    void callsAreJoined();
    void anyCallOfTheOperatorsConferenceIsJoined();
    void codecsAreChanged();
    void whatATransferIsRefusedFor();
    void hangsUpAll();
    void digitsAreChecked();
    void withoutCallsThereIsASentence_data();
    void withoutCallsThereIsASentence();

private:
    static CommandResult run(
        FakeCallControl& calls, Verb verb,
        const std::function<void(Command&)>& edit = [](Command&) {})
    {
        Command command;
        command.verb = verb;
        edit(command);
        return engine::runCommand(calls, command, model::Actor::machine(), 1767323050000);
    }
    static model::CallId talking(FakeCallControl& calls, const char* number)
    {
        const model::CallId id = calls.ringIn(QString::fromLatin1(number));
        [[maybe_unused]] const auto answered = calls.answer(id, model::Actor::machine());
        calls.asked.clear();
        return id;
    }
    static std::function<void(Command&)> with(model::CallId other, model::CallId id = 0)
    {
        return [=](Command& command) {
            command.other = other;
            command.id = id;
        };
    }
    static QString last(const FakeCallControl& calls) { return calls.asked.value(0); }
};

void CommandRunnerTest::dials()
{
    FakeCallControl calls;
    const auto target = [](Command& command) { command.target = QStringLiteral("200"); };
    const CommandResult done = run(calls, Verb::Call, target);
    QCOMPARE(done.kind, CommandResult::Kind::Done);
    QCOMPARE(done.text, QStringLiteral("call 1"));
    QCOMPARE(last(calls), QStringLiteral("dial 200"));
    QVERIFY(calls.askers.constFirst() == model::Actor::machine());
    calls.refusal = QStringLiteral("'abc' can't be dialled: because");
    const CommandResult refused = run(calls, Verb::Call, target);
    QCOMPARE(refused.kind, CommandResult::Kind::Refused);
    QCOMPARE(refused.text, calls.refusal);
}

void CommandRunnerTest::picksUp()
{
    FakeCallControl calls;
    talking(calls, "1"); // which it is not about
    calls.askers.clear();
    const auto what = [](Command& command) {
        command.target = QStringLiteral("201");
        command.account = QStringLiteral("office");
    };
    const CommandResult done = run(calls, Verb::PickUp, what);
    QCOMPARE(done.kind, CommandResult::Kind::Done);
    QCOMPARE(done.text, QStringLiteral("call 2"));
    QCOMPARE(last(calls), QStringLiteral("pickUp office 201"));
    QVERIFY(calls.askers.constFirst() == model::Actor::machine());
    calls.refusal = QStringLiteral("the call at 201 can't be picked up: because");
    const CommandResult refused = run(calls, Verb::PickUp, what);
    QCOMPARE(refused.kind, CommandResult::Kind::Refused);
    QCOMPARE(refused.text, calls.refusal);
}

void CommandRunnerTest::theLongestRingingIsAnswered()
{
    FakeCallControl calls;
    talking(calls, "1");
    calls.ringIn(QStringLiteral("2"));
    calls.ringIn(QStringLiteral("3"));
    QCOMPARE(run(calls, Verb::Answer).kind, CommandResult::Kind::Done);
    QCOMPARE(last(calls), QStringLiteral("answer 2"));
}

void CommandRunnerTest::aNamedCallMustBeThere()
{
    FakeCallControl calls;
    talking(calls, "1");
    talking(calls, "2");
    const auto named = [](model::CallId id) { return [id](Command& command) { command.id = id; }; };
    QCOMPARE(run(calls, Verb::HangUp, named(2)).kind, CommandResult::Kind::Done);
    QCOMPARE(last(calls), QStringLiteral("hangUp 2"));
    const CommandResult gone = run(calls, Verb::HangUp, named(2));
    QCOMPARE(gone.kind, CommandResult::Kind::Refused);
    QVERIFY(gone.text.startsWith(QStringLiteral("there is no call 2")));
}

void CommandRunnerTest::theOneThatIsMeantIsFound()
{
    FakeCallControl calls;
    const model::CallId first = talking(calls, "1");
    const model::CallId second = talking(calls, "2");
    calls.ringIn(QStringLiteral("3"));
    calls.change(second, [](model::Call& call) { call.hasHeadset = true; });
    // The operator's own.
    QCOMPARE(run(calls, Verb::Hold).kind, CommandResult::Kind::Done);
    QVERIFY(calls.find(second)->heldByUs && !calls.find(first)->heldByUs);
    // The only one on hold.
    QCOMPARE(run(calls, Verb::Unhold).kind, CommandResult::Kind::Done);
    QVERIFY(!calls.find(second)->heldByUs);
    calls.asked.clear();
    run(calls, Verb::Transfer, [](Command& command) { command.target = QStringLiteral("7"); });
    QCOMPARE(last(calls), QStringLiteral("transfer 2 7"));
    calls.asked.clear();
    run(calls, Verb::Dtmf, [](Command& command) { command.digits = QStringLiteral("1#"); });
    QCOMPARE(last(calls), QStringLiteral("sendDigits 2 1#"));
    // The only one that can be held still.
    calls.change(second, [](model::Call& call) { call.heldByUs = true; });
    QCOMPARE(run(calls, Verb::Hold).kind, CommandResult::Kind::Done);
    QVERIFY(calls.find(first)->heldByUs);
}

void CommandRunnerTest::whichIsMeantMustBeClear()
{
    FakeCallControl calls;
    talking(calls, "1");
    talking(calls, "2");
    for (const Verb verb : {Verb::HangUp, Verb::Hold, Verb::Transfer}) {
        const CommandResult result = run(calls, verb);
        QCOMPARE(result.kind, CommandResult::Kind::Refused);
        QVERIFY2(result.text.startsWith(QStringLiteral("2 calls could be meant")),
                 qPrintable(result.text));
    }
    QVERIFY(calls.asked.isEmpty());
}

void CommandRunnerTest::farEndsAreConnected()
{
    FakeCallControl calls;
    const model::CallId first = talking(calls, "1");
    const model::CallId second = talking(calls, "2");
    // The operator talks with the one to whom the other is to go, or the other way round.
    calls.change(second, [](model::Call& call) { call.hasHeadset = true; });
    QCOMPARE(run(calls, Verb::TransferToCall, with(second)).kind, CommandResult::Kind::Done);
    QCOMPARE(run(calls, Verb::TransferToCall, with(first)).kind, CommandResult::Kind::Done);
    QCOMPARE(run(calls, Verb::TransferToCall, with(first, second)).kind, CommandResult::Kind::Done);
    QCOMPARE(
        calls.asked,
        (QStringList{QStringLiteral("transferToCall 1 2"), QStringLiteral("transferToCall 2 1"),
                     QStringLiteral("transferToCall 2 1")}));
    // With a third call it must be said which.
    calls.change(second, [](model::Call& call) { call.hasHeadset = false; });
    talking(calls, "3");
    const CommandResult unclear = run(calls, Verb::TransferToCall, with(first));
    QVERIFY2(unclear.text.startsWith(QStringLiteral("2 calls could be meant")),
             qPrintable(unclear.text));
}

void CommandRunnerTest::callsAreJoined()
{
    FakeCallControl calls;
    const model::CallId first = talking(calls, "1");
    const model::CallId second = talking(calls, "2");
    run(calls, Verb::Join, with(first));
    QCOMPARE(calls.asked, QStringList{QStringLiteral("join 2 1")});
    calls.asked.clear();
    QCOMPARE(run(calls, Verb::Split).text, QStringLiteral("no call is in a conference"));
    calls.change(first, [](model::Call& call) { call.conference = 1; });
    run(calls, Verb::Split);
    QCOMPARE(last(calls), QStringLiteral("split 1"));
    calls.change(second, [](model::Call& call) { call.conference = 1; });
    QVERIFY(run(calls, Verb::Split).text.startsWith(QStringLiteral("2 calls could be meant")));
    calls.refusal = QStringLiteral("a conference holds 32 calls at most");
    QCOMPARE(run(calls, Verb::Split, [=](Command& command) { command.id = second; }).text,
             calls.refusal);
}

void CommandRunnerTest::anyCallOfTheOperatorsConferenceIsJoined()
{
    FakeCallControl calls;
    const model::CallId first = talking(calls, "1");
    const model::CallId second = talking(calls, "2");
    const model::CallId third = talking(calls, "3");
    const model::CallId other = talking(calls, "4");
    for (const model::CallId id : {second, third}) {
        calls.change(id, [](model::Call& call) {
            call.hasHeadset = true;
            call.conference = 1;
        });
    }
    QCOMPARE(run(calls, Verb::Join, with(other)).kind, CommandResult::Kind::Done);
    QCOMPARE(last(calls), QStringLiteral("join %1 %2").arg(second).arg(other));
    calls.asked.clear();
    // Which of two others; and what is for one of them stays a question.
    QCOMPARE(run(calls, Verb::Join, with(third)).kind, CommandResult::Kind::Refused);
    QCOMPARE(run(calls, Verb::TransferToCall, with(other)).kind, CommandResult::Kind::Refused);
    calls.change(first, [](model::Call& call) { call.state = model::CallState::Ended; });
    QCOMPARE(run(calls, Verb::Join, with(third)).kind, CommandResult::Kind::Done);
    QCOMPARE(last(calls), QStringLiteral("join %1 %2").arg(other).arg(third));
}

void CommandRunnerTest::codecsAreChanged()
{
    FakeCallControl calls;
    talking(calls, "1");
    const auto named = [&calls](const char* names) {
        return run(calls, Verb::ChangeCodecs,
                   [=](Command& command) { command.target = QString::fromLatin1(names); });
    };
    QCOMPARE(named("g722, pcma").kind, CommandResult::Kind::Done);
    QCOMPARE(last(calls), QStringLiteral("setCodecs 1 G722,PCMA"));
    calls.asked.clear();
    calls.change(1, [](model::Call& call) {
        call.codecs = {QStringLiteral("opus"), QStringLiteral("PCMA")};
    });
    named("G722, PCMA"); // the others stay, for a far end that knows neither
    QCOMPARE(last(calls), QStringLiteral("setCodecs 1 G722,PCMA,opus"));
    calls.asked.clear();
    QVERIFY(named("G729").text.startsWith(QStringLiteral("'G729' is no codec")));
    QVERIFY(named("opus,").text.contains(QStringLiteral("between two commas")));
    QVERIFY(calls.asked.isEmpty());
}

void CommandRunnerTest::whatATransferIsRefusedFor()
{
    FakeCallControl calls;
    const model::CallId id = talking(calls, "1");
    const auto asked = [&calls](model::CallId other, model::CallId named) {
        return run(calls, Verb::TransferToCall,
                   [=](Command& command) {
                       command.other = other;
                       command.id = named;
                   })
            .text;
    };
    QVERIFY(asked(7, id).startsWith(QStringLiteral("there is no call 7; --list")));
    QVERIFY(asked(id, 8).startsWith(QStringLiteral("there is no call 8; --list")));
    QCOMPARE(asked(id, 0), QStringLiteral("there is no other call that is answered"));
    QVERIFY(calls.asked.isEmpty());
    // What the call itself has against it is told as it is.
    calls.refusal = QStringLiteral("its telephone or server does not know REFER");
    QCOMPARE(asked(id, id), calls.refusal);
}

void CommandRunnerTest::hangsUpAll()
{
    FakeCallControl calls;
    talking(calls, "1");
    calls.ringIn(QStringLiteral("2"));
    const auto all = [](Command& command) { command.all = true; };
    QCOMPARE(run(calls, Verb::HangUp, all).kind, CommandResult::Kind::Done);
    QVERIFY(calls.calls().isEmpty());
    QCOMPARE(run(calls, Verb::HangUp, all).text, QStringLiteral("there is no call"));
}

void CommandRunnerTest::digitsAreChecked()
{
    FakeCallControl calls;
    talking(calls, "1");
    for (const QString& digits : {QStringLiteral("1x"), QString(), QString(129, u'1'),
                                  QStringLiteral("1\r\n2"), QStringLiteral("٣")}) {
        const CommandResult result =
            run(calls, Verb::Dtmf, [&](Command& command) { command.digits = digits; });
        QCOMPARE(result.kind, CommandResult::Kind::Refused);
        QVERIFY(calls.asked.isEmpty());
    }
    run(calls, Verb::Dtmf, [](Command& command) { command.digits = QStringLiteral("09*#ADad"); });
    QCOMPARE(last(calls), QStringLiteral("sendDigits 1 09*#ADad"));
}

void CommandRunnerTest::withoutCallsThereIsASentence_data()
{
    QTest::addColumn<int>("verb");
    QTest::addColumn<QString>("text");
    const auto row = [](Verb verb, const char* text) {
        QTest::newRow(qPrintable(engine::toWord(verb)))
            << static_cast<int>(verb) << QString::fromLatin1(text);
    };
    row(Verb::Answer, "no call is ringing");
    row(Verb::HangUp, "there is no call");
    row(Verb::Hold, "there is no call that could be put on hold");
    row(Verb::Unhold, "no call is on hold");
    row(Verb::Transfer, "there is no call that is answered");
    row(Verb::TransferToCall, "there is no other call that is answered");
    row(Verb::Join, "there is no other call that is answered");
    row(Verb::Split, "no call is in a conference");
    row(Verb::ChangeCodecs, "there is no call that is answered");
    row(Verb::Raise, "there is no window");
    row(Verb::Accounts, "there are no accounts");
}

void CommandRunnerTest::withoutCallsThereIsASentence()
{
    QFETCH(int, verb);
    QFETCH(QString, text);
    FakeCallControl calls;
    const CommandResult result = run(calls, static_cast<Verb>(verb));
    QCOMPARE(result.kind, CommandResult::Kind::Refused);
    QCOMPARE(result.text, text);
}

QTEST_GUILESS_MAIN(CommandRunnerTest)
#include "tst_command_runner.moc"
