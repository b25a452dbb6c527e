#include "Bytes.h"
#include "rtp/TelephoneEventSender.h"

#include <QTest>

#include <vector>

using namespace hs::rtp;
using namespace hs::test;

// The payload of RFC 4733 2.3, and what is sent of an event (2.5.1).
class TelephoneEventSenderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payload_data();
    void payload();
    void payloadTooShort();
    void digits_data();
    void digits();
    void marker();
    void timestampIsTheBeginning();
    void durationGrows();
    void durationThatIsNoMultipleOfASlot();
    void lastPacketThreeTimes();
    void segments();
    void segmentBoundaryIsTheEnd();
    void endedEarly();
    void endedWhileASegmentIsRepeated();
};

namespace {
using Packet = TelephoneEventSender::Packet;

std::vector<Packet> packetsOf(std::uint32_t duration, std::uint32_t samples = 160)
{
    TelephoneEventSender sender;
    sender.begin(5, 10, 1000, duration);
    std::vector<Packet> packets;
    while (sender.isActive()) {
        packets.push_back(sender.packet(samples));
    }
    return packets;
}

QList<int> durations(const std::vector<Packet>& packets)
{
    QList<int> all;
    for (const Packet& packet : packets) {
        all.append(packet.event.isEnd ? -packet.event.duration : packet.event.duration);
    }
    return all;
}
} // namespace

void TelephoneEventSenderTest::payload_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<int>("event");
    QTest::addColumn<bool>("isEnd");
    QTest::addColumn<int>("volume");
    QTest::addColumn<int>("duration");
    QTest::newRow("2.3 begins") << QByteArray("010a00a0") << 1 << false << 10 << 160;
    QTest::newRow("2.3 ends") << QByteArray("0b8a0320") << 11 << true << 10 << 800;
    QTest::newRow("2.3 loudest") << QByteArray("00000001") << 0 << false << 0 << 1;
    QTest::newRow("2.3 softest, longest") << QByteArray("10bfffff") << 16 << true << 63 << 65535;
}

void TelephoneEventSenderTest::payload()
{
    QFETCH(QByteArray, wire);
    QFETCH(int, event);
    QFETCH(bool, isEnd);
    QFETCH(int, volume);
    QFETCH(int, duration);
    const TelephoneEvent expected{static_cast<std::uint8_t>(event), isEnd,
                                  static_cast<std::uint8_t>(volume),
                                  static_cast<std::uint16_t>(duration)};
    QCOMPARE(TelephoneEvent::parse(bytes(wire)), std::optional(expected));
    QCOMPARE(hex(expected.toBytes()), wire);
    // The reserved bit is ignored (2.3.3), and so are events packed behind (2.5.1.5).
    auto other = bytes(wire + "050a00a0");
    other[1] |= std::byte(0x40);
    QCOMPARE(TelephoneEvent::parse(other), std::optional(expected));
}

void TelephoneEventSenderTest::payloadTooShort()
{
    for (const char* wire : {"", "01", "010a", "010a00"}) {
        QVERIFY(!TelephoneEvent::parse(bytes(wire)));
    }
}

void TelephoneEventSenderTest::digits_data()
{
    QTest::addColumn<char>("digit");
    QTest::addColumn<int>("event");
    for (int i = 0; i <= 9; ++i) {
        QTest::addRow("3.2 %d", i) << static_cast<char>('0' + i) << i;
    }
    QTest::newRow("3.2 *") << '*' << 10;
    QTest::newRow("3.2 #") << '#' << 11;
    QTest::newRow("3.2 A") << 'A' << 12;
    QTest::newRow("3.2 D") << 'D' << 15;
    QTest::newRow("flash") << '!' << 16;
}

void TelephoneEventSenderTest::digits()
{
    QFETCH(char, digit);
    QFETCH(int, event);
    QCOMPARE(eventOf(digit), std::optional(static_cast<std::uint8_t>(event)));
    QCOMPARE(digitOf(static_cast<std::uint8_t>(event)), std::optional(digit));
    QCOMPARE(eventOf('d'), eventOf('D'));
    QVERIFY(!eventOf('e') && !eventOf(' ') && !eventOf('\0') && !eventOf('w'));
    QVERIFY(!digitOf(17) && !digitOf(255));
}

void TelephoneEventSenderTest::marker()
{
    const auto packets = packetsOf(800);
    QVERIFY(packets.front().marker);
    for (std::size_t i = 1; i < packets.size(); ++i) {
        QVERIFY(!packets[i].marker);
    }
}

void TelephoneEventSenderTest::timestampIsTheBeginning()
{
    for (const Packet& packet : packetsOf(800)) {
        QCOMPARE(packet.timestamp, 1000U);
        QCOMPARE(packet.event.event, 5);
        QCOMPARE(packet.event.volume, 10);
    }
}

void TelephoneEventSenderTest::durationGrows()
{
    QCOMPARE(durations(packetsOf(800)), (QList<int>{160, 320, 480, 640, -800, -800, -800}));
    QCOMPARE(durations(packetsOf(960, 480)), (QList<int>{480, -960, -960, -960}));
}

void TelephoneEventSenderTest::durationThatIsNoMultipleOfASlot()
{
    QCOMPARE(durations(packetsOf(400)), (QList<int>{160, 320, -400, -400, -400}));
    QCOMPARE(durations(packetsOf(0)), (QList<int>{-1, -1, -1}));
}

void TelephoneEventSenderTest::lastPacketThreeTimes()
{
    TelephoneEventSender sender;
    sender.begin(1, 10, 0, 160);
    QVERIFY(sender.isActive() && !sender.isEnding());
    QVERIFY(sender.packet(160).event.isEnd);
    QVERIFY(sender.isActive() && sender.isEnding());
    QVERIFY(sender.packet(160).event.isEnd);
    QVERIFY(sender.packet(160).event.isEnd);
    QVERIFY(!sender.isActive());
}

// 2.5.1.3: ten seconds, 80000 units. The full segment's last packet is no end; it comes three times
// too (2.5.1.4), and what passes meanwhile counts.
void TelephoneEventSenderTest::segments()
{
    const auto packets = packetsOf(80000);
    std::vector<Packet> full;
    std::vector<Packet> second;
    for (const Packet& packet : packets) {
        if (packet.event.duration == 0xffff) {
            full.push_back(packet);
        } else if (packet.timestamp != 1000) {
            second.push_back(packet);
        }
    }
    QCOMPARE(full.size(), std::size_t(3));
    QVERIFY(!full[0].event.isEnd && !full[2].event.isEnd);
    QCOMPARE(full[2].timestamp, 1000U);
    // 410 slots have passed with the first of the full ones, 413 with the first of the next
    // segment.
    QCOMPARE(int(second.front().event.duration), 413 * 160 - 65535);
    for (const Packet& packet : second) {
        QCOMPARE(packet.timestamp, 1000U + 65535U);
        QVERIFY(!packet.marker);
    }
    QVERIFY(second.back().event.isEnd);
    QCOMPARE(int(second.back().event.duration), 80000 - 65535);
    QCOMPARE(packets.size(), std::size_t(80000 / 160 + 2));
}

void TelephoneEventSenderTest::segmentBoundaryIsTheEnd()
{
    const auto packets = packetsOf(0xffff);
    QCOMPARE(packets.size(), std::size_t(410 + 2));
    QVERIFY(packets[409].event.isEnd && packets[411].event.isEnd);
    QCOMPARE(int(packets[411].event.duration), 0xffff);
    QVERIFY(!packets[408].event.isEnd);
}

void TelephoneEventSenderTest::endedEarly()
{
    TelephoneEventSender sender;
    sender.begin(1, 10, 0, 8000);
    sender.packet(160);
    sender.packet(160);
    sender.end(160);
    std::vector<Packet> rest;
    while (sender.isActive()) {
        rest.push_back(sender.packet(160));
        sender.end(160); // again: nothing more to end
    }
    QCOMPARE(durations(rest), (QList<int>{-480, -480, -480}));
}

void TelephoneEventSenderTest::endedWhileASegmentIsRepeated()
{
    TelephoneEventSender sender;
    sender.begin(1, 10, 0, 100000);
    for (int i = 0; i < 411; ++i) {
        sender.packet(160);
    }
    sender.end(160);
    std::vector<Packet> rest;
    while (sender.isActive()) {
        rest.push_back(sender.packet(160));
    }
    QCOMPARE(rest.size(), std::size_t(4)); // the third full one, and three ends
    QCOMPARE(int(rest[0].event.duration), 0xffff);
    QVERIFY(!rest[0].event.isEnd && rest[1].event.isEnd && rest[3].event.isEnd);
    QCOMPARE(rest[3].timestamp, 65535U);
}

QTEST_APPLESS_MAIN(TelephoneEventSenderTest)
#include "tst_telephone_event_sender.moc"
