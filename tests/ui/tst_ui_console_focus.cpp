// Where the keyboard's focus goes when what had it can no longer have it, and that the keys of the
// calls work in every window.
#include "Console.h"
#include "SampleAccounts.h"
#include "support/Soon.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/Table.h"
#include "ui/widgets/TransferBar.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace hs;
using namespace hs::test;
using model::Actor;
using model::Call;
using model::CallState;

class ConsoleFocusTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void transferThatIsAskedForLeavesNoButton();
    void endOfTheCallLeavesNoButton();
    void hiddenButtonLeavesNoButton();
    void tabKeyGoesOn();
    void keysWorkInEveryWindow_data();
    void keysWorkInEveryWindow();
    void keysWorkInTheForm();
    void quitWorksInEveryWindow();
    void escapeClosesTheAccounts();
    void accountsKeepTheFocusInTheirList();

private:
    ui::Table& table() const { return *m_console->find<ui::Table>("sessions"); }
    void tell(const QList<Call>& calls) { Q_EMIT m_console->engine.calls().changed(calls); }
    QStringList orders() { return m_console->engine.calls().takeOrders(); }
    static QStringList order(const char* text) { return {QLatin1String(text)}; }
    static Call own(model::CallId id)
    {
        Call call = activeCall(id, QString::number(id), Actor::consoleOperator(), 5000);
        call.hasHeadset = true;
        return call;
    }
    QToolButton& button(const char* action) const
    {
        for (auto* each : m_console->window->findChildren<ui::ActionButton*>()) {
            if (each->defaultAction()->objectName() == QLatin1String(action)) {
                return *each;
            }
        }
        qFatal("there is no button %s", action);
    }
    static QDialog& active(QDialog& dialog)
    {
        if (!QTest::qWaitFor([&dialog] { return QApplication::activeWindow() == &dialog; })) {
            qFatal("the dialog does not become active");
        }
        return dialog;
    }
    QDialog& openAccounts()
    {
        m_console->key(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        return active(*m_console->find<QDialog>("accountsDialog"));
    }

    std::unique_ptr<Console> m_console;
};

void ConsoleFocusTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    m_console->engine.accounts().set(someAccounts(), someStates());
    QVERIFY(m_console->open());
}

void ConsoleFocusTest::transferThatIsAskedForLeavesNoButton()
{
    Call call = own(1);
    tell({call});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_F7);
    m_console->type(QStringLiteral("202"));
    m_console->key(Qt::Key_Return);
    QCOMPARE(orders(), order("transfer 1 to 202"));
    call.transfer = model::TransferState::Requested;
    call.transferTarget = QStringLiteral("202");
    tell({call});
    QVERIFY(!m_console->find<ui::TransferBar>("transferBar")->isVisible());
    QVERIFY(table().hasFocus());
    for (const int key : {Qt::Key_Space, Qt::Key_Return}) {
        m_console->key(key);
    }
    QCOMPARE(orders(), QStringList());
}

void ConsoleFocusTest::endOfTheCallLeavesNoButton()
{
    for (const char* name : {"hangUp", "hold", "transfer", "mute", "keypad"}) {
        Call call = own(1);
        tell({call});
        m_console->key(Qt::Key_1, Qt::AltModifier);
        button(name).setFocus();
        QVERIFY2(button(name).hasFocus(), name);
        call.state = CallState::Ended;
        call.hasHeadset = false;
        call.endedAt = m_console->now;
        tell({call});
        QVERIFY2(!button(name).hasFocus(), name);
        QVERIFY2(table().hasFocus(), name);
        m_console->now += 6000;
        tell({});
    }
}

void ConsoleFocusTest::hiddenButtonLeavesNoButton()
{
    auto* waiting = m_console->find<QToolButton>("statusVoiceMail");
    waiting->setFocus();
    QVERIFY(waiting->hasFocus());
    QList<model::AccountState> states = someStates();
    states[0].newMessages = 0;
    m_console->engine.accounts().set(someAccounts(), states);
    QVERIFY(table().hasFocus());
}

void ConsoleFocusTest::tabKeyGoesOn()
{
    tell({own(1)});
    table().setFocus();
    m_console->key(Qt::Key_Tab);
    QVERIFY(!table().hasFocus());
    m_console->key(Qt::Key_Backtab);
    QVERIFY(table().hasFocus());
}

void ConsoleFocusTest::keysWorkInEveryWindow_data()
{
    QTest::addColumn<QString>("window");
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::newRow("accounts") << QStringLiteral("accountsDialog") << int(Qt::Key_A)
                              << (Qt::ControlModifier | Qt::ShiftModifier);
    QTest::newRow("keys") << QStringLiteral("keysDialog") << int(Qt::Key_Slash)
                          << Qt::KeyboardModifiers(Qt::ControlModifier);
    QTest::newRow("digits") << QStringLiteral("digitPad") << int(Qt::Key_F2)
                            << Qt::KeyboardModifiers();
}

void ConsoleFocusTest::keysWorkInEveryWindow()
{
    QFETCH(QString, window);
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    tell({own(1), ringingCall(2, QStringLiteral("2"), 1000)});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(key, modifiers);
    QDialog& dialog = active(*m_console->find<QDialog>(qPrintable(window)));
    QWidget* focused = dialog.focusWidget() != nullptr ? dialog.focusWidget() : &dialog;
    QTest::keyClick(focused, Qt::Key_F6);
    QTest::keyClick(focused, Qt::Key_2, Qt::AltModifier);
    QCOMPARE(table().selectedId().toULongLong(), 2ULL);
    QTest::keyClick(focused, Qt::Key_F3);
    QTest::keyClick(focused, Qt::Key_F4);
    QTest::keyClick(focused, Qt::Key_1, Qt::AltModifier);
    QTest::keyClick(focused, Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(orders().join(u' '), QStringLiteral("hold 1 answer 2 hangUp 2 mute"));
    QTest::keyClick(focused, Qt::Key_F7); // asks in the main window, which comes to the front
    SOON_COMPARE(QApplication::activeWindow(), m_console->window.get());
    QVERIFY(m_console->find<QLineEdit>("transferTarget")->hasFocus());
}

void ConsoleFocusTest::keysWorkInTheForm()
{
    openAccounts();
    m_console->find<QPushButton>("addAccount")->click();
    QDialog& form = active(*m_console->find<QDialog>("accountForm"));
    tell({ringingCall(2, QStringLiteral("2"), 1000)});
    QTest::keyClick(form.focusWidget(), Qt::Key_F3);
    QCOMPARE(orders(), order("answer 2"));
}

void ConsoleFocusTest::quitWorksInEveryWindow()
{
    QDialog& dialog = openAccounts();
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Q, Qt::ControlModifier);
    QVERIFY(!m_console->window->isVisible());
}

void ConsoleFocusTest::escapeClosesTheAccounts()
{
    QDialog& dialog = openAccounts();
    auto* accounts = m_console->find<ui::Table>("accounts");
    QVERIFY(accounts->hasFocus());
    QVERIFY(accounts->selectedId().isValid());
    QTest::keyClick(accounts, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
}

void ConsoleFocusTest::accountsKeepTheFocusInTheirList()
{
    openAccounts();
    auto* accounts = m_console->find<ui::Table>("accounts");
    accounts->selectRowAt(0);
    m_console->find<QPushButton>("registerAccount")->setFocus();
    accounts->selectRowAt(2); // never registers
    QVERIFY(accounts->hasFocus());
}

QTEST_MAIN(ConsoleFocusTest)
#include "tst_ui_console_focus.moc"
