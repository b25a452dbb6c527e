#include "base/Random.h"
#include "rtp/RtcpScheduler.h"

#include <QTest>

using namespace hs;
using namespace hs::rtp;
using namespace std::chrono_literals;

// RFC 3550 6.2, 6.3, A.7.
class RtcpSchedulerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstAfterHalfTheTime_data();
    void firstAfterHalfTheTime();
    void laterOnesAverageFiveSeconds();
    void reconsideration();
    void largePacketsTakeLonger();
};

namespace {
constexpr base::TimePoint start{std::chrono::hours(1)};
constexpr double compensation = 2.718281828459045 - 1.5;

double seconds(base::Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}
} // namespace

void RtcpSchedulerTest::firstAfterHalfTheTime_data()
{
    QTest::addColumn<quint32>("random");
    QTest::addColumn<double>("expected");
    QTest::newRow("6.3.1 least: 0.5") << 0U << 2.5 * 0.5 / compensation;
    QTest::newRow("6.3.1 middle: 1") << 0x80000000U << 2.5 / compensation;
    QTest::newRow("6.3.1 most: 1.5") << 0xffffffffU << 2.5 * 1.5 / compensation;
}

void RtcpSchedulerTest::firstAfterHalfTheTime()
{
    QFETCH(quint32, random);
    QFETCH(double, expected);
    const RtcpScheduler scheduler(start, random);
    QVERIFY(std::abs(seconds(scheduler.next() - start) - expected) < 1e-6);
}

void RtcpSchedulerTest::laterOnesAverageFiveSeconds()
{
    base::Random random(7);
    RtcpScheduler scheduler(start, random.u32());
    base::TimePoint last{};
    double least = 100;
    double most = 0;
    int count = 0;
    base::TimePoint first{};
    base::TimePoint now = start;
    while (count < 20'000) {
        now = scheduler.next();
        if (!scheduler.expire(now, random.u32())) {
            QVERIFY(scheduler.next() > now);
            continue;
        }
        scheduler.sent(now, 100, random.u32());
        if (count++ == 0) {
            first = now;
        } else {
            least = std::min(least, seconds(now - last));
            most = std::max(most, seconds(now - last));
        }
        last = now;
    }
    // 6.3.1: reconsideration and the division by 1.21828 bring the mean to 5 s again.
    const double mean = seconds(last - first) / (count - 1);
    QVERIFY2(std::abs(mean - 5) < 0.15, qPrintable(QString::number(mean)));
    QVERIFY(least >= 2.5 / compensation - 1e-6);
    QVERIFY(most <= 7.5 / compensation + 1e-6);
}

void RtcpSchedulerTest::reconsideration()
{
    RtcpScheduler scheduler(start, 0);
    const base::TimePoint now = scheduler.next();
    // 6.3.3: a new draw that lies later puts it off, counted from the last one sent.
    QVERIFY(!scheduler.expire(now, 0xffffffffU));
    QVERIFY(std::abs(seconds(scheduler.next() - start) - 2.5 * 1.5 / compensation) < 1e-6);
    QVERIFY(scheduler.expire(scheduler.next(), 0x40000000U));
    scheduler.sent(now, 100, 0x80000000U);
    QVERIFY(std::abs(seconds(scheduler.next() - now) - 5 / compensation) < 1e-6);
}

void RtcpSchedulerTest::largePacketsTakeLonger()
{
    RtcpScheduler scheduler(start, 0);
    for (int i = 0; i < 200; ++i) {
        scheduler.received(1400);
    }
    scheduler.sent(start, 1400, 0x80000000U);
    // 6.2: 1428 bytes of each of two at 500 bytes a second are 5.7 s.
    QVERIFY(std::abs(seconds(scheduler.next() - start) - 2 * 1428 / 500.0 / compensation) < 0.01);
}

QTEST_GUILESS_MAIN(RtcpSchedulerTest)
#include "tst_rtcp_scheduler.moc"
