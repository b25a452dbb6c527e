#include "TimelineFixture.h"

#include <QTest>

#include <cmath>

using namespace hs::media;
using namespace hs::test;

// Both sides of a recording stay together when the two ends' clocks or the network do not.
class RecordingAlignmentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clockDrift_data();
    void clockDrift();
    void jitterIsNoDrift();
    void stallThenBurst_data();
    void stallThenBurst();
    void repeatedStalls();
    void mediaThreadStall();
};

namespace {
constexpr std::int64_t second = 8000;

// Where the far end's n-th sample is in the left channel. Silence is the only thing between them.
std::vector<std::int64_t> positionsOfSpeech(const std::vector<std::int16_t>& left)
{
    std::vector<std::int64_t> positions;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i] != 0) {
            positions.push_back(static_cast<std::int64_t>(i));
        }
    }
    return positions;
}
} // namespace

void RecordingAlignmentTest::clockDrift_data()
{
    QTest::addColumn<int>("ppm");
    QTest::addColumn<int>("minutes");
    QTest::newRow("far end 300 ppm fast, 10 minutes") << 300 << 10;
    QTest::newRow("far end 300 ppm slow, 10 minutes") << -300 << 10;
    QTest::newRow("far end 300 ppm fast, half an hour") << 300 << 30;
    QTest::newRow("far end 300 ppm slow, half an hour") << -300 << 30;
}

void RecordingAlignmentTest::clockDrift()
{
    QFETCH(int, ppm);
    QFETCH(int, minutes);
    Recording recording;
    FarEnd far{recording};
    const std::int64_t packets = minutes * 60 * 50;
    std::vector<std::int64_t> saidAt; // our side's sample number while the far end says its n-th
    for (std::int64_t i = 0; i < packets; ++i) {
        recording.timeline.sent(i * 160, speech(i * 160, 160));
        for (;;) {
            const auto arrival = static_cast<std::int64_t>(double(far.said) / (1 + ppm * 1e-6));
            if (arrival >= (i + 1) * 160) {
                break;
            }
            far.say(arrival);
            saidAt.push_back(arrival);
        }
        recording.write(i * 160);
    }
    recording.finish(packets * 160);
    QVERIFY(withoutSilence(recording.left) == speech(0, far.said));
    QVERIFY(withoutSilence(recording.right) == speech(0, packets * 160));
    const auto left = positionsOfSpeech(recording.left);
    const auto right = positionsOfSpeech(recording.right);
    std::int64_t apart = 0;
    for (std::size_t i = 0; i < saidAt.size(); ++i) {
        const auto ours = std::min(static_cast<std::size_t>(saidAt[i]), right.size() - 1);
        apart = std::max(apart, std::abs(left[i * 160] - right[ours]));
    }
    QVERIFY2(apart < 250 * ms, qPrintable(QString::number(apart / ms)));
    const std::int64_t drift = minutes * 60 * second * 300 / 1'000'000;
    QVERIFY(std::int64_t(recording.left.size()) < packets * 160 + drift + 250 * ms);
}

void RecordingAlignmentTest::jitterIsNoDrift()
{
    Recording recording;
    FarEnd far{recording};
    std::uint32_t random = 1;
    std::int64_t last = 0;
    for (std::int64_t i = 0; i < 5000; ++i) {
        random = random * 1664525U + 1013904223U;
        last = std::max(last, i * 160 + std::int64_t(random >> 16) % (400 * ms));
        far.say(last);
        recording.write(last);
    }
    recording.finish(5000 * 160);
    // Nothing was inserted: the speech is in one piece.
    const auto left = positionsOfSpeech(recording.left);
    QCOMPARE(left.back() - left.front() + 1, far.said);
}

void RecordingAlignmentTest::stallThenBurst_data()
{
    QTest::addColumn<qint64>("stallMs");
    QTest::newRow("within the window") << qint64(400);
    QTest::newRow("a second") << qint64(1000);
    QTest::newRow("ten seconds") << qint64(10'000);
}

void RecordingAlignmentTest::stallThenBurst()
{
    QFETCH(qint64, stallMs);
    Recording recording;
    FarEnd far{recording};
    const std::int64_t stallFrom = 200;
    const std::int64_t stallTo = stallFrom + stallMs / 20;
    for (std::int64_t i = 0; i < 2000; ++i) {
        recording.timeline.sent(i * 160, speech(i * 160, 160));
        if (i == stallTo) {
            for (std::int64_t late = stallFrom; late < stallTo; ++late) {
                far.say(i * 160);
            }
        }
        if (i < stallFrom || i >= stallTo) {
            far.say(i * 160);
        }
        recording.write(i * 160);
    }
    recording.finish(2000 * 160);
    QVERIFY(withoutSilence(recording.left) == speech(0, far.said));
    QVERIFY(withoutSilence(recording.right) == speech(0, 2000 * 160));
    if (stallMs < 500) {
        QCOMPARE(recording.timeline.inserted(), 0);
        QCOMPARE(recording.left, speech(0, far.said));
    }
    const auto left = positionsOfSpeech(recording.left);
    const auto right = positionsOfSpeech(recording.right);
    for (std::size_t i = static_cast<std::size_t>(stallTo) + 1; i < 2000; ++i) {
        QVERIFY(std::abs(left[i * 160] - right[i * 160]) < 250 * ms);
    }
}

void RecordingAlignmentTest::repeatedStalls()
{
    Recording recording;
    FarEnd far{recording};
    std::int64_t waiting = 0;
    for (std::int64_t i = 0; i < 50 * 60 * 5; ++i) {
        recording.timeline.sent(i * 160, speech(i * 160, 160));
        ++waiting;
        if (i % 500 < 435) { // every ten seconds, 1.3 s of nothing
            for (; waiting > 0; --waiting) {
                far.say(i * 160);
            }
        }
        recording.write(i * 160);
    }
    recording.finish(50 * 60 * 5 * 160);
    QVERIFY(withoutSilence(recording.left) == speech(0, far.said));
    QVERIFY(recording.timeline.inserted() < 30 * second); // of each stall less than a second
}

void RecordingAlignmentTest::mediaThreadStall()
{
    // The clock goes on for two seconds without anything from the media thread, then it brings what
    // the far end sent meanwhile, and our side goes on at the clock.
    Recording recording;
    FarEnd far{recording};
    std::int64_t sent = 0;
    for (std::int64_t i = 0; i < 500; ++i) {
        const bool stalled = i >= 200 && i < 300;
        if (i == 300) {
            for (int late = 0; late < 100; ++late) {
                far.say(i * 160);
            }
        }
        if (!stalled) {
            recording.timeline.sent(i * 160, speech(sent, 160));
            sent += 160;
            far.say(i * 160);
        }
        recording.write(i * 160);
    }
    recording.finish(500 * 160);
    QVERIFY(withoutSilence(recording.left) == speech(0, far.said));
    QVERIFY(withoutSilence(recording.right) == speech(0, sent));
}

QTEST_GUILESS_MAIN(RecordingAlignmentTest)
#include "tst_recording_alignment.moc"
