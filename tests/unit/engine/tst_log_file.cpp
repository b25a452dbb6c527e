#include "engine/LogFile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace hs;
using engine::LogFile;

class LogFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void appendsToWhatIsThere();
    void onlyTheOwnerCanRead();
    void rotatesBeforeItWouldGrowTooLarge();
    void keepsOnlySoMany();
    void rotatesWithinOneFlush();
    void aLineLongerThanAllIsWrittenOnce();
    void countsWhatWasThereBefore();
    void aFileThatWasMovedAwayIsMadeAnew();
    void aDeviceIsNotRotated();
    void tellsOfAFullDisk();
    void worksAgainOnceTheFolderCanBeMade();
    void discardedLinesAreCounted();

private:
    QByteArray content(int number = 0) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void LogFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("log/x.log"));
}

QByteArray LogFileTest::content(int number) const
{
    QFile file(number == 0 ? m_path : m_path + QStringLiteral(".%1").arg(number));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("missing");
}

void LogFileTest::appendsToWhatIsThere()
{
    for (const char* line : {"a\n", "b\n"}) {
        LogFile file(m_path);
        file.append(line);
        QVERIFY(file.flush());
    }
    QCOMPARE(content(), QByteArray("a\nb\n"));
}

// Who calls whom, as in the call log.
void LogFileTest::onlyTheOwnerCanRead()
{
    const mode_t before = ::umask(0);
    LogFile file(m_path);
    file.append("a\n");
    const bool isWritten = file.flush().ok();
    ::umask(before);
    QVERIFY(isWritten);
    struct stat status { };
    QVERIFY(::stat(qPrintable(m_path), &status) == 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
}

void LogFileTest::rotatesBeforeItWouldGrowTooLarge()
{
    LogFile file(m_path, 10);
    for (const char* line : {"1234\n", "5678\n", "9\n"}) {
        file.append(line);
        QVERIFY(file.flush());
    }
    QCOMPARE(content(), QByteArray("9\n"));
    QCOMPARE(content(1), QByteArray("1234\n5678\n"));
    QCOMPARE(content(2), QByteArray("missing"));
}

void LogFileTest::keepsOnlySoMany()
{
    LogFile file(m_path, 2);
    for (char c = 'a'; c <= 'i'; ++c) {
        file.append(QByteArray(1, c) + '\n');
        QVERIFY(file.flush());
    }
    QCOMPARE(content(), QByteArray("i\n"));
    QCOMPARE(content(1), QByteArray("h\n"));
    QCOMPARE(content(5), QByteArray("d\n"));
    QCOMPARE(content(6), QByteArray("missing"));
}

void LogFileTest::rotatesWithinOneFlush()
{
    LogFile file(m_path, 6);
    for (const char* line : {"a\n", "b\n", "c\n", "d\n", "e\n", "f\n", "g\n"}) {
        file.append(line);
    }
    QVERIFY(file.flush());
    QCOMPARE(content(2), QByteArray("a\nb\nc\n"));
    QCOMPARE(content(1), QByteArray("d\ne\nf\n"));
    QCOMPARE(content(), QByteArray("g\n"));
    QCOMPARE(file.takeLost(), quint64(0));
}

void LogFileTest::aLineLongerThanAllIsWrittenOnce()
{
    LogFile file(m_path, 6);
    for (const char* line : {"a\n", "very long\n", "b\n"}) {
        file.append(line);
    }
    QVERIFY(file.flush());
    QCOMPARE(content(2), QByteArray("a\n"));
    QCOMPARE(content(1), QByteArray("very long\n"));
    QCOMPARE(content(), QByteArray("b\n"));
}

void LogFileTest::countsWhatWasThereBefore()
{
    {
        LogFile file(m_path, 10);
        file.append("1234567\n");
        QVERIFY(file.flush());
    }
    LogFile file(m_path, 10);
    file.append("890\n");
    QVERIFY(file.flush());
    QCOMPARE(content(1), QByteArray("1234567\n"));
    QCOMPARE(content(), QByteArray("890\n"));
}

void LogFileTest::aFileThatWasMovedAwayIsMadeAnew()
{
    LogFile file(m_path);
    file.append("a\n");
    QVERIFY(file.flush());
    QVERIFY(QFile::rename(m_path, m_path + QStringLiteral(".1")));
    file.append("b\n");
    QVERIFY(file.flush());
    QCOMPARE(content(), QByteArray("b\n"));
    QCOMPARE(content(1), QByteArray("a\n"));
}

void LogFileTest::aDeviceIsNotRotated()
{
    const QString link = m_folder->filePath(QStringLiteral("null"));
    QVERIFY(QFile::link(QStringLiteral("/dev/null"), link));
    LogFile file(link, 2);
    for (int i = 0; i < 5; ++i) {
        file.append("line\n");
        QVERIFY(file.flush());
    }
    QVERIFY(QFileInfo(link).isSymLink());
    QVERIFY(!QFileInfo(link + QStringLiteral(".1")).isSymLink());
}

void LogFileTest::tellsOfAFullDisk()
{
    LogFile file(QStringLiteral("/dev/full"));
    file.append("a\n");
    file.append("b\n");
    const auto done = file.flush();
    QVERIFY(!done);
    QVERIFY2(done.error().text.contains(QStringLiteral("'/dev/full' can't be written (No space")),
             qPrintable(done.error().text));
    QCOMPARE(file.takeLost(), quint64(2));
    QVERIFY(file.flush()); // nothing is left to be written
}

void LogFileTest::worksAgainOnceTheFolderCanBeMade()
{
    QFile inTheWay(m_folder->filePath(QStringLiteral("log")));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    LogFile file(m_path);
    file.append("a\n");
    const auto done = file.flush();
    QVERIFY(!done);
    QVERIFY2(done.error().text.contains(m_path)
                 && done.error().text.contains(QStringLiteral("can't be opened")),
             qPrintable(done.error().text));
    QVERIFY(inTheWay.remove());
    file.append("b\n");
    QVERIFY(file.flush());
    QCOMPARE(content(), QByteArray("b\n"));
    QCOMPARE(file.takeLost(), quint64(1));
}

void LogFileTest::discardedLinesAreCounted()
{
    LogFile file(m_path);
    file.append("a\n");
    file.append("b\n");
    file.discard();
    file.append("c\n");
    QVERIFY(file.flush());
    QCOMPARE(content(), QByteArray("c\n"));
    QCOMPARE(file.takeLost(), quint64(2));
    QCOMPARE(file.takeLost(), quint64(0));
}

QTEST_GUILESS_MAIN(LogFileTest)
#include "tst_log_file.moc"
