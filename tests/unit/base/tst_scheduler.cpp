#include "base/QtScheduler.h"
#include "support/ManualScheduler.h"
#include "support/Soon.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;

class SchedulerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsInOrderOfDeadline();
    void destroyedHandleCancels();
    void reassignedHandleCancelsTheOld();
    void functionMayDestroyItsOwnTimer();
    void zeroDelayRearmDoesNotHang();
    void handleOutlivesScheduler();
    void qtSchedulerIsNeverEarly();
};

void SchedulerTest::runsInOrderOfDeadline()
{
    test::ManualScheduler scheduler;
    QList<int> order;
    auto a = scheduler.after(30ms, [&] { order << 3; });
    auto b = scheduler.after(10ms, [&] { order << 1; });
    auto c = scheduler.after(10ms, [&] { order << 2; });
    scheduler.advance(9ms);
    QVERIFY(order.isEmpty());
    scheduler.advance(21ms);
    QCOMPARE(order, QList<int>({1, 2, 3}));
    QVERIFY(!a.active());
}

void SchedulerTest::destroyedHandleCancels()
{
    test::ManualScheduler scheduler;
    bool ran = false;
    {
        auto timer = scheduler.after(1ms, [&] { ran = true; });
        QVERIFY(timer.active());
    }
    scheduler.advance(1s);
    QVERIFY(!ran);
    QCOMPARE(scheduler.pending(), std::size_t(0));
}

void SchedulerTest::reassignedHandleCancelsTheOld()
{
    test::ManualScheduler scheduler;
    int which = 0;
    auto timer = scheduler.after(1ms, [&] { which = 1; });
    timer = scheduler.after(2ms, [&] { which = 2; });
    scheduler.advance(1ms);
    QCOMPARE(which, 0);
    scheduler.advance(1ms);
    QCOMPARE(which, 2);
}

void SchedulerTest::functionMayDestroyItsOwnTimer()
{
    test::ManualScheduler scheduler;
    auto owner = std::make_unique<base::Timer>();
    *owner = scheduler.after(1ms, [&] { owner.reset(); });
    scheduler.advance(1ms);
    QVERIFY(!owner);
}

void SchedulerTest::zeroDelayRearmDoesNotHang()
{
    test::ManualScheduler scheduler;
    base::Timer timer;
    int runs = 0;
    std::function<void()> again = [&] {
        ++runs;
        timer = scheduler.after(0ms, again);
    };
    timer = scheduler.after(0ms, again);
    scheduler.runDue();
    QCOMPARE(runs, 1);
    scheduler.runDue();
    QCOMPARE(runs, 2);
}

void SchedulerTest::handleOutlivesScheduler()
{
    base::Timer timer;
    {
        test::ManualScheduler scheduler;
        timer = scheduler.after(1ms, [] {});
    }
    QVERIFY(!timer.active());
    timer.cancel();
}

void SchedulerTest::qtSchedulerIsNeverEarly()
{
    base::SystemClock clock;
    base::QtScheduler scheduler(clock);
    const base::TimePoint start = clock.now();
    base::TimePoint at20;
    base::TimePoint at5;
    auto later = scheduler.after(20ms, [&] { at20 = clock.now(); });
    auto sooner = scheduler.after(5ms, [&] { at5 = clock.now(); });
    SOON_VERIFY(at20 != base::TimePoint());
    QVERIFY(at5 - start >= 5ms);
    QVERIFY(at20 - start >= 20ms);
}

QTEST_GUILESS_MAIN(SchedulerTest)
#include "tst_scheduler.moc"
