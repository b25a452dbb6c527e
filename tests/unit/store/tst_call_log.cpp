#include "SampleCalls.h"
#include "store/CallLog.h"
#include "support/ManualScheduler.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hs;
using store::CallLog;
using store::Database;

class CallLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsEveryField();
    void everyWordOfTransferAndTroubleIsReadBack();
    void aWordOfANewerProgramIsNone();
    void aTroubleThatHasPassedStaysInTheRow();
    void putUpdatesTheRowOfTheCall();
    void anotherRunsCallsAreOthers();
    void pagesByKey();
    void limitIsBounded();
    void findsText_data();
    void findsText();
    void filtersMissedAndRecorded();
    void countsMissedUntilSeen();
    void marksWhatAnEarlierRunLeftOpen();
    void marksEveryEngineIfNoneIsNamed();
    void listsRecordings();
    void tellsOfABrokenDatabase();

private:
    CallLog log(qint64 run = 1) { return CallLog(*m_database, m_clock, run); }
    QStringList numbers(const model::LogQuery& query);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
    test::ManualClock m_clock;
};

void CallLogTest::init()
{
    m_database.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = std::move(Database::open(m_folder->filePath(QStringLiteral("calls.db")),
                                          Database::Access::ReadWrite))
                     .value();
}

QStringList CallLogTest::numbers(const model::LogQuery& query)
{
    const auto page = log().page(query);
    QStringList numbers;
    for (const model::LogEntry& entry : page->entries) {
        numbers << entry.call.number;
    }
    return numbers;
}

void CallLogTest::keepsEveryField()
{
    model::LogEntry entry = test::fullCall(7);
    entry.rowId = *log().put(entry);
    QVERIFY(entry.rowId > 0);
    const auto page = log().page({});
    QCOMPARE(page->entries.size(), 1);
    QVERIFY(page->entries.first() == entry);
    QVERIFY(!page->more);

    // Largest and smallest values survive.
    model::LogEntry extreme = test::ringingCall(std::numeric_limits<model::CallId>::max(), {});
    extreme.call.media.jitterUs = std::numeric_limits<quint32>::max();
    extreme.call.media.packetsSent = std::numeric_limits<quint64>::max();
    extreme.call.media.remoteLost = -1;
    extreme.rowId = *log().put(extreme);
    model::LogEntry read = log().page({})->entries.first();
    QVERIFY(read.call.number.isEmpty());
    QVERIFY(read == extreme);
}

void CallLogTest::everyWordOfTransferAndTroubleIsReadBack()
{
    CallLog one = log();
    model::LogEntry entry = test::ringingCall(1, {});
    for (int i = 0; i <= static_cast<int>(model::TransferState::Failed); ++i) {
        entry.call.transfer = static_cast<model::TransferState>(i);
        QVERIFY(one.put(entry));
        QCOMPARE(one.page({})->entries.first().call.transfer, entry.call.transfer);
    }
    for (int i = 1; i <= static_cast<int>(model::MediaTrouble::FarEndHearsNothing); ++i) {
        entry.call.trouble = static_cast<model::MediaTrouble>(i);
        QVERIFY(one.put(entry));
        QCOMPARE(one.page({})->entries.first().call.trouble, entry.call.trouble);
    }
}

void CallLogTest::aWordOfANewerProgramIsNone()
{
    QVERIFY(log().put(test::fullCall(1)));
    QVERIFY(m_database->exec(QStringLiteral("UPDATE calls SET transfer = 'x', trouble = 'y'")));
    const model::Call read = log().page({})->entries.first().call;
    QCOMPARE(read.transfer, model::TransferState::None);
    QCOMPARE(read.trouble, model::MediaTrouble::None);
}

void CallLogTest::aTroubleThatHasPassedStaysInTheRow()
{
    model::LogEntry entry = test::ringingCall(1, {});
    const auto putTrouble = [&](model::MediaTrouble trouble, qint64 since) {
        entry.call.trouble = trouble;
        entry.call.troubleSince = since;
        QVERIFY(log().put(entry));
    };
    putTrouble(model::MediaTrouble::None, 0);
    QCOMPARE(log().page({})->entries.first().call.trouble, model::MediaTrouble::None);
    putTrouble(model::MediaTrouble::NothingReceived, 1000);
    putTrouble(model::MediaTrouble::None, 0);
    QCOMPARE(log().page({})->entries.first().call.trouble, model::MediaTrouble::NothingReceived);
    QCOMPARE(log().page({})->entries.first().call.troubleSince, 1000);
    putTrouble(model::MediaTrouble::OnlySilenceReceived, 2000);
    putTrouble(model::MediaTrouble::None, 0);
    QCOMPARE(log().page({})->entries.first().call.trouble,
             model::MediaTrouble::OnlySilenceReceived);
    QCOMPARE(log().page({})->entries.first().call.troubleSince, 2000);
}

void CallLogTest::putUpdatesTheRowOfTheCall()
{
    CallLog one = log();
    const qint64 first = *one.put(test::ringingCall(1, QStringLiteral("100")));
    const qint64 second = *one.put(test::ringingCall(2, QStringLiteral("200")));
    QCOMPARE(*one.put(test::missedCall(1, QStringLiteral("100b"))), first);
    QVERIFY(second > first);
    QCOMPARE(numbers({}), (QStringList{QStringLiteral("200"), QStringLiteral("100b")}));
    QCOMPARE(log().page({})->entries.last().call.finalCode, 487);
}

void CallLogTest::anotherRunsCallsAreOthers()
{
    QVERIFY(log(1).put(test::missedCall(1, QStringLiteral("100"))));
    QVERIFY(log(2).put(test::missedCall(1, QStringLiteral("200"))));
    QCOMPARE(numbers({}), (QStringList{QStringLiteral("200"), QStringLiteral("100")}));
}

void CallLogTest::pagesByKey()
{
    CallLog one = log();
    for (model::CallId id = 1; id <= 7; ++id) {
        QVERIFY(one.put(test::missedCall(id, QString::number(id))));
    }
    model::LogQuery query;
    query.limit = 3;
    QStringList seen;
    QList<bool> more;
    for (int i = 0; i < 3; ++i) {
        const auto page = one.page(query);
        for (const model::LogEntry& entry : page->entries) {
            seen << entry.call.number;
        }
        more << page->more;
        query.beforeRowId = page->entries.last().rowId;
        // What is added meanwhile shifts nothing.
        QVERIFY(one.put(test::missedCall(100 + static_cast<model::CallId>(i), {})));
    }
    QCOMPARE(seen.join(u' '), QStringLiteral("7 6 5 4 3 2 1"));
    QCOMPARE(more, (QList<bool>{true, true, false}));
}

void CallLogTest::limitIsBounded()
{
    for (model::CallId id = 1; id <= 3; ++id) {
        QVERIFY(log().put(test::missedCall(id, QString::number(id))));
    }
    model::LogQuery query;
    query.limit = -5;
    QCOMPARE(numbers(query), QStringList{QStringLiteral("3")});
    query.limit = std::numeric_limits<int>::max();
    QCOMPARE(numbers(query).size(), 3);
}

void CallLogTest::findsText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const auto row = [](const char* name, const QString& text, bool found) {
        QTest::newRow(name) << text << found;
    };
    row("nothing finds all", {}, true);
    row("number", QStringLiteral("912345"), true);
    row("display name", QString::fromUtf8("小明"), true);
    row("display name, other case", QStringLiteral("mInG"), true);
    row("beyond ASCII, other case", QString::fromUtf8("ÄRZTE"), true);
    row("remote URI", QStringLiteral("PBX.example"), true);
    row("account", QStringLiteral("Office"), true);
    row("called number", QStringLiteral("1001"), true);
    row("who diverted it", QStringLiteral("77441"), true);
    row("who transferred us", QStringLiteral("66330"), true);
    row("digits are not searched", QStringLiteral("12#"), false);
    row("percent is a character", QStringLiteral("5%5"), false);
    row("percent that is there", QStringLiteral("50% "), true);
    row("underscore is a character", QStringLiteral("_"), false);
    row("quote", QStringLiteral("\"Ming\""), true);
    row("quote of SQL", QStringLiteral("' OR 1=1 --"), false);
    row("backslash", QStringLiteral("\\"), false);
    row("codec is not searched", QStringLiteral("PCMA"), false);
}

void CallLogTest::findsText()
{
    QFETCH(QString, text);
    QFETCH(bool, found);
    model::LogEntry entry = test::fullCall(1);
    entry.call.displayName += QString::fromUtf8(" 50% Ärzte");
    QVERIFY(log().put(entry));
    model::LogQuery query;
    query.text = text;
    QCOMPARE(numbers(query).size(), found ? 1 : 0);
}

void CallLogTest::filtersMissedAndRecorded()
{
    QVERIFY(log().put(test::missedCall(1, QStringLiteral("missed"))));
    QVERIFY(log().put(test::fullCall(2)));
    QVERIFY(log().put(test::ringingCall(3, QStringLiteral("rings"))));
    model::LogEntry rejected = test::missedCall(4, QStringLiteral("rejected"));
    rejected.call.endedBy = model::Actor::consoleOperator();
    QVERIFY(log().put(rejected));

    model::LogQuery query;
    query.missedOnly = true;
    QCOMPARE(numbers(query), QStringList{QStringLiteral("missed")});
    query.text = QStringLiteral("rings");
    QCOMPARE(numbers(query), QStringList());
    query = {};
    query.recordedOnly = true;
    QCOMPARE(numbers(query), QStringList{QStringLiteral("+886912345678")});
}

void CallLogTest::countsMissedUntilSeen()
{
    QVERIFY(log().put(test::missedCall(1, {})));
    QVERIFY(log().put(test::missedCall(2, {})));
    QVERIFY(log().put(test::ringingCall(3, {}))); // began before someone looked, ends after
    QCOMPARE(*log().missedUnseen(), 2);
    QCOMPARE(log().page({})->missedTotal, 2);
    QVERIFY(log().markMissedSeen());
    QCOMPARE(*log().missedUnseen(), 0);
    QVERIFY(log().put(test::missedCall(3, {})));
    QVERIFY(log().put(test::missedCall(2, {}))); // written again, still seen
    QCOMPARE(*log().missedUnseen(), 1);
    model::LogQuery missed;
    missed.missedOnly = true;
    QCOMPARE(numbers(missed).size(), 3);
}

void CallLogTest::marksWhatAnEarlierRunLeftOpen()
{
    QVERIFY(log(1).put(test::ringingCall(1, QStringLiteral("rang"))));
    model::LogEntry talked = test::ringingCall(2, QStringLiteral("talked"));
    talked.call.state = model::CallState::Active;
    talked.call.answeredAt = talked.call.ringingAt + 1000;
    QVERIFY(log(1).put(talked));
    QVERIFY(log(1).put(test::missedCall(3, QStringLiteral("over"))));
    model::LogEntry other = test::ringingCall(4, QStringLiteral("another engine's"));
    other.engineId = QStringLiteral("engine-b");
    QVERIFY(log(1).put(other));
    QVERIFY(log(2).put(test::ringingCall(1, QStringLiteral("of this run"))));
    const qint64 written = base::toUnixMs(m_clock.wall());
    m_clock.set(m_clock.now() + std::chrono::hours(8));

    QCOMPARE(*log(2).markCutOff(QStringLiteral("engine-a")), 2);
    QCOMPARE(*log(2).markCutOff(QStringLiteral("engine-a")), 0);

    const auto page = log().page({});
    for (const model::LogEntry& entry : page->entries) {
        const bool cut = entry.call.number == QStringLiteral("rang")
            || entry.call.number == QStringLiteral("talked");
        QCOMPARE(entry.cutOff, cut);
        if (cut) {
            QCOMPARE(entry.call.state, model::CallState::Ended);
            QCOMPARE(entry.call.endedAt, written);
            QVERIFY(!entry.call.reason.isEmpty());
        }
    }
    model::LogQuery missed;
    missed.missedOnly = true;
    QCOMPARE(numbers(missed), (QStringList{QStringLiteral("over"), QStringLiteral("rang")}));
}

void CallLogTest::marksEveryEngineIfNoneIsNamed()
{
    model::LogEntry other = test::ringingCall(4, QStringLiteral("another engine's"));
    other.engineId = QStringLiteral("engine-b");
    QVERIFY(log(1).put(other));
    QVERIFY(log(1).put(test::ringingCall(1, {})));
    QCOMPARE(*log(2).markCutOff({}), 2);
}

void CallLogTest::listsRecordings()
{
    model::LogEntry there = test::fullCall(1);
    there.call.recordingPath = m_folder->filePath(QStringLiteral("a.wav"));
    QFile file(there.call.recordingPath);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(1234, '\0'));
    file.close();
    QVERIFY(log().put(there));
    model::LogEntry gone = test::fullCall(2);
    gone.call.number = QStringLiteral("555");
    gone.call.remoteUri = QStringLiteral("sip:555@pbx.example.com");
    QVERIFY(log().put(gone));
    QVERIFY(log().put(test::missedCall(3, QStringLiteral("not recorded"))));

    const auto all = log().recordings({}, 10);
    QCOMPARE(all->size(), 2);
    QCOMPARE(all->at(0).path, gone.call.recordingPath);
    QVERIFY(!all->at(0).fileExists);
    QCOMPARE(all->at(0).bytes, gone.recordingBytes);
    QVERIFY(all->at(1).fileExists);
    QCOMPARE(all->at(1).bytes, 1234);
    QCOMPARE(all->at(1).durationMs, 60000);
    QCOMPARE(all->at(1).displayName, there.call.displayName);
    QCOMPARE(all->at(1).logRowId, 1);
    QCOMPARE(all->at(1).direction, model::Direction::Outgoing);
    QCOMPARE(log().recordings(QStringLiteral("91234"), 10)->size(), 1);
    QCOMPARE(log().recordings({}, 1)->size(), 1);
}

void CallLogTest::tellsOfABrokenDatabase()
{
    QVERIFY(m_database->exec(QStringLiteral("DROP TABLE calls")));
    const QString path = m_database->path();
    QVERIFY(log().put(test::fullCall(1)).error().text.contains(path));
    QVERIFY(log().page({}).error().text.contains(path));
    QVERIFY(log().recordings({}, 1).error().text.contains(path));
    QVERIFY(log().markMissedSeen().error().text.contains(path));
    QVERIFY(log().missedUnseen().error().text.contains(path));
    QVERIFY(log().markCutOff({}).error().text.contains(path));
}

QTEST_GUILESS_MAIN(CallLogTest)
#include "tst_call_log.moc"
