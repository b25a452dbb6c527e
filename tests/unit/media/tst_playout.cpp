#include "PlayoutLine.h"
#include "audio/G711.h"
#include "base/Random.h"
#include "support/SpeechQuality.h"

#include <QTest>

#include <cmath>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using Samples = std::vector<std::int16_t>;

// What it does packet by packet; streams are in tests/scenario/jitter.
class PlayoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silentUntilTheFirstIsDue();
    void whatComesInTimeIsUntouched_data();
    void whatComesInTimeIsUntouched();
    void typesMayChangeAtAnySample();
    void unknownTypesAreNoAudio();
    void decodersOfAnotherRateAreRefused();
    void comfortNoiseIsHeard();
    void beginsAnewWithItsDecoders();
    void fixedDelayStays();
    void statsAreInMs();
    void pulsesComeWhenTheStatsSay();
    void whateverComes_data();
    void whateverComes();
};

namespace {
double rms(std::span<const std::int16_t> samples)
{
    double sum = 0;
    for (const std::int16_t sample : samples) {
        sum += double(sample) * sample;
    }
    return std::sqrt(sum / double(samples.size()));
}

} // namespace

void PlayoutTest::silentUntilTheFirstIsDue()
{
    PlayoutLine line;
    QCOMPARE(rms(line.hear()), 0.0);
    line.put(160, 1);
    QCOMPARE(rms(line.hear()), 0.0);
    line.put(160, 1);
    QCOMPARE(rms(line.hear()), 0.0);
    line.put(160, 1);
    QVERIFY(rms(line.hear()) > 0); // 40 ms after the first one
    QCOMPARE(line.playout.stats().samplesSilent, std::uint64_t(0)); // before it began: not counted
}

void PlayoutTest::whatComesInTimeIsUntouched_data()
{
    QTest::addColumn<int>("packet");
    QTest::addColumn<int>("frame");
    for (const int packet : {40, 80, 160, 161, 240, 480, 960, 1500}) {
        for (const int frame : {80, 160}) {
            QTest::addRow("packets of %d, frames of %d", packet, frame) << packet << frame;
        }
    }
}

void PlayoutTest::whatComesInTimeIsUntouched()
{
    QFETCH(int, packet);
    QFETCH(int, frame);
    PlayoutLine line;
    const Samples said = speech(8000, 3000);
    std::vector<std::byte> codes(said.size());
    audio::encodeAlaw(said, codes);
    Samples sent(said.size());
    audio::decodeAlaw(codes, sent);
    const base::TimePoint began = line.now;
    Samples heard;
    std::size_t at = 0;
    while (heard.size() + 4000 < sent.size()) {
        while (at / 8 <= std::size_t((line.now - began) / 1ms)) {
            const auto size = static_cast<std::size_t>(packet);
            line.put(std::span(codes).subspan(at, size), size);
            at += size;
        }
        const Samples some = line.hear(static_cast<std::size_t>(frame));
        heard.insert(heard.end(), some.begin(), some.end());
    }
    // Up to the first silence, in which the delay may be made shorter.
    const auto start =
        std::search(heard.begin(), heard.end(), sent.begin() + 1600, sent.begin() + 1700);
    QVERIFY(start != heard.end());
    QVERIFY2(std::equal(start, start + 3200, sent.begin() + 1600), "not as it was sent");
    QVERIFY(start - heard.begin() - 1600 <= 480 + packet);
    QCOMPARE(line.playout.stats().samplesConcealed, std::uint64_t(0));
    QVERIFY(packet > 960 || line.playout.stats().samplesStretched == 0);
}

void PlayoutTest::typesMayChangeAtAnySample()
{
    PlayoutLine line;
    // The same code, far apart in the two laws.
    const std::array types{0, 8, 8, 0};
    for (std::size_t i = 0; i < 8; ++i) {
        if (i % 2 == 0 || i == 3) {
            line.header.payloadType = static_cast<std::uint8_t>(types[i / 2]);
        }
        line.put(i % 2 == 0 ? 200 : 120, 0x80);
        line.pass();
    }
    for (std::size_t i = 0; i < line.heard.size(); ++i) {
        QCOMPARE(line.heard[i],
                 types[i / 320] == 0 ? audio::decodeUlaw(0x80) : audio::decodeAlaw(0x80));
    }
    QCOMPARE(line.heard.size(), std::size_t(6 * 160));
}

void PlayoutTest::unknownTypesAreNoAudio()
{
    PlayoutLine line;
    for (int i = 0; i < 20; ++i) {
        line.header.payloadType = i % 4 == 3 ? 77 : 8;
        line.put(160, 5);
        if (i > 2) {
            line.hear();
        } else {
            line.now += 20ms;
        }
    }
    const auto stats = line.playout.stats();
    QCOMPARE(stats.packetsPut, std::uint64_t(15));
    QCOMPARE(stats.packetsLost, std::uint64_t(0));
    QCOMPARE(stats.samplesConcealed, std::uint64_t(0));
}

void PlayoutTest::decodersOfAnotherRateAreRefused()
{
    media::Playout wide(16000);
    audio::G711Decoder alaw(audio::G711Law::A);
    QVERIFY(!wide.setDecoder(8, &alaw));
    media::Playout narrow(8000);
    for (int type = 0; type < int(media::Playout::mostDecoders); ++type) {
        QVERIFY(narrow.setDecoder(static_cast<std::uint8_t>(type), &alaw));
    }
    QVERIFY(narrow.setDecoder(3, &alaw));
    QVERIFY(!narrow.setDecoder(30, &alaw));
    QVERIFY(narrow.setDecoder(3, nullptr));
    QVERIFY(narrow.setDecoder(30, &alaw));
    QVERIFY(!narrow.setDecoder(30, &alaw, 0));
}

void PlayoutTest::comfortNoiseIsHeard()
{
    PlayoutLine line;
    line.put(160, 0xd5);
    line.put(160, 0xd5);
    line.header.payloadType = 13;
    line.put(std::vector<std::byte>{std::byte(40)}, 160); // RFC 3389: -40 dBov
    line.now += 40ms;
    line.hear();
    line.hear();
    line.hear();
    for (int i = 0; i < 20; ++i) {
        const double level = rms(line.hear());
        QVERIFY2(std::abs(level / 327 - 1) < 0.4, qPrintable(QString::number(level)));
    }
    QCOMPARE(line.playout.stats().samplesConcealed, std::uint64_t(0));
    QVERIFY(line.playout.stats().samplesSilent >= 3200);
}

void PlayoutTest::beginsAnewWithItsDecoders()
{
    PlayoutLine line;
    for (int i = 0; i < 10; ++i) {
        line.put(160, 0x80);
    }
    line.now += 40ms;
    line.hear();
    line.playout.beginAnew();
    QCOMPARE(line.playout.stats().packetsPut, std::uint64_t(0));
    QCOMPARE(rms(line.hear()), 0.0);
    line.header.timestamp += 77777;
    line.put(160, 0x80);
    QCOMPARE(rms(line.hear()), 0.0);
    line.put(160, 0x80);
    line.hear();
    QVERIFY(rms(line.hear()) > 0);
}

void PlayoutTest::fixedDelayStays()
{
    audio::G711Decoder alaw(audio::G711Law::A);
    media::Playout playout(8000, 60);
    playout.setDecoder(8, &alaw);
    base::TimePoint now{1h};
    const std::vector<std::byte> payload(160, std::byte(0x55));
    for (int i = 0; i < 500; ++i) {
        playout.put({8, false, std::uint16_t(i), std::uint32_t(i) * 160, 1}, payload, now);
        now += 20ms;
        Samples out(160);
        playout.play(out, now);
    }
    QCOMPARE(playout.stats().targetMs, 60);
    QCOMPARE(playout.stats().delayMs, 60);
    QCOMPARE(playout.stats().samplesRemoved, std::uint64_t(0));
}

void PlayoutTest::statsAreInMs()
{
    PlayoutLine line;
    for (int i = 0; i < 5; ++i) {
        line.put(160, i);
        line.now += 20ms;
    }
    const auto stats = line.playout.stats();
    QCOMPARE(stats.depthMs, 100);
    QCOMPARE(stats.targetMs, 40);
    QCOMPARE(stats.jitterUs, 0U);
}

// The delay by the samples themselves: a pulse comes out when the stats say that it does.
void PlayoutTest::pulsesComeWhenTheStatsSay()
{
    PlayoutLine line;
    base::Random random(2);
    std::multimap<base::TimePoint, std::pair<rtp::RtpHeader, int>> network;
    Samples heard;
    std::vector<std::byte> pulse(160, std::byte(audio::alawSilence));
    const std::vector<std::byte> silence = pulse;
    pulse[0] = std::byte(0x2a); // loud
    int nextPacket = 0;
    for (int tick = 0; tick < 1500; ++tick) {
        for (; nextPacket <= tick; ++nextPacket) {
            network.emplace(line.now + std::chrono::milliseconds(random.below(70)),
                            std::pair(line.header, nextPacket));
            line.skip(160);
        }
        while (!network.empty() && network.begin()->first <= line.now) {
            const auto& [header, number] = network.begin()->second;
            line.playout.put(header, number % 50 == 49 ? pulse : silence, network.begin()->first);
            network.erase(network.begin());
        }
        const Samples some = line.hear();
        heard.insert(heard.end(), some.begin(), some.end());
    }
    std::size_t found = 0;
    double delay = 0;
    for (std::size_t i = 8000 * 15; i < heard.size(); ++i) {
        if (std::abs(heard[i]) > 10000) {
            delay += std::fmod(double(i) / 8 - 49 * 20, 1000);
            ++found;
        }
    }
    QVERIFY(found >= 13);
    delay /= double(found);
    const auto stats = line.playout.stats();
    QVERIFY2(delay >= stats.delayMs - 5 && delay <= stats.delayMs + 25,
             qPrintable(QStringLiteral("%1 ms, said %2").arg(delay).arg(stats.delayMs)));
    QVERIFY(delay <= 70 + 30);
}

void PlayoutTest::whateverComes_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 20; ++seed) {
        QTest::addRow("seed %d", int(seed)) << seed;
    }
}

// Whatever comes, each play() gives what was asked for, and the bounds are kept.
void PlayoutTest::whateverComes()
{
    QFETCH(quint64, seed);
    base::Random random(seed);
    PlayoutLine line;
    for (int i = 0; i < 5'000; ++i) {
        line.header.payloadType = random.below(10) == 0 ? std::uint8_t(random.below(128)) : 8;
        const std::size_t size = random.below(10) == 0 ? random.below(1600) : 160;
        const std::vector<std::byte> payload(size, std::byte(i));
        line.playout.put(line.header, payload, line.now);
        if (random.below(3) > 0) {
            line.skip(160);
        } else if (random.below(20) == 0) {
            line.header.sequence =
                static_cast<std::uint16_t>(line.header.sequence + random.below(200) - 100);
            line.header.timestamp +=
                random.below(2) == 0 ? random.u32() : random.below(8000) - 4000;
        }
        if (random.below(200) == 0) {
            line.playout.reset();
        }
        if (random.below(500) == 0) {
            line.playout.beginAnew();
        }
        line.hear(random.below(4) == 0 ? random.below(1100) : 160);
        const auto stats = line.playout.stats();
        QVERIFY2(stats.depthMs >= 0 && stats.depthMs <= 1500 && stats.targetMs >= 30
                     && stats.targetMs <= 320,
                 qPrintable(QStringLiteral("input %1: depth %2 ms, target %3 ms")
                                .arg(i)
                                .arg(stats.depthMs)
                                .arg(stats.targetMs)));
        QVERIFY(stats.samplesConcealed < 1'000'000'000'000);
        line.now += std::chrono::milliseconds(random.below(25));
    }
}

QTEST_GUILESS_MAIN(PlayoutTest)
#include "tst_playout.moc"
