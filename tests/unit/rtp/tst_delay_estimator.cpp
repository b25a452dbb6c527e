#include "base/Random.h"
#include "rtp/DelayEstimator.h"

#include <QTest>

using namespace hs;
using namespace hs::rtp;
using namespace std::chrono_literals;
using base::Duration;

class DelayEstimatorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginsWithTheLeast();
    void followsUniformJitter_data();
    void followsUniformJitter();
    void comesDownAgain();
    void rareLateOnesAreNotWaitedFor();
    void aBurstCountsOnce();
    void repeatedPeaksAreNoticed();
    void singleStragglersAreNoPeaks();
    void aSlowerPathIsNoJitter();
    void driftIsAbsorbed_data();
    void driftIsAbsorbed();
    void jumpsBeginANewGeneration();
    void waitedCountsFromTheFastest();
    void wrapAndOtherClocks();
};

namespace {
struct Line {
    DelayEstimator delay;
    base::TimePoint sent{1h};
    std::uint32_t timestamp = 0xffff0000U;
    std::uint32_t clock = 8000;
    double skew = 0;
    base::Random random{8};

    Duration put(Duration late)
    {
        const Duration at = delay.update(timestamp, clock, sent + late);
        sent += 20ms;
        if (skew != 0) {
            sent += Duration(static_cast<std::int64_t>(skew * 20));
        }
        timestamp += clock / 50;
        return at;
    }
    void jitter(Duration most, int packets)
    {
        for (int i = 0; i < packets; ++i) {
            put(Duration(
                static_cast<std::int64_t>(random.u32() / 4294967296.0 * double(most.count()))));
        }
    }
    int targetMs() const { return int(delay.target() / 1ms); }
};
} // namespace

void DelayEstimatorTest::beginsWithTheLeast()
{
    Line line;
    QCOMPARE(line.targetMs(), DelayEstimator::leastMs);
    line.jitter(0ms, 500);
    QCOMPARE(line.targetMs(), DelayEstimator::leastMs);
}

void DelayEstimatorTest::followsUniformJitter_data()
{
    QTest::addColumn<int>("most");
    for (const int most : {40, 80, 120, 250}) {
        QTest::addRow("0..%d ms", most) << most;
    }
    QTest::newRow("more than there may be") << 450;
}

void DelayEstimatorTest::followsUniformJitter()
{
    QFETCH(int, most);
    Line line;
    line.jitter(0ms, 500);
    line.jitter(std::chrono::milliseconds(most), 100); // two seconds
    QVERIFY2(line.targetMs() >= std::min(most - 15, DelayEstimator::mostMs),
             qPrintable(QString::number(line.targetMs())));
    line.jitter(std::chrono::milliseconds(most), 1000);
    QVERIFY2(line.targetMs() >= std::min(most - 10, DelayEstimator::mostMs)
                 && line.targetMs() <= std::min(most + 10, DelayEstimator::mostMs),
             qPrintable(QString::number(line.targetMs())));
}

void DelayEstimatorTest::comesDownAgain()
{
    Line line;
    line.jitter(150ms, 1500);
    QVERIFY(line.targetMs() >= 140);
    line.jitter(5ms, 1500); // half a minute
    QCOMPARE(line.targetMs(), DelayEstimator::leastMs);
}

void DelayEstimatorTest::rareLateOnesAreNotWaitedFor()
{
    Line line;
    line.jitter(10ms, 1000);
    for (int i = 0; i < 20; ++i) {
        line.put(35ms); // one in 200, and no peak either
        line.jitter(10ms, 199);
    }
    QCOMPARE(line.targetMs(), DelayEstimator::leastMs);
}

void DelayEstimatorTest::aBurstCountsOnce()
{
    Line line;
    line.jitter(5ms, 1000);
    for (int late = 300; late > 0; late -= 20) { // all at one moment
        line.put(std::chrono::milliseconds(late));
    }
    line.jitter(5ms, 50);
    QCOMPARE(line.targetMs(), DelayEstimator::leastMs);
}

void DelayEstimatorTest::repeatedPeaksAreNoticed()
{
    Line line;
    line.jitter(5ms, 500);
    for (int i = 0; i < 4; ++i) {
        for (int late = 150; late > 0; late -= 20) { // of one moment
            line.put(std::chrono::milliseconds(late));
        }
        line.jitter(5ms, 392); // 8 s
        QVERIFY2((line.targetMs() >= 145) == (i > 0), qPrintable(QString::number(i)));
    }
    line.jitter(5ms, 1000);
    QCOMPARE(line.targetMs(), DelayEstimator::leastMs);
}

void DelayEstimatorTest::singleStragglersAreNoPeaks()
{
    Line line;
    line.jitter(5ms, 500);
    for (int i = 0; i < 20; ++i) {
        line.put(250ms);
        line.jitter(5ms, 199);
    }
    QCOMPARE(line.targetMs(), DelayEstimator::leastMs);
}

void DelayEstimatorTest::aSlowerPathIsNoJitter()
{
    Line line;
    line.jitter(10ms, 1000);
    for (int i = 0; i < 250; ++i) { // five seconds: the faster times are forgotten
        line.put(120ms);
    }
    QCOMPARE(line.targetMs(), DelayEstimator::leastMs);
    line.jitter(10ms, 500);
    QCOMPARE(line.targetMs(), DelayEstimator::leastMs);
}

void DelayEstimatorTest::driftIsAbsorbed_data()
{
    QTest::addColumn<double>("ppm");
    QTest::newRow("200 ppm slow") << 200.0;
    QTest::newRow("200 ppm fast") << -200.0;
}

void DelayEstimatorTest::driftIsAbsorbed()
{
    QFETCH(double, ppm);
    Line line;
    line.skew = ppm; // a ppm is a ns in each ms
    for (int hour = 0; hour < 4; ++hour) {
        line.jitter(40ms, 180'000);
        QVERIFY2(line.targetMs() >= 40 && line.targetMs() <= 55,
                 qPrintable(QString::number(line.targetMs())));
    }
}

void DelayEstimatorTest::jumpsBeginANewGeneration()
{
    Line line;
    line.jitter(60ms, 500);
    const int before = line.targetMs();
    const std::uint32_t generation = line.delay.generation();
    line.timestamp += 80'000; // ten seconds
    line.put(0ms);
    QVERIFY(line.delay.generation() != generation);
    QCOMPARE(line.targetMs(), before); // the network is what it was
    const std::uint32_t later = line.delay.generation();
    line.delay.restart();
    QVERIFY(line.delay.generation() != later);
}

void DelayEstimatorTest::waitedCountsFromTheFastest()
{
    Line line;
    for (int i = 0; i < 200; ++i) {
        line.put(i % 2 == 0 ? 30ms : 50ms);
    }
    const base::TimePoint sent = line.sent;
    const Duration at = line.put(50ms);
    QCOMPARE(line.delay.waited((sent + 50ms).time_since_epoch() - at) / 1ms, 20);
    QCOMPARE(line.delay.waited((sent + 90ms).time_since_epoch() - at) / 1ms, 60);
}

void DelayEstimatorTest::wrapAndOtherClocks()
{
    Line line;
    line.clock = 48000;
    line.jitter(60ms, 2000); // beyond 0xffffffff
    QVERIFY(line.targetMs() >= 55 && line.targetMs() <= 70);
    QCOMPARE(line.delay.generation(), 0U);
}

QTEST_GUILESS_MAIN(DelayEstimatorTest)
#include "tst_delay_estimator.moc"
