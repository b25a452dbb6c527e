// What the console says of the engine: banners, status bar, auto-answer, themes, empty lists; and
// what it remembers.
#include "Console.h"
#include "ui/NoticeWords.h"
#include "ui/widgets/AutoAnswerButton.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QDockWidget>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QTemporaryDir>
#include <QToolButton>

using namespace hs;
using namespace hs::test;

class ConsoleStatusTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_console = std::make_unique<Console>(); }
    void cleanup() { m_console.reset(); }
    void bannerForEachNotice_data();
    void bannerForEachNotice();
    void bannersAreFewAtOnce();
    void bannerPutAwayComesBackAnew();
    void statusBar();
    void autoAnswerIsOneClick();
    void autoAnswerMenu();
    void themeChangesWhileRunning();
    void emptyStatesHelp();
    void quitAsksWhileCallsLive();
    void arrangementIsRemembered();
    void brokenArrangementDoesNoHarm();
    void prefillDialsNothing();

private:
    QStringList titles() const;
    QStringList orders() { return m_console->engine.calls().takeOrders(); }

    std::unique_ptr<Console> m_console;
};

QStringList ConsoleStatusTest::titles() const
{
    QStringList titles;
    for (const QLabel* label :
         m_console->window->findChildren<QLabel*>(QStringLiteral("bannerTitle"))) {
        if (label->isVisible()) {
            titles << label->text();
        }
    }
    return titles;
}

void ConsoleStatusTest::bannerForEachNotice_data()
{
    QTest::addColumn<int>("which");
    for (int i = 0; i < everyNotice().size(); ++i) {
        QTest::addRow("notice %d", i) << i;
    }
}

void ConsoleStatusTest::bannerForEachNotice()
{
    QFETCH(int, which);
    const model::Notice notice = everyNotice().at(which);
    QVERIFY(m_console->open());
    QCOMPARE(titles(), QStringList());
    model::EngineStatus status = runningStatus();
    status.notices = {notice};
    m_console->engine.status().set(status);
    Console::settle();
    QCOMPARE(titles(), QStringList{ui::NoticeWords::title(notice)});
    auto* remedy = m_console->find<QLabel>("bannerRemedy");
    QCOMPARE(remedy->text(), ui::NoticeWords::remedy(notice));
    QCOMPARE(remedy->textFormat(), Qt::PlainText);
    m_console->engine.status().set(runningStatus()); // it is over
    Console::settle();
    QCOMPARE(titles(), QStringList());
}

void ConsoleStatusTest::bannersAreFewAtOnce()
{
    QVERIFY(m_console->open());
    model::EngineStatus status = runningStatus();
    status.notices = everyNotice();
    m_console->engine.status().set(status);
    Console::settle();
    auto* more = m_console->find<QToolButton>("moreNotices");
    QCOMPARE(more->text(), QStringLiteral("7 more notices"));
    const QStringList first = titles();
    QCOMPARE(first.size(), 2);
    QSet<QString> seen(first.begin(), first.end());
    for (int page = 1; page < 5; ++page) {
        more->click();
        Console::settle();
        for (const QString& title : titles()) {
            QVERIFY(!seen.contains(title));
            seen << title;
        }
    }
    QCOMPARE(seen.size(), 9);
    more->click();
    Console::settle();
    QCOMPARE(titles(), first);
}

void ConsoleStatusTest::bannerPutAwayComesBackAnew()
{
    QVERIFY(m_console->open());
    model::EngineStatus status = runningStatus();
    status.notices = everyNotice().mid(0, 1);
    m_console->engine.status().set(status);
    m_console->find<QToolButton>("bannerClose")->click();
    Console::settle();
    QCOMPARE(titles(), QStringList());
    status.liveCalls = 99;
    m_console->engine.status().set(status); // the same notice, still
    Console::settle();
    QCOMPARE(titles(), QStringList());
    m_console->engine.status().set(runningStatus());
    m_console->engine.status().set(status);
    Console::settle();
    QCOMPARE(titles().size(), 1);
}

void ConsoleStatusTest::statusBar()
{
    QVERIFY(m_console->open());
    const auto text = [this](const char* name) { return m_console->find<QLabel>(name)->text(); };
    QCOMPARE(text("statusSip"), QStringLiteral("down"));
    QVERIFY(m_console->find<QLabel>("statusSip")->property("bad").toBool());
    m_console->engine.status().set(runningStatus());
    Q_EMIT m_console->engine.clients().changed(someClients());
    QCOMPARE(text("statusSip"), QStringLiteral("192.168.1.20:5062"));
    QVERIFY(!m_console->find<QLabel>("statusSip")->property("bad").toBool());
    QCOMPARE(text("statusServer"), QStringLiteral("192.168.1.170:5060"));
    QCOMPARE(text("statusPrograms"), QStringLiteral("ws://127.0.0.1:8080 · 3"));
    QCOMPARE(text("statusRtp"), QStringLiteral("6 of 442"));
    QCOMPARE(text("statusCalls"), QStringLiteral("6 live"));
    QCOMPARE(m_console->find<QLabel>("statusRtp")->accessibleName(),
             QStringLiteral("RTP ports: 6 of 442"));
    model::EngineStatus full = runningStatus();
    full.rtpPortsUsed = full.rtpPortsTotal;
    m_console->engine.status().set(full);
    QCOMPARE(text("statusRtp"), QStringLiteral("442 of 442, all in use"));
}

void ConsoleStatusTest::autoAnswerIsOneClick()
{
    model::EngineStatus status = runningStatus();
    m_console->engine.status().set(status);
    QVERIFY(m_console->open());
    auto* button = m_console->find<ui::AutoAnswerButton>("autoAnswer");
    QCOMPARE(button->accessibleName(), QStringLiteral("Auto-answer: off"));
    button->click();
    QCOMPARE(orders(), QStringList{QStringLiteral("autoAnswer 0")});
    QVERIFY(!button->isChecked()); // until the engine says so
    status.autoAnswerAfter = 10;
    m_console->engine.status().set(status);
    QVERIFY(button->isChecked());
    QCOMPARE(button->accessibleName(), QStringLiteral("Auto-answer: after 10 s"));
    button->click();
    QCOMPARE(orders(), QStringList{QStringLiteral("autoAnswer off")});
    status.autoAnswerAfter = -1;
    m_console->engine.status().set(status);
    button->click(); // with the delay that it had
    QCOMPARE(orders(), QStringList{QStringLiteral("autoAnswer 10")});
}

void ConsoleStatusTest::autoAnswerMenu()
{
    QVERIFY(m_console->open());
    auto* button = m_console->find<ui::AutoAnswerButton>("autoAnswer");
    const auto choices = button->menu()->actions();
    choices.at(2)->trigger();
    QCOMPARE(orders(), QStringList{QStringLiteral("autoAnswer 5")});
    choices.at(0)->trigger();
    QCOMPARE(orders(), QStringList{QStringLiteral("autoAnswer off")});
}

void ConsoleStatusTest::themeChangesWhileRunning()
{
    QVERIFY(m_console->open());
    Q_EMIT m_console->engine.calls().changed(busyHour());
    const QImage light = m_console->window->grab().toImage();
    QVERIFY(light.pixelColor(light.width() / 2, light.height() - 100).lightness() > 200);
    m_console->find<QAction>("theme-dark")->trigger();
    Console::settle();
    QCOMPARE(m_console->theme.scheme(), ui::Scheme::Dark);
    const QImage dark = m_console->window->grab().toImage();
    QVERIFY(dark.pixelColor(dark.width() / 2, dark.height() - 100).lightness() < 70);
    QVERIFY(m_console->find<QAction>("theme-dark")->isChecked());
}

void ConsoleStatusTest::emptyStatesHelp()
{
    QVERIFY(m_console->open());
    auto* sessions = m_console->find<ui::Table>("sessions");
    QVERIFY(sessions->emptyHint().contains(QStringLiteral("SIP is down")));
    m_console->engine.status().set(runningStatus());
    QCOMPARE(sessions->emptyTitle(), QStringLiteral("No calls now"));
    QVERIFY(sessions->emptyHint().contains(QStringLiteral("press Enter")));
    QVERIFY(sessions->emptyHint().contains(QStringLiteral("sip:192.168.1.20:5062")));
    QCOMPARE(m_console->find<ui::Table>("log")->emptyTitle(), QStringLiteral("No calls yet"));
    QCOMPARE(m_console->find<ui::Table>("recordings")->emptyTitle(),
             QStringLiteral("No recordings yet"));
    QVERIFY(m_console->find<ui::Table>("programs")
                ->emptyHint()
                .contains(QStringLiteral("ws://127.0.0.1:8080")));
    model::EngineStatus status = runningStatus();
    status.canDialNumbers = false;
    m_console->engine.status().set(status);
    QVERIFY(m_console->find<QLabel>("dialHint")->text().contains(QStringLiteral("No SIP server")));
}

void ConsoleStatusTest::quitAsksWhileCallsLive()
{
    QVERIFY(m_console->open());
    Q_EMIT m_console->engine.calls().changed(busyHour());
    m_console->mayQuit = false;
    QVERIFY(!m_console->window->close());
    QCOMPARE(m_console->askedToQuit, QList<int>{6});
    m_console->mayQuit = true;
    QVERIFY(m_console->window->close());
}

void ConsoleStatusTest::arrangementIsRemembered()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("console.ini"));
    QVERIFY(m_console->open(file));
    ui::Panes& panes = m_console->panes();
    m_console->find<QMainWindow>("panes")->resizeDocks({m_console->find<QDockWidget>("paneLog")},
                                                       {222}, Qt::Vertical);
    Console::settle();
    const int height = m_console->find<QDockWidget>("paneLog")->height();
    auto* log = m_console->find<ui::Table>("log");
    log->horizontalHeader()->resizeSection(0, 222);
    const int wanted = log->widths().first();
    panes.show(Console::Pane::Programs);
    m_console->theme.setChoice(ui::Theme::Choice::Dark);
    QVERIFY(m_console->window->close());

    m_console = std::make_unique<Console>();
    QVERIFY(m_console->open(file));
    QCOMPARE(m_console->window->size(), QSize(1280, 800));
    const int now = m_console->find<QDockWidget>("panePrograms")->height();
    QVERIFY2(std::abs(now - height) <= 2,
             qPrintable(QString::number(now) + u' ' + QString::number(height)));
    QCOMPARE(m_console->find<ui::Table>("log")->widths().first(), wanted);
    QVERIFY(m_console->panes().isSeen(Console::Pane::Programs));
    QCOMPARE(m_console->theme.choice(), ui::Theme::Choice::Dark);
}

void ConsoleStatusTest::brokenArrangementDoesNoHarm()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("console.ini"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[console-1]\ngeometry=@ByteArray(nonsense)\npanes=@ByteArray(nonsense)\npaneNames="
               "Dial, Log\ntheme=pink\n"
               "sizes/rows=1\nsizes/log=1 2 3\nsizes/columns=0 0\n");
    file.close();
    QVERIFY(m_console->open(path));
    QVERIFY(m_console->find<QDockWidget>("paneLog")->width() > 400);
    QVERIFY(m_console->find<ui::Table>("sessions")->height() > 100);
    QVERIFY(m_console->panes().isSeen(Console::Pane::Log));
    QCOMPARE(m_console->theme.choice(), ui::Theme::Choice::Light);
}

void ConsoleStatusTest::prefillDialsNothing()
{
    QVERIFY(m_console->open());
    m_console->window->prefill(QStringLiteral("sip:anna@host.example"));
    QCOMPARE(orders(), QStringList());
    m_console->key(Qt::Key_Return);
    QCOMPARE(orders(), QStringList{QStringLiteral("dial sip:anna@host.example")});
}

QTEST_MAIN(ConsoleStatusTest)
#include "tst_ui_console_status.moc"
