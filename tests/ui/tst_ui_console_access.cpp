// For everyone: names for a screen reader, an order of the Tab key that makes sense, nothing cut
// off, no text of a peer's taken for markup.
#include "Console.h"
#include "ui/widgets/Table.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QScrollBar>
#include <QSplitter>
#include <QTabBar>

using namespace hs;
using namespace hs::test;

class ConsoleAccessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void everyControlHasAName();
    void tabOrder();
    void rowKeysAndShortcutsAreUnique();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
    void labelsTakeNoMarkup();

private:
    std::unique_ptr<Console> m_console;
};

void ConsoleAccessTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.log().entries = busyLog(50);
    m_console->engine.log().missedTotal = 2;
    m_console->engine.recordings().recordings = someRecordings(5);
    model::EngineStatus status = runningStatus();
    status.notices = everyNotice();
    m_console->engine.status().set(status);
    QVERIFY(m_console->open());
    Q_EMIT m_console->engine.clients().changed(someClients());
    Q_EMIT m_console->engine.calls().changed(busyHour());
    Console::settle();
}

void ConsoleAccessTest::everyControlHasAName()
{
    int controls = 0;
    for (QWidget* widget : m_console->window->findChildren<QWidget*>()) {
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        const bool control = button != nullptr || qobject_cast<QLineEdit*>(widget) != nullptr
            || qobject_cast<ui::Table*>(widget) != nullptr
            || (qobject_cast<QAbstractSlider*>(widget) != nullptr
                && qobject_cast<QScrollBar*>(widget) == nullptr);
        // Qt's own small parts of its own controls speak for themselves.
        const bool inner = qobject_cast<QTabBar*>(widget->parentWidget()) != nullptr
            || qobject_cast<QLineEdit*>(widget->parentWidget()) != nullptr
            || qobject_cast<QMenuBar*>(widget->parentWidget()) != nullptr
            || qobject_cast<QAbstractScrollArea*>(widget->parentWidget()) != nullptr;
        if (!control || (inner && widget->objectName() != QLatin1String("missedBadge"))) {
            continue;
        }
        ++controls;
        const QString name = widget->accessibleName().isEmpty() && button != nullptr
            ? button->text()
            : widget->accessibleName();
        QVERIFY2(!name.isEmpty(),
                 qPrintable(QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ')
                            + widget->objectName()));
    }
    QVERIFY2(controls > 35, qPrintable(QString::number(controls)));
}

void ConsoleAccessTest::tabOrder()
{
    QStringList order;
    m_console->find<QLineEdit>("dialField")->setFocus();
    for (int i = 0; i < 40; ++i) {
        const QWidget* focused = m_console->window->focusWidget();
        const QString name = focused->objectName().isEmpty()
            ? QLatin1String(focused->metaObject()->className())
            : focused->objectName();
        if (i > 0 && name == QLatin1String("dialField")) {
            break;
        }
        if (order.isEmpty() || order.last() != name) {
            order << name;
        }
        m_console->key(Qt::Key_Tab);
    }
    // Dial, calls, what to do with them, the lists; no way leads into a trap.
    const QStringList landmarks{
        QStringLiteral("dialField"),   QStringLiteral("callButton"),
        QStringLiteral("sessions"),    QStringLiteral("hs::ui::ActionButton"),
        QStringLiteral("autoAnswer"),  QStringLiteral("moreNotices"),
        QStringLiteral("bannerClose"), QStringLiteral("logFilter"),
        QStringLiteral("chip"),        QStringLiteral("markSeen"),
        QStringLiteral("log")};
    qsizetype at = -1;
    for (const QString& landmark : landmarks) {
        const qsizetype next = order.indexOf(landmark);
        QVERIFY2(next > at, qPrintable(landmark + QStringLiteral(" in ") + order.join(u' ')));
        at = next;
    }
}

void ConsoleAccessTest::rowKeysAndShortcutsAreUnique()
{
    QStringList keys;
    for (const QAction* action : m_console->window->findChildren<QAction*>()) {
        if (!action->shortcut().isEmpty()) {
            keys << action->shortcut().toString();
        }
    }
    QCOMPARE(keys.removeDuplicates(), 0);
    for (const char* key : {"F3", "F4", "F6", "F12", "Ctrl+M", "Alt+1", "Alt+9", "Ctrl+F"}) {
        QVERIFY2(keys.contains(QLatin1String(key)), key);
    }
    QVERIFY(!keys.contains(QStringLiteral("Esc")));
    QVERIFY(!keys.contains(QStringLiteral("F10"))); // the menu bar's
}

void ConsoleAccessTest::nothingIsCutOff_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1024x700") << QSize(1024, 700);
    QTest::newRow("1280x800") << QSize(1280, 800);
    QTest::newRow("1920x1080") << QSize(1920, 1080);
}

void ConsoleAccessTest::nothingIsCutOff()
{
    QFETCH(QSize, size);
    m_console->window->resize(size);
    Console::settle();
    QCOMPARE(m_console->window->size(), size); // the window can be as small
    for (const auto pane :
         {Console::Pane::Log, Console::Pane::Recordings, Console::Pane::Programs}) {
        m_console->panes().show(pane);
        Console::settle();
        for (QWidget* widget : m_console->window->findChildren<QWidget*>()) {
            auto* label = qobject_cast<QLabel*>(widget);
            auto* button = qobject_cast<QAbstractButton*>(widget);
            if (!widget->isVisible() || (label == nullptr && button == nullptr)
                || widget->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored
                || qobject_cast<QLineEdit*>(widget->parentWidget()) != nullptr) {
                continue;
            }
            const int needed = label != nullptr && label->wordWrap()
                ? label->heightForWidth(label->width())
                : widget->minimumSizeHint().height();
            const QString what = QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ')
                + widget->objectName() + QLatin1Char(' ')
                + (label != nullptr ? label->text() : button->text());
            QVERIFY2(widget->height() >= needed, qPrintable(what));
            QVERIFY2((label != nullptr && label->wordWrap())
                         || widget->width() >= widget->minimumSizeHint().width(),
                     qPrintable(what));
        }
    }
    // Every column of the live sessions that is shown has room for what a column must say.
    auto* sessions = m_console->find<ui::Table>("sessions");
    int wide = 0;
    for (int column = 0; column < sessions->model()->columnCount(); ++column) {
        wide += sessions->columnWidth(column);
    }
    QVERIFY(wide <= sessions->viewport()->width() + 1);
}

void ConsoleAccessTest::labelsTakeNoMarkup()
{
    const QString markup = QStringLiteral("<img src=x><b>0912</b>");
    model::Call call = activeCall(1, markup, model::Actor::ofClient(markup), 1000);
    call.displayName = markup;
    call.reason = markup;
    call.hasHeadset = true;
    Q_EMIT m_console->engine.calls().changed({call});
    Q_EMIT m_console->engine.calls().refused(1, markup);
    Q_EMIT m_console->engine.calls().refused(0, markup);
    Console::settle();
    int shown = 0;
    for (const QLabel* label : m_console->window->findChildren<QLabel*>()) {
        if (label->text().contains(QStringLiteral("<b>"))) {
            ++shown;
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }
    QCOMPARE(shown, 8); // headset card, details in pane and strip, dial message, banner
    auto* sessions = m_console->find<ui::Table>("sessions");
    for (int column = 0; column < sessions->model()->columnCount(); ++column) {
        const QString tip = sessions->model()->index(0, column).data(Qt::ToolTipRole).toString();
        QVERIFY2(!tip.contains(QStringLiteral("<b>")), qPrintable(tip));
    }
}

QTEST_MAIN(ConsoleAccessTest)
#include "tst_ui_console_access.moc"
