#include "base/QtSocketFactory.h"
#include "media/PortAllocator.h"
#include "support/VirtualNetwork.h"

#include <QTest>

#include <set>

using namespace hs;
using namespace hs::media;

class PortAllocatorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void slots_data();
    void slots();
    void evenRtpAndOddRtcpFourApart();
    void leastRecentlyUsedFirst();
    void heldPortIsPassedOverAndTriedAgain_data();
    void heldPortIsPassedOverAndTriedAgain();
    void exhaustedAndUnbindableAreToldApart();
    void oneSlotForAllAddresses();
    void realPortThatAnotherProgramHolds();
};

namespace {

const base::IpAddress local = *base::IpAddress::parse("192.0.2.1");

struct Bench {
    test::ManualScheduler scheduler;
    test::VirtualNetwork network{scheduler};
    PortAllocator ports;

    explicit Bench(PortRange range = {31000, 31010})
        : ports(network, range)
    {
    }
    // The port of the next pair, which is given back at once.
    int cycle()
    {
        const auto pair = ports.take(local);
        const int port = pair ? pair->rtp->localEndpoint().port() : -1;
        if (pair) {
            ports.giveBack(pair->slot);
        }
        return port;
    }
};

} // namespace

void PortAllocatorTest::slots_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::addColumn<int>("total");
    QTest::newRow("the seed's own range") << 31000 << 31010 << 3;
    QTest::newRow("the default range") << 31000 << 32767 << 442;
    QTest::newRow("an odd first port is rounded up") << 31001 << 31007 << 2;
    QTest::newRow("RTCP must fit too") << 31000 << 31004 << 1;
    QTest::newRow("one pair") << 31000 << 31001 << 1;
    QTest::newRow("none") << 31000 << 31000 << 0;
    QTest::newRow("up to the last port") << 65530 << 65535 << 2;
    QTest::newRow("nothing beyond it") << 65535 << 65535 << 0;
}

void PortAllocatorTest::slots()
{
    QFETCH(int, first);
    QFETCH(int, last);
    Bench bench({static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)});
    QTEST(bench.ports.totalSlots(), "total");
    QCOMPARE(bench.ports.usedSlots(), 0);
    std::vector<PortPair> taken;
    for (int i = 0; i < bench.ports.totalSlots(); ++i) {
        auto pair = bench.ports.take(local);
        QVERIFY(pair.ok());
        taken.push_back(std::move(pair).value());
    }
    QCOMPARE(bench.ports.usedSlots(), bench.ports.totalSlots());
    QVERIFY(!bench.ports.take(local).ok());
}

void PortAllocatorTest::evenRtpAndOddRtcpFourApart()
{
    Bench bench;
    std::vector<PortPair> taken;
    for (const int port : {31000, 31004, 31008}) {
        auto pair = bench.ports.take(local);
        QVERIFY(pair.ok());
        QCOMPARE(pair->rtp->localEndpoint(),
                 base::Endpoint(local, static_cast<std::uint16_t>(port)));
        QCOMPARE(pair->rtcp->localEndpoint(),
                 base::Endpoint(local, static_cast<std::uint16_t>(port + 1)));
        taken.push_back(std::move(pair).value());
    }
}

void PortAllocatorTest::leastRecentlyUsedFirst()
{
    Bench bench;
    QCOMPARE(bench.cycle(), 31000);
    QCOMPARE(bench.cycle(), 31004);
    QCOMPARE(bench.cycle(), 31008);
    QCOMPARE(bench.cycle(), 31000);
    auto kept = bench.ports.take(local);
    QCOMPARE(kept->rtp->localEndpoint().port(), std::uint16_t(31004));
    QCOMPARE(bench.cycle(), 31008);
    QCOMPARE(bench.cycle(), 31000);
    QCOMPARE(bench.cycle(), 31008);
}

void PortAllocatorTest::heldPortIsPassedOverAndTriedAgain_data()
{
    QTest::addColumn<int>("held");
    QTest::newRow("the RTP port") << 31004;
    QTest::newRow("the RTCP port") << 31005;
}

void PortAllocatorTest::heldPortIsPassedOverAndTriedAgain()
{
    QFETCH(int, held);
    Bench bench;
    auto other = bench.network.bindPolled({local, static_cast<std::uint16_t>(held)});
    QCOMPARE(bench.cycle(), 31000);
    QCOMPARE(bench.cycle(), 31008);
    QCOMPARE(bench.cycle(), 31000);
    other = base::Error{};
    std::set<int> ports;
    for (int i = 0; i < 3; ++i) {
        ports.insert(bench.cycle());
    }
    QCOMPARE(ports, (std::set<int>{31000, 31004, 31008}));
}

void PortAllocatorTest::exhaustedAndUnbindableAreToldApart()
{
    Bench bench({31000, 31001});
    auto own = bench.ports.take(local);
    auto refused = bench.ports.take(local);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().kind == PortError::Kind::Exhausted);
    QVERIFY2(refused.error().text.startsWith(u"no RTP port free"),
             qPrintable(refused.error().text));
    QVERIFY(refused.error().text.contains(u"31000-31001"));

    const int slot = own->slot;
    own = PortError{};
    bench.ports.giveBack(slot);
    auto other = bench.network.bindPolled({local, 31000});
    refused = bench.ports.take(local);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().kind == PortError::Kind::Unbindable);
    QVERIFY(refused.error().text.contains(u"192.0.2.1:31000"));
    QCOMPARE(bench.ports.usedSlots(), 0);
}

void PortAllocatorTest::oneSlotForAllAddresses()
{
    Bench bench({31000, 31001});
    auto first = bench.ports.take(local);
    QVERIFY(!bench.ports.take(base::IpAddress::loopbackV4()).ok());
}

void PortAllocatorTest::realPortThatAnotherProgramHolds()
{
    base::QtSocketFactory sockets;
    const base::IpAddress loopback = base::IpAddress::loopbackV4();
    auto other = sockets.bindPolled({loopback, 0});
    const std::uint16_t held = other->get()->localEndpoint().port();
    const auto even = static_cast<std::uint16_t>(held & ~1);
    PortAllocator ports(sockets, {even, static_cast<std::uint16_t>(even + 1)});
    const auto refused = ports.take(loopback);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().kind == PortError::Kind::Unbindable);
    QVERIFY(refused.error().text.contains(QString::number(held)));
}

QTEST_GUILESS_MAIN(PortAllocatorTest)
#include "tst_port_allocator.moc"
