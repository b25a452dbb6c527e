#include "JitterScenario.h"

#include <QDir>
#include <QTest>

// Every script of tests/vectors/jitter.
class JitterScenariosTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scenario_data();
    void scenario();
    void aWrongScriptFails_data();
    void aWrongScriptFails();
};

void JitterScenariosTest::scenario_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(HS_VECTORS_DIR "/jitter"));
    const QStringList files = folder.entryList({QStringLiteral("*.scn")}, QDir::Files, QDir::Name);
    for (const QString& file : files) {
        QTest::addRow("%s", qPrintable(file)) << folder.filePath(file);
    }
    QVERIFY2(files.size() >= 40, qPrintable(folder.path()));
}

void JitterScenariosTest::scenario()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    hs::test::JitterScenario scenario;
    const QString wrong = scenario.run(file.readAll());
    qInfo("%s", qPrintable(scenario.summary()));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void JitterScenariosTest::aWrongScriptFails_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("unknown command") << QByteArray("jog 5\nexpect late = 0");
    QTest::newRow("unknown name") << QByteArray("expect lateness = 0");
    QTest::newRow("a repetition without an end") << QByteArray("repeat 2\nexpect late = 0");
    QTest::newRow("an end of nothing") << QByteArray("end\nexpect late = 0");
    QTest::newRow("a macro within itself") << QByteArray("define a\na\nend\na\nexpect late = 0");
    QTest::newRow("unknown comparison") << QByteArray("expect late < 1");
    QTest::newRow("does not hold") << QByteArray("run 1000\nexpect played_ms <= 500");
}

void JitterScenariosTest::aWrongScriptFails()
{
    QFETCH(QByteArray, script);
    hs::test::JitterScenario scenario;
    QVERIFY(!scenario.run(script).isEmpty());
}

QTEST_GUILESS_MAIN(JitterScenariosTest)
#include "tst_jitter_scenarios.moc"
