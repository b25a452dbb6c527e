#include "media/PacketOrder.h"

#include <QList>
#include <QTest>

using namespace hs;
using namespace hs::media;
using namespace std::chrono_literals;

class PacketOrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void order_data();
    void order();
    void nobodyWaitsForLong();
    void anotherStreamBeginsAnew();
    void payloadsAreKept();
    void whatHasNoPayloadIsNotMissed();
};

namespace {
struct Line {
    PacketOrder order;
    QList<int> given;
    base::TimePoint now{1h};

    void put(int number, std::size_t size = 160, std::uint32_t ssrc = 1)
    {
        const std::vector<std::byte> payload(size, static_cast<std::byte>(number));
        order.put({ssrc, static_cast<std::uint16_t>(number), 8, payload}, now,
                  [this](const PacketOrder::Packet& packet) { given << packet.sequence; });
    }
    void expire()
    {
        order.expire(now, [this](const PacketOrder::Packet& packet) { given << packet.sequence; });
    }
};
} // namespace

void PacketOrderTest::order_data()
{
    QTest::addColumn<QList<int>>("come");
    QTest::addColumn<QList<int>>("given");
    QTest::newRow("as sent") << QList{1, 2, 3} << QList{1, 2, 3};
    QTest::newRow("one overtaken") << QList{1, 3, 2, 4} << QList{1, 2, 3, 4};
    QTest::newRow("three the wrong way round") << QList{1, 4, 3, 2, 5} << QList{1, 2, 3, 4, 5};
    QTest::newRow("one lost: three wait, the fourth ends it")
        << QList{1, 3, 4, 5, 6} << QList{1, 3, 4, 5, 6};
    QTest::newRow("two lost apart") << QList{1, 3, 5, 6, 7, 8, 9} << QList{1, 3, 5, 6, 7, 8, 9};
    QTest::newRow("too late is dropped") << QList{1, 3, 4, 5, 6, 2} << QList{1, 3, 4, 5, 6};
    QTest::newRow("numbers wrap") << QList{65534, 0, 65535, 1} << QList{65534, 65535, 0, 1};
    QTest::newRow("numbers begin anew") << QList{5000, 5001, 7, 8} << QList{5000, 5001, 7, 8};
}

void PacketOrderTest::order()
{
    QFETCH(QList<int>, come);
    Line line;
    for (const int number : come) {
        line.put(number);
    }
    QTEST(line.given, "given");
}

void PacketOrderTest::nobodyWaitsForLong()
{
    Line line;
    line.put(1);
    line.put(3);
    line.now += 40ms;
    line.put(4);
    line.expire();
    QCOMPARE(line.given, QList<int>{1});
    line.now += 20ms;
    line.expire();
    QCOMPARE(line.given, (QList<int>{1, 3, 4})); // the one behind it need not wait any more
}

void PacketOrderTest::anotherStreamBeginsAnew()
{
    Line line;
    line.put(1);
    line.put(3);
    line.put(100, 160, 2);
    line.put(101, 160, 2);
    QCOMPARE(line.given, (QList<int>{1, 3, 100, 101}));
}

void PacketOrderTest::payloadsAreKept()
{
    PacketOrder order;
    QList<int> first;
    const auto put = [&](int number, std::size_t size) {
        const std::vector<std::byte> payload(size, static_cast<std::byte>(number));
        order.put({1, static_cast<std::uint16_t>(number), 8, payload}, {},
                  [&](const PacketOrder::Packet& packet) {
                      first << std::to_integer<int>(packet.payload.front())
                            << int(packet.payload.size());
                  });
    };
    put(1, 160);
    put(3, 80);
    put(4, 480);
    put(2, 240);
    QCOMPARE(first, (QList<int>{1, 160, 2, 240, 3, 80, 4, 480}));
}

void PacketOrderTest::whatHasNoPayloadIsNotMissed()
{
    Line line;
    line.put(1);
    line.put(2, 0); // an event, of which programs hear elsewhere
    line.put(3);
    QCOMPARE(line.given, (QList<int>{1, 3}));
}

QTEST_APPLESS_MAIN(PacketOrderTest)
#include "tst_packet_order.moc"
