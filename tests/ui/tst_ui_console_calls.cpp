// The operator's keys and buttons for calls, on a real window.
#include "Console.h"
#include "ui/models/CallCells.h"
#include "ui/widgets/HeadsetCard.h"
#include "ui/widgets/SessionDelegate.h"
#include "ui/widgets/Table.h"
#include "ui/widgets/TransferBar.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace hs;
using namespace hs::test;
using model::Actor;
using model::CallState;
using ui::CallColumn;

class ConsoleCallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void enterDials();
    void emptyFieldDialsAgain();
    void refusedDialIsSaidBelowTheField();
    void keypadTypes();
    void digitsGoToTheDialFieldFromAnywhere();
    void answerTakesWhoWaitsLongest();
    void answerTakesTheSelectedOneFirst();
    void answerInTheRow();
    void everyButtonInTheRow();
    void aClickOnARowOnlySelects();
    void hangUpActsOnTheSelectedRow();
    void hangUpTwiceMeetsNobodyElse();
    void withoutChoiceTheHeadsetCallIsMeant();
    void escNeverHangsUp();
    void hold();
    void take();
    void mute();
    void ownDialIsSelected();
    void aRefusedOrderIsABanner();
    void sessionsSay();
    void keyHeldDownIsOneOrder();

private:
    ui::Table& table() const { return *m_console->find<ui::Table>("sessions"); }
    QAction& action(const char* name) const { return *m_console->find<QAction>(name); }
    QLineEdit& field() const { return *m_console->find<QLineEdit>("dialField"); }
    void tell(const QList<model::Call>& calls) { Q_EMIT m_console->engine.calls().changed(calls); }
    QStringList orders() { return m_console->engine.calls().takeOrders(); }
    static QStringList order(const char* text) { return {QLatin1String(text)}; }

    std::unique_ptr<Console> m_console;
};

void ConsoleCallsTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    QVERIFY(m_console->open());
}

void ConsoleCallsTest::enterDials()
{
    QVERIFY(field().hasFocus()); // where one starts
    m_console->type(QStringLiteral("0912 341-234"));
    m_console->key(Qt::Key_Return);
    QCOMPARE(orders(), order("dial 0912341234"));
    QCOMPARE(field().text(), QStringLiteral("0912 341-234")); // until the call has come to be
    QCOMPARE(field().selectedText(), field().text());
    field().setText(QStringLiteral("sip:anna@host.example"));
    m_console->find<QPushButton>("callButton")->click();
    QCOMPARE(orders(), order("dial sip:anna@host.example"));
}

void ConsoleCallsTest::emptyFieldDialsAgain()
{
    m_console->key(Qt::Key_Return);
    QCOMPARE(orders(), QStringList()); // nothing was dialled yet
    QVERIFY(!m_console->find<QPushButton>("callButton")->isEnabled());
    m_console->type(QStringLiteral("0912"));
    m_console->key(Qt::Key_Return);
    model::Call call = endedCall(1, QStringLiteral("0912"));
    call.state = CallState::Dialing;
    tell({call});
    orders();
    QCOMPARE(field().text(), QString());
    QCOMPARE(m_console->find<QPushButton>("callButton")->text(), QStringLiteral("Redial"));
    field().setFocus();
    m_console->key(Qt::Key_Enter);
    QCOMPARE(orders(), order("dial 0912"));
}

void ConsoleCallsTest::refusedDialIsSaidBelowTheField()
{
    auto* message = m_console->find<QLabel>("dialMessage");
    QVERIFY(!message->isVisible());
    m_console->type(QStringLiteral("12x"));
    m_console->key(Qt::Key_Return);
    Q_EMIT m_console->engine.calls().refused(0, QStringLiteral("<b>12x</b> is no number"));
    QVERIFY(message->isVisible());
    QCOMPARE(message->text(), QStringLiteral("<b>12x</b> is no number"));
    QCOMPARE(message->textFormat(), Qt::PlainText);
    m_console->type(QStringLiteral("3")); // replaces what was refused
    QCOMPARE(field().text(), QStringLiteral("3"));
    QVERIFY(!message->isVisible());
}

void ConsoleCallsTest::keypadTypes()
{
    for (const char* key : {"keypad1", "keypad0", "keypad#", "keypad*"}) {
        QTest::mouseClick(m_console->find<QPushButton>(key), Qt::LeftButton);
    }
    QCOMPARE(field().text(), QStringLiteral("10#*"));
    QVERIFY(field().hasFocus());
}

void ConsoleCallsTest::digitsGoToTheDialFieldFromAnywhere()
{
    tell(busyHour());
    for (const char* name : {"sessions", "log"}) {
        field().clear();
        m_console->find<ui::Table>(name)->setFocus();
        m_console->key(Qt::Key_Escape); // a call that is selected would take them
        m_console->type(QStringLiteral("+8"));
        m_console->type(QStringLiteral("86"));
        QCOMPARE(field().text(), QStringLiteral("+886"));
        QVERIFY(field().hasFocus());
    }
}

void ConsoleCallsTest::answerTakesWhoWaitsLongest()
{
    QVERIFY(!action("answer").isEnabled());
    tell({ringingCall(4, QStringLiteral("4"), 2000), ringingCall(5, QStringLiteral("5"), 9000),
          ringingCall(6, QStringLiteral("6"), 5000)});
    QCOMPARE(action("answer").text(), QStringLiteral("Answer next"));
    m_console->key(Qt::Key_F3); // from the dial field
    QCOMPARE(orders(), order("answer 5"));
    QCOMPARE(table().selectedId().toULongLong(), 5ULL);
}

void ConsoleCallsTest::answerTakesTheSelectedOneFirst()
{
    tell({ringingCall(4, QStringLiteral("4"), 2000), ringingCall(5, QStringLiteral("5"), 9000)});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    QCOMPARE(table().selectedId().toULongLong(), 4ULL);
    QCOMPARE(action("answer").text(), QStringLiteral("Answer"));
    m_console->key(Qt::Key_F3);
    QCOMPARE(orders(), order("answer 4"));
}

void ConsoleCallsTest::answerInTheRow()
{
    tell({ringingCall(4, QStringLiteral("4"), 2000)});
    const QModelIndex cell = table().model()->index(0, int(CallColumn::Orders));
    QCOMPARE(cell.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Answer, Decline"));
    const QRect rect = table().visualRect(cell);
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                      rect.topLeft() + QPoint(20, rect.height() / 2));
    QCOMPARE(orders(), order("answer 4"));
    table().selectRowAt(0);
    table().setFocus();
    m_console->key(Qt::Key_Return);
    QCOMPARE(orders(), order("answer 4"));
}

void ConsoleCallsTest::everyButtonInTheRow()
{
    using ui::RowOrder;
    const auto press = [this](RowOrder which) {
        const QModelIndex cell = table().model()->index(0, int(CallColumn::Orders));
        QStyleOptionViewItem option;
        option.font = table().font();
        option.rect = table().visualRect(cell);
        const QRect button = ui::SessionDelegate::rectOf(which, option, cell);
        QVERIFY(!button.isEmpty());
        QVERIFY(option.rect.contains(button));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, button.center());
    };
    model::Call call = activeCall(4, QStringLiteral("4"), model::Actor::consoleOperator(), 9000);
    call.hasHeadset = true;
    tell({call});
    press(RowOrder::Hold);
    QCOMPARE(orders(), order("hold 4"));
    call.heldByUs = true;
    call.state = model::CallState::Held;
    tell({call});
    press(RowOrder::Resume);
    QCOMPARE(orders().last(), QStringLiteral("resume 4"));
    press(RowOrder::Transfer);
    QVERIFY(m_console->find<ui::TransferBar>("transferBar")->isVisible());
    press(RowOrder::HangUp);
    QCOMPARE(orders().last(), QStringLiteral("hangUp 4"));
    tell({ringingCall(5, QStringLiteral("5"), 2000)});
}

void ConsoleCallsTest::aClickOnARowOnlySelects()
{
    tell({ringingCall(4, QStringLiteral("4"), 2000)});
    const QRect who = table().visualRect(table().model()->index(0, int(CallColumn::Who)));
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, who.center());
    QCOMPARE(orders(), QStringList());
    QCOMPARE(table().selectedId().toULongLong(), 4ULL);
}

void ConsoleCallsTest::hangUpActsOnTheSelectedRow()
{
    tell(busyHour());
    m_console->key(Qt::Key_4, Qt::AltModifier);
    QCOMPARE(action("hangUp").text(), QStringLiteral("Hang up"));
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 4"));
    m_console->key(Qt::Key_6, Qt::AltModifier);
    QCOMPARE(action("hangUp").text(), QStringLiteral("Decline"));
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 6"));
}

// The call ends, its row stays a while and goes: a second F4 must not end another call.
void ConsoleCallsTest::hangUpTwiceMeetsNobodyElse()
{
    model::Call mine = activeCall(2, QStringLiteral("2"), Actor::consoleOperator(), 5000);
    mine.hasHeadset = true;
    tell({activeCall(1, QStringLiteral("1"), Actor::machine(), 5000), mine});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 1"));
    model::Call ended = endedCall(1, QStringLiteral("1"));
    ended.endedAt = m_console->now;
    tell({ended});
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), QStringList());
    QVERIFY(!action("hangUp").isEnabled());
    m_console->now += 6000;
    tell({mine});
    QCOMPARE(table().model()->rowCount(), 1);
    m_console->key(Qt::Key_F4); // by now one sees whom it means
    QCOMPARE(orders(), order("hangUp 2"));
}

void ConsoleCallsTest::withoutChoiceTheHeadsetCallIsMeant()
{
    tell(busyHour()); // call 1 is on the headset, and outgoing: selected by itself
    table().clearSelection();
    m_console->key(Qt::Key_F6);
    QCOMPARE(orders(), order("hold 1"));
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), order("hangUp 1"));
}

void ConsoleCallsTest::escNeverHangsUp()
{
    tell(busyHour());
    m_console->key(Qt::Key_1, Qt::AltModifier);
    QVERIFY(table().selectedId().isValid());
    m_console->key(Qt::Key_Escape);
    QVERIFY(!table().selectedId().isValid());
    field().setFocus();
    field().setText(QStringLiteral("12"));
    m_console->key(Qt::Key_Escape);
    QCOMPARE(field().text(), QString());
    m_console->key(Qt::Key_Escape);
    QCOMPARE(orders(), QStringList());
    QVERIFY(m_console->window->isVisible());
}

void ConsoleCallsTest::hold()
{
    tell(busyHour());
    m_console->key(Qt::Key_2, Qt::AltModifier);
    m_console->key(Qt::Key_F6);
    QCOMPARE(orders(), order("hold 2"));
    m_console->key(Qt::Key_3, Qt::AltModifier);
    QCOMPARE(action("hold").text(), QStringLiteral("Resume"));
    m_console->key(Qt::Key_F6);
    QCOMPARE(orders(), order("resume 3"));
    for (const int row : {Qt::Key_5, Qt::Key_6, Qt::Key_7}) { // rings there, rings here, ended
        m_console->key(row, Qt::AltModifier);
        QVERIFY(!action("hold").isEnabled());
        m_console->key(Qt::Key_F6);
    }
    QCOMPARE(orders(), QStringList());
}

void ConsoleCallsTest::take()
{
    tell(busyHour());
    m_console->key(Qt::Key_4, Qt::AltModifier); // the machine has it
    m_console->key(Qt::Key_F12);
    QCOMPARE(orders(), order("take 4"));
    m_console->key(Qt::Key_2, Qt::AltModifier); // a program has it
    m_console->key(Qt::Key_F12);
    QCOMPARE(orders(), order("take 2"));
    m_console->key(Qt::Key_1, Qt::AltModifier); // is on the headset already
    QVERIFY(!action("take").isEnabled());
    m_console->key(Qt::Key_7, Qt::AltModifier); // has ended
    QVERIFY(!action("take").isEnabled());
}

void ConsoleCallsTest::mute()
{
    QVERIFY(!action("mute").isEnabled());
    auto* headset = m_console->window->findChild<ui::HeadsetCard*>();
    model::Call mine = activeCall(1, QStringLiteral("0912"), Actor::consoleOperator(), 5000);
    mine.hasHeadset = true;
    tell({mine, activeCall(2, QStringLiteral("2"), Actor::machine(), 1000)});
    QCOMPARE(headset->property("tone").toString(), QStringLiteral("live"));
    m_console->key(Qt::Key_2, Qt::AltModifier); // whatever is selected
    m_console->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(orders(), order("mute"));
    QVERIFY(!action("mute").isChecked()); // shows what is so, not what was asked for
    mine.muted = true;
    tell({mine});
    QVERIFY(action("mute").isChecked());
    QCOMPARE(action("mute").text(), QStringLiteral("Muted"));
    QCOMPARE(headset->property("tone").toString(), QStringLiteral("muted"));
    m_console->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(orders(), order("unmute"));
}

void ConsoleCallsTest::ownDialIsSelected()
{
    tell({activeCall(1, QStringLiteral("1"), Actor::machine(), 5000)});
    m_console->type(QStringLiteral("0912"));
    m_console->key(Qt::Key_Return);
    m_console->type(QStringLiteral("55")); // the next number, before the call has come to be
    orders();
    model::Call call = endedCall(2, QStringLiteral("0912"));
    call.state = CallState::Dialing;
    tell({call});
    QCOMPARE(table().selectedId().toULongLong(), 2ULL);
    QCOMPARE(field().text(), QStringLiteral("55"));
    QVERIFY(field().hasFocus());
    call = endedCall(3, QStringLiteral("0955"));
    call.owner = Actor::ofClient(QStringLiteral("bot"));
    call.state = CallState::Dialing;
    tell({call}); // a program's
    QCOMPARE(table().selectedId().toULongLong(), 2ULL);
}

void ConsoleCallsTest::aRefusedOrderIsABanner()
{
    tell(busyHour());
    Q_EMIT m_console->engine.calls().refused(4, QStringLiteral("that call has just ended"));
    auto* title = m_console->find<QLabel>("bannerTitle");
    QVERIFY(title->isVisible());
    QCOMPARE(title->text(), QStringLiteral("that call has just ended"));
}

void ConsoleCallsTest::sessionsSay()
{
    tell(busyHour());
    const auto text = [this](int row, CallColumn column, int role = Qt::DisplayRole) {
        return table().model()->index(row, int(column)).data(role).toString();
    };
    QCOMPARE(text(0, CallColumn::State), QStringLiteral("Active"));
    QCOMPARE(text(0, CallColumn::Who), QStringLiteral("0223880112"));
    QCOMPARE(text(0, CallColumn::Who, ui::SecondLineRole), QStringLiteral("out · Hsu, accounting"));
    QCOMPARE(text(0, CallColumn::HasIt), QStringLiteral("You"));
    QCOMPARE(text(0, CallColumn::HasIt, ui::SecondLineRole), QStringLiteral("2 programs listen"));
    QCOMPARE(text(0, CallColumn::Time), QStringLiteral("4:51"));
    QCOMPARE(text(0, CallColumn::Codec), QStringLiteral("PCMA"));
    QCOMPARE(text(0, CallColumn::Notes), QStringLiteral("Recording"));
    QCOMPARE(text(2, CallColumn::State, ui::SecondLineRole), QStringLiteral("by us"));
    QCOMPARE(text(2, CallColumn::Time, ui::SecondLineRole), QStringLiteral("held 0:45"));
    QCOMPARE(text(3, CallColumn::Loss), QStringLiteral("9.1 %"));
    QCOMPARE(text(4, CallColumn::HasIt), QStringLiteral("127.0.0.1:40355"));
    QVERIFY(m_console->window->windowTitle().startsWith(QStringLiteral("+886912341234 rings")));
}

void ConsoleCallsTest::keyHeldDownIsOneOrder()
{
    for (const char* name : {"answer", "hangUp", "hold", "take", "mute"}) {
        QVERIFY(!action(name).autoRepeat());
    }
}

QTEST_MAIN(ConsoleCallsTest)
#include "tst_ui_console_calls.moc"
