#include "rtp/PacketBuffer.h"

#include <QTest>

using namespace hs;
using namespace hs::rtp;
using Kind = PacketBuffer::Kind;
using Verdict = PacketBuffer::Verdict;

// What put() does packet by packet; streams are in tests/scenario/jitter.
class PacketBufferTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inOrderWhateverTheOrder();
    void duplicatesAndLateOnes();
    void acrossBothWraps();
    void positionsAreSamples_data();
    void positionsAreSamples();
    void aJumpGoesBehindWhatIsHeld_data();
    void aJumpGoesBehindWhatIsHeld();
    void aPauseIsNoJump();
    void anotherClockIsAJump();
    void restartLeavesRoomForTheOvertaken();
    void othersHaveTheirPlace();
    void olderOneEndsWhereTheNextBegins();
    void anyPayloadIsKeptWhole_data();
    void anyPayloadIsKeptWhole();
    void boundedByPacketsAndBytes();
};

namespace {
struct Line {
    explicit Line(int sampleRate = 8000)
        : buffer(sampleRate)
    {
    }
    PacketBuffer buffer;
    std::int64_t floor = 0;
    std::int64_t farthest = 3200;

    PacketBuffer::Put put(int seq, std::uint32_t timestamp, std::uint32_t duration = 160,
                          Kind kind = Kind::Audio, std::uint32_t clockRate = 8000)
    {
        const std::vector<std::byte> payload(20, std::byte(seq));
        const std::int64_t at = buffer.isEmpty() ? floor : buffer.first().position;
        return buffer.put(
            {static_cast<std::uint16_t>(seq), timestamp, 8, clockRate, duration, kind}, payload,
            {floor, at, farthest});
    }
    // Numbers in the order in which they are to be heard.
    QList<int> take()
    {
        QList<int> numbers;
        for (; !buffer.isEmpty(); buffer.dropFirst()) {
            numbers += buffer.first().sequence;
            floor = std::max(floor, buffer.first().end());
        }
        return numbers;
    }
};
} // namespace

void PacketBufferTest::inOrderWhateverTheOrder()
{
    Line line;
    for (const int seq : {12, 10, 14, 11, 13}) {
        QCOMPARE(line.put(seq, std::uint32_t(seq) * 160).verdict, Verdict::Held);
    }
    QCOMPARE(line.buffer.held(), std::int64_t(5 * 160));
    QCOMPARE(line.take(), QList<int>({10, 11, 12, 13, 14}));
}

void PacketBufferTest::duplicatesAndLateOnes()
{
    Line line;
    line.put(1, 160);
    line.put(3, 480);
    QCOMPARE(line.put(3, 480).verdict, Verdict::Duplicate);
    QCOMPARE(line.take(), QList<int>({1, 3}));
    QCOMPARE(line.put(2, 320).verdict, Verdict::Late);
    QCOMPARE(line.put(2, 320).verdict, Verdict::Duplicate);
    QCOMPARE(line.put(-200, 0).verdict, Verdict::Late); // beyond the window of numbers
    QCOMPARE(line.put(4, 480).verdict, Verdict::Late); // a new number for what was heard
    QVERIFY(line.buffer.isEmpty());
    QCOMPARE(line.put(5, 640).verdict, Verdict::Held);
}

void PacketBufferTest::acrossBothWraps()
{
    Line line;
    for (int i = 0; i < 4; ++i) {
        line.put(65534 + i, 0xffffffff - 200 + std::uint32_t(i) * 160);
    }
    QCOMPARE(line.buffer.held(), std::int64_t(640));
    QCOMPARE(line.take(), QList<int>({65534, 65535, 0, 1}));
}

void PacketBufferTest::positionsAreSamples_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("clock");
    QTest::newRow("G.711") << 8000 << 8000;
    QTest::newRow("G.722, RFC 3551 4.5.2") << 16000 << 8000;
    QTest::newRow("Opus, RFC 7587 4.1") << 48000 << 48000;
    QTest::newRow("Opus decoded to 8000") << 8000 << 48000;
}

void PacketBufferTest::positionsAreSamples()
{
    QFETCH(int, rate);
    QFETCH(int, clock);
    Line line(rate);
    line.farthest = rate;
    const auto samples = static_cast<std::uint32_t>(rate / 50);
    const auto ticks = static_cast<std::uint32_t>(clock / 50);
    const auto at = [&](int seq) {
        return line
            .put(seq, 1000 + ticks * std::uint32_t(seq), samples, Kind::Audio, std::uint32_t(clock))
            .packet->position;
    };
    const std::int64_t first = at(0);
    QCOMPARE(at(1) - first, std::int64_t(samples));
    QCOMPARE(at(5) - first, std::int64_t(samples) * 5);
    QCOMPARE(at(3) - first, std::int64_t(samples) * 3);
}

void PacketBufferTest::aJumpGoesBehindWhatIsHeld_data()
{
    QTest::addColumn<int>("jump");
    QTest::newRow("far forwards") << 8'000'000;
    QTest::newRow("far backwards") << -8'000'000;
    QTest::newRow("a little backwards") << -400;
    QTest::newRow("half the numbers there are") << 2'147'483'000;
}

void PacketBufferTest::aJumpGoesBehindWhatIsHeld()
{
    QFETCH(int, jump);
    Line line;
    line.put(1, 160);
    line.put(2, 320);
    const auto put = line.put(3, 480 + static_cast<std::uint32_t>(jump));
    QVERIFY(put.isAnew);
    QCOMPARE(line.buffer.held(), std::int64_t(480));
    QCOMPARE(line.put(0, 0).verdict, Verdict::Late); // from before the jump
    QCOMPARE(line.take(), QList<int>({1, 2, 3}));
}

void PacketBufferTest::aPauseIsNoJump()
{
    Line line;
    line.put(1, 160);
    QVERIFY(!line.put(2, 320 + 2400).isAnew);
    QCOMPARE(line.buffer.held(), std::int64_t(2400 + 320));
    line.take();
    line.floor += 80'000; // ten seconds of silence were heard
    QVERIFY(!line.put(3, 480 + 2400 + 80'000).isAnew);
}

void PacketBufferTest::anotherClockIsAJump()
{
    Line line;
    line.put(1, 160);
    const auto put = line.put(2, 320, 160, Kind::Audio, 48000);
    QVERIFY(put.isAnew);
    QCOMPARE(line.buffer.held(), std::int64_t(320));
}

void PacketBufferTest::restartLeavesRoomForTheOvertaken()
{
    Line line;
    line.put(1, 160);
    line.take();
    line.buffer.restart();
    const auto first = line.put(502, 9000);
    QVERIFY(first.isAnew);
    const std::uint32_t numbering = first.packet->numbering;
    const auto before = line.put(501, 8840);
    QCOMPARE(before.verdict, Verdict::Held);
    QCOMPARE(before.packet->numbering, numbering);
    QCOMPARE(line.take(), QList<int>({501, 502}));
    // Where something is held there is no room: it would be heard too late or twice.
    line.put(503, 9160);
    line.buffer.restart();
    line.put(802, 50000);
    QCOMPARE(line.put(801, 49840).verdict, Verdict::Late);
}

void PacketBufferTest::othersHaveTheirPlace()
{
    Line line;
    line.buffer.putOther(7); // before there is a stream
    QVERIFY(line.buffer.isEmpty());
    line.put(1, 160);
    line.buffer.putOther(2);
    line.buffer.putOther(2);
    line.buffer.putOther(3);
    line.put(4, 640);
    line.put(5, 800, 160, Kind::Noise);
    line.put(6, 1600);
    QCOMPARE(line.take(), QList<int>({1, 2, 3, 4, 5, 6}));
}

void PacketBufferTest::olderOneEndsWhereTheNextBegins()
{
    Line line;
    line.put(1, 160);
    line.put(3, 480);
    const auto put = line.put(2, 320, 1500); // longer than there is room for
    QCOMPARE(put.packet->duration, 160U);
    QCOMPARE(line.put(-1, 100'000).verdict, Verdict::Late); // older, and yet beyond the newest
    QCOMPARE(line.buffer.held(), std::int64_t(480));
}

void PacketBufferTest::anyPayloadIsKeptWhole_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 127, 128, 129, 1275, 1499, 1500}) {
        QTest::addRow("%d octets", size) << size;
    }
}

void PacketBufferTest::anyPayloadIsKeptWhole()
{
    QFETCH(int, size);
    PacketBuffer buffer(8000);
    std::vector<std::byte> payload(static_cast<std::size_t>(size));
    std::array<std::byte, PacketBuffer::mostPayload> copy{};
    for (int round = 0; round < 30; ++round) {
        for (std::size_t i = 0; i < payload.size(); ++i) {
            payload[i] = std::byte(i * 7 + std::size_t(round));
        }
        buffer.put({std::uint16_t(round), std::uint32_t(round) * 160, 8, 8000, 160, Kind::Audio},
                   payload, {0, 0, 3200});
        if (round % 3 == 2) {
            buffer.dropFirst();
        }
    }
    while (buffer.held() > 160) {
        buffer.dropFirst();
    }
    QVERIFY(std::ranges::equal(buffer.firstPayload(copy), payload));
    payload.resize(1501);
    QCOMPARE(buffer.put({30, 30 * 160, 8, 8000, 160, Kind::Audio}, payload, {}).verdict,
             Verdict::Late);
}

void PacketBufferTest::boundedByPacketsAndBytes()
{
    Line line;
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(line.put(i, std::uint32_t(i) * 160).verdict, Verdict::Held);
    }
    QCOMPARE(line.buffer.held(), std::int64_t(PacketBuffer::mostPackets * 160));
    QCOMPARE(line.buffer.overflowed(), std::uint64_t((1000 - PacketBuffer::mostPackets) * 160));
    line.take();
    PacketBuffer large(8000);
    const std::vector<std::byte> payload(1500, std::byte(1));
    for (int i = 0; i < 200; ++i) {
        large.put({std::uint16_t(i), std::uint32_t(i) * 160, 8, 8000, 160, Kind::Audio}, payload,
                  {0, 0, 1'000'000});
    }
    QCOMPARE(large.held(), std::int64_t(PacketBuffer::blockCount / 12 * 160));
    QCOMPARE(large.first().sequence, std::uint16_t(200 - PacketBuffer::blockCount / 12));
}

QTEST_GUILESS_MAIN(PacketBufferTest)
#include "tst_packet_buffer.moc"
