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
    void whatATransferIsRefusedFor();
    void hangsUpAll();
    void digitsAreChecked();
    void withoutCallsThereIsASentence_data();
    void withoutCallsThereIsASentence();
    void lists();
    void theTableIsAligned();

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
    const auto to = [](model::CallId other, model::CallId id = 0) {
        return [=](Command& command) {
            command.other = other;
            command.id = id;
        };
    };
    // The operator talks with the one to whom the other is to go, or the other way round.
    calls.change(second, [](model::Call& call) { call.hasHeadset = true; });
    QCOMPARE(run(calls, Verb::TransferToCall, to(second)).kind, CommandResult::Kind::Done);
    QCOMPARE(run(calls, Verb::TransferToCall, to(first)).kind, CommandResult::Kind::Done);
    QCOMPARE(run(calls, Verb::TransferToCall, to(first, second)).kind, CommandResult::Kind::Done);
    QCOMPARE(
        calls.asked,
        (QStringList{QStringLiteral("transferToCall 1 2"), QStringLiteral("transferToCall 2 1"),
                     QStringLiteral("transferToCall 2 1")}));
    // With a third call it must be said which.
    calls.change(second, [](model::Call& call) { call.hasHeadset = false; });
    talking(calls, "3");
    const CommandResult unclear = run(calls, Verb::TransferToCall, to(first));
    QVERIFY2(unclear.text.startsWith(QStringLiteral("2 calls could be meant")),
             qPrintable(unclear.text));
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

void CommandRunnerTest::lists()
{
    FakeCallControl calls;
    QVERIFY(run(calls, Verb::List).calls.isEmpty());
    const model::CallId id = talking(calls, "0912");
    calls.change(id, [](model::Call& call) {
        call.displayName = QStringLiteral("Anna");
        call.account = QStringLiteral("office");
        call.transferredBy = QStringLiteral("201");
        call.codec = QStringLiteral("PCMA");
        call.heldByUs = true;
        call.answeredAt = 1767323045500;
        call.owner = model::Actor::ofClient(QStringLiteral("x"));
    });
    const QJsonArray listed = run(calls, Verb::List).calls;
    QCOMPARE(listed.size(), 1);
    const QJsonObject call = listed.at(0).toObject();
    const QList<std::pair<const char*, QJsonValue>> expected{
        {"id", 1},
        {"direction", QStringLiteral("in")},
        {"state", QStringLiteral("active")},
        {"number", QStringLiteral("0912")},
        {"display_name", QStringLiteral("Anna")},
        {"account", QStringLiteral("office")},
        {"transferred_by", QStringLiteral("201")},
        {"duration_ms", 4500},
        {"owner", QStringLiteral("client:x")},
        {"answered_by", QStringLiteral("machine")},
        {"answered_at", QStringLiteral("2026-01-02T03:04:05.500Z")},
        {"held", true},
        {"muted", false},
        {"codec", QStringLiteral("PCMA")}};
    for (const auto& [name, value] : expected) {
        QVERIFY2(call.value(QLatin1String(name)) == value, name);
    }
}

void CommandRunnerTest::theTableIsAligned()
{
    QCOMPARE(engine::callTable({}), QStringLiteral("no calls\n"));
    FakeCallControl calls;
    calls.change(talking(calls, "0911"), [](model::Call& call) {
        call.connectedNumber = QStringLiteral("0912341234"); // who has it by now
        call.connectedName = QStringLiteral("Bea");
    });
    calls.change(calls.ringIn(QStringLiteral("1")),
                 [](model::Call& call) { call.displayName = QStringLiteral("\x1b[31mEvil"); });
    const QStringList lines = engine::callTable(run(calls, Verb::List).calls).split(u'\n');
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines.at(0).indexOf(QStringLiteral("NUMBER")),
             lines.at(1).indexOf(QStringLiteral("0912341234")));
    QVERIFY(lines.at(1).contains(QStringLiteral("Bea")));
    QVERIFY(!lines.at(1).contains(QStringLiteral("0911")));
    QCOMPARE(lines.at(0).indexOf(QStringLiteral("NAME")),
             lines.at(2).indexOf(QStringLiteral("\\x1b[31mEvil")));
    QVERIFY(lines.at(2).contains(QStringLiteral("ringing_in")));
    // How long it rings, as the window shows it.
    QCOMPARE(lines.at(2).mid(lines.at(0).indexOf(QStringLiteral("TIME")), 4),
             QStringLiteral("0:04"));
    QVERIFY(lines.at(1).endsWith(u'-'));
    const auto shown = [&calls](model::TransferState state, int code) {
        calls.change(1, [=](model::Call& call) {
            call.transfer = state;
            call.transferTarget = QStringLiteral("201");
            call.transferCode = code;
        });
        return engine::callTable(run(calls, Verb::List).calls).section(u'\n', 1, 1);
    };
    QVERIFY(shown(model::TransferState::Ringing, 180).endsWith(QStringLiteral("  ringing: 201")));
    QVERIFY(shown(model::TransferState::Failed, 486)
                .endsWith(QStringLiteral("  failed with 486 Busy Here: 201")));
}

QTEST_GUILESS_MAIN(CommandRunnerTest)
#include "tst_command_runner.moc"
