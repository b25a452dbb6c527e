// The window's panes: tabs, closing and opening, what is remembered of them, and the compact form.
#include "Console.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/Table.h"
#include "ui/windows/WindowState.h"

#include <QAction>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QTemporaryDir>

using namespace hs;
using namespace hs::test;

class ConsolePanesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_console = std::make_unique<Console>(); }
    void cleanup() { m_console.reset(); }
    void keysShowAPane();
    void closedPaneComesBackWithReset();
    void closedPaneStaysClosedNextTime();
    void paneOfALaterVersionFindsItsPlace();
    void detailsSayWhoHearsWhom();
    void compactIsNarrowAndOnTop();
    void everyKeyWorksInCompactForm();
    void compactIsRemembered();

private:
    void trigger(const char* action) const
    {
        m_console->find<QAction>(action)->trigger();
        Console::settle();
    }
    QDockWidget& dock(const char* name) const { return *m_console->find<QDockWidget>(name); }

    QTemporaryDir m_folder;
    std::unique_ptr<Console> m_console;
};

void ConsolePanesTest::keysShowAPane()
{
    QVERIFY(m_console->open());
    m_console->key(Qt::Key_3, Qt::ControlModifier);
    QVERIFY(m_console->panes().isSeen(Console::Pane::Programs));
    QVERIFY(!m_console->panes().isSeen(Console::Pane::Log));
    m_console->key(Qt::Key_1, Qt::ControlModifier);
    QVERIFY(m_console->panes().isSeen(Console::Pane::Log));
}

void ConsolePanesTest::closedPaneComesBackWithReset()
{
    QVERIFY(m_console->open());
    trigger("showLog");
    QVERIFY(dock("paneLog").isHidden());
    dock("paneRecordings").setFloating(true);
    trigger("resetLayout");
    QVERIFY(m_console->panes().isSeen(Console::Pane::Log));
    QVERIFY(!dock("paneRecordings").isFloating());
}

void ConsolePanesTest::closedPaneStaysClosedNextTime()
{
    const QString file = m_folder.filePath(QStringLiteral("closed.ini"));
    QVERIFY(m_console->open(file));
    trigger("showPrograms");
    QVERIFY(m_console->window->close());
    m_console = std::make_unique<Console>();
    QVERIFY(m_console->open(file));
    QVERIFY(dock("panePrograms").isHidden());
    m_console->key(Qt::Key_3, Qt::ControlModifier); // its key opens it again
    QVERIFY(m_console->panes().isSeen(Console::Pane::Programs));
}

void ConsolePanesTest::paneOfALaterVersionFindsItsPlace()
{
    const QString file = m_folder.filePath(QStringLiteral("older.ini"));
    QVERIFY(m_console->open(file));
    QVERIFY(m_console->window->close());
    m_console.reset();
    ui::WindowState state = ui::WindowState::load(file);
    QVERIFY(state.paneNames.removeOne(QStringLiteral("Messages"))); // as if it knew none
    QVERIFY(state.save(file));
    m_console = std::make_unique<Console>();
    QVERIFY(m_console->open(file));
    m_console->panes().show(Console::Pane::Messages);
    Console::settle();
    QVERIFY(m_console->panes().isSeen(Console::Pane::Messages));
    QVERIFY(dock("paneMessages").height() > 50);
}

void ConsolePanesTest::detailsSayWhoHearsWhom()
{
    QVERIFY(m_console->open());
    m_console->panes().show(Console::Pane::Details);
    model::Call call = activeCall(1, QStringLiteral("0912"), model::Actor::consoleOperator(), 9000);
    call.hasHeadset = true;
    call.media.remoteReports = 3;
    call.media.sentSilence = model::SilenceCause::None;
    Q_EMIT m_console->engine.calls().changed({call});
    Console::settle();
    const auto* sentence = m_console->find<QLabel>("detailsSentence");
    QVERIFY(sentence->isVisible());
    QCOMPARE(sentence->text(), QStringLiteral("They hear you. You hear them."));
    call.heldByUs = true;
    call.state = model::CallState::Held;
    Q_EMIT m_console->engine.calls().changed({call});
    Console::settle();
    QVERIFY(sentence->text().startsWith(QStringLiteral("On hold")));
    QVERIFY(
        m_console->find<QLabel>("detailsEvents")->text().endsWith(QStringLiteral("put on hold")));
}

void ConsolePanesTest::compactIsNarrowAndOnTop()
{
    QVERIFY(m_console->open());
    trigger("compact");
    ui::MainWindow& window = *m_console->window;
    QVERIFY2(window.width() <= 360, qPrintable(QString::number(window.width())));
    QVERIFY(window.windowFlags().testFlag(Qt::WindowStaysOnTopHint));
    QVERIFY(window.isVisible());
    QVERIFY(!m_console->find<QMenuBar>("")->isVisible());
    QVERIFY(m_console->find<QLineEdit>("dialField")->isVisible());
    QVERIFY(m_console->find<ui::Table>("sessions")->isVisible());
    QVERIFY(!m_console->panes().isSeen(Console::Pane::Log));
    trigger("compact");
    QCOMPARE(window.size(), QSize(1280, 800));
    QVERIFY(!window.windowFlags().testFlag(Qt::WindowStaysOnTopHint));
    QVERIFY(m_console->panes().isSeen(Console::Pane::Log));
}

void ConsolePanesTest::everyKeyWorksInCompactForm()
{
    QVERIFY(m_console->open());
    trigger("compact");
    QVERIFY(QTest::qWaitForWindowActive(m_console->window.get()));
    Q_EMIT m_console->engine.calls().changed({ringingCall(4, QStringLiteral("4"), 2000)});
    Console::settle();
    m_console->key(Qt::Key_F3);
    QCOMPARE(m_console->engine.calls().takeOrders(), QStringList{QStringLiteral("answer 4")});
    m_console->key(Qt::Key_J, Qt::ControlModifier); // and back
    Console::settle();
    QVERIFY(m_console->window->width() > 360);
}

void ConsolePanesTest::compactIsRemembered()
{
    const QString file = m_folder.filePath(QStringLiteral("compact.ini"));
    QVERIFY(m_console->open(file));
    trigger("compact");
    m_console->window->resize(350, 500);
    Console::settle();
    const QSize size = m_console->window->size();
    QVERIFY(m_console->window->close());
    m_console.reset();
    const ui::WindowState state = ui::WindowState::load(file);
    QVERIFY(state.isCompact);
    m_console = std::make_unique<Console>();
    m_console->keepSize = true;
    QVERIFY(m_console->open(file));
    QCOMPARE(m_console->window->size(), size);
    QVERIFY(m_console->find<QAction>("compact")->isChecked());
    trigger("compact");
    QVERIFY(m_console->panes().isSeen(Console::Pane::Log));
}

QTEST_MAIN(ConsolePanesTest)
#include "tst_ui_console_panes.moc"
