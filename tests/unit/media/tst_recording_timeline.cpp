#include "TimelineFixture.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace hs::media;

using namespace hs::test;

class RecordingTimelineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clockIsNotTheRate_data();
    void clockIsNotTheRate();
    void everySampleOfEveryPacketSize_data();
    void everySampleOfEveryPacketSize();
    void bothSidesFromZero();
    void overtakenPacketsArePutRight();
    void twiceIsOnce();
    void tooLateIsDiscarded();
    void lossIsConcealedAndReceivedSamplesUntouched();
    void unexplainedGapIsSilence();
    void newSsrcContinuesAtTheClock();
    void strayPacketOfAnotherSsrc();
    void timestampJumpIsNotTimeThatPassed_data();
    void timestampJumpIsNotTimeThatPassed();
    void lateOneFromBeforeAJump();
    void pauseWithTimestampsIsSilence();
    void pauseWithoutTimestampsIsCaughtUp();
    void holdLeavesSilenceOnOurSide();
    void endHoldsAllThatCame();
    void fasterThanTimeIsBounded();
};

void RecordingTimelineTest::everySampleOfEveryPacketSize_data()
{
    QTest::addColumn<int>("packetMs");
    for (const int packetMs : {10, 20, 30, 40, 60}) {
        QTest::addRow("%d ms", packetMs) << packetMs;
    }
}

void RecordingTimelineTest::everySampleOfEveryPacketSize()
{
    QFETCH(int, packetMs);
    Recording recording;
    FarEnd far{recording};
    far.size = static_cast<std::size_t>(packetMs * ms);
    const std::int64_t first = 7 * ms;
    for (int i = 0; i < 200; ++i) {
        const std::int64_t now = first + i * packetMs * ms;
        far.say(now);
        recording.write(now);
        QCOMPARE(static_cast<std::int64_t>(recording.left.size()),
                 std::max<std::int64_t>(now - RecordingTimeline::reorderWindowMs * ms, 0));
    }
    recording.finish(first + 200 * packetMs * ms);
    QCOMPARE(part(recording.left, 0, first), std::vector<std::int16_t>(first, 0));
    QCOMPARE(part(recording.left, first, far.said), speech(0, far.said));
    QCOMPARE(static_cast<std::int64_t>(recording.left.size()), first + far.said);
    QCOMPARE(recording.timeline.inserted(), 0);
}

void RecordingTimelineTest::bothSidesFromZero()
{
    Recording recording;
    FarEnd far{recording};
    for (int i = 0; i < 100; ++i) {
        recording.timeline.sent(i * 160, speech(i * 160, 160));
        far.say(i * 160 + 40);
        recording.write(i * 160);
    }
    recording.finish(16000);
    QCOMPARE(part(recording.right, 0, 16000), speech(0, 16000));
    QCOMPARE(part(recording.left, 40, 16000), speech(0, 16000));
    QCOMPARE(recording.left.size(), recording.right.size());
}

void RecordingTimelineTest::overtakenPacketsArePutRight()
{
    Recording recording;
    FarEnd far{recording};
    std::array<std::vector<std::int16_t>, 20> audio;
    std::vector<RecordingTimeline::Received> packets;
    for (auto& samples : audio) {
        packets.push_back(far.next(samples));
    }
    // 3-2-1, one that is 400 ms late, and the rest in order.
    for (const int i : {0, 3, 2, 1, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 6}) {
        auto packet = packets[static_cast<std::size_t>(i)];
        packet.arrival = i == 6 ? 26 * 160 : i * 160;
        recording.timeline.received(packet);
        recording.write(packet.arrival);
    }
    recording.finish(27 * 160);
    QCOMPARE(part(recording.left, 0, far.said), speech(0, far.said));
    QCOMPARE(recording.timeline.discarded(), 0U);
}

void RecordingTimelineTest::twiceIsOnce()
{
    Recording recording;
    FarEnd far{recording};
    for (int i = 0; i < 50; ++i) {
        std::vector<std::int16_t> samples;
        auto packet = far.next(samples);
        packet.arrival = i * 160;
        recording.timeline.received(packet);
        recording.timeline.received(packet);
        recording.write(i * 160);
    }
    recording.finish(50 * 160);
    QCOMPARE(recording.left, speech(0, far.said));
    QCOMPARE(recording.timeline.discarded(), 50U);
}

void RecordingTimelineTest::tooLateIsDiscarded()
{
    Recording recording;
    FarEnd far{recording};
    std::vector<std::int16_t> samples;
    far.say(0);
    auto late = far.next(samples);
    for (int i = 2; i < 60; ++i) {
        far.say(i * 160);
        recording.write(i * 160);
    }
    late.arrival = 60 * 160;
    recording.timeline.received(late);
    recording.finish(60 * 160);
    QCOMPARE(recording.timeline.discarded(), 1U);
    QCOMPARE(part(recording.left, 320, far.said - 320), speech(320, far.said - 320));
    QVERIFY(part(recording.left, 160, 160) != speech(160, 160)); // it was concealed
}

void RecordingTimelineTest::lossIsConcealedAndReceivedSamplesUntouched()
{
    Recording recording;
    FarEnd far{recording};
    for (int i = 0; i < 100; ++i) {
        if (i == 50 || i == 51 || (i >= 70 && i < 80)) {
            far.lose();
        } else {
            far.say(i * 160);
        }
        recording.write(i * 160);
    }
    recording.finish(16000);
    QCOMPARE(recording.left.size(), std::size_t(16000));
    for (const auto& [from, to] : {std::pair(0, 50), std::pair(52, 70), std::pair(80, 100)}) {
        QCOMPARE(part(recording.left, from * 160, (to - from) * 160),
                 speech(from * 160, (to - from) * 160));
    }
    const auto power = [&](int from, int to) {
        return std::accumulate(recording.left.begin() + from, recording.left.begin() + to, 0.0,
                               [](double sum, std::int16_t s) { return sum + double(s) * s; })
            / (to - from);
    };
    QVERIFY(power(50 * 160, 51 * 160) > 0.2 * power(49 * 160, 50 * 160));
    QVERIFY(power(51 * 160, 52 * 160) < power(50 * 160, 51 * 160)); // it fades
    QCOMPARE(withoutSilence(part(recording.left, 74 * 160, 6 * 160)).size(), std::size_t(0));
}

void RecordingTimelineTest::unexplainedGapIsSilence()
{
    // The far end suppresses silence: timestamps go on, sequence numbers have no hole.
    Recording recording;
    FarEnd far{recording};
    for (int i = 0; i < 100; ++i) {
        if (i >= 40 && i < 60) {
            far.lose();
            --far.sequence;
        } else {
            far.say(i * 160);
        }
        recording.write(i * 160);
    }
    recording.finish(16000);
    QCOMPARE(part(recording.left, 6400, 3200), std::vector<std::int16_t>(3200, 0));
    QCOMPARE(part(recording.left, 9600, 6400), speech(9600, 6400));
}

void RecordingTimelineTest::newSsrcContinuesAtTheClock()
{
    Recording recording;
    FarEnd far{recording};
    for (int i = 0; i < 50; ++i) {
        far.say(i * 160);
        recording.write(i * 160);
    }
    FarEnd other{recording, 99, 4711, 123456};
    other.said = far.said;
    for (int i = 60; i < 100; ++i) {
        other.say(i * 160);
        recording.write(i * 160);
    }
    recording.finish(16000);
    QCOMPARE(part(recording.left, 0, 8000), speech(0, 8000));
    QCOMPARE(part(recording.left, 8000, 1600), std::vector<std::int16_t>(1600, 0));
    QCOMPARE(part(recording.left, 9600, 6400), speech(8000, 6400));
}

void RecordingTimelineTest::strayPacketOfAnotherSsrc()
{
    Recording recording;
    FarEnd far{recording};
    FarEnd stray{recording, 99, 4711, 123456};
    for (int i = 0; i < 100; ++i) {
        if (i == 50) {
            stray.say(i * 160);
        }
        far.say(i * 160);
        recording.write(i * 160);
    }
    recording.finish(16000);
    QCOMPARE(part(recording.left, 0, 8000), speech(0, 8000));
    QCOMPARE(part(recording.left, 8000, 160), speech(0, 160));
    QCOMPARE(part(recording.left, 8160, 8000), speech(8000, 8000));
}

void RecordingTimelineTest::timestampJumpIsNotTimeThatPassed_data()
{
    QTest::addColumn<qint64>("jump");
    QTest::newRow("an hour ahead") << qint64(28'800'000);
    QTest::newRow("300 ms ahead") << qint64(2400);
    QTest::newRow("an hour back") << qint64(-28'800'000);
    QTest::newRow("20 ms back") << qint64(-160);
    QTest::newRow("half the circle") << qint64(0x80000000);
}

void RecordingTimelineTest::timestampJumpIsNotTimeThatPassed()
{
    QFETCH(qint64, jump);
    Recording recording;
    FarEnd far{recording};
    for (int i = 0; i < 100; ++i) {
        if (i == 50) {
            far.timestamp += static_cast<std::uint32_t>(jump);
        }
        far.say(i * 160);
        recording.write(i * 160);
    }
    recording.finish(16000);
    QCOMPARE(recording.left, speech(0, 16000));
    QCOMPARE(recording.timeline.inserted(), 0);
}

void RecordingTimelineTest::lateOneFromBeforeAJump()
{
    Recording recording;
    FarEnd far{recording};
    std::vector<std::int16_t> samples;
    RecordingTimeline::Received late;
    for (int i = 0; i < 100; ++i) {
        if (i == 49) {
            late = far.next(samples);
            continue;
        }
        far.timestamp += i == 50 ? 1'000'000 : 0;
        far.say(i * 160);
        if (i == 52) {
            late.arrival = i * 160;
            recording.timeline.received(late);
        }
        recording.write(i * 160);
    }
    recording.finish(16000);
    QCOMPARE(recording.left, speech(0, 16000));
}

void RecordingTimelineTest::pauseWithTimestampsIsSilence()
{
    Recording recording;
    FarEnd far{recording};
    for (int i = 0; i < 1000; ++i) {
        if (i >= 100 && i < 900) {
            far.timestamp += 160;
        } else {
            far.say(i * 160);
        }
        recording.write(i * 160);
    }
    recording.finish(160'000);
    QCOMPARE(part(recording.left, 16000, 128'000), std::vector<std::int16_t>(128'000, 0));
    QCOMPARE(part(recording.left, 144'000, 16000), speech(16000, 16000));
}

void RecordingTimelineTest::pauseWithoutTimestampsIsCaughtUp()
{
    // RFC 3550 wants timestamps to go on through a pause; some far ends don't.
    Recording recording;
    FarEnd far{recording};
    for (int i = 0; i < 1000; ++i) {
        if (i < 100 || i >= 500) {
            far.say(i * 160);
        }
        recording.write(i * 160);
    }
    recording.finish(160'000);
    QCOMPARE(withoutSilence(recording.left), speech(0, far.said));
    QCOMPARE(recording.timeline.inserted(), 0);
    // In the end both sides are together again.
    QVERIFY(std::abs(std::int64_t(recording.left.size()) - 160'000) < 200 * ms);
    QCOMPARE(recording.left.back(), spoken(far.said - 1));
}

void RecordingTimelineTest::holdLeavesSilenceOnOurSide()
{
    Recording recording;
    for (int i = 0; i < 100; ++i) {
        if (i < 20 || i >= 70) {
            recording.timeline.sent(i * 160, speech(i * 160, 160));
        }
        recording.write(i * 160);
    }
    recording.finish(16000);
    QCOMPARE(part(recording.right, 0, 3200), speech(0, 3200));
    QCOMPARE(part(recording.right, 3200, 8000), std::vector<std::int16_t>(8000, 0));
    QCOMPARE(part(recording.right, 11200, 4800), speech(11200, 4800));
}

void RecordingTimelineTest::endHoldsAllThatCame()
{
    Recording recording;
    FarEnd far{recording};
    far.say(100);
    recording.timeline.sent(0, speech(0, 160));
    recording.finish(120);
    QCOMPARE(recording.left.size(), std::size_t(260));
    QCOMPARE(part(recording.left, 100, 160), speech(0, 160));
    QCOMPARE(part(recording.right, 0, 160), speech(0, 160));
}

void RecordingTimelineTest::fasterThanTimeIsBounded()
{
    Recording recording;
    FarEnd far{recording};
    for (int i = 0; i < 100'000; ++i) {
        far.say(i / 100 * 160);
        recording.write(i / 100 * 160);
    }
    recording.finish(1000 * 160);
    QVERIFY(recording.left.size() < 130 * 8000);
    QVERIFY(recording.timeline.discarded() > 80'000U);
}

void RecordingTimelineTest::clockIsNotTheRate_data()
{
    QTest::addColumn<int>("clockRate");
    QTest::newRow("RFC 3551 4.5.2: G.722") << 8000;
    QTest::newRow("RFC 7587 4.1: Opus") << 48000;
}

// The packet between the two is lost: what follows it is where its timestamp says.
void RecordingTimelineTest::clockIsNotTheRate()
{
    QFETCH(int, clockRate);
    RecordingTimeline timeline(16000);
    const std::vector<std::int16_t> first(320, 100);
    const std::vector<std::int16_t> third(320, 200);
    const auto units = static_cast<std::uint32_t>(clockRate / 25); // 40 ms
    timeline.received({7, 1, 5000, 0, first, clockRate});
    timeline.received({7, 3, 5000 + units, 640, third, clockRate});
    QCOMPARE(timeline.rest(960), std::size_t(960));
    const auto left = timeline.take(960).left;
    QVERIFY(std::ranges::equal(left.first(320), first));
    QVERIFY(std::ranges::equal(left.last(320), third));
}

QTEST_GUILESS_MAIN(RecordingTimelineTest)
#include "tst_recording_timeline.moc"
