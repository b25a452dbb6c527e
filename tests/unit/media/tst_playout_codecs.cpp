#include "PlayoutLine.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

// What Playout asks of a codec, and tells it.
class PlayoutCodecsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDecoderIsToldWhenItsTurnComesAgain();
    void malformedAndOversizedAreLost();
    void theCodecsOwnConcealmentIsAsked();
    void recoveredFromTheNext();
};

namespace {
// A codec that conceals and recovers by marks that a test can see.
class MarkingDecoder final : public audio::SpeechDecoder {
public:
    int resets = 0;
    bool conceals = false;
    bool recovers = false;

    int sampleRate() const override { return 8000; }
    std::size_t samplesIn(std::span<const std::byte> payload) const override
    {
        return payload.size() == 10 ? 160 : 0;
    }
    std::size_t decode(std::span<const std::byte>, std::span<std::int16_t> out) override
    {
        std::ranges::fill(out.first(160), std::int16_t(1000));
        return 160;
    }
    std::size_t conceal(std::span<std::int16_t> out) override
    {
        std::ranges::fill(out, std::int16_t(1500));
        return conceals ? out.size() : 0;
    }
    std::size_t recover(std::span<const std::byte>, std::span<std::int16_t> out) override
    {
        std::ranges::fill(out, std::int16_t(1200));
        return recovers ? out.size() : 0;
    }
    void reset() override { ++resets; }
};

struct MarkedLine : PlayoutLine {
    MarkingDecoder marking;

    MarkedLine()
    {
        playout.setDecoder(96, &marking);
        header.payloadType = 96;
    }
    void put() { PlayoutLine::put(std::vector<std::byte>(10), 160); }
};
} // namespace

void PlayoutCodecsTest::aDecoderIsToldWhenItsTurnComesAgain()
{
    MarkedLine line;
    for (const int type : {96, 96, 8, 8, 96, 96}) {
        line.header.payloadType = static_cast<std::uint8_t>(type);
        line.PlayoutLine::put(std::vector<std::byte>(type == 96 ? 10 : 160), 160);
    }
    line.now += 40ms;
    for (int i = 0; i < 6; ++i) {
        line.hear();
    }
    QCOMPARE(line.marking.resets, 1);
}

void PlayoutCodecsTest::malformedAndOversizedAreLost()
{
    MarkedLine line;
    for (const std::size_t size : {10U, 11U, 10U, 1501U, 10U}) {
        line.PlayoutLine::put(std::vector<std::byte>(size), 160); // of 10 alone it can be
        line.pass();
    }
    line.pass();
    line.pass();
    const auto stats = line.playout.stats();
    QCOMPARE(stats.packetsLate, std::uint64_t(2));
    QCOMPARE(stats.packetsLost, std::uint64_t(2));
    QCOMPARE(stats.samplesPlayed, std::uint64_t(480));
    QCOMPARE(stats.samplesConcealed, std::uint64_t(320));
}

void PlayoutCodecsTest::theCodecsOwnConcealmentIsAsked()
{
    MarkedLine line;
    line.marking.conceals = true;
    line.put();
    line.put();
    line.now += 40ms;
    line.hear();
    line.hear();
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(line.hear()[100], std::int16_t(1500));
    }
    QVERIFY(line.hear()[150] < 1500); // after 100 ms it is no more asked
}

void PlayoutCodecsTest::recoveredFromTheNext()
{
    MarkedLine line;
    line.marking.recovers = true;
    for (const bool comes : {true, true, false, false, true, true}) {
        if (comes) {
            line.put();
        } else {
            line.skip(160); // two are lost, the next knows of one
        }
        line.pass();
    }
    line.pass();
    line.pass();
    QCOMPARE(line.heard[80], std::int16_t(1000));
    QCOMPARE(line.heard[3 * 160 + 150], std::int16_t(1200));
    QCOMPARE(line.heard[4 * 160 + 150], std::int16_t(1000));
    const auto stats = line.playout.stats();
    QCOMPARE(stats.samplesConcealed, std::uint64_t(160));
    QCOMPARE(stats.samplesRecovered, std::uint64_t(160));
    QCOMPARE(stats.packetsLost, std::uint64_t(2));
}

QTEST_GUILESS_MAIN(PlayoutCodecsTest)
#include "tst_playout_codecs.moc"
