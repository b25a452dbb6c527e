// Transfers and digits from the window: by key and by mouse, and what is said of them.
#include "Console.h"
#include "SampleAccounts.h"
#include "ui/models/CallCells.h"
#include "ui/widgets/DigitPad.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace hs;
using namespace hs::test;
using model::Actor;
using model::CallState;
using model::TransferState;

class ConsoleTransferTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void blindTransferByKeyboard();
    void refusalIsSaidInTheBar();
    void failedTransferCanBeTriedAgain();
    void escClosesTheBar();
    void barGoesWithItsCall();
    void attendedTransferByMenu();
    void transferNeedsATalk();
    void typedDigitsGoToTheSelectedCall();
    void digitsDialWhileNothingCanTakeThem();
    void digitPad();
    void detailsSayEverything();
    void farEndsTransferThatWasRefusedIsTold_data();
    void farEndsTransferThatWasRefusedIsTold();

private:
    ui::Table& table() const { return *m_console->find<ui::Table>("sessions"); }
    QAction& action(const char* name) const { return *m_console->find<QAction>(name); }
    QLineEdit& target() const { return *m_console->find<QLineEdit>("transferTarget"); }
    QWidget& bar() const { return *m_console->find<QWidget>("transferBar"); }
    void tell(const QList<model::Call>& calls) { Q_EMIT m_console->engine.calls().changed(calls); }
    QStringList orders() { return m_console->engine.calls().takeOrders(); }
    static QStringList order(const char* text) { return {QLatin1String(text)}; }
    static model::Call talk(model::CallId id, const char* number)
    {
        return activeCall(id, QLatin1String(number), Actor::consoleOperator(), 60000);
    }

    std::unique_ptr<Console> m_console;
};

void ConsoleTransferTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    QVERIFY(m_console->open());
    tell({talk(1, "0912"), talk(2, "0933")});
}

void ConsoleTransferTest::blindTransferByKeyboard()
{
    QVERIFY(!bar().isVisible());
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_F7);
    QVERIFY(bar().isVisible());
    QVERIFY(target().hasFocus());
    QVERIFY(!m_console->find<QPushButton>("transferSend")->isEnabled());
    m_console->key(Qt::Key_Return); // nothing to transfer to
    QCOMPARE(orders(), QStringList());
    m_console->type(QStringLiteral("02-00 1"));
    m_console->key(Qt::Key_Return);
    QCOMPARE(orders(), order("transfer 1 to 02001"));
    QVERIFY(bar().isVisible()); // until it is on its way
    model::Call call = talk(1, "0912");
    call.transfer = TransferState::Requested;
    call.transferTarget = QStringLiteral("02001");
    tell({call});
    QVERIFY(!bar().isVisible());
    const QModelIndex who = table().model()->index(0, int(ui::CallColumn::Who));
    QCOMPARE(who.data(ui::SecondLineRole).toString(),
             QStringLiteral("Transfer to 02001: asked for"));
    QCOMPARE(m_console->find<QLabel>("callTransfer")->text(),
             QStringLiteral("Transfer to 02001: asked for"));
}

void ConsoleTransferTest::refusalIsSaidInTheBar()
{
    table().selectRowAt(0);
    action("transfer").trigger();
    m_console->type(QStringLiteral("12x"));
    m_console->find<QPushButton>("transferSend")->click();
    QCOMPARE(orders(), order("transfer 1 to 12x"));
    Q_EMIT m_console->engine.calls().refused(1, QStringLiteral("<b>12x</b> is no number"));
    auto* message = m_console->find<QLabel>("transferMessage");
    QVERIFY(message->isVisible());
    QCOMPARE(message->text(), QStringLiteral("<b>12x</b> is no number"));
    m_console->type(QStringLiteral("1"));
    QVERIFY(!message->isVisible());
}

void ConsoleTransferTest::failedTransferCanBeTriedAgain()
{
    model::Call call = talk(1, "0912");
    call.transfer = TransferState::Failed;
    call.transferTarget = QStringLiteral("204");
    call.transferCode = 486;
    tell({call});
    table().selectRowAt(0);
    QVERIFY(m_console->find<QLabel>("callTransfer")
                ->text()
                .contains(QStringLiteral("486 Busy Here \u2014 the caller is still with you")));
    m_console->key(Qt::Key_F7);
    tell({call});
    QVERIFY(bar().isVisible());
}

void ConsoleTransferTest::escClosesTheBar()
{
    table().selectRowAt(0);
    action("transfer").trigger();
    m_console->key(Qt::Key_Escape);
    QVERIFY(!bar().isVisible());
    QVERIFY(table().hasFocus());
    action("transfer").trigger();
    m_console->find<QToolButton>("transferCalls")->setFocus();
    m_console->key(Qt::Key_Escape);
    QVERIFY(!bar().isVisible());
    QCOMPARE(orders(), QStringList()); // and nothing else happened
}

void ConsoleTransferTest::barGoesWithItsCall()
{
    table().selectRowAt(0);
    action("transfer").trigger();
    table().selectRowAt(1); // somebody looks at another call
    m_console->type(QStringLiteral("200\r"));
    QCOMPARE(orders(), order("transfer 1 to 200"));
    model::Call call = talk(1, "0912");
    call.state = CallState::Ended;
    call.endedAt = noon;
    tell({call});
    QVERIFY(!bar().isVisible());
}

void ConsoleTransferTest::attendedTransferByMenu()
{
    tell({ringingCall(3, QStringLiteral("0955"), 1000)});
    table().selectRowAt(0);
    action("transfer").trigger();
    auto* button = m_console->find<QToolButton>("transferCalls");
    QVERIFY(button->isEnabled());
    QCOMPARE(button->menu()->actions().size(), 1); // not itself, and not what rings
    QCOMPARE(button->menu()->actions().first()->text(), QStringLiteral("0933 \u00b7 Active"));
    button->menu()->actions().first()->trigger();
    QCOMPARE(orders(), order("transfer 1 to call 2"));
    model::Call other = talk(2, "0933");
    other.state = CallState::Ended;
    tell({other});
    QVERIFY(!button->isEnabled());
}

void ConsoleTransferTest::transferNeedsATalk()
{
    tell({ringingCall(3, QStringLiteral("0955"), 1000)});
    table().selectRowAt(2);
    QVERIFY(!action("transfer").isEnabled());
    QVERIFY(!action("keypad").isEnabled());
    table().selectRowAt(0);
    QVERIFY(action("transfer").isEnabled());
    QVERIFY(action("keypad").isEnabled());
}

void ConsoleTransferTest::typedDigitsGoToTheSelectedCall()
{
    m_console->key(Qt::Key_2, Qt::AltModifier);
    QVERIFY(table().hasFocus());
    m_console->type(QStringLiteral("1#"));
    m_console->key(Qt::Key_5, Qt::KeypadModifier);
    QCOMPARE(orders(),
             QStringList({QStringLiteral("digits 2 1"), QStringLiteral("digits 2 #"),
                          QStringLiteral("digits 2 5")}));
    QCOMPARE(m_console->find<QLineEdit>("dialField")->text(), QString());
    model::Call call = talk(2, "0933");
    call.digitsSent = QStringLiteral("1#5");
    call.digitsReceived = QStringLiteral("7");
    tell({call});
    QCOMPARE(m_console->find<QLabel>("callDigits")->text().replace(QChar(0xa0), u' '),
             QStringLiteral("Digits sent: 1#5 \u00b7 received: 7"));
}

void ConsoleTransferTest::digitsDialWhileNothingCanTakeThem()
{
    tell({ringingCall(3, QStringLiteral("0955"), 1000)});
    m_console->key(Qt::Key_3, Qt::AltModifier); // rings, and takes none
    m_console->type(QStringLiteral("7"));
    QCOMPARE(m_console->find<QLineEdit>("dialField")->text(), QStringLiteral("7"));
    m_console->find<QLineEdit>("dialField")->clear();
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->type(QStringLiteral("+")); // is no digit
    QCOMPARE(m_console->find<QLineEdit>("dialField")->text(), QStringLiteral("+"));
    QCOMPARE(orders(), QStringList());
}

void ConsoleTransferTest::digitPad()
{
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_F2);
    auto* pad = m_console->find<ui::DigitPad>("digitPad");
    QVERIFY(pad->isVisible());
    QTest::mouseClick(pad->findChild<QPushButton*>(QStringLiteral("digit9")), Qt::LeftButton);
    QTest::keyClicks(pad, QStringLiteral("*0"));
    QTest::keyClicks(pad, QStringLiteral("x")); // nothing to send
    QCOMPARE(orders(),
             QStringList({QStringLiteral("digits 1 9"), QStringLiteral("digits 1 *"),
                          QStringLiteral("digits 1 0")}));
    model::Call call = talk(1, "0912");
    call.digitsSent = QStringLiteral("9*0");
    tell({call});
    QCOMPARE(pad->findChild<QLabel*>(QStringLiteral("digitsSent"))->text(), QStringLiteral("9*0"));
    for (QPushButton* key : pad->findChildren<QPushButton*>()) {
        QVERIFY(!key->accessibleName().isEmpty());
    }
    call.state = CallState::Ended;
    tell({call});
    QVERIFY(!pad->isVisible());
}

void ConsoleTransferTest::detailsSayEverything()
{
    tell(troubledHour());
    table().selectRowOf(2);
    QVERIFY(m_console->find<QLabel>("callTrouble")->isVisible());
    QVERIFY(m_console->find<QLabel>("callTrouble")
                ->text()
                .startsWith(QStringLiteral("You hear nothing: no audio from 203.0.113.5")));
    QVERIFY(!m_console->find<QLabel>("callFacts")->text().contains(QStringLiteral("quality")));
    table().selectRowOf(3);
    QString facts = m_console->find<QLabel>("callFacts")->text();
    facts.replace(QChar(QChar::Nbsp), u' ');
    for (const char* fact : {"0800090111 \u00b7 Delta support", "for 022600 via office",
                             "quality: excellent 4.3", "round trip 38 ms", "PCMA"}) {
        QVERIFY2(facts.contains(QString::fromUtf8(fact)), qPrintable(facts));
    }
    table().selectRowOf(6); // rings, diverted
    QVERIFY(
        m_console->find<QLabel>("callFacts")->text().contains(QStringLiteral("diverted by 201")));
    QVERIFY(!m_console->find<QLabel>("callTrouble")->isVisible());
}

void ConsoleTransferTest::farEndsTransferThatWasRefusedIsTold_data()
{
    using Why = model::RefusedReferral::Why;
    QTest::addColumn<QString>("target");
    QTest::addColumn<Why>("why");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* target, Why why, const char* sentence) {
        QTest::newRow(name) << QString::fromLatin1(target) << why << QString::fromLatin1(sentence);
    };
    row("3261 another scheme", "<mailto:a@x>", Why::NotCallable,
        "0912 wanted to transfer you to <mailto:a@x>, which is nothing that can be called. Your "
        "call with 0912 goes on.");
    row("3515 2.4.2 nobody", "", Why::NotCallable,
        "0912 wanted to transfer you but did not say to whom. Your call with 0912 goes on.");
    row("3966 no server", "tel:110", Why::NoAccount,
        "0912 wanted to transfer you to tel:110, but there is no account to call a number by. "
        "Your call with 0912 goes on.");
    row("max_calls", "sip:3@x", Why::CallsInUse,
        "0912 wanted to transfer you to sip:3@x, but all calls that max_calls allows are in use. "
        "Your call with 0912 goes on.");
    row("a call of the machine's", "sip:3@x", Why::Unattended,
        "0912 wanted to be connected with sip:3@x; that is only done for calls that a person has. "
        "The machine's call with 0912 goes on.");
}

void ConsoleTransferTest::farEndsTransferThatWasRefusedIsTold()
{
    QFETCH(QString, target);
    QFETCH(model::RefusedReferral::Why, why);
    // Also while the operator is about to transfer that very call.
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_F7);
    Q_EMIT m_console->engine.calls().referralRefused({talk(1, "0912"), target, why});
    auto* title = m_console->find<QLabel>("bannerTitle");
    QVERIFY(title && title->isVisible());
    QTEST(title->text(), "sentence");
    m_console->find<QToolButton>("bannerClose")->click();
    QVERIFY(!m_console->find<QWidget>("banner")
            || !m_console->find<QWidget>("banner")->isVisible());
}

QTEST_MAIN(ConsoleTransferTest)
#include "tst_ui_console_transfer.moc"
