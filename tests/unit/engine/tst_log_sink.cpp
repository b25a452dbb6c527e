#include "base/LogCategories.h"
#include "engine/LogSink.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <atomic>
#include <fcntl.h>
#include <unistd.h>

using namespace hs;
using namespace std::chrono_literals;
using engine::LogSink;

class LogSinkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void writesToFileAndOutput();
    void manyThreadsMayLog();
    void levelsBelowAreOff_data();
    void levelsBelowAreOff();
    void disabledMessagesAreNotEvenMade();
    void rawLinesKeepTheirPlace();
    void anUnreadOutputDoesNotStopTheFile();
    void anOverloadIsAccountedFor();
    void aBrokenFileIsToldOnceAndRecovers();
    void theHandlerBeforeIsBack();
    void aFatalMessageIsWritten();

private:
    engine::LogOptions options() const;
    QByteArrayList fileLines() const;
    QByteArray output();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::array<int, 2> m_pipe{-1, -1};
};

void LogSinkTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QCOMPARE(::pipe(m_pipe.data()), 0);
    QCOMPARE(::fcntl(m_pipe[0], F_SETFL, O_NONBLOCK), 0);
}

void LogSinkTest::cleanup()
{
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

engine::LogOptions LogSinkTest::options() const
{
    engine::LogOptions options;
    options.filePath = m_folder->filePath(QStringLiteral("x.log"));
    options.output = m_pipe[1];
    options.fileRetry = 0ms;
    return options;
}

QByteArrayList LogSinkTest::fileLines() const
{
    QFile file(m_folder->filePath(QStringLiteral("x.log")));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QByteArrayList lines = file.readAll().split('\n');
    lines.removeLast();
    return lines;
}

QByteArray LogSinkTest::output()
{
    QByteArray all;
    std::array<char, 65536> part;
    ssize_t size = 0;
    while ((size = ::read(m_pipe[0], part.data(), part.size())) > 0) {
        all.append(part.data(), size);
    }
    return all;
}

void LogSinkTest::writesToFileAndOutput()
{
    {
        LogSink sink(options());
        qCInfo(base::lcCall) << "Call from" << QStringLiteral("a\nb");
        qCWarning(base::lcCall, "careful");
        QVERIFY(sink.flush(30s));
        QCOMPARE(fileLines().size(), 2);
        qCCritical(base::lcCall, "bad"); // is written at the end
    }
    const QByteArrayList lines = fileLines();
    const QRegularExpression form(QStringLiteral(
        R"(^\[(INFO|WARNING|ERROR)\] - \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - .* - tst_log_sink\.cpp:\d+$)"));
    for (const QByteArray& line : lines) {
        QVERIFY2(form.match(QString::fromUtf8(line)).hasMatch(), line.constData());
    }
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines.at(0).contains("Call from \"a\\nb\""), lines.at(0).constData());
    QCOMPARE(output(), lines.join('\n') + '\n');
}

void LogSinkTest::manyThreadsMayLog()
{
    constexpr int each = 500;
    {
        LogSink sink(options());
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([thread] {
                for (int i = 0; i < each; ++i) {
                    qCInfo(base::lcSip, "thread %d line %d;", thread, i);
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
    }
    const QByteArrayList lines = fileLines();
    QCOMPARE(lines.size(), 4 * each);
    std::array<int, 4> next{};
    for (const QByteArray& line : lines) {
        const int thread = line.mid(line.indexOf("thread ") + 7, 1).toInt();
        int& expected = next.at(static_cast<std::size_t>(thread));
        const QByteArray number = "line " + QByteArray::number(expected) + ';';
        QVERIFY2(line.contains(number), line.constData());
        ++expected;
    }
}

void LogSinkTest::levelsBelowAreOff_data()
{
    QTest::addColumn<model::LogLevel>("level");
    QTest::addColumn<qsizetype>("lines");
    QTest::newRow("debug") << model::LogLevel::Debug << qsizetype(4);
    QTest::newRow("info") << model::LogLevel::Info << qsizetype(3);
    QTest::newRow("warning") << model::LogLevel::Warning << qsizetype(2);
    QTest::newRow("error") << model::LogLevel::Error << qsizetype(1);
}

void LogSinkTest::levelsBelowAreOff()
{
    QFETCH(model::LogLevel, level);
    QFETCH(qsizetype, lines);
    engine::LogOptions at = options();
    at.level = level;
    {
        const LogSink sink(at);
        QCOMPARE(base::lcSip().isDebugEnabled(), level == model::LogLevel::Debug);
        QCOMPARE(base::lcSip().isInfoEnabled(), level <= model::LogLevel::Info);
        QCOMPARE(base::lcSip().isWarningEnabled(), level <= model::LogLevel::Warning);
        QVERIFY(base::lcSip().isCriticalEnabled());
        qCDebug(base::lcSip, "d");
        qCInfo(base::lcSip, "i");
        qCWarning(base::lcSip, "w");
        qCCritical(base::lcSip, "c");
        qDebug("of nobody"); // nor is Qt's own
    }
    QCOMPARE(fileLines().size(), lines);
}

void LogSinkTest::disabledMessagesAreNotEvenMade()
{
    const LogSink sink(options());
    int made = 0;
    const auto make = [&made] { return ++made; };
    qCDebug(base::lcSip) << make();
    QCOMPARE(made, 0);
    qCInfo(base::lcSip) << make();
    QCOMPARE(made, 1);
}

void LogSinkTest::rawLinesKeepTheirPlace()
{
    {
        LogSink sink(options());
        qCInfo(base::lcEngine, "before");
        sink.printLine(QStringLiteral("ready sip=127.0.0.1:5062 ws=127.0.0.1:8080"));
        qCInfo(base::lcEngine, "after");
    }
    const QByteArrayList printed = output().split('\n');
    QCOMPARE(printed.size(), 4);
    QVERIFY(printed.at(0).contains("before"));
    QCOMPARE(printed.at(1), QByteArray("ready sip=127.0.0.1:5062 ws=127.0.0.1:8080"));
    QVERIFY(printed.at(2).contains("after"));
    QCOMPARE(fileLines().size(), 2);
}

void LogSinkTest::anUnreadOutputDoesNotStopTheFile()
{
    constexpr int lines = 5000; // more than a pipe holds
    LogSink sink(options());
    for (int i = 0; i < lines; ++i) {
        qCInfo(base::lcMedia, "a line that nobody reads, number %d", i);
    }
    QVERIFY(sink.flush(30s));
    QCOMPARE(fileLines().size(), lines);
    // What is read later says how much is missing.
    sink.printLine(QStringLiteral("ready"));
    QByteArray seen;
    const bool complete = QTest::qWaitFor([&] {
        seen += output();
        return seen.contains("lines are missing here") && seen.contains("\nready\n");
    });
    QVERIFY2(complete, seen.right(500).constData());
}

void LogSinkTest::anOverloadIsAccountedFor()
{
    engine::LogOptions small = options();
    small.mostQueued = 5;
    constexpr int lines = 20'000;
    {
        LogSink sink(small);
        for (int i = 0; i < lines; ++i) {
            qCInfo(base::lcMedia, "line");
        }
        sink.printLine(QStringLiteral("raw lines are never dropped"));
    }
    int written = 0;
    int dropped = 0;
    const QRegularExpression note(QStringLiteral(" - (\\d+) lines were dropped here"));
    for (const QByteArray& line : fileLines()) {
        const auto match = note.match(QString::fromUtf8(line));
        dropped += match.hasMatch() ? match.captured(1).toInt() : 0;
        written += match.hasMatch() ? 0 : 1;
    }
    QCOMPARE(written + dropped, lines);
    QVERIFY(dropped > 0);
}

void LogSinkTest::aBrokenFileIsToldOnceAndRecovers()
{
    engine::LogOptions broken = options();
    const QString inTheWay = m_folder->filePath(QStringLiteral("in-the-way"));
    QFile file(inTheWay);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    broken.filePath = inTheWay + QStringLiteral("/x.log");
    std::mutex mutex;
    QStringList told;
    LogSink sink(broken, [&](const QString& sentence) {
        const std::lock_guard lock(mutex);
        told << sentence;
    });
    const auto toldSoFar = [&] {
        const std::lock_guard lock(mutex);
        return told;
    };
    for (int i = 0; i < 3; ++i) {
        qCInfo(base::lcEngine, "lost to the file %d", i);
        QVERIFY(sink.flush(30s));
    }
    QCOMPARE(toldSoFar().size(), 1);
    QVERIFY2(toldSoFar().first().contains(broken.filePath), qPrintable(toldSoFar().first()));
    const QByteArray printed = output(); // which goes on
    QVERIFY2(printed.contains("lost to the file 2") && printed.contains("can't be opened"),
             printed.constData());
    sink.printLine(QStringLiteral("for the output alone, so the file shows nothing"));
    QVERIFY(sink.flush(30s));
    QCOMPARE(toldSoFar().size(), 1);

    QVERIFY(file.remove());
    qCInfo(base::lcEngine, "written");
    QVERIFY(sink.flush(30s));
    QCOMPARE(toldSoFar().size(), 2);
    QCOMPARE(toldSoFar().last(), QString());
    QFile made(broken.filePath);
    QVERIFY(made.open(QIODevice::ReadOnly));
    const QByteArray content = made.readAll();
    QVERIFY2(content.contains("- written -") && content.contains("3 lines are missing above"),
             content.constData());
}

void LogSinkTest::theHandlerBeforeIsBack()
{
    static std::atomic<int> seen{0};
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext&, const QString&) { ++seen; });
    {
        const LogSink sink(options());
        qCInfo(base::lcEngine, "to the sink");
    }
    qCInfo(base::lcEngine, "not to the sink");
    qInstallMessageHandler(before);
    QCOMPARE(seen.load(), 1);
    QCOMPARE(fileLines().size(), 1);
}

void LogSinkTest::aFatalMessageIsWritten()
{
    const QString path = m_folder->filePath(QStringLiteral("x.log"));
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--fatal"), path});
    QVERIFY(child.waitForFinished(30000));
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    QCOMPARE(fileLines().size(), 1);
    QVERIFY(fileLines().first().startsWith("[ERROR] - "));
    QVERIFY(fileLines().first().contains("the end"));
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QStringLiteral("--fatal")) {
        engine::LogOptions options;
        options.filePath = arguments.at(2);
        const LogSink sink(options);
        qFatal("the end");
    }
    LogSinkTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_log_sink.moc"
