#include "ui/windows/WindowState.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using hs::ui::WindowState;

class WindowStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWas();
    void absentFileIsTheDefault();
    void newerStateIsLeftAlone();
    void nonsenseCountsAsAbsent_data();
    void nonsenseCountsAsAbsent();
    void cannotBeWritten();

private:
    QString path() const { return m_folder.filePath(QStringLiteral("deep/console.ini")); }
    void write(const QByteArray& text) const;

    QTemporaryDir m_folder;
};

void WindowStateTest::write(const QByteArray& text) const
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("deep")));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

void WindowStateTest::comesBackAsItWas()
{
    WindowState state;
    state.geometry = QByteArray("\x01\xd9\xd0\xcb\x00\x03", 6);
    state.sizes[QStringLiteral("rows")] = {400, 380};
    state.sizes[QStringLiteral("log")] = {100, 80, 300};
    state.panes = QByteArray("\0\xff panes", 8);
    state.paneNames = {QStringLiteral("Dial"), QStringLiteral("Log")};
    state.isCompact = true;
    state.compactGeometry = QByteArray("\1\2", 2);
    state.theme = QStringLiteral("dark");
    state.autoAnswerSeconds = 10;
    QVERIFY(state.save(path())); // makes the folder
    QCOMPARE(WindowState::load(path()), state);
}

void WindowStateTest::absentFileIsTheDefault()
{
    QCOMPARE(WindowState::load(m_folder.filePath(QStringLiteral("none.ini"))), WindowState());
    QCOMPARE(WindowState::load({}), WindowState());
    QVERIFY(WindowState().save({}));
}

void WindowStateTest::newerStateIsLeftAlone()
{
    write("[console-2]\ntab=dark side\n");
    QCOMPARE(WindowState::load(path()), WindowState());
    QVERIFY(WindowState().save(path()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("tab=dark side"));
}

void WindowStateTest::nonsenseCountsAsAbsent_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no INI at all") << QByteArray("\x00\xff\x13 \n]]][[=", 11);
    QTest::newRow("words for numbers")
        << QByteArray("[console-1]\ntab=left\nautoAnswerSeconds=-9\nsizes/rows=a b\n");
    QTest::newRow("negative sizes") << QByteArray("[console-1]\ntab=-4\nsizes/rows=-5 10\n");
    QTest::newRow("huge sizes") << QByteArray("[console-1]\nsizes/rows=99999999999 1\n");
    QTest::newRow("a folder of sizes too many")
        << QByteArray("[console-1]\nsizes/rows=") + QByteArray("1 ").repeated(1000) + "\n";
    QTest::newRow("too large a file") << QByteArray(2 * 1024 * 1024, 'a');
}

void WindowStateTest::nonsenseCountsAsAbsent()
{
    QFETCH(QByteArray, text);
    write(text);
    QCOMPARE(WindowState::load(path()), WindowState());
}

void WindowStateTest::cannotBeWritten()
{
    QVERIFY(!WindowState().save(QStringLiteral("/proc/nowhere/console.ini")));
}

QTEST_GUILESS_MAIN(WindowStateTest)
#include "tst_ui_window_state.moc"
