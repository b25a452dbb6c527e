#include "rtp/JitterBuffer.h"

#include <QTest>

#include <array>
#include <vector>

using namespace hs;
using namespace hs::rtp;
using namespace std::chrono_literals;
using Kind = JitterBuffer::Kind;

// What put() and get() do one by one; streams are in tst_jitter_scenarios.
class JitterBufferTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silentUntilTheFirstIsDue();
    void piecesOfChangingTypes();
    void tinyPacketsOfChangingTypes();
    void partOfAFrameLost();
    void getsOfAnyLength_data();
    void getsOfAnyLength();
    void emptyAndOversizedPayloads();
    void olderPacketDoesNotOverwriteTheNewest();
    void olderNumberWithNewerTimestamp();
    void sameMomentAgainAfterItWasPlayed();
    void bytesThatAreNotAudioStay();
    void statsAreInMs();
};

namespace {
struct Line {
    JitterBuffer buffer;
    base::TimePoint now{std::chrono::hours(1)};
    std::uint16_t seq = 65535;
    std::uint32_t timestamp = 0xffffffb0U;
    int heard = 0; // the first byte of the last get()

    void put(std::size_t samples, int fill, int payloadType = 0)
    {
        const std::vector<std::byte> payload(samples, std::byte(fill));
        buffer.put(seq++, timestamp, payload, static_cast<std::uint8_t>(payloadType), now);
        timestamp += static_cast<std::uint32_t>(samples);
    }
    void skip(std::uint32_t samples)
    {
        ++seq;
        timestamp += samples;
    }
    // "A0x160" for 160 samples of type 0, "L" lost, "S" silence, blank between pieces.
    QByteArray get(std::size_t samples = 160)
    {
        std::vector<std::byte> out(samples);
        const auto frame = buffer.get(out, now);
        heard = std::to_integer<int>(out[0]);
        QByteArrayList words;
        for (const auto& piece : frame.pieces()) {
            const QByteArray type = QByteArray::number(piece.payloadType);
            words += QByteArray(piece.kind == Kind::Audio      ? "A" + type
                                    : piece.kind == Kind::Lost ? QByteArray("L")
                                                               : QByteArray("S"))
                + 'x' + QByteArray::number(piece.samples);
        }
        return words.join(' ');
    }
};
} // namespace

void JitterBufferTest::silentUntilTheFirstIsDue()
{
    Line line;
    QCOMPARE(line.get(), QByteArray("Sx160"));
    line.put(160, 1);
    QCOMPARE(line.get(), QByteArray("Sx160"));
    line.now += 20ms;
    line.put(160, 2);
    line.now += 19ms;
    QCOMPARE(line.get(), QByteArray("Sx160"));
    line.now += 1ms;
    QCOMPARE(line.get(), QByteArray("A0x160")); // 40 ms after the first one
    QCOMPARE(line.get(), QByteArray("A0x160"));
    QCOMPARE(line.get(), QByteArray("Lx160"));
    QCOMPARE(line.buffer.stats().samplesConcealed, std::uint64_t(160));
    QCOMPARE(line.buffer.stats().samplesSilent, std::uint64_t(0)); // before the start: not counted
}

void JitterBufferTest::piecesOfChangingTypes()
{
    Line line;
    line.put(240, 1, 0);
    line.put(240, 2, 8);
    line.put(240, 3, 8);
    line.now += 40ms;
    QCOMPARE(line.get(), QByteArray("A0x160"));
    QCOMPARE(line.get(), QByteArray("A0x80 A8x80")); // the boundary lies inside
    QCOMPARE(line.get(), QByteArray("A8x160"));
    QCOMPARE(line.get(), QByteArray("A8x160"));
    QCOMPARE(line.get(), QByteArray("A8x80 Lx80"));
}

void JitterBufferTest::tinyPacketsOfChangingTypes()
{
    Line line;
    for (int i = 0; i < 100; ++i) {
        line.put(4, i, i % 2 == 0 ? 0 : 8);
    }
    line.now += 40ms;
    std::array<std::byte, 160> out{};
    const auto frame = line.buffer.get(out, line.now);
    std::size_t samples = 0;
    for (const auto& piece : frame.pieces()) {
        samples += piece.samples;
    }
    QCOMPARE(samples, out.size()); // more pieces than there is room for end as one Lost
    QCOMPARE(frame.pieces().back().kind, Kind::Lost);
}

void JitterBufferTest::partOfAFrameLost()
{
    Line line;
    line.put(80, 1);
    line.skip(80);
    line.put(160, 2);
    line.put(160, 3);
    line.now += 40ms;
    QCOMPARE(line.get(), QByteArray("A0x80 Lx80"));
    QCOMPARE(line.get(), QByteArray("A0x160"));
}

void JitterBufferTest::getsOfAnyLength_data()
{
    QTest::addColumn<int>("samples");
    for (const int samples : {1, 7, 80, 160, 240, 480, 960}) {
        QTest::addRow("%d samples", samples) << samples;
    }
}

void JitterBufferTest::getsOfAnyLength()
{
    QFETCH(int, samples);
    Line line;
    for (int i = 0; i < 12; ++i) {
        line.put(160, i);
    }
    line.now += 40ms;
    std::vector<std::byte> heard;
    while (heard.size() + std::size_t(samples) <= 12 * 160) {
        std::vector<std::byte> out(static_cast<std::size_t>(samples));
        QVERIFY(line.buffer.get(out, line.now).isAll(Kind::Audio));
        heard.insert(heard.end(), out.begin(), out.end());
    }
    for (std::size_t i = 0; i < heard.size(); ++i) {
        QCOMPARE(heard[i], std::byte(i / 160));
    }
    std::vector<std::byte> none;
    QVERIFY(line.buffer.get(none, line.now).pieces().empty());
    std::vector<std::byte> tooMany(5000);
    std::size_t given = 0;
    const auto frame = line.buffer.get(tooMany, line.now);
    for (const auto& piece : frame.pieces()) {
        given += piece.samples;
    }
    QCOMPARE(given, JitterBuffer::maxGet);
}

void JitterBufferTest::emptyAndOversizedPayloads()
{
    Line line;
    line.put(160, 1);
    line.put(0, 0); // 4.2: payload of 0 octets
    line.put(160, 2);
    line.put(1500, 3); // 4.2: 1,500 octets
    line.put(1501, 4);
    line.now += 40ms;
    QCOMPARE(line.get(), QByteArray("A0x160"));
    QCOMPARE(line.get(), QByteArray("A0x160"));
    QCOMPARE(line.get(960), QByteArray("A0x960"));
    QCOMPARE(line.get(540), QByteArray("A0x540"));
    QCOMPARE(line.buffer.stats().packetsLate, std::uint64_t(1));
    QCOMPARE(line.buffer.stats().packetsPut, std::uint64_t(5));
}

void JitterBufferTest::olderPacketDoesNotOverwriteTheNewest()
{
    Line line;
    line.put(160, 1);
    const std::uint16_t lateSeq = line.seq;
    const std::uint32_t lateTimestamp = line.timestamp;
    line.skip(160);
    line.put(160, 3);
    const std::vector<std::byte> tooLong(1500, std::byte(2));
    line.buffer.put(lateSeq, lateTimestamp, tooLong, 8, line.now);
    line.now += 40ms;
    QCOMPARE(line.get(), QByteArray("A0x160"));
    QCOMPARE(line.get(), QByteArray("A8x160"));
    QCOMPARE(line.get(), QByteArray("A0x160"));
    QCOMPARE(line.get(), QByteArray("Lx160"));
}

// A straggler from before the timestamps jumped must not move the end of what is held.
void JitterBufferTest::olderNumberWithNewerTimestamp()
{
    Line line;
    line.put(160, 1);
    line.skip(160);
    line.put(160, 3);
    const std::vector<std::byte> payload(160, std::byte(2));
    line.buffer.put(static_cast<std::uint16_t>(line.seq - 2), line.timestamp + 100'000, payload, 0,
                    line.now);
    QCOMPARE(line.buffer.stats().depthMs, 60);
    QCOMPARE(line.buffer.stats().packetsLate, std::uint64_t(1));
}

// New numbers for audio that was given out already: not heard a second time.
void JitterBufferTest::sameMomentAgainAfterItWasPlayed()
{
    Line line;
    line.put(160, 1);
    line.now += 40ms;
    QCOMPARE(line.get(), QByteArray("A0x160"));
    QCOMPARE(line.get(), QByteArray("Lx160"));
    line.timestamp -= 160;
    line.put(160, 1);
    QCOMPARE(line.get(), QByteArray("Lx160"));
    line.put(160, 2);
    line.now += 40ms;
    QCOMPARE(line.get(), QByteArray("A0x160"));
    QCOMPARE(line.heard, 2);
}

void JitterBufferTest::bytesThatAreNotAudioStay()
{
    JitterBuffer buffer;
    std::array<std::byte, 160> out{};
    out.fill(std::byte(0x55));
    QVERIFY(buffer.get(out, base::TimePoint()).isAll(Kind::Silence));
    QVERIFY(std::all_of(out.begin(), out.end(), [](std::byte b) { return b == std::byte(0x55); }));
}

void JitterBufferTest::statsAreInMs()
{
    Line line;
    for (int i = 0; i < 5; ++i) {
        line.put(160, i);
        line.now += 20ms;
    }
    const JitterStats stats = line.buffer.stats();
    QCOMPARE(stats.depthMs, 100);
    QCOMPARE(stats.targetMs, 40);
    QCOMPARE(stats.jitterUs, 0U);
    QVERIFY(sizeof(JitterBuffer) < 9000); // 442 of them
}

QTEST_GUILESS_MAIN(JitterBufferTest)
#include "tst_jitter_buffer.moc"
