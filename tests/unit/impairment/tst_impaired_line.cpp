// A bad line does what it was told, by count: loss, bursts, delay, order, copies and drift of a
// hundred thousand datagrams, 20 ms apart.
#include "support/impairment/ImpairedLine.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using base::Duration;
using base::TimePoint;

class ImpairedLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goodLine();
    void lossRate_data();
    void lossRate();
    void jitterDistribution_data();
    void jitterDistribution();
    void nothingArrivesBeforeItWasSent();
    void order_data();
    void order();
    void reorders();
    void duplicates();
    void drift_data();
    void drift();
    void driftGoesOnFromWhereItIs();
    void sameSeedSameFate();
    void lossesDoNotMoveWithJitter();
};

namespace {

constexpr int many = 100'000;
constexpr TimePoint start{1h};

TimePoint sentAt(int number)
{
    return start + number * Duration(20ms);
}

using Arrivals = std::vector<std::vector<TimePoint>>;

Arrivals carried(ImpairedLine& line, int count = many)
{
    Arrivals result;
    for (int i = 0; i < count; ++i) {
        result.push_back(line.carry(sentAt(i)));
    }
    return result;
}

Arrivals carried(const Impairments& impairments, int count = many)
{
    ImpairedLine line(impairments);
    return carried(line, count);
}

double ms(Duration time)
{
    return double(time.count()) / 1e6;
}

// How long each of those that arrive took.
std::vector<double> delaysMs(const Arrivals& arrivals)
{
    std::vector<double> delays;
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        for (const TimePoint at : arrivals[i]) {
            delays.push_back(ms(at - sentAt(int(i))));
        }
    }
    std::ranges::sort(delays);
    return delays;
}

struct Losses {
    double rate = 0;
    double meanRun = 0; // of datagrams lost one after the other
    int longestRun = 0;
};

Losses lossesOf(const Arrivals& arrivals)
{
    Losses losses;
    int runs = 0;
    int run = 0;
    for (const auto& one : arrivals) {
        run = one.empty() ? run + 1 : 0;
        losses.rate += one.empty() ? 1.0 / double(arrivals.size()) : 0;
        runs += run == 1 ? 1 : 0;
        losses.longestRun = std::max(losses.longestRun, run);
    }
    losses.meanRun = runs == 0 ? 0 : losses.rate * double(arrivals.size()) / runs;
    return losses;
}

// How many arrive behind one that was sent later.
int overtaken(const Arrivals& arrivals)
{
    int count = 0;
    TimePoint earliest = TimePoint::max();
    for (std::size_t i = arrivals.size(); i-- > 0;) {
        if (!arrivals[i].empty()) {
            count += arrivals[i].front() > earliest ? 1 : 0;
            earliest = std::min(earliest, arrivals[i].front());
        }
    }
    return count;
}

#define CLOSE(actual, expected, tolerance)                                                         \
    QVERIFY2(std::abs((actual) - (expected)) <= (tolerance),                                       \
             qPrintable(QStringLiteral("%1 instead of %2").arg(actual).arg(expected)))

} // namespace

void ImpairedLineTest::goodLine()
{
    const Arrivals arrivals = carried(Impairments{}, 1000);
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(arrivals[std::size_t(i)], std::vector<TimePoint>{sentAt(i)});
    }
}

void ImpairedLineTest::lossRate_data()
{
    QTest::addColumn<double>("loss");
    QTest::addColumn<double>("enter");
    QTest::addColumn<double>("leave");
    QTest::addColumn<double>("inBurst");
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("meanRun");
    QTest::newRow("nothing is lost") << 0.0 << 0.0 << 1.0 << 1.0 << 0.0 << 0.0;
    QTest::newRow("5 % one by one") << 0.05 << 0.0 << 1.0 << 1.0 << 0.05 << 1.0 / 0.95;
    QTest::newRow("30 % one by one") << 0.3 << 0.0 << 1.0 << 1.0 << 0.3 << 1.0 / 0.7;
    QTest::newRow("everything") << 1.0 << 0.0 << 1.0 << 1.0 << 1.0 << double(many);
    // Bad for 5 of 105 datagrams; Gilbert's runs are as long as the bad state.
    QTest::newRow("Gilbert: bursts of 5") << 0.0 << 0.01 << 0.2 << 1.0 << 0.0476 << 5.0;
    QTest::newRow("Gilbert: bursts of 20") << 0.0 << 0.001 << 0.05 << 1.0 << 0.0196 << 20.0;
    // Half of the bad state's gets through: a run ends there too, with 1 - 0.5 * 0.9.
    QTest::newRow("Elliott: half of a burst") << 0.0 << 0.01 << 0.1 << 0.5 << 0.0455 << 1 / 0.55;
    QTest::newRow("bursts and single ones") << 0.02 << 0.01 << 0.2 << 1.0 << 0.0667 << 0.0;
}

void ImpairedLineTest::lossRate()
{
    QFETCH(double, loss);
    QFETCH(double, enter);
    QFETCH(double, leave);
    QFETCH(double, inBurst);
    QFETCH(double, rate);
    QFETCH(double, meanRun);
    Impairments impairments;
    impairments.loss = loss;
    impairments.enterBurst = enter;
    impairments.leaveBurst = leave;
    impairments.lossInBurst = inBurst;
    ImpairedLine line(impairments);
    const Losses losses = lossesOf(carried(line));
    CLOSE(losses.rate, rate, enter > 0 ? 0.006 : 0.003); // a thousand bursts are not many
    if (meanRun > 0) {
        CLOSE(losses.meanRun, meanRun, meanRun * 0.15);
    }
    QCOMPARE(line.counts().sent, std::uint64_t(many));
    CLOSE(double(line.counts().lost) / many, losses.rate, 1e-9);
    if (loss == 0 && inBurst == 1.0 && enter > 0) {
        CLOSE(double(line.counts().lost) / double(line.counts().bursts), losses.meanRun, 0.3);
    }
}

void ImpairedLineTest::jitterDistribution_data()
{
    QTest::addColumn<JitterKind>("kind");
    QTest::addColumn<double>("mean"); // of the delay, which is 100 ms with 40 ms of jitter
    QTest::addColumn<double>("deviation");
    QTest::addColumn<double>("p50");
    QTest::addColumn<double>("p95");
    QTest::addColumn<double>("p999");
    QTest::newRow("uniform") << JitterKind::Uniform << 120.0 << 11.55 << 120.0 << 138.0 << 140.0;
    QTest::newRow("normal") << JitterKind::Normal << 100.1 << 39.8 << 100.0 << 165.8 << 223.6;
    QTest::newRow("exponential") << JitterKind::Exponential << 140.0 << 40.0 << 127.7 << 219.8
                                 << 376.3;
    // Lomax of shape 3 and scale 80 ms; what it deviates hangs on the few that are very late.
    QTest::newRow("Pareto") << JitterKind::Pareto << 140.0 << 0.0 << 120.8 << 237.2 << 820.0;
}

void ImpairedLineTest::jitterDistribution()
{
    QFETCH(JitterKind, kind);
    QFETCH(double, mean);
    QFETCH(double, deviation);
    QFETCH(double, p50);
    QFETCH(double, p95);
    QFETCH(double, p999);
    Impairments impairments;
    impairments.delay = 100ms;
    impairments.jitter = 40ms;
    impairments.jitterKind = kind;
    const std::vector<double> delays = delaysMs(carried(impairments));
    QCOMPARE(delays.size(), std::size_t(many));
    const double sum = std::accumulate(delays.begin(), delays.end(), 0.0);
    const double squares =
        std::accumulate(delays.begin(), delays.end(), 0.0, [&](double all, double delay) {
            return all + std::pow(delay - sum / many, 2);
        });
    CLOSE(sum / many, mean, 1.0);
    if (deviation > 0) {
        CLOSE(std::sqrt(squares / many), deviation, deviation * 0.05);
    }
    const auto at = [&](double share) { return delays[std::size_t(share * many)]; };
    CLOSE(at(0.5), p50, 1.0);
    CLOSE(at(0.95), p95, 2.0);
    CLOSE(at(0.999), p999, p999 * 0.08);
}

void ImpairedLineTest::nothingArrivesBeforeItWasSent()
{
    Impairments impairments;
    impairments.delay = 10ms;
    impairments.jitter = 100ms;
    impairments.jitterKind = JitterKind::Normal;
    impairments.driftPpm = -500;
    const std::vector<double> delays = delaysMs(carried(impairments));
    QVERIFY(delays.front() >= 0);
}

void ImpairedLineTest::order_data()
{
    QTest::addColumn<bool>("keepsOrder");
    QTest::addColumn<double>("least"); // share of those that are overtaken
    QTest::addColumn<double>("most");
    QTest::newRow("one overtakes another") << false << 0.3 << 0.7;
    QTest::newRow("a queue: nobody does") << true << 0.0 << 0.0;
}

void ImpairedLineTest::order()
{
    QFETCH(bool, keepsOrder);
    QFETCH(double, least);
    QFETCH(double, most);
    Impairments impairments;
    impairments.jitter = 100ms;
    impairments.keepsOrder = keepsOrder;
    const Arrivals arrivals = carried(impairments);
    const double share = overtaken(arrivals) / double(many);
    QVERIFY2(share >= least && share <= most, qPrintable(QString::number(share)));
    QVERIFY(delaysMs(arrivals).back() <= 100.0);
}

void ImpairedLineTest::reorders()
{
    Impairments impairments;
    impairments.reorders = 0.04;
    impairments.reorderBy = 50ms;
    impairments.keepsOrder = true;
    ImpairedLine line(impairments);
    const Arrivals arrivals = carried(line);
    CLOSE(overtaken(arrivals) / double(many), 0.04, 0.003);
    CLOSE(double(line.counts().reordered), overtaken(arrivals), 20); // three in a row are in order
    const std::vector<double> delays = delaysMs(arrivals);
    QCOMPARE(delays.front(), 0.0);
    QCOMPARE(delays.back(), 50.0);
}

void ImpairedLineTest::duplicates()
{
    Impairments impairments;
    impairments.duplicates = 0.1;
    impairments.duplicateAfter = 7ms;
    impairments.loss = 0.5;
    ImpairedLine line(impairments);
    int twice = 0;
    int once = 0;
    for (const auto& one : carried(line)) {
        once += one.size() == 1 ? 1 : 0;
        if (one.size() == 2) {
            ++twice;
            QCOMPARE(one[1] - one[0], Duration(7ms));
        }
    }
    CLOSE(twice / double(once + twice), 0.1, 0.005); // what is lost is not doubled
    QCOMPARE(line.counts().duplicated, std::uint64_t(twice));
}

void ImpairedLineTest::drift_data()
{
    QTest::addColumn<double>("ppm");
    QTest::addColumn<double>("lastMs"); // delay of the last one, sent 2000 s after the first
    QTest::newRow("none") << 0.0 << 1000.0;
    QTest::newRow("200 ppm") << 200.0 << 1400.0;
    QTest::newRow("-200 ppm") << -200.0 << 600.0;
    QTest::newRow("-1000 ppm: the delay is used up") << -1000.0 << 0.0;
}

void ImpairedLineTest::drift()
{
    QFETCH(double, ppm);
    QFETCH(double, lastMs);
    Impairments impairments;
    impairments.delay = 1s;
    impairments.driftPpm = ppm;
    const Arrivals arrivals = carried(impairments);
    CLOSE(ms(arrivals.front().front() - sentAt(0)), 1000.0, 1e-6);
    CLOSE(ms(arrivals.back().front() - sentAt(many - 1)), lastMs, 0.1);
    if (lastMs > 0) {
        const Duration step = arrivals[5001].front() - arrivals[5000].front();
        CLOSE(double(step.count()), 20e6 * (1 + ppm * 1e-6), 2.0);
    }
}

void ImpairedLineTest::driftGoesOnFromWhereItIs()
{
    Impairments impairments;
    impairments.driftPpm = 500;
    ImpairedLine line(impairments);
    carried(line, 50'001); // 1000 s
    impairments.driftPpm = 0;
    line.change(impairments);
    CLOSE(ms(line.carry(sentAt(60'000)).front() - sentAt(60'000)), 500.0, 0.1);
}

void ImpairedLineTest::sameSeedSameFate()
{
    Impairments impairments;
    impairments.loss = 0.1;
    impairments.jitter = 40ms;
    impairments.duplicates = 0.1;
    ImpairedLine one(impairments, 5);
    ImpairedLine two(impairments, 5);
    ImpairedLine other(impairments, 6);
    const Arrivals arrivals = carried(one, 1000);
    QCOMPARE(arrivals, carried(two, 1000));
    QVERIFY(arrivals != carried(other, 1000));
}

void ImpairedLineTest::lossesDoNotMoveWithJitter()
{
    Impairments plain;
    plain.loss = 0.05;
    plain.enterBurst = 0.01;
    plain.leaveBurst = 0.3;
    Impairments shaken = plain;
    shaken.jitter = 40ms;
    shaken.jitterKind = JitterKind::Pareto;
    shaken.duplicates = 0.5;
    shaken.reorders = 0.5;
    const Arrivals one = carried(plain, 5000);
    const Arrivals other = carried(shaken, 5000);
    for (std::size_t i = 0; i < one.size(); ++i) {
        QCOMPARE(one[i].empty(), other[i].empty());
    }
}

QTEST_GUILESS_MAIN(ImpairedLineTest)
#include "tst_impaired_line.moc"
