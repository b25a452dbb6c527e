// What accounts bring into the window: busy lamps and texts; by key and by mouse.
#include "Console.h"
#include "SampleAccounts.h"
#include "ui/models/MessageListModel.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace hs;
using namespace hs::test;

class ConsoleLampsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void lampsAreHiddenWithoutAny();
    void lampsDialAndPickUp();
    void textIsANoticeAndARow();
    void earlierTextsAreRowsAndNoNews();

private:
    // What is seen: one that was put away goes a little later.
    template <class T>
    T* shown(const char* name)
    {
        for (T* widget : m_console->window->findChildren<T*>(QLatin1String(name))) {
            if (widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }
    FakeAccounts& accounts() { return m_console->engine.accounts(); }
    QStringList orders() { return m_console->engine.calls().takeOrders(); }
    static QStringList order(const char* text) { return {QLatin1String(text)}; }

    std::unique_ptr<Console> m_console;
};

void ConsoleLampsTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    m_console->engine.accounts().set(someAccounts(), someStates());
    QVERIFY(m_console->open());
}

void ConsoleLampsTest::lampsAreHiddenWithoutAny()
{
    auto* panel = m_console->find<QWidget>("lampsPanel");
    QVERIFY(panel->isVisible()); // configured, though nothing is known yet
    auto* table = m_console->find<ui::Table>("lamps");
    QCOMPARE(table->model()->rowCount(), 4);
    QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("unknown"));
    accounts().set(someAccounts().mid(1), someStates().mid(1));
    QVERIFY(!panel->isVisible());
}

void ConsoleLampsTest::lampsDialAndPickUp()
{
    QAction& pickUp = *m_console->find<QAction>("pickUp");
    QVERIFY(!pickUp.isEnabled());
    Q_EMIT accounts().lampsChanged(someLamps());
    auto* table = m_console->find<ui::Table>("lamps");
    QCOMPARE(table->model()->index(1, 1).data().toString(),
             QStringLiteral("busy \u00b7 0912 341 234"));
    QVERIFY(table->model()
                ->index(3, 0)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("404 Not Found")));
    QVERIFY(table->model()
                ->index(2, 0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(QStringLiteral("ringing, Lin Mei-Hua")));
    m_console->key(Qt::Key_E, Qt::ControlModifier);
    QVERIFY(table->hasFocus());
    m_console->key(Qt::Key_Return);
    QCOMPARE(orders(), order("dial 201 by office"));
    QVERIFY(pickUp.isEnabled());
    m_console->key(Qt::Key_F5); // the first that rings
    QCOMPARE(accounts().takeOrders(), order("pickUp office 203"));
    QList<model::BusyLamp> lamps = someLamps();
    lamps[2].state = model::LampState::Idle;
    Q_EMIT accounts().lampsChanged(lamps);
    QVERIFY(!pickUp.isEnabled());
    QCOMPARE(table->selectedId().toString(), QStringLiteral("office\n201")); // stays selected
    m_console->type(QStringLiteral("5"));
    QCOMPARE(m_console->find<QLineEdit>("dialField")->text(), QStringLiteral("5"));
}

void ConsoleLampsTest::textIsANoticeAndARow()
{
    ui::Panes& panes = m_console->panes();
    QWidget* focused = m_console->window->focusWidget();
    Q_EMIT accounts().messageReceived(someText(QStringLiteral("<b>first</b>\nline two")));
    QCOMPARE(m_console->window->focusWidget(), focused);
    auto* title = m_console->find<QLabel>("bannerTitle");
    QCOMPARE(title->text(), QStringLiteral("Message from 203 \u00b7 Jens"));
    auto* body = m_console->find<QLabel>("bannerRemedy");
    QCOMPARE(body->text(), QStringLiteral("<b>first</b> line two"));
    QCOMPARE(body->textFormat(), Qt::PlainText);
    QCOMPARE(panes.title(Console::Pane::Messages), QStringLiteral("Messages (1 new)"));
    Q_EMIT accounts().messageReceived(someText(QStringLiteral("second")));
    QCOMPARE(shown<QLabel>("bannerTitle")->text(),
             QStringLiteral("2 new messages, the last from 203 \u00b7 Jens"));
    shown<QPushButton>("showText")->click();
    Console::settle();
    auto* table = m_console->find<ui::Table>("messages");
    QVERIFY(panes.isSeen(Console::Pane::Messages));
    QCOMPARE(panes.title(Console::Pane::Messages), QStringLiteral("Messages"));
    QCOMPARE(table->model()->index(0, int(ui::MessageColumn::Text)).data().toString(),
             QStringLiteral("second")); // newest first
    QVERIFY(shown<QPushButton>("showText") == nullptr);
    m_console->key(Qt::Key_Down);
    QCOMPARE(m_console->find<QPlainTextEdit>("messageText")->toPlainText(),
             QStringLiteral("<b>first</b>\nline two"));
    m_console->key(Qt::Key_Return);
    QCOMPARE(m_console->find<QLineEdit>("dialField")->text(),
             QStringLiteral("203")); // to call back
}

void ConsoleLampsTest::earlierTextsAreRowsAndNoNews()
{
    const auto text = [this](int row) {
        return m_console->find<ui::Table>("messages")
            ->model()
            ->index(row, int(ui::MessageColumn::Text))
            .data()
            .toString();
    };
    Q_EMIT accounts().messageReceived(someText(QStringLiteral("now")));
    Q_EMIT accounts().messagesListed({someText(QStringLiteral("now")), // was stored meanwhile
                                      someText(QStringLiteral("yesterday"))});
    QCOMPARE(m_console->find<ui::Table>("messages")->model()->rowCount(), 2);
    QCOMPARE(text(0), QStringLiteral("now"));
    QCOMPARE(text(1), QStringLiteral("yesterday"));
    QCOMPARE(m_console->panes().title(Console::Pane::Messages), QStringLiteral("Messages (1 new)"));
    // Those of the log are asked for when the window is made.
    m_console = std::make_unique<Console>();
    accounts().logged = {someText(QStringLiteral("last week"))};
    QVERIFY(m_console->open());
    QCOMPARE(text(0), QStringLiteral("last week"));
    QCOMPARE(m_console->panes().title(Console::Pane::Messages), QStringLiteral("Messages"));
}

QTEST_MAIN(ConsoleLampsTest)
#include "tst_ui_console_lamps.moc"
