#include "SampleCalls.h"
#include "store/Store.h"
#include "support/Soon.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace hs;
using namespace std::chrono_literals;
using store::Store;
using store::StoreState;

class StoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void writesWhatIsPut();
    void aBurstBecomesFewTransactions();
    void manyThreadsMayPut();
    void stopWritesWhatWaits();
    void marksCutOffCallsAtOpening();
    void markMissedSeenIsSeenByTheNextPage();
    void answersInTheThreadOfTheMailbox();
    void digitsAndTransferAreBroughtUpToDate();
    void textsGoInAndAreReadNewestFirst();
    void stopWritesTextsThatWait();
    void listsRecordings();
    void refusesTooManyQuestions();
    void afterStopNothingIsPosted();

private:
    std::unique_ptr<Store> makeStore(std::chrono::milliseconds commitEvery = 100ms);
    QStringList texts(Store& store);
    std::optional<model::LogPage> page(Store& store, const model::LogQuery& query = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<base::EventLoopMailbox> m_mailbox;
    QList<StoreState> m_states;
    int m_commits = 0;
};

void StoreTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_mailbox = std::make_unique<base::EventLoopMailbox>();
    m_states.clear();
    m_commits = 0;
}

void StoreTest::cleanup()
{
    m_mailbox.reset();
}

std::unique_ptr<Store> StoreTest::makeStore(std::chrono::milliseconds commitEvery)
{
    store::StoreOptions options;
    options.path = m_folder->filePath(QStringLiteral("calls.db"));
    options.engineId = QStringLiteral("engine-a");
    options.commitEvery = commitEvery;
    return std::make_unique<Store>(
        options, *m_mailbox,
        store::StoreEvents{[this](const StoreState& state) { m_states << state; },
                           [this] { ++m_commits; }});
}

std::optional<model::LogPage> StoreTest::page(Store& store, const model::LogQuery& query)
{
    std::optional<model::LogPage> page;
    store.page(query, *m_mailbox, [&page](const base::Result<model::LogPage>& answer) {
        page = answer ? *answer : model::LogPage();
    });
    return QTest::qWaitFor([&page] { return page.has_value(); }) ? page : std::nullopt;
}

void StoreTest::writesWhatIsPut()
{
    const auto store = makeStore();
    store->put(test::ringingCall(1, QStringLiteral("100")));
    SOON_COMPARE(m_commits, 1);
    store->put(test::ringingCall(2, QStringLiteral("200")));
    store->put(test::missedCall(1, QStringLiteral("100")));
    SOON_COMPARE(page(*store)->missedTotal, 1);
    const auto log = page(*store);
    QCOMPARE(log->entries.size(), 2);
    QCOMPARE(log->entries.at(0).call.number, QStringLiteral("200"));
    QCOMPARE(log->entries.at(1).call.finalCode, 487);
    QCOMPARE(m_states, (QList<StoreState>{{StoreState::Kind::Working, {}, 0, 0}}));
}

void StoreTest::aBurstBecomesFewTransactions()
{
    const auto store = makeStore();
    SOON_COMPARE(m_states.size(), 1);
    constexpr model::CallId calls = 2000;
    for (model::CallId id = 1; id <= calls; ++id) {
        store->put(test::ringingCall(id, QString::number(id)));
        store->put(test::missedCall(id, QString::number(id)));
    }
    SOON_COMPARE(page(*store)->missedTotal, static_cast<int>(calls));
    QVERIFY2(m_commits < 200, qPrintable(QString::number(m_commits)));
    QCOMPARE(page(*store)->entries.first().call.id, calls); // in the order of their beginning
}

void StoreTest::manyThreadsMayPut()
{
    const auto store = makeStore();
    std::vector<std::thread> threads;
    for (model::CallId thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&store, thread] {
            for (model::CallId id = 1; id <= 250; ++id) {
                store->put(test::missedCall(1000 * thread + id, QStringLiteral("1")));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    SOON_COMPARE(page(*store)->missedTotal, 1000);
}

void StoreTest::stopWritesWhatWaits()
{
    {
        const auto store = makeStore(1h); // after the opening, nothing is written by itself
        SOON_COMPARE(m_states.size(), 1);
        for (model::CallId id = 1; id <= 500; ++id) {
            store->put(test::missedCall(id, QStringLiteral("1")));
        }
        QVERIFY(store->stop(30s));
    }
    const auto store = makeStore();
    QCOMPARE(page(*store)->missedTotal, 500);
}

void StoreTest::marksCutOffCallsAtOpening()
{
    {
        const auto store = makeStore();
        store->put(test::ringingCall(1, QStringLiteral("rang")));
        store->put(test::missedCall(2, QStringLiteral("over")));
    }
    m_mailbox->drain();
    m_states.clear();
    const auto store = makeStore();
    store->put(test::ringingCall(1, QStringLiteral("rings now"))); // ids begin anew
    SOON_COMPARE(m_states.size(), 1);
    QCOMPARE(m_states.first().cutOff, 1);
    SOON_COMPARE(page(*store)->entries.size(), 3);
    const auto log = page(*store);
    QVERIFY(!log->entries.at(0).cutOff);
    QVERIFY(!log->entries.at(1).cutOff);
    QVERIFY(log->entries.at(2).cutOff);
    QVERIFY(log->entries.at(2).call.endedAt != 0);
}

void StoreTest::markMissedSeenIsSeenByTheNextPage()
{
    const auto store = makeStore();
    store->put(test::missedCall(1, QStringLiteral("1")));
    SOON_COMPARE(page(*store)->missedTotal, 1);
    store->markMissedSeen();
    SOON_COMPARE(m_commits, 2);
    QCOMPARE(page(*store)->missedTotal, 0);
}

void StoreTest::answersInTheThreadOfTheMailbox()
{
    const auto store = makeStore();
    QThread* answeredIn = nullptr;
    store->page({}, *m_mailbox, [&answeredIn](const base::Result<model::LogPage>& answer) {
        QVERIFY(answer.ok()); // even asked before the database was made
        answeredIn = QThread::currentThread();
    });
    SOON_COMPARE(answeredIn, QThread::currentThread());
}

void StoreTest::digitsAndTransferAreBroughtUpToDate()
{
    const auto store = makeStore();
    model::LogEntry entry = test::ringingCall(1, QStringLiteral("100"));
    store->put(entry);
    SOON_COMPARE(page(*store)->entries.size(), 1);
    entry.call.digitsReceived = QStringLiteral("1");
    entry.call.transfer = model::TransferState::Trying;
    store->put(entry);
    SOON_COMPARE(page(*store)->entries.first().call.digitsReceived, QStringLiteral("1"));
    entry.call.digitsReceived = QStringLiteral("12");
    entry.call.transfer = model::TransferState::Completed;
    store->put(entry);
    SOON_COMPARE(page(*store)->entries.first().call.digitsReceived, QStringLiteral("12"));
    QCOMPARE(page(*store)->entries.first().call.transfer, model::TransferState::Completed);
    QCOMPARE(page(*store)->entries.size(), 1);
}

QStringList StoreTest::texts(Store& store)
{
    std::optional<QStringList> texts;
    store.messages(10, *m_mailbox, [&texts](const base::Result<QList<model::TextMessage>>& answer) {
        texts = QStringList();
        for (const model::TextMessage& message : *answer) {
            *texts << message.text;
        }
    });
    return QTest::qWaitFor([&texts] { return texts.has_value(); }) ? *texts : QStringList();
}

void StoreTest::textsGoInAndAreReadNewestFirst()
{
    const auto store = makeStore();
    for (const char* text : {"one", "two", "two"}) {
        model::TextMessage message;
        message.text = QLatin1String(text);
        store->addMessage(message);
    }
    SOON_COMPARE(texts(*store).join(u' '), QStringLiteral("two two one"));
    QVERIFY(m_commits > 0); // told of as calls are
    QCOMPARE(m_states.size(), 1);
}

void StoreTest::stopWritesTextsThatWait()
{
    {
        const auto store = makeStore(1h);
        SOON_COMPARE(m_states.size(), 1);
        store->addMessage({0, 1, {}, {}, {}, {}, QStringLiteral("late")});
        QVERIFY(store->stop(30s));
    }
    const auto store = makeStore();
    QCOMPARE(texts(*store), QStringList{QStringLiteral("late")});
}

void StoreTest::listsRecordings()
{
    const auto store = makeStore();
    store->put(test::fullCall(1));
    SOON_COMPARE(m_commits, 1);
    QList<model::Recording> listed;
    store->recordings(
        QStringLiteral("PBX"), 5, *m_mailbox,
        [&listed](const base::Result<QList<model::Recording>>& answer) { listed = *answer; });
    SOON_COMPARE(listed.size(), 1);
    QCOMPARE(listed.first().path, test::fullCall(1).call.recordingPath);
}

void StoreTest::refusesTooManyQuestions()
{
    // A reader that may not yet answer keeps what it is asked, up to its bound.
    const auto reader =
        std::make_shared<store::StoreReader>(m_folder->filePath(QStringLiteral("calls.db")), 10ms);
    const auto question = [](const base::Result<store::Logs*>&) { return true; };
    for (std::size_t i = 0; i < store::StoreReader::mostWaiting; ++i) {
        QVERIFY(reader->ask(question));
    }
    QVERIFY(!reader->ask(question));
    QVERIFY(reader->stop(1s));
    QVERIFY(!reader->ask(question));
}

void StoreTest::afterStopNothingIsPosted()
{
    const auto store = makeStore();
    QVERIFY(store->stop(30s));
    m_mailbox->drain();
    const auto statesBefore = m_states.size();
    bool answered = false;
    store->put(test::missedCall(1, QStringLiteral("1")));
    store->page({}, *m_mailbox,
                [&answered](const base::Result<model::LogPage>&) { answered = true; });
    m_mailbox->drain();
    QVERIFY(!answered);
    QCOMPARE(m_states.size(), statesBefore);
}

QTEST_GUILESS_MAIN(StoreTest)
#include "tst_store.moc"
