// What the store does when the disk does not.
#include "SampleCalls.h"
#include "store/Store.h"
#include "support/Soon.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace hs;
using namespace std::chrono_literals;
using store::Database;
using store::Store;
using store::StoreState;

class StoreFailuresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aLockedDatabaseIsToldOnceAndRecovered();
    void aDamagedDatabaseIsToldAndLeftAlone();
    void aDamagedDatabaseThatIsMovedAwayIsReplaced();
    void aRemovedDatabaseIsMadeAnew();
    void aFullDiskIsToldAndRecovered();
    void tooManyWaitingCallsAreCounted();
    void textsWaitForADatabaseAndAreBounded();
    void whatWaitsLongerIsBoundedToo();
    void stopInAFailedStateSaysSo();

private:
    std::unique_ptr<Store> makeStore(std::size_t mostPending = 1000);
    int rows();
    void writeGarbage();

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<base::EventLoopMailbox> m_mailbox;
    QList<StoreState> m_states;
    int m_commits = 0;
};

void StoreFailuresTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("calls.db"));
    m_mailbox = std::make_unique<base::EventLoopMailbox>();
    m_states.clear();
    m_commits = 0;
}

void StoreFailuresTest::cleanup()
{
    m_mailbox.reset();
}

std::unique_ptr<Store> StoreFailuresTest::makeStore(std::size_t mostPending)
{
    store::StoreOptions options;
    options.path = m_path;
    options.commitEvery = 1ms;
    options.retryFirst = 10ms;
    options.retryMost = 40ms;
    options.busyTimeout = 5ms;
    options.mostPending = mostPending;
    options.mostPendingTexts = 3;
    return std::make_unique<Store>(
        options, *m_mailbox,
        store::StoreEvents{[this](const StoreState& state) { m_states << state; },
                           [this] { ++m_commits; }});
}

int StoreFailuresTest::rows()
{
    const auto database = Database::open(m_path, Database::Access::ReadOnly);
    return database ? static_cast<int>(
               (*database)->number(QStringLiteral("SELECT count(*) FROM calls")).value())
                    : -1;
}

void StoreFailuresTest::writeGarbage()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
}

void StoreFailuresTest::aLockedDatabaseIsToldOnceAndRecovered()
{
    const auto store = makeStore();
    SOON_COMPARE(m_states.size(), 1);
    const auto holder = Database::open(m_path, Database::Access::ReadWrite);
    QVERIFY((*holder)->begin());
    store->put(test::missedCall(1, QStringLiteral("1")));
    SOON_COMPARE(m_states.size(), 2);
    QCOMPARE(m_states.last().kind, StoreState::Kind::Failed);
    QVERIFY2(m_states.last().error.contains(QStringLiteral("is locked")),
             qPrintable(m_states.last().error));
    // Its retries fail meanwhile, and nobody is told again.
    store->put(test::missedCall(2, QStringLiteral("2")));
    bool answered = false;
    store->page({}, *m_mailbox, [&answered](const base::Result<model::LogPage>& page) {
        answered = page.ok(); // reading goes on
    });
    SOON_VERIFY(answered);
    QCOMPARE(m_states.size(), 2);
    (*holder)->rollback();
    SOON_COMPARE(m_states.size(), 3);
    QCOMPARE(m_states.last().kind, StoreState::Kind::Working);
    QCOMPARE(rows(), 2);
}

void StoreFailuresTest::aDamagedDatabaseIsToldAndLeftAlone()
{
    writeGarbage();
    const auto store = makeStore();
    store->put(test::missedCall(1, QStringLiteral("1")));
    SOON_COMPARE(m_states.size(), 1);
    QVERIFY2(m_states.last().error.contains(QStringLiteral("is damaged")),
             qPrintable(m_states.last().error));
    QString answer;
    store->page({}, *m_mailbox, [&answer](const base::Result<model::LogPage>& page) {
        answer = page ? QStringLiteral("a page") : page.error().text;
    });
    SOON_VERIFY2(answer.contains(QStringLiteral("is damaged")), qPrintable(answer));
    QVERIFY(!store->stop(30s));
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray(8192, 'x'));
}

void StoreFailuresTest::aDamagedDatabaseThatIsMovedAwayIsReplaced()
{
    writeGarbage();
    const auto store = makeStore();
    store->put(test::missedCall(1, QStringLiteral("1")));
    SOON_COMPARE(m_states.size(), 1);
    QVERIFY(QFile::rename(m_path, m_path + QStringLiteral(".damaged")));
    SOON_COMPARE(m_states.size(), 2);
    QCOMPARE(m_states.last().kind, StoreState::Kind::Working);
    QCOMPARE(rows(), 1);
}

void StoreFailuresTest::aRemovedDatabaseIsMadeAnew()
{
    const auto store = makeStore();
    store->put(test::missedCall(1, QStringLiteral("1")));
    SOON_COMPARE(m_commits, 1);
    bool answered = false;
    const auto answer = [&answered](const base::Result<model::LogPage>& page) {
        answered = true;
        QVERIFY(page.ok());
    };
    store->page({}, *m_mailbox, answer); // the reader has it open as well
    SOON_VERIFY(answered);
    QVERIFY(QFile::remove(m_path));
    store->put(test::missedCall(2, QStringLiteral("2")));
    SOON_COMPARE(m_commits, 2);
    QCOMPARE(rows(), 1);
    answered = false;
    store->page({}, *m_mailbox, answer);
    SOON_VERIFY(answered);
    store->put(test::missedCall(3, QStringLiteral("3")));
    SOON_COMPARE(m_commits, 3);
    QCOMPARE(rows(), 2);
    QCOMPARE(m_states.size(), 1);
}

void StoreFailuresTest::aFullDiskIsToldAndRecovered()
{
    const auto store = makeStore();
    SOON_COMPARE(m_states.size(), 1);
    // No file of this process may grow beyond this, which to SQLite is a disk that refuses.
    struct sigaction ignore { };
    struct sigaction actionBefore { };
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGXFSZ, &ignore, &actionBefore);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit tight = before;
    tight.rlim_cur = 128 * 1024;
    setrlimit(RLIMIT_FSIZE, &tight);
    for (model::CallId id = 1; id <= 900; ++id) {
        store->put(test::fullCall(id));
    }
    const bool told = QTest::qWaitFor([this] { return m_states.size() >= 2; });
    const qsizetype toldTimes = m_states.size();
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(told);
    QCOMPARE(toldTimes, 2);
    QCOMPARE(m_states.at(1).kind, StoreState::Kind::Failed);
    QVERIFY2(m_states.at(1).error.contains(m_path), qPrintable(m_states.at(1).error));
    SOON_COMPARE(m_states.last().kind, StoreState::Kind::Working);
    sigaction(SIGXFSZ, &actionBefore, nullptr);
    QVERIFY(store->stop(30s));
    QCOMPARE(rows(), 900);
}

void StoreFailuresTest::tooManyWaitingCallsAreCounted()
{
    QVERIFY(QDir().mkdir(m_path)); // no file can be there
    const auto store = makeStore(10);
    SOON_COMPARE(m_states.size(), 1);
    for (model::CallId id = 1; id <= 100; ++id) {
        store->put(test::missedCall(id, QString::number(id)));
    }
    SOON_COMPARE(m_states.last().givenUp, quint64(90));
    QVERIFY(QDir().rmdir(m_path));
    SOON_COMPARE(m_states.last().kind, StoreState::Kind::Working);
    QCOMPARE(m_states.last().givenUp, quint64(90));
    QCOMPARE(rows(), 10);
}

void StoreFailuresTest::textsWaitForADatabaseAndAreBounded()
{
    QVERIFY(QDir().mkdir(m_path));
    const auto store = makeStore();
    SOON_COMPARE(m_states.size(), 1);
    for (int i = 1; i <= 5; ++i) {
        store->addMessage({0, 1, {}, {}, {}, {}, QString::number(i)});
    }
    SOON_COMPARE(m_states.last().textsGivenUp, quint64(2));
    QVERIFY(QDir().rmdir(m_path));
    SOON_COMPARE(m_states.last().kind, StoreState::Kind::Working);
    QList<model::TextMessage> texts;
    store->messages(
        10, *m_mailbox,
        [&texts](const base::Result<QList<model::TextMessage>>& answer) { texts = *answer; });
    SOON_COMPARE(texts.size(), 3);
    QCOMPARE(texts.first().text, QStringLiteral("5"));
    QCOMPARE(texts.last().text, QStringLiteral("3"));
}

void StoreFailuresTest::whatWaitsLongerIsBoundedToo()
{
    QVERIFY(QDir().mkdir(m_path));
    const auto store = makeStore(1);
    for (int i = 1; i <= 3; ++i) {
        store->addMessage({0, 1, {}, {}, {}, {}, QString::number(i)});
    }
    store->put(test::missedCall(1, QStringLiteral("1")));
    store->put(test::missedCall(2, QStringLiteral("2")));
    SOON_VERIFY(!m_states.isEmpty() && m_states.last().givenUp == 1); // so it has taken them over
    QCOMPARE(m_states.last().textsGivenUp, quint64(0));
    for (int i = 4; i <= 5; ++i) {
        store->addMessage({0, 1, {}, {}, {}, {}, QString::number(i)});
    }
    SOON_COMPARE(m_states.last().textsGivenUp, quint64(2));
}

void StoreFailuresTest::stopInAFailedStateSaysSo()
{
    QVERIFY(QDir().mkdir(m_path));
    const auto store = makeStore();
    store->put(test::missedCall(1, QStringLiteral("1")));
    QVERIFY(!store->stop(30s));
}

QTEST_GUILESS_MAIN(StoreFailuresTest)
#include "tst_store_failures.moc"
