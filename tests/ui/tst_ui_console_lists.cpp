// The lists below the live sessions: call log, recordings, programs, on a real window.
#include "Console.h"
#include "ui/models/Cell.h"
#include "ui/widgets/SeekSlider.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QToolButton>

using namespace hs;
using namespace hs::test;

class ConsoleListsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void logFilter();
    void chipsChooseMissedAndRecorded();
    void thousandRowsComePageByPage();
    void newRowsKeepPlaceAndSelection();
    void atTheTopTheNewestIsSeen();
    void logThatCantBeReadStays();
    void missedBadge();
    void callBackFillsTheDialField();
    void copyNumber();
    void playFromTheLog();
    void playSeekStop();
    void seekByKeysAndMouse();
    void playerTellsTrouble();
    void openFolder();
    void recordingFilter();
    void recordingsAreReadWhileSomebodyLooks();
    void recordingsThatCantBeReadStay();
    void programs();

private:
    ui::Table& log() const { return *m_console->find<ui::Table>("log"); }
    ui::Table& recordings() const { return *m_console->find<ui::Table>("recordings"); }
    FakePlayback& playback() const { return m_console->engine.playback(); }

    std::unique_ptr<Console> m_console;
};

void ConsoleListsTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.log().entries = busyLog(1000);
    m_console->engine.recordings().recordings = someRecordings(20);
    m_console->engine.status().set(runningStatus());
    QVERIFY(m_console->open());
}

void ConsoleListsTest::logFilter()
{
    m_console->key(Qt::Key_F, Qt::ControlModifier);
    auto* filter = m_console->find<QLineEdit>("logFilter");
    QVERIFY(filter->hasFocus());
    m_console->type(QStringLiteral("delta"));
    Console::settle();
    QCOMPARE(m_console->engine.log().queries.last().text, QStringLiteral("delta"));
    QVERIFY(log().model()->rowCount() > 0);
    for (int row = 0; row < log().model()->rowCount(); ++row) {
        QVERIFY(log().model()->index(row, 2).data().toString().contains(QStringLiteral("Delta")));
    }
    m_console->type(QStringLiteral("zzz"));
    Console::settle();
    QCOMPARE(log().model()->rowCount(), 0);
    QCOMPARE(log().emptyTitle(), QStringLiteral("No call fits the filter"));
    m_console->key(Qt::Key_Escape);
    Console::settle();
    QCOMPARE(filter->text(), QString());
    QVERIFY(log().model()->rowCount() >= 200);
}

void ConsoleListsTest::chipsChooseMissedAndRecorded()
{
    const auto chips = m_console->window->findChildren<QToolButton*>(QStringLiteral("chip"));
    QCOMPARE(chips.size(), 3);
    chips[1]->click();
    Console::settle();
    QVERIFY(m_console->engine.log().queries.last().missedOnly);
    QCOMPARE(log().model()->index(0, 1).data().toString(), QStringLiteral("missed"));
    QCOMPARE(log().model()->index(1, 1).data().toString(), QStringLiteral("missed"));
    chips[2]->click();
    Console::settle();
    QVERIFY(m_console->engine.log().queries.last().recordedOnly);
    QVERIFY(!m_console->engine.log().queries.last().missedOnly);
    m_console->find<QLineEdit>("logFilter")->setFocus();
    m_console->key(Qt::Key_Escape); // all calls again
    QVERIFY(chips[0]->isChecked());
    Console::settle();
    QVERIFY(!m_console->engine.log().queries.last().recordedOnly);
}

void ConsoleListsTest::thousandRowsComePageByPage()
{
    QVERIFY(log().model()->rowCount() < 1000);
    log().setFocus();
    for (int page = 0; page < 20 && log().model()->rowCount() < 1000; ++page) {
        log().scrollToBottom();
        Console::settle();
    }
    QCOMPARE(log().model()->rowCount(), 1000);
    QCOMPARE(m_console->engine.log().queries.size(), 5); // no page was asked for twice
    QCOMPARE(log().model()->index(999, 0).data(ui::IdRole).toInt(), 1);
}

void ConsoleListsTest::newRowsKeepPlaceAndSelection()
{
    log().selectRowAt(60);
    log().scrollTo(log().model()->index(60, 0), QAbstractItemView::PositionAtCenter);
    const QVariant chosen = log().selectedId();
    const int y = log().rowViewportPosition(60);
    m_console->engine.log().entries = busyLog(1004);
    Q_EMIT m_console->engine.log().rowsChanged();
    Console::settle();
    QCOMPARE(log().model()->index(0, 0).data(ui::IdRole).toInt(), 1004);
    QCOMPARE(log().selectedId(), chosen);
    QCOMPARE(log().rowViewportPosition(64), y);
}

void ConsoleListsTest::atTheTopTheNewestIsSeen()
{
    QCOMPARE(log().verticalScrollBar()->value(), 0);
    m_console->engine.log().entries = busyLog(1001);
    Q_EMIT m_console->engine.log().rowsChanged();
    Console::settle();
    QCOMPARE(log().verticalScrollBar()->value(), 0);
    QCOMPARE(log().model()->index(0, 0).data(ui::IdRole).toInt(), 1001);
}

void ConsoleListsTest::logThatCantBeReadStays()
{
    const int rows = log().model()->rowCount();
    FakeLog& engine = m_console->engine.log();
    engine.problem = QStringLiteral("the call log can't be read: disk I/O error");
    Q_EMIT engine.rowsChanged();
    Console::settle();
    QCOMPARE(log().model()->rowCount(), rows);
    QCOMPARE(m_console->find<QLabel>("bannerTitle")->text(), engine.problem);
    engine.problem.clear();
    engine.entries.removeFirst();
    Q_EMIT engine.rowsChanged(); // what failed does not keep it from asking again
    Console::settle();
    QCOMPARE(log().model()->index(0, 0).data(ui::IdRole).toLongLong(),
             engine.entries.first().rowId);
}

void ConsoleListsTest::missedBadge()
{
    auto* badge = m_console->find<QToolButton>("missedBadge");
    QVERIFY(!badge->isVisible());
    m_console->engine.log().missedTotal = 3;
    Q_EMIT m_console->engine.log().rowsChanged();
    Console::settle();
    QVERIFY(badge->isVisible());
    QCOMPARE(badge->text(), QStringLiteral("3 missed calls"));
    QCOMPARE(badge->accessibleName(), QStringLiteral("3 missed calls"));
    // From any tab; looking does not make it go, only saying so does.
    m_console->panes().show(Console::Pane::Programs);
    QTest::mouseClick(badge, Qt::LeftButton);
    Console::settle();
    QVERIFY(m_console->panes().isSeen(Console::Pane::Log));
    QVERIFY(m_console->engine.log().queries.last().missedOnly);
    QVERIFY(badge->isVisible());
    m_console->find<QToolButton>("markSeen")->click();
    Console::settle();
    QVERIFY(!badge->isVisible());
    QVERIFY(!m_console->find<QToolButton>("markSeen")->isVisible());
    QVERIFY(log().model()->rowCount() > 0); // the calls stay listed
}

void ConsoleListsTest::callBackFillsTheDialField()
{
    log().selectRowAt(0);
    log().setFocus();
    m_console->key(Qt::Key_Return);
    auto* field = m_console->find<QLineEdit>("dialField");
    QCOMPARE(field->text(), QStringLiteral("0912341234"));
    QVERIFY(field->hasFocus());
    QCOMPARE(m_console->engine.calls().takeOrders(), QStringList()); // dials nothing by itself
    m_console->key(Qt::Key_Return);
    QCOMPARE(m_console->engine.calls().takeOrders(),
             QStringList{QStringLiteral("dial 0912341234")});
}

void ConsoleListsTest::copyNumber()
{
    log().selectRowAt(1);
    log().setFocus();
    m_console->key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("0933102771"));
}

void ConsoleListsTest::playFromTheLog()
{
    log().selectRowAt(1);
    const auto actions = log().actions();
    QCOMPARE(actions.size(), 3);
    QVERIFY(actions[2]->isEnabled());
    actions[2]->trigger();
    QVERIFY(m_console->panes().isSeen(Console::Pane::Recordings));
    QCOMPARE(playback().orders, QStringList{QStringLiteral("play /var/recordings/1.wav")});
    log().selectRowAt(0); // missed, not recorded
    QVERIFY(!actions[2]->isEnabled());
}

void ConsoleListsTest::playSeekStop()
{
    m_console->panes().show(Console::Pane::Recordings);
    auto* play = m_console->find<QAction>("play");
    auto* stop = m_console->find<QAction>("stop");
    QVERIFY(!play->isEnabled());
    recordings().selectRowAt(2);
    const QString path = recordings().selectedId().toString();
    QVERIFY(play->isEnabled());
    QVERIFY(!stop->isEnabled());
    play->trigger();
    QCOMPARE(playback().orders, QStringList{QStringLiteral("play ") + path});
    QCOMPARE(play->text(), QStringLiteral("Pause"));
    playback().advanceTo(21000);
    QCOMPARE(m_console->find<ui::SeekSlider>("seek")->value(), 21000);
    play->trigger();
    QCOMPARE(playback().orders.last(), QStringLiteral("pause"));
    QCOMPARE(play->text(), QStringLiteral("Play"));
    play->trigger(); // goes on
    QCOMPARE(m_console->find<ui::SeekSlider>("seek")->value(), 21000);
    stop->trigger();
    QCOMPARE(playback().orders.last(), QStringLiteral("stop"));
    QVERIFY(!stop->isEnabled());
    recordings().setFocus();
    m_console->key(Qt::Key_Return);
    QCOMPARE(playback().orders.last(), QStringLiteral("play ") + path);
}

void ConsoleListsTest::seekByKeysAndMouse()
{
    m_console->panes().show(Console::Pane::Recordings);
    recordings().selectRowAt(2);
    m_console->find<QAction>("play")->trigger();
    auto* slider = m_console->find<ui::SeekSlider>("seek");
    slider->setFocus();
    m_console->key(Qt::Key_Right);
    QCOMPARE(playback().orders.last(), QStringLiteral("seek 5000"));
    m_console->key(Qt::Key_PageUp);
    QCOMPARE(playback().orders.last(), QStringLiteral("seek 35000"));
    QTest::mouseClick(slider, Qt::LeftButton, {},
                      QPoint(slider->width() / 2, slider->height() / 2));
    const int asked = playback().orders.last().mid(5).toInt();
    QVERIFY2(std::abs(asked - 30000) < 1500, qPrintable(playback().orders.last()));
    // While the hand is on it, the player does not pull it away.
    QTest::mousePress(slider, Qt::LeftButton, {},
                      QPoint(slider->width() / 4, slider->height() / 2));
    const int held = slider->value();
    playback().advanceTo(59000);
    QCOMPARE(slider->value(), held);
    QTest::mouseRelease(slider, Qt::LeftButton, {},
                        QPoint(slider->width() / 4, slider->height() / 2));
    QVERIFY(playback().orders.last().startsWith(QStringLiteral("seek 1")));
}

void ConsoleListsTest::playerTellsTrouble()
{
    m_console->panes().show(Console::Pane::Recordings);
    recordings().selectRowAt(0);
    m_console->find<QAction>("play")->trigger();
    playback().fail(QStringLiteral("the file cannot be read"));
    auto* title = m_console->find<QLabel>("playerTitle");
    QCOMPARE(title->text(), QStringLiteral("the file cannot be read"));
    QVERIFY(title->property("bad").toBool());
}

void ConsoleListsTest::openFolder()
{
    m_console->find<QAction>("openFolder")->trigger();
    QCOMPARE(m_console->opened, QList<QUrl>{QUrl(QStringLiteral("file:///var/recordings"))});
}

void ConsoleListsTest::recordingFilter()
{
    m_console->panes().show(Console::Pane::Recordings);
    m_console->key(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(m_console->find<QLineEdit>("recordingFilter")->hasFocus());
    m_console->type(QStringLiteral("0933"));
    Console::settle();
    const int found = recordings().model()->rowCount();
    QVERIFY(found > 0 && found < 20);
    m_console->key(Qt::Key_Escape);
    Console::settle();
    QCOMPARE(recordings().model()->rowCount(), 20);
}

void ConsoleListsTest::recordingsAreReadWhileSomebodyLooks()
{
    FakeRecordings& engine = m_console->engine.recordings();
    const int asked = engine.asked;
    for (int i = 0; i < 3; ++i) {
        Q_EMIT engine.listChanged();
        Console::settle();
    }
    QCOMPARE(engine.asked, asked);
    m_console->panes().show(Console::Pane::Recordings);
    Console::settle();
    QCOMPARE(engine.asked, asked + 1);
    Q_EMIT engine.listChanged();
    Console::settle();
    QCOMPARE(engine.asked, asked + 2);
}

void ConsoleListsTest::recordingsThatCantBeReadStay()
{
    m_console->panes().show(Console::Pane::Recordings);
    Console::settle();
    FakeRecordings& engine = m_console->engine.recordings();
    const int rows = recordings().model()->rowCount();
    QVERIFY(rows > 0);
    engine.problem = QStringLiteral("the recordings can't be listed: disk I/O error");
    Q_EMIT engine.listChanged();
    Console::settle();
    QCOMPARE(recordings().model()->rowCount(), rows);
    QCOMPARE(m_console->find<QLabel>("bannerTitle")->text(), engine.problem);
}

void ConsoleListsTest::programs()
{
    auto* disconnect = m_console->find<QToolButton>("disconnect");
    Q_EMIT m_console->engine.clients().changed(someClients());
    QCOMPARE(m_console->panes().title(Console::Pane::Programs), QStringLiteral("Programs (3)"));
    QVERIFY(!disconnect->isEnabled());
    m_console->key(Qt::Key_3, Qt::ControlModifier);
    QVERIFY(m_console->panes().isSeen(Console::Pane::Programs));
    m_console->find<ui::Table>("programs")->selectRowAt(1);
    disconnect->click();
    QCOMPARE(m_console->engine.clients().disconnected, QList<quint64>{40355});
}

QTEST_MAIN(ConsoleListsTest)
#include "tst_ui_console_lists.moc"
