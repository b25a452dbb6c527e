#include "engine/DigitsAwaited.h"
#include "support/FakeCallControl.h"
#include "support/ManualScheduler.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;
using engine::Command;
using engine::CommandResult;
using test::FakeCallControl;

// A script's --dtmf comes back when what it does next can't cut the digits off.
class DigitsAwaitedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersWhenTheLastHasSounded();
    void whatWasSentAtOnceCounts();
    void saysHowManyBeforeTheCallEnded();
    void doesNotWaitForEver();
    void aCallThatKeepsNoMoreIsGivenTheTime();

private:
    struct Fixture {
        explicit Fixture(const char* digits, qsizetype sentBefore = 0)
        {
            command.verb = Command::Verb::Dtmf;
            command.digits = QString::fromLatin1(digits);
            command.id = calls.ringIn(QStringLiteral("1"));
            other = calls.ringIn(QStringLiteral("2"));
            sent(command.id, sentBefore);
        }
        void sent(model::CallId id, qsizetype total)
        {
            calls.change(id, [total](model::Call& call) { call.digitsSent.fill(u'1', total); });
        }
        void wait(qsizetype before)
        {
            auto* waiting = new engine::DigitsAwaited(
                calls, scheduler, command, before,
                [this](const CommandResult& result) { results << result; });
            QCOMPARE(waiting->parent(), &calls);
        }
        test::ManualScheduler scheduler;
        FakeCallControl calls;
        Command command;
        model::CallId other = 0;
        QList<CommandResult> results;
    };
};

void DigitsAwaitedTest::answersWhenTheLastHasSounded()
{
    Fixture f("12#", 2);
    f.wait(2);
    f.sent(f.command.id, 4);
    f.sent(f.other, 9);
    f.scheduler.advance(1s);
    QVERIFY(f.results.isEmpty());
    f.sent(f.command.id, 5);
    f.scheduler.advance(200ms);
    QVERIFY(f.results.isEmpty());
    f.scheduler.advance(200ms);
    QCOMPARE(f.results.size(), 1);
    QCOMPARE(f.results.constFirst().kind, CommandResult::Kind::Done);
    f.calls.end(f.command.id, 200, QStringLiteral("OK"));
    f.scheduler.advance(1h);
    QCOMPARE(f.results.size(), 1);
}

void DigitsAwaitedTest::whatWasSentAtOnceCounts()
{
    Fixture f("7", 1);
    f.wait(0);
    f.scheduler.advance(400ms);
    QCOMPARE(f.results.size(), 1);
    QCOMPARE(f.results.constFirst().kind, CommandResult::Kind::Done);
}

void DigitsAwaitedTest::saysHowManyBeforeTheCallEnded()
{
    Fixture f("12345");
    f.wait(0);
    f.sent(f.command.id, 2);
    f.calls.end(f.other, 200, QStringLiteral("OK"));
    QVERIFY(f.results.isEmpty());
    f.calls.end(f.command.id, 200, QStringLiteral("OK"));
    QCOMPARE(f.results.size(), 1);
    QCOMPARE(f.results.constFirst().kind, CommandResult::Kind::Refused);
    QCOMPARE(f.results.constFirst().text,
             QStringLiteral("the call ended when 2 of 5 digits were sent"));
}

void DigitsAwaitedTest::doesNotWaitForEver()
{
    Fixture f("12345");
    f.wait(0);
    f.sent(f.command.id, 4);
    f.scheduler.advance(engine::timeToDo(f.command) + 1ms);
    QCOMPARE(f.results.size(), 1);
    QCOMPARE(f.results.constFirst().text,
             QStringLiteral("only 4 of 5 digits were sent in the time that they take"));
}

void DigitsAwaitedTest::aCallThatKeepsNoMoreIsGivenTheTime()
{
    Fixture f("123", model::Call::mostDigits - 1);
    f.wait(model::Call::mostDigits - 1);
    f.sent(f.command.id, model::Call::mostDigits);
    f.scheduler.advance(2s);
    QVERIFY(f.results.isEmpty());
    f.scheduler.advance(engine::timeToDo(f.command));
    QCOMPARE(f.results.size(), 1);
    QCOMPARE(f.results.constFirst().kind, CommandResult::Kind::Done);
}

QTEST_GUILESS_MAIN(DigitsAwaitedTest)
#include "tst_digits_awaited.moc"
