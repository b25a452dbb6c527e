// A database of a former version is brought up to date, and nothing in it is lost.
#include "FormerSchema.h"
#include "SampleCalls.h"
#include "store/CallLog.h"
#include "store/Migrations.h"
#include "store/TextLog.h"
#include "support/ManualScheduler.h"

#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace hs;
using store::CallLog;
using store::Database;

class MigrationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void everyFormerRowReadsAsBefore();
    void whatIsNewIsUnknownInFormerRows();
    void aCallLeftOpenByTheFormerVersionIsMarked();
    void newCallsAndTextsGoIn();
    void isDoneOnce();
    void theResultIsThatOfANewDatabase();
    void theReaderAloneLeavesItAsItIs();

private:
    void makeFormer(const QString& path);
    std::unique_ptr<Database> open();
    CallLog log(Database& database) { return CallLog(database, m_clock, 9); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    test::ManualClock m_clock;
};

void MigrationsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("calls.db"));
    makeFormer(m_path);
}

void MigrationsTest::makeFormer(const QString& path)
{
    const QString name = QStringLiteral("former");
    {
        QSqlDatabase former = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        former.setDatabaseName(path);
        QVERIFY(former.open());
        for (const QString& statement : test::formerStatements() + test::formerRows()) {
            QSqlQuery query(former);
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(name);
}

std::unique_ptr<Database> MigrationsTest::open()
{
    auto opened = Database::open(m_path, Database::Access::ReadWrite);
    if (!opened) {
        qWarning("%s", qPrintable(opened.error().text));
        return nullptr;
    }
    return std::move(opened).value();
}

void MigrationsTest::everyFormerRowReadsAsBefore()
{
    const auto database = open();
    QVERIFY(database);
    const auto page = log(*database).page({});
    QVERIFY(page);
    QCOMPARE(page->entries.size(), 3);
    QCOMPARE(page->missedTotal, 1);
    model::LogEntry expected;
    expected.rowId = 1;
    expected.engineId = QStringLiteral("engine-a");
    expected.recordingBytes = 4711;
    model::Call& call = expected.call;
    call.id = 1;
    call.direction = model::Direction::Outgoing;
    call.state = model::CallState::Ended;
    call.owner = model::Actor::consoleOperator();
    call.answeredBy = model::Actor::farEnd();
    call.endedBy = model::Actor::consoleOperator();
    call.sipCallId = call.controlId = QStringLiteral("sip-1");
    call.number = QStringLiteral("100");
    call.displayName = QStringLiteral("Lin");
    call.remoteUri = QStringLiteral("sip:100@example.com");
    call.account = QStringLiteral("office");
    call.codec = QStringLiteral("PCMA");
    call.packetMs = 20;
    call.remoteMedia = QStringLiteral("192.0.2.1:4000");
    call.startedAt = 1700000000000;
    call.ringingAt = 1700000001000;
    call.answeredAt = 1700000002000;
    call.endedAt = call.stateSince = 1700000009000;
    call.finalCode = 200;
    call.reason = QStringLiteral("OK");
    call.recordingPath = QStringLiteral("/rec/a.wav");
    call.media.packetsSent = 350;
    call.media.packetsReceived = 349;
    call.media.packetsLost = 1;
    call.media.packetsDiscarded = 2;
    call.media.packetsForeign = 3;
    call.media.jitterUs = 900;
    call.media.lossPermille = 2;
    call.media.remoteLost = 4;
    call.media.remoteLossPermille = 5;
    call.media.remoteJitterUs = 600;
    call.media.roundTripUs = 42000;
    QVERIFY(page->entries.last() == expected);
}

void MigrationsTest::whatIsNewIsUnknownInFormerRows()
{
    const auto database = open();
    const auto page = log(*database).page({});
    QCOMPARE(page->entries.size(), 3);
    for (const model::LogEntry& entry : page->entries) {
        QVERIFY(entry.call.divertedBy.isEmpty());
        QVERIFY(entry.call.transferredBy.isEmpty());
        QVERIFY(entry.call.digitsSent.isEmpty());
        QVERIFY(entry.call.digitsReceived.isEmpty());
        QCOMPARE(entry.call.transfer, model::TransferState::None);
        QCOMPARE(entry.call.trouble, model::MediaTrouble::None);
        QCOMPARE(entry.call.media.mosReceivedAverageCentis, -1);
        QCOMPARE(entry.call.media.mosSentAverageCentis, -1);
        QCOMPARE(entry.call.media.firstRtpAt, 0);
    }
}

void MigrationsTest::aCallLeftOpenByTheFormerVersionIsMarked()
{
    const auto database = open();
    QCOMPARE(*log(*database).markCutOff(QStringLiteral("engine-a")), 1);
    const model::LogEntry newest = log(*database).page({})->entries.first();
    QVERIFY(newest.cutOff);
    QCOMPARE(newest.call.endedAt, 1700000029000);
}

void MigrationsTest::newCallsAndTextsGoIn()
{
    const auto database = open();
    model::LogEntry entry = test::fullCall(4);
    entry.rowId = *log(*database).put(entry);
    QCOMPARE(entry.rowId, 4);
    QVERIFY(log(*database).page({})->entries.first() == entry);
    QVERIFY(store::TextLog(*database).add({}));
}

void MigrationsTest::isDoneOnce()
{
    QVERIFY(open());
    const auto database = open();
    QVERIFY(database);
    QCOMPARE(*database->number(QStringLiteral("PRAGMA user_version")), store::latestVersion());
    QCOMPARE(log(*database).page({})->entries.size(), 3);
}

void MigrationsTest::theResultIsThatOfANewDatabase()
{
    const auto columns = [](Database& database) {
        QSqlQuery query(database.connection());
        QStringList list;
        if (query.exec(QStringLiteral("SELECT m.name, c.name, c.type, c.\"notnull\", c.dflt_value "
                                      "FROM sqlite_master m, pragma_table_info(m.name) c "
                                      "WHERE m.type = 'table' ORDER BY m.name, c.cid"))) {
            while (query.next()) {
                QStringList row;
                for (int i = 0; i < 5; ++i) {
                    row << query.value(i).toString();
                }
                list << row.join(u' ');
            }
        }
        return list;
    };
    const auto migrated = open();
    m_path = m_folder->filePath(QStringLiteral("new.db"));
    const auto created = open();
    QVERIFY(columns(*created).size() > 50);
    QCOMPARE(columns(*migrated), columns(*created));
}

// Who only reads must not change the file: the writer will, when it comes.
void MigrationsTest::theReaderAloneLeavesItAsItIs()
{
    const auto database = Database::open(m_path, Database::Access::ReadOnly);
    QVERIFY(database);
    QCOMPARE(*(*database)->number(QStringLiteral("PRAGMA user_version")), 1);
}

QTEST_GUILESS_MAIN(MigrationsTest)
#include "tst_migrations.moc"
