// The menus of the rows, by the right mouse button and by the Menu key.
#include "Console.h"
#include "SampleAccounts.h"
#include "ui/models/CallCells.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>

using namespace hs;
using namespace hs::test;
using model::Actor;
using model::CallState;

class ConsoleMenusTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void liveRow();
    void ringingRow();
    void menuKey();
    void menuGoesWithItsCall();
    void codecOfACall();
    void message();

private:
    ui::Table& table(const char* name) const { return *m_console->find<ui::Table>(name); }
    void tell(const QList<model::Call>& calls) { Q_EMIT m_console->engine.calls().changed(calls); }
    QStringList orders() { return m_console->engine.calls().takeOrders(); }
    static QStringList order(const char* text) { return {QLatin1String(text)}; }

    // Does what it is told with the menu that opens, which waits for somebody.
    void withMenu(const std::function<void(QMenu&)>& act)
    {
        m_shown.clear();
        QTimer::singleShot(0, m_console->window.get(), [this, act] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (menu == nullptr) {
                return;
            }
            for (const QAction* action : menu->actions()) {
                m_shown << (action->isEnabled() ? QString() : QStringLiteral("-")) + action->text();
            }
            act(*menu);
            menu->close();
        });
    }
    static void choose(QMenu& menu, const char* text)
    {
        for (QAction* action : menu.actions()) {
            if (action->text() == QLatin1String(text)) {
                action->trigger();
            }
        }
    }
    void rightClick(ui::Table& where, int row)
    {
        const QPoint at =
            where.visualRect(where.model()->index(row, int(ui::CallColumn::Who))).center();
        QTest::mouseClick(where.viewport(), Qt::RightButton, {}, at);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, where.viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(where.viewport(), &event);
        Console::settle();
    }
    void menuKeyOn(ui::Table& where)
    {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, where.rect().center(),
                                where.mapToGlobal(where.rect().center()));
        QCoreApplication::sendEvent(&where, &event);
        Console::settle();
    }

    QStringList m_shown; // what stood in the menu, with a dash before what cannot be done
    std::unique_ptr<Console> m_console;
};

void ConsoleMenusTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    m_console->engine.accounts().set(someAccounts(), someStates());
    QVERIFY(m_console->open());
}

void ConsoleMenusTest::liveRow()
{
    tell({activeCall(1, QStringLiteral("0911"), Actor::consoleOperator(), 5000),
          activeCall(2, QStringLiteral("0922"), Actor::consoleOperator(), 5000)});
    withMenu([](QMenu& menu) { choose(menu, "Hold"); });
    rightClick(table("sessions"), 1);
    QCOMPARE(
        m_shown.join(u'|'),
        QStringLiteral("-Answer|Hang up|Hold|Transfer|Digits|Take|-Mute|Join|-Split off|"
                       "-Take the conference apart|-Hang up the conference|-Codec|Copy number"));
    QCOMPARE(orders(), order("hold 2")); // the row below the pointer
    withMenu([](QMenu& menu) { choose(menu, "Copy number"); });
    rightClick(table("sessions"), 0);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("0911"));
}

void ConsoleMenusTest::ringingRow()
{
    tell({activeCall(1, QStringLiteral("0911"), Actor::consoleOperator(), 5000),
          ringingCall(2, QStringLiteral("0922"), 1000)});
    withMenu([](QMenu& menu) { choose(menu, "Decline"); });
    rightClick(table("sessions"), 1);
    QVERIFY(m_shown.contains(QStringLiteral("Answer")));
    QVERIFY(m_shown.contains(QStringLiteral("-Hold")));
    QCOMPARE(orders(), order("hangUp 2"));
}

void ConsoleMenusTest::menuKey()
{
    tell({activeCall(1, QStringLiteral("0911"), Actor::consoleOperator(), 5000)});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    withMenu([](QMenu& menu) { choose(menu, "Transfer"); });
    menuKeyOn(table("sessions"));
    QVERIFY(m_console->find<QLineEdit>("transferTarget")->isVisible());
}

void ConsoleMenusTest::menuGoesWithItsCall()
{
    model::Call carl = activeCall(2, QStringLiteral("0922"), Actor::consoleOperator(), 5000);
    tell({activeCall(1, QStringLiteral("0911"), Actor::consoleOperator(), 5000), carl});
    bool went = false;
    withMenu([&](QMenu& menu) {
        carl.state = CallState::Ended;
        carl.endedAt = noon;
        tell({carl});
        went = !menu.isVisible();
    });
    rightClick(table("sessions"), 1);
    QVERIFY(went);
}

// What the call is spoken in is checked; another one comes first, the others stay behind it.
void ConsoleMenusTest::codecOfACall()
{
    model::Call call = activeCall(2, QStringLiteral("0922"), Actor::consoleOperator(), 5000);
    call.codec = QStringLiteral("OPUS");
    call.codecs = {QStringLiteral("opus"), QStringLiteral("G722"), QStringLiteral("PCMA")};
    tell({call});
    QStringList shown;
    withMenu([&shown](QMenu& menu) {
        for (const QAction* action : menu.actions()) {
            if (QMenu* codecs = action->menu()) {
                Q_EMIT codecs->aboutToShow();
                for (const QAction* one : codecs->actions()) {
                    shown << (one->isChecked() ? QStringLiteral("*") : QString()) + one->text();
                }
                choose(*codecs, "PCMA");
            }
        }
    });
    rightClick(table("sessions"), 0);
    QCOMPARE(shown.join(u' '), QStringLiteral("*opus G722 PCMA"));
    QCOMPARE(orders(), order("codecs 2 PCMA,opus,G722"));
}

void ConsoleMenusTest::message()
{
    m_console->panes().show(Console::Pane::Messages);
    model::TextMessage message;
    message.at = noon;
    message.number = QStringLiteral("0912");
    message.displayName = QStringLiteral("Lin");
    message.uri = QStringLiteral("sip:0912@192.0.2.1");
    message.text = QStringLiteral("one line\nand another");
    Q_EMIT m_console->engine.accounts().messageReceived(message);
    Console::settle();
    ui::Table& messages = table("messages");
    withMenu([](QMenu& menu) { choose(menu, "Copy text"); });
    rightClick(messages, 0);
    QCOMPARE(m_shown.join(u'|'), QStringLiteral("Call back|Copy text|Copy sender"));
    QCOMPARE(QGuiApplication::clipboard()->text(), message.text);
    withMenu([](QMenu& menu) { choose(menu, "Copy sender"); });
    rightClick(messages, 0);
    QCOMPARE(QGuiApplication::clipboard()->text(), message.number);
    withMenu([](QMenu& menu) { choose(menu, "Call back"); });
    menuKeyOn(messages);
    QCOMPARE(m_console->find<QLineEdit>("dialField")->text(), message.number);
}

QTEST_MAIN(ConsoleMenusTest)
#include "tst_ui_console_menus.moc"
