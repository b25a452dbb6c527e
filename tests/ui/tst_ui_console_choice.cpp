// Which call the keys mean while calls come, go and change hands, on a real window.
#include "Console.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>

using namespace hs;
using namespace hs::test;
using model::Actor;
using model::Call;
using model::CallState;

class ConsoleChoiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void busyNumberLeavesTheHeldCall();
    void hungUpSecondCallLeavesTheFirst();
    void goneRowLeavesTheCallThatIsThere();
    void headsetComesFirst();
    void whoWaitedLongestIsNext();
    void endedRowByHandIsWhatTheStripTellsOf();
    void programsCallIsNotMeantByItself();
    void choiceFollowsTheHeadset();
    void clockThatIsSetBackLeavesTheKeys();
    void ownResumeMovesNothing();
    void hangUpWaitsUntilTheChoiceHasSettled();
    void ownDialCanBeGivenUpAtOnce();
    void onlyRingingCallIsDeclined();
    void oneOfTwoRingingIsNotDeclined();
    void onlyHeldCallNeedsNoChoice();

private:
    ui::Table& table() const { return *m_console->find<ui::Table>("sessions"); }
    QAction& action(const char* name) const { return *m_console->find<QAction>(name); }
    void tell(const QList<Call>& calls) { Q_EMIT m_console->engine.calls().changed(calls); }
    QStringList orders() { return m_console->engine.calls().takeOrders(); }
    static QStringList order(const char* text) { return {QLatin1String(text)}; }
    model::CallId selected() const { return table().selectedId().toULongLong(); }
    void pass(qint64 ms) // the clock strikes
    {
        m_console->now += ms;
        tell({});
    }
    QString strip() const { return m_console->find<QLabel>("callFacts")->text(); }

    Call own(model::CallId id, const char* number) const
    {
        Call call = activeCall(id, QLatin1String(number), Actor::consoleOperator(), 5000);
        call.hasHeadset = true;
        return call;
    }
    static Call held(Call call)
    {
        call.state = CallState::Held;
        call.heldByUs = true;
        call.hasHeadset = false;
        return call;
    }
    Call ended(Call call) const
    {
        call.state = CallState::Ended;
        call.hasHeadset = false;
        call.endedAt = m_console->now;
        call.endedBy = Actor::farEnd();
        return call;
    }

    std::unique_ptr<Console> m_console;
};

void ConsoleChoiceTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    QVERIFY(m_console->open());
}

void ConsoleChoiceTest::busyNumberLeavesTheHeldCall()
{
    const Call anna = own(1, "anna");
    tell({anna});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    Call bob = own(2, "bob");
    bob.direction = model::Direction::Outgoing;
    bob.state = CallState::RingingOut;
    tell({held(anna), bob});
    QCOMPARE(selected(), 2ULL);
    tell({ended(bob)}); // 486
    QCOMPARE(selected(), 1ULL);
    for (const char* name : {"hold", "transfer", "take", "keypad"}) {
        QVERIFY2(action(name).isEnabled(), name);
    }
    m_console->key(Qt::Key_F6);
    QCOMPARE(orders(), order("resume 1"));
    pass(ui::CallChoice::settlesMs);
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 1"));
}

void ConsoleChoiceTest::hungUpSecondCallLeavesTheFirst()
{
    const Call anna = own(1, "anna");
    tell({anna, ringingCall(2, QStringLiteral("carl"), 1000)});
    m_console->key(Qt::Key_F3);
    QCOMPARE(orders(), order("answer 2"));
    const Call carl = own(2, "carl");
    tell({held(anna), carl});
    tell({ended(carl)});
    QCOMPARE(selected(), 1ULL);
    pass(6000);
    QCOMPARE(table().model()->rowCount(), 1);
    QCOMPARE(selected(), 1ULL);
    QVERIFY(action("hangUp").isEnabled());
    QVERIFY(strip().startsWith(QStringLiteral("anna")));
}

void ConsoleChoiceTest::goneRowLeavesTheCallThatIsThere()
{
    const Call carl = own(1, "carl");
    tell({carl});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    tell({ended(carl)});
    QCOMPARE(selected(), 1ULL); // there is no other
    pass(1000);
    tell({held(own(2, "anna"))});
    QCOMPARE(selected(), 1ULL);
    QVERIFY(!action("hold").isEnabled()); // what is chosen has ended
    pass(6000);
    QCOMPARE(selected(), 2ULL);
    QVERIFY(action("hold").isEnabled());
    QVERIFY(action("hangUp").isEnabled());
}

void ConsoleChoiceTest::headsetComesFirst()
{
    const Call other = held(own(1, "held"));
    const Call carl = held(own(3, "carl"));
    tell({other, own(2, "anna"), carl});
    m_console->key(Qt::Key_3, Qt::AltModifier);
    tell({ended(carl)});
    QCOMPARE(selected(), 2ULL);
}

void ConsoleChoiceTest::whoWaitedLongestIsNext()
{
    Call late = held(own(1, "late"));
    late.stateSince = noon - 1000;
    Call early = held(own(2, "early"));
    early.stateSince = noon - 4000;
    const Call carl = own(4, "carl");
    tell({late, early, ringingCall(3, QStringLiteral("rings"), 60000), carl});
    m_console->key(Qt::Key_4, Qt::AltModifier);
    tell({ended(carl)});
    QCOMPARE(selected(), 2ULL);
    m_console->key(Qt::Key_F3); // means who rings, all the same
    QCOMPARE(orders(), order("answer 3"));
}

void ConsoleChoiceTest::endedRowByHandIsWhatTheStripTellsOf()
{
    const Call anna = own(1, "anna");
    const Call carl = held(own(2, "carl"));
    tell({anna, carl});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    tell({ended(carl)});
    QCOMPARE(selected(), 1ULL);
    m_console->key(Qt::Key_2, Qt::AltModifier);
    QVERIFY2(strip().startsWith(QStringLiteral("carl")), qPrintable(strip()));
    for (QAction* each : {&action("hangUp"), &action("hold"), &action("transfer")}) {
        QVERIFY(!each->isEnabled());
    }
    pass(1000);
    QCOMPARE(selected(), 2ULL); // nobody takes it out of the operator's hand
    m_console->key(Qt::Key_Escape);
    pass(250);
    QVERIFY(!table().selectedId().isValid());
    QVERIFY(strip().startsWith(QStringLiteral("anna")));
}

void ConsoleChoiceTest::programsCallIsNotMeantByItself()
{
    const Call bot =
        activeCall(1, QStringLiteral("bot"), Actor::ofClient(QStringLiteral("p")), 9000);
    const Call carl = own(2, "carl");
    tell({bot, carl});
    m_console->key(Qt::Key_2, Qt::AltModifier);
    tell({ended(carl)});
    QCOMPARE(selected(), 2ULL);
    pass(6000);
    QVERIFY(!table().selectedId().isValid());
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), QStringList());
}

// As after `hookswitch --answer`, or an answer by a program.
void ConsoleChoiceTest::choiceFollowsTheHeadset()
{
    const Call one = own(1, "x1");
    tell({one});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    tell({ringingCall(2, QStringLiteral("x2"), 0)});
    QCOMPARE(selected(), 1ULL);
    tell({held(one), own(2, "x2")});
    QCOMPARE(selected(), 2ULL);
    pass(ui::CallChoice::settlesMs);
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 2"));
}

void ConsoleChoiceTest::clockThatIsSetBackLeavesTheKeys()
{
    const Call one = own(1, "x1");
    tell({one});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    tell({held(one), own(2, "x2")});
    pass(ui::CallChoice::settlesMs);
    pass(-3600 * 1000);
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 2"));
}

void ConsoleChoiceTest::ownResumeMovesNothing()
{
    const Call one = own(1, "x1");
    tell({one, held(own(2, "x2"))});
    m_console->key(Qt::Key_2, Qt::AltModifier);
    m_console->now += 10000;
    tell({one}); // news of it, on the headset as before
    QCOMPARE(selected(), 2ULL);
    m_console->key(Qt::Key_F6);
    tell({held(one), own(2, "x2")});
    QCOMPARE(selected(), 2ULL);
    m_console->key(Qt::Key_F4); // is at once what it was
    QCOMPARE(orders(), QStringList({QStringLiteral("resume 2"), QStringLiteral("hangUp 2")}));
}

void ConsoleChoiceTest::hangUpWaitsUntilTheChoiceHasSettled()
{
    const Call carl = own(2, "carl");
    tell({held(own(1, "anna")), carl});
    m_console->key(Qt::Key_2, Qt::AltModifier);
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 2"));
    tell({ended(carl)});
    m_console->key(Qt::Key_F4); // twice in a hurry
    QCOMPARE(orders(), QStringList());
    QVERIFY(!action("hangUp").isEnabled());
    pass(ui::CallChoice::settlesMs - 1);
    QVERIFY(!action("hangUp").isEnabled());
    m_console->key(Qt::Key_1, Qt::AltModifier);
    pass(1);
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 1"));
}

void ConsoleChoiceTest::ownDialCanBeGivenUpAtOnce()
{
    const Call anna = own(1, "anna");
    tell({anna});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    Call bob = own(2, "bob");
    bob.direction = model::Direction::Outgoing;
    bob.state = CallState::Dialing;
    tell({held(anna), bob});
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 2"));
}

void ConsoleChoiceTest::onlyRingingCallIsDeclined()
{
    tell({ringingCall(4, QStringLiteral("4"), 2000)});
    QVERIFY(!table().selectedId().isValid());
    QCOMPARE(action("hangUp").text(), QStringLiteral("Decline"));
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 4"));
}

void ConsoleChoiceTest::oneOfTwoRingingIsNotDeclined()
{
    tell({ringingCall(4, QStringLiteral("4"), 2000), ringingCall(5, QStringLiteral("5"), 1000)});
    QVERIFY(!action("hangUp").isEnabled());
    tell({own(6, "6")}); // on the headset: that one, as ever
    QCOMPARE(action("hangUp").text(), QStringLiteral("Hang up"));
}

void ConsoleChoiceTest::onlyHeldCallNeedsNoChoice()
{
    tell({held(own(1, "anna"))});
    table().clearSelection();
    m_console->key(Qt::Key_F6);
    QCOMPARE(orders(), order("resume 1"));
}

QTEST_MAIN(ConsoleChoiceTest)
#include "tst_ui_console_choice.moc"
