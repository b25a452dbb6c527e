#include "SampleCalls.h"
#include "store/PendingCalls.h"

#include <QTest>

using namespace hs;
using store::PendingCalls;

class PendingCallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsOneEntryForEachCallInOrder();
    void aTroubleThatHasPassedIsStillWritten();
    void callsOfTwoEnginesAreTwo();
    void givesUpWhatWaitsLongest();
    void takeAllLeavesItUsable();
    void absorbKeepsTheLaterEntry();
    void absorbIsBoundedToo();

private:
    static QStringList numbers(const PendingCalls& calls);
};

QStringList PendingCallsTest::numbers(const PendingCalls& calls)
{
    QStringList numbers;
    for (const model::LogEntry& entry : calls.entries()) {
        numbers << entry.call.number;
    }
    return numbers;
}

void PendingCallsTest::keepsOneEntryForEachCallInOrder()
{
    PendingCalls calls;
    calls.put(test::ringingCall(1, QStringLiteral("a")));
    calls.put(test::ringingCall(2, QStringLiteral("b")));
    calls.put(test::ringingCall(1, QStringLiteral("a2")));
    QCOMPARE(numbers(calls), (QStringList{QStringLiteral("a2"), QStringLiteral("b")}));
}

void PendingCallsTest::aTroubleThatHasPassedIsStillWritten()
{
    PendingCalls calls;
    model::LogEntry entry = test::ringingCall(1, QStringLiteral("a"));
    entry.call.trouble = model::MediaTrouble::NothingReceived;
    entry.call.troubleSince = 1000;
    calls.put(entry);
    calls.put(test::ringingCall(1, QStringLiteral("b")));
    const model::Call& waiting = calls.entries().front().call;
    QCOMPARE(waiting.number, QStringLiteral("b"));
    QCOMPARE(waiting.trouble, model::MediaTrouble::NothingReceived);
    QCOMPARE(waiting.troubleSince, 1000);
    entry.call.trouble = model::MediaTrouble::OnlySilenceReceived;
    entry.call.troubleSince = 2000;
    calls.put(entry);
    QCOMPARE(calls.entries().front().call.trouble, model::MediaTrouble::OnlySilenceReceived);
    QCOMPARE(calls.entries().front().call.troubleSince, 2000);
}

void PendingCallsTest::callsOfTwoEnginesAreTwo()
{
    PendingCalls calls;
    model::LogEntry other = test::ringingCall(1, QStringLiteral("b"));
    other.engineId = QStringLiteral("engine-b");
    calls.put(test::ringingCall(1, QStringLiteral("a")));
    calls.put(other);
    QCOMPARE(calls.size(), std::size_t(2));
}

void PendingCallsTest::givesUpWhatWaitsLongest()
{
    PendingCalls calls(3);
    for (model::CallId id = 1; id <= 5; ++id) {
        calls.put(test::ringingCall(id, QString::number(id)));
    }
    calls.put(test::ringingCall(4, QStringLiteral("4b"))); // known, so nothing more is lost
    QCOMPARE(numbers(calls),
             (QStringList{QStringLiteral("3"), QStringLiteral("4b"), QStringLiteral("5")}));
    QCOMPARE(calls.givenUp(), quint64(2));
    calls.put(test::ringingCall(1, QStringLiteral("1b"))); // forgotten, so it is new
    QCOMPARE(calls.givenUp(), quint64(3));
}

void PendingCallsTest::takeAllLeavesItUsable()
{
    PendingCalls calls(2);
    for (model::CallId id = 1; id <= 3; ++id) {
        calls.put(test::ringingCall(id, QString::number(id)));
    }
    PendingCalls taken = calls.takeAll();
    QVERIFY(calls.empty());
    QCOMPARE(calls.givenUp(), quint64(0));
    QCOMPARE(taken.givenUp(), quint64(1));
    calls.put(test::ringingCall(3, QStringLiteral("later")));
    taken.put(test::ringingCall(3, QStringLiteral("3b")));
    QCOMPARE(numbers(taken), (QStringList{QStringLiteral("2"), QStringLiteral("3b")}));
    QCOMPARE(numbers(calls), QStringList{QStringLiteral("later")});
}

void PendingCallsTest::absorbKeepsTheLaterEntry()
{
    PendingCalls backlog;
    PendingCalls later;
    backlog.put(test::ringingCall(1, QStringLiteral("old")));
    later.put(test::ringingCall(2, QStringLiteral("b")));
    later.put(test::ringingCall(1, QStringLiteral("new")));
    backlog.absorb(std::move(later));
    QCOMPARE(numbers(backlog), (QStringList{QStringLiteral("new"), QStringLiteral("b")}));
}

void PendingCallsTest::absorbIsBoundedToo()
{
    PendingCalls backlog(2);
    PendingCalls later(2);
    for (model::CallId id = 1; id <= 3; ++id) {
        backlog.put(test::ringingCall(id, QString::number(id)));
        later.put(test::ringingCall(10 + id, QString::number(10 + id)));
    }
    backlog.absorb(std::move(later));
    QCOMPARE(numbers(backlog), (QStringList{QStringLiteral("12"), QStringLiteral("13")}));
    QCOMPARE(backlog.givenUp(), quint64(4));
}

QTEST_GUILESS_MAIN(PendingCallsTest)
#include "tst_pending_calls.moc"
