#include "engine/LogQueue.h"

#include <QTest>

#include <thread>

using namespace hs;
using namespace std::chrono_literals;
using engine::LogQueue;

class LogQueueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesWhatCameInOrder();
    void saysWhereLinesWereDropped();
    void dropsNoRawLine();
    void largeBatchesAreDivided();
    void flushWaitsForWhatIsWritten();
    void theLastBatchIsTheLast();

private:
    static LogQueue::Item line(const QString& text);
    static QString texts(const LogQueue::Batch& batch);
};

LogQueue::Item LogQueueTest::line(const QString& text)
{
    LogQueue::Item item;
    item.line.message = text;
    return item;
}

QString LogQueueTest::texts(const LogQueue::Batch& batch)
{
    QStringList texts;
    for (const LogQueue::Item& item : batch.items) {
        texts << (item.raw ? QString::fromUtf8(*item.raw)
                           : item.line.message.section(QStringLiteral(" lines"), 0, 0));
    }
    return texts.join(u' ');
}

void LogQueueTest::givesWhatCameInOrder()
{
    LogQueue queue(10);
    queue.push(line(QStringLiteral("a")));
    queue.push(line(QStringLiteral("b")));
    QCOMPARE(texts(queue.take(0ms)), QStringLiteral("a b"));
    QCOMPARE(texts(queue.take(0ms)), QString());
}

void LogQueueTest::saysWhereLinesWereDropped()
{
    LogQueue queue(2);
    for (const char* text : {"a", "b", "c", "d", "e"}) {
        queue.push(line(QString::fromLatin1(text)));
    }
    QCOMPARE(texts(queue.take(0ms)), QStringLiteral("a b 3"));
    queue.push(line(QStringLiteral("f")));
    QCOMPARE(texts(queue.take(0ms)), QStringLiteral("f"));
}

void LogQueueTest::dropsNoRawLine()
{
    LogQueue queue(1);
    queue.push(line(QStringLiteral("a")));
    queue.push(line(QStringLiteral("b")));
    queue.push({{}, QByteArrayLiteral("ready")});
    QCOMPARE(texts(queue.take(0ms)), QStringLiteral("a 1 ready"));
}

void LogQueueTest::largeBatchesAreDivided()
{
    LogQueue queue(1000);
    for (int i = 0; i < 1000; ++i) {
        queue.push(line(QString::number(i)));
    }
    std::size_t taken = 0;
    int batches = 0;
    while (taken < 1000) {
        const LogQueue::Batch batch = queue.take(0ms);
        QCOMPARE(batch.items.front().line.message, QString::number(taken));
        taken += batch.items.size();
        ++batches;
    }
    QVERIFY(batches > 1);
}

void LogQueueTest::flushWaitsForWhatIsWritten()
{
    LogQueue queue(10);
    QVERIFY(queue.flush(0ms));
    queue.push(line(QStringLiteral("a")));
    QVERIFY(!queue.flush(0ms));
    const std::size_t taken = queue.take(0ms).items.size();
    QVERIFY(!queue.flush(0ms)); // taken, but not yet written
    std::thread writer([&queue, taken] { queue.written(taken); });
    QVERIFY(queue.flush(30s));
    writer.join();
}

void LogQueueTest::theLastBatchIsTheLast()
{
    LogQueue queue(1000);
    for (int i = 0; i < 300; ++i) {
        queue.push(line(QStringLiteral("a")));
    }
    queue.close();
    QVERIFY(!queue.take(1h).last); // a closed queue is never waited for
    QVERIFY(queue.take(1h).last);
    QVERIFY(queue.take(1h).last);
}

QTEST_GUILESS_MAIN(LogQueueTest)
#include "tst_log_queue.moc"
