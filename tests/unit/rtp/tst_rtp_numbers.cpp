#include "rtp/InterarrivalJitter.h"
#include "rtp/NtpTime.h"
#include "rtp/RtpTimestamp.h"
#include "rtp/SeqNum.h"

#include <QTest>

using namespace hs;
using namespace hs::rtp;
using namespace std::chrono_literals;

// Sequence numbers, timestamps, NTP times and the jitter drawn from them.
class RtpNumbersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void seqDistances();
    void extendedSeqCrossesTheWrap();
    void seqWindow();
    void timestamps();
    void longUptimeDoesNotOverflow();
    void ntp();
    void jitterFollowsA8();
    void jitterIgnoresJumps();
};

void RtpNumbersTest::seqDistances()
{
    QCOMPARE(seqDistance(65535, 0), 1);
    QCOMPARE(seqDistance(0, 65535), -1);
    QCOMPARE(seqDistance(10, 10), 0);
    QCOMPARE(seqDistance(65000, 1000), 1536);
    QCOMPARE(seqDistance(0, 32767), 32767);
    QCOMPARE(seqDistance(0, 32768), -32768);
}

void RtpNumbersTest::extendedSeqCrossesTheWrap()
{
    ExtendedSeq seq(65534);
    QCOMPARE(seq.extend(65535), std::int64_t(65535));
    QCOMPARE(seq.extend(1), std::int64_t(65537)); // 0 is lost, right on the wrap
    QCOMPARE(seq.extend(65533), std::int64_t(65533)); // late, from before it
    QCOMPARE(seq.extend(0), std::int64_t(65536));
    QCOMPARE(seq.highest(), std::int64_t(65537));
    for (int i = 0; i < 200'000; ++i) {
        seq.extend(static_cast<std::uint16_t>(2 + i));
    }
    QCOMPARE(seq.highest(), std::int64_t(65538 + 199'999));
}

void RtpNumbersTest::seqWindow()
{
    using Mark = SeqWindow::Mark;
    SeqWindow window;
    window.restart(65530);
    QCOMPARE(window.mark(65530), Mark::Duplicate);
    QCOMPARE(window.mark(3), Mark::New);
    for (const int number : {65531, 65535, 0, 2, 65529, 65420}) {
        const auto seq = static_cast<std::uint16_t>(number);
        QCOMPARE(window.mark(seq), Mark::New);
        QCOMPARE(window.mark(seq), Mark::Duplicate);
    }
    QCOMPARE(window.highest(), std::uint16_t(3));
    QCOMPARE(window.mark(static_cast<std::uint16_t>(3 - 128)), Mark::TooOld);
    QCOMPARE(window.mark(static_cast<std::uint16_t>(3 - 127)), Mark::New);
    // What lay between is forgotten when the window moves on, by little or by much.
    QCOMPARE(window.mark(3 + 128), Mark::New);
    QCOMPARE(window.mark(3 + 1), Mark::New);
    QCOMPARE(window.mark(20'000), Mark::New);
    QCOMPARE(window.mark(20'000 - 127), Mark::New);
    QCOMPARE(window.mark(20'000), Mark::Duplicate);
}

void RtpNumbersTest::timestamps()
{
    QCOMPARE(timestampDistance(0xffffff60U, 0), std::int32_t(160));
    QCOMPARE(timestampDistance(0, 0xffffff60U), std::int32_t(-160));
    ExtendedTimestamp timestamp(0xffffff60U);
    QCOMPARE(timestamp.extend(0), std::int64_t(0x100000000));
    QCOMPARE(timestamp.extend(0xffffff60U), std::int64_t(0xffffff60));
    QCOMPARE(samplesToTime(160, 8000), base::Duration(20ms));
    QCOMPARE(samplesToTime(-160, 8000), base::Duration(-20ms));
    QCOMPARE(timeToSamples(30ms, 8000), std::int64_t(240));
}

// Nanoseconds times a clock rate is more than 64 bits hold after 13 days (conformance 4.2: RTCP).
void RtpNumbersTest::longUptimeDoesNotOverflow()
{
    constexpr base::Duration years = std::chrono::hours(24 * 365 * 10);
    QCOMPARE(timeToSamples(years, 48000), std::int64_t(10) * 365 * 24 * 3600 * 48000);
    QCOMPARE(samplesToTime(timeToSamples(years, 48000), 48000), years);
    QCOMPARE(toCompactNtp(years), 65535U << 16);
}

void RtpNumbersTest::ntp()
{
    // 2026-01-02 03:04:05.500 UTC
    const base::WallTime wall{std::chrono::milliseconds(1767323045500)};
    QCOMPARE(toNtp(wall), (std::uint64_t(3976311845) << 32) | 0x80000000U);
    QCOMPARE(compactNtp(toNtp(wall)), (3976311845U & 0xffffU) << 16 | 0x8000U);
    QCOMPARE(toCompactNtp(1500ms), 0x18000U);
    QCOMPARE(fromCompactNtp(0x18000), base::Duration(1500ms));
    QCOMPARE(toCompactNtp(-1ms), 0U);
    // The RFC's own example (3550 figure 2): DLSR 5.250 s, round trip 6.125 s.
    QCOMPARE(toCompactNtp(5250ms), 0x00054000U);
    QCOMPARE(fromCompactNtp(0xb7108000U - 0xb7052000U - 0x00054000U), base::Duration(6125ms));
}

void RtpNumbersTest::jitterFollowsA8()
{
    InterarrivalJitter jitter;
    base::TimePoint now{};
    jitter.update(0xffffff00U, now);
    double expected = 0;
    for (std::uint32_t i = 1; i <= 100; ++i) {
        // 20 ms apart at the sender, 25 and 15 by turns here: a deviation of 5 ms each time.
        now += i % 2 == 0 ? 15ms : 25ms;
        jitter.update(0xffffff00U + i * 160, now);
        expected += (5000.0 - expected) / 16;
    }
    QVERIFY(std::abs(jitter.inUs() - expected) < 2);
    QCOMPARE(jitter.inTimestampUnits(), static_cast<std::uint32_t>(expected * 8 / 1000));
}

void RtpNumbersTest::jitterIgnoresJumps()
{
    InterarrivalJitter jitter;
    base::TimePoint now{};
    jitter.update(0, now);
    jitter.update(160, now += 20ms);
    jitter.update(0x80000000U, now += 20ms); // the timestamps jump
    jitter.update(0x80000000U + 160, now += 20ms);
    jitter.update(0x80000000U + 160, now += 7ms); // the same moment twice
    jitter.update(0x80000000U + 320, now += 13ms + 5000ms); // the sender paused, its clock as well
    jitter.forgetLast();
    jitter.update(77, now += 1ms);
    QCOMPARE(jitter.inUs() / 1000, 0U);
}

QTEST_GUILESS_MAIN(RtpNumbersTest)
#include "tst_rtp_numbers.moc"
