// A log of 100,000 calls. The times are printed; the bounds are so wide that only a fault, such as
// a page that reads the whole table, crosses them.
#include "SampleCalls.h"
#include "store/CallLog.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace hs;
using store::CallLog;
using store::Database;

namespace {
constexpr int callCount = 100'000;
constexpr qint64 boundMs = 1000;
} // namespace

class CallLogSizeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void query_data();
    void query();
    void opening();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
    base::SystemClock m_clock;
};

void CallLogSizeTest::initTestCase()
{
    m_database = std::move(Database::open(m_folder.filePath(QStringLiteral("calls.db")),
                                          Database::Access::ReadWrite))
                     .value();
    CallLog log(*m_database, m_clock, 1);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_database->begin());
    for (int i = 1; i <= callCount; ++i) {
        const auto id = static_cast<model::CallId>(i);
        const QString number = QString::number(886900000000 + i);
        model::LogEntry entry = i % 10 == 0 ? test::missedCall(id, number) : test::fullCall(id);
        entry.call.number = number;
        if (i % 3 != 0) {
            entry.call.recordingPath.clear();
        }
        QVERIFY(log.put(entry));
    }
    QVERIFY(m_database->commit());
    qInfo("%d calls written in %lld ms", callCount, timer.elapsed());
}

void CallLogSizeTest::query_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("before");
    QTest::addColumn<bool>("missed");
    QTest::addColumn<qsizetype>("expected");
    QTest::newRow("newest page") << QString() << qint64(0) << false << qsizetype(200);
    QTest::newRow("page in the middle") << QString() << qint64(50'000) << false << qsizetype(200);
    QTest::newRow("missed") << QString() << qint64(0) << true << qsizetype(200);
    QTest::newRow("text that many have")
        << QStringLiteral("pbx") << qint64(0) << false << qsizetype(200);
    QTest::newRow("text of the oldest call")
        << QStringLiteral("886900000001") << qint64(0) << false << qsizetype(1);
    QTest::newRow("text that none has")
        << QStringLiteral("nonesuch") << qint64(0) << false << qsizetype(0);
    QTest::newRow("text in missed calls that none has")
        << QStringLiteral("nonesuch") << qint64(0) << true << qsizetype(0);
}

void CallLogSizeTest::query()
{
    QFETCH(QString, text);
    QFETCH(qint64, before);
    QFETCH(bool, missed);
    QFETCH(qsizetype, expected);
    model::LogQuery query;
    query.text = text;
    query.beforeRowId = before;
    query.missedOnly = missed;
    CallLog log(*m_database, m_clock, 1);
    QElapsedTimer timer;
    timer.start();
    const auto page = log.page(query);
    const qint64 elapsed = timer.elapsed();
    qInfo("%s: %lld ms", QTest::currentDataTag(), elapsed);
    QCOMPARE(page->entries.size(), expected);
    QCOMPARE(page->missedTotal, callCount / 10);
    QVERIFY(elapsed < boundMs);
}

void CallLogSizeTest::opening()
{
    const QString path = m_database->path();
    m_database.reset();
    QElapsedTimer timer;
    timer.start();
    QVERIFY(Database::open(path, Database::Access::ReadWrite));
    qInfo("opened and checked in %lld ms", timer.elapsed());
}

QTEST_GUILESS_MAIN(CallLogSizeTest)
#include "tst_call_log_size.moc"
