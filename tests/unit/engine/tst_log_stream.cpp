#include "engine/LogStream.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace hs;
using engine::LogStream;

class LogStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void writesToWhatIsRead_data();
    void writesToWhatIsRead();
    void aFullPipeCostsLinesAndNoTime_data();
    void aFullPipeCostsLinesAndNoTime();
    void longLinesStayWhole();
    void whatMustArriveArrives();
    void aReaderThatLeftIsForgotten_data();
    void aReaderThatLeftIsForgotten();
    void theDescriptorIsLeftAsItWas();
    void aFileIsAppendedTo();
    void aClosedDescriptorDoesNoHarm();

private:
    void open(bool socket);
    QByteArray readAll(); // what is there now

    std::array<int, 2> m_ends{-1, -1}; // read, write
};

void LogStreamTest::initTestCase()
{
    std::signal(SIGPIPE, SIG_IGN); // as in the log's thread
}

void LogStreamTest::init()
{
    m_ends = {-1, -1};
}

void LogStreamTest::cleanup()
{
    for (const int end : m_ends) {
        if (end >= 0) {
            ::close(end);
        }
    }
}

void LogStreamTest::open(bool socket)
{
    const int done =
        socket ? ::socketpair(AF_UNIX, SOCK_STREAM, 0, m_ends.data()) : ::pipe(m_ends.data());
    QCOMPARE(done, 0);
    // The test reads without waiting; on a pipe's or socket's own end this changes nothing for us.
    QCOMPARE(::fcntl(m_ends[0], F_SETFL, O_NONBLOCK), 0);
}

QByteArray LogStreamTest::readAll()
{
    QByteArray all;
    std::array<char, 65536> part;
    ssize_t size = 0;
    while ((size = ::read(m_ends[0], part.data(), part.size())) > 0) {
        all.append(part.data(), size);
    }
    return all;
}

void LogStreamTest::writesToWhatIsRead_data()
{
    QTest::addColumn<bool>("socket");
    QTest::newRow("pipe") << false;
    QTest::newRow("socket") << true;
}

void LogStreamTest::writesToWhatIsRead()
{
    QFETCH(bool, socket);
    open(socket);
    LogStream stream(m_ends[1]);
    stream.write("a\n");
    stream.write("b\n");
    QCOMPARE(readAll(), QByteArray("a\nb\n"));
    QVERIFY(!stream.isWaiting());
}

void LogStreamTest::aFullPipeCostsLinesAndNoTime_data()
{
    writesToWhatIsRead_data();
}

void LogStreamTest::aFullPipeCostsLinesAndNoTime()
{
    QFETCH(bool, socket);
    open(socket);
    LogStream stream(m_ends[1]);
    const QByteArray line = QByteArray(999, 'x') + '\n';
    constexpr int lines = 5000;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < lines; ++i) {
        stream.write(line);
    }
    QVERIFY(timer.elapsed() < 10'000); // 50 ms for each would be minutes
    QVERIFY(stream.isWaiting());
    // Once someone reads, what had been accepted is complete and the rest is accounted for.
    QByteArray seen;
    while (stream.isWaiting()) {
        seen += readAll();
        stream.proceed();
    }
    stream.write("after\n");
    seen += readAll();
    const qsizetype arrived = seen.count(line);
    QVERIFY(arrived > 10 && arrived < lines);
    const QByteArray note = QByteArray::number(lines - arrived) + " lines are missing here";
    QVERIFY2(seen.contains(note), seen.right(300).constData());
    QVERIFY(seen.endsWith("\nafter\n"));
    QCOMPARE(seen.count('\n'), arrived + 2);
}

void LogStreamTest::longLinesStayWhole()
{
    open(false);
    LogStream stream(m_ends[1]);
    const QByteArray line = QByteArray(20'000, 'y') + '\n'; // several times PIPE_BUF
    QByteArray seen;
    for (int i = 0; i < 20; ++i) {
        stream.write(line);
        if (i % 3 == 2) {
            seen += readAll();
        }
    }
    while (stream.isWaiting()) {
        seen += readAll();
        stream.proceed();
    }
    seen += readAll();
    for (const QByteArray& part : seen.split('\n')) {
        QVERIFY(part.isEmpty() || part.size() == 20'000 || part.contains("are missing here"));
    }
}

void LogStreamTest::whatMustArriveArrives()
{
    open(false);
    LogStream stream(m_ends[1]);
    const QByteArray filler = QByteArray(999, 'x') + '\n';
    for (int i = 0; i < 200; ++i) {
        stream.write(filler);
    }
    stream.write("ready\n", LogStream::Weight::MustArrive);
    stream.write("lost\n");
    QByteArray seen;
    while (stream.isWaiting()) {
        seen += readAll();
        stream.proceed();
    }
    seen += readAll();
    QCOMPARE(seen.count("\nready\n"), 1);
    QCOMPARE(seen.count("lost\n"), 0);
    QVERIFY(!stream.isWaiting());
}

void LogStreamTest::aReaderThatLeftIsForgotten_data()
{
    writesToWhatIsRead_data();
}

void LogStreamTest::aReaderThatLeftIsForgotten()
{
    QFETCH(bool, socket);
    open(socket);
    LogStream stream(m_ends[1]);
    ::close(m_ends[0]);
    m_ends[0] = -1;
    for (int i = 0; i < 100; ++i) {
        stream.write("x\n");
    }
    QVERIFY(!stream.isWaiting());
}

void LogStreamTest::theDescriptorIsLeftAsItWas()
{
    open(false);
    const LogStream stream(m_ends[1]);
    QVERIFY(!(::fcntl(m_ends[1], F_GETFL) & O_NONBLOCK));
}

void LogStreamTest::aFileIsAppendedTo()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("out")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("before\n");
    file.flush();
    LogStream stream(file.handle());
    stream.write("after\n");
    file.close();
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("before\nafter\n"));
}

void LogStreamTest::aClosedDescriptorDoesNoHarm()
{
    LogStream stream(-1);
    stream.write("x\n");
    stream.proceed();
    QVERIFY(!stream.isWaiting());
}

QTEST_GUILESS_MAIN(LogStreamTest)
#include "tst_log_stream.moc"
