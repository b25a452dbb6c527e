#include "engine/LogLine.h"

#include <QTest>

#include <ctime>

using namespace hs;
using engine::LogLine;

class LogLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isInTheFormatOfTheFirstServer_data();
    void isInTheFormatOfTheFirstServer();
    void cannotBeForged_data();
    void cannotBeForged();
    void isBounded();
};

void LogLineTest::initTestCase()
{
    qputenv("TZ", "Asia/Taipei");
    ::tzset();
}

void LogLineTest::isInTheFormatOfTheFirstServer_data()
{
    QTest::addColumn<LogLine>("line");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("info") << LogLine{model::LogLevel::Info, 1767323045006,
                                     QStringLiteral("Call from 王小明"), "/a/b/Call.cpp", 47}
                          << QByteArray("[INFO] - 2026-01-02 11:04:05,006 - Call from 王小明 - "
                                        "Call.cpp:47\n");
    QTest::newRow("debug") << LogLine{model::LogLevel::Debug, 0, QStringLiteral("x"), "x.cpp", 1}
                           << QByteArray("[DEBUG] - 1970-01-01 08:00:00,000 - x - x.cpp:1\n");
    QTest::newRow("warning") << LogLine{model::LogLevel::Warning, 999, {}, "qt.network", 0}
                             << QByteArray("[WARNING] - 1970-01-01 08:00:00,999 -  - "
                                           "qt.network:0\n");
    QTest::newRow("error, no file")
        << LogLine{model::LogLevel::Error, 0, QStringLiteral("x"), {}, 0}
        << QByteArray("[ERROR] - 1970-01-01 08:00:00,000 - x - unknown:0\n");
}

void LogLineTest::isInTheFormatOfTheFirstServer()
{
    QFETCH(LogLine, line);
    QFETCH(QByteArray, text);
    QCOMPARE(line.formatted(), text);
}

void LogLineTest::cannotBeForged_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("line end") << QStringLiteral("a\r\n[ERROR] - b");
    QTest::newRow("line separator") << QString(QChar(0x2028)) + QStringLiteral("[ERROR]");
    QTest::newRow("next line") << QString(QChar(0x85)) + QStringLiteral("[ERROR]");
    QTest::newRow("escape sequence") << QStringLiteral("\x1b[2J");
    QTest::newRow("right to left") << QString(QChar(0x202e)) + QStringLiteral("cba");
    QTest::newRow("zero") << QString(QChar(0)) + QStringLiteral("x");
}

void LogLineTest::cannotBeForged()
{
    QFETCH(QString, message);
    const QString text = QString::fromUtf8(
        LogLine{model::LogLevel::Info, 0, message, "x.cpp", 1}.formatted().chopped(1));
    for (const QChar c : text) {
        QVERIFY2(c.isPrint(), qPrintable(text));
    }
    QVERIFY2(text.contains(u'\\'), qPrintable(text));
}

void LogLineTest::isBounded()
{
    const LogLine line{model::LogLevel::Info, 0, QString(1'000'000, u'x'), "x.cpp", 1};
    QVERIFY(line.formatted().size() < 4100);
}

QTEST_GUILESS_MAIN(LogLineTest)
#include "tst_log_line.moc"
