#include "support/VirtualNetwork.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;

class VirtualNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void arrivesAfterTheDelay();
    void wildcardTakesWhatNoOtherDoes();
    void wildcardSendsFromTheRoute();
    void takenPortIsNamed();
    void freedPortCanBeBoundAgain();
    void ephemeralPortsDiffer();
    void jitterKeepsTheOrder();
    void impairments_data();
    void impairments();
    void sameSeedSameLuck();
    void rewriteTranslatesAndDrops();
    void injectNeedsNoSocket();
    void cutWhereTheBufferEnds();
    void noRouteNoDatagram();
    void readerMayDestroyItsSocket();
};

namespace {

const base::Endpoint a(*base::IpAddress::parse("192.0.2.1"), 5060);
const base::Endpoint b(*base::IpAddress::parse("192.0.2.2"), 5060);

struct Net {
    test::ManualScheduler scheduler;
    test::VirtualNetwork network;

    explicit Net(std::uint64_t seed = 1)
        : network(scheduler, seed)
    {
    }
    auto bind(const base::Endpoint& local) { return std::move(network.bindPolled(local)).value(); }
    static void send(base::DatagramSocket& from, const base::Endpoint& to, const QByteArray& text)
    {
        const base::OutgoingDatagram out{std::as_bytes(std::span(text)), to, {}};
        from.send({&out, 1});
    }
    static QList<QByteArray> receive(base::DatagramSocket& socket, base::Endpoint* source = nullptr)
    {
        QList<QByteArray> all;
        std::array<std::byte, 1500> buffer{};
        base::IncomingDatagram slot{buffer};
        while (socket.receive({&slot, 1}) == 1) {
            all.append(QByteArray(reinterpret_cast<const char*>(buffer.data()),
                                  static_cast<qsizetype>(slot.size)));
            if (source) {
                *source = slot.source;
            }
        }
        return all;
    }
    QList<QByteArray> hundred(const test::NetworkPath& path)
    {
        network.setPath(b.address(), path);
        const auto from = bind(a);
        const auto to = bind(b);
        for (int i = 0; i < 100; ++i) {
            send(*from, b, QByteArray::number(i));
            scheduler.advance(1ms);
        }
        scheduler.advance(1s);
        return receive(*to);
    }
};

} // namespace

void VirtualNetworkTest::arrivesAfterTheDelay()
{
    Net net;
    net.network.setPath(b.address(), {.delay = 30ms});
    const auto from = net.bind(a);
    auto to = std::move(net.network.bindNotifying(b)).value();
    int told = 0;
    to->setReadable([&] { ++told; });
    net.send(*from, b, "x");
    net.scheduler.advance(29ms);
    QCOMPARE(told, 0);
    QCOMPARE(net.network.inFlight(), std::size_t(1));
    net.scheduler.advance(1ms);
    QCOMPARE(told, 1);
    base::Endpoint source;
    QCOMPARE(net.receive(*to, &source), QList<QByteArray>{"x"});
    QCOMPARE(source, a);
    // The other way there is no delay, only the next run of the scheduler.
    net.send(*to, a, "y");
    QCOMPARE(net.receive(*from).size(), 0);
    net.scheduler.runDue();
    QCOMPARE(net.receive(*from), QList<QByteArray>{"y"});
}

void VirtualNetworkTest::wildcardTakesWhatNoOtherDoes()
{
    Net net;
    const auto any = net.bind({base::IpAddress::anyV4(), 5060});
    const auto one = net.bind(b);
    net.send(*one, a, "to a");
    net.send(*any, b, "to b");
    net.send(*one, {a.address(), 5061}, "to another port");
    net.scheduler.runDue();
    QCOMPARE(net.receive(*any), QList<QByteArray>{"to a"});
    QCOMPARE(net.receive(*one), QList<QByteArray>{"to b"});
}

void VirtualNetworkTest::wildcardSendsFromTheRoute()
{
    Net net;
    net.network.setOwnAddress(*base::IpAddress::parse("198.51.100.1"));
    const auto any = net.bind({base::IpAddress::anyV4(), 5060});
    const auto to = net.bind(b);
    net.send(*any, b, "x");
    net.scheduler.runDue();
    base::Endpoint source;
    net.receive(*to, &source);
    QCOMPARE(source.toString(), QByteArray("198.51.100.1:5060"));
    QCOMPARE(net.network.localAddressFor(base::IpAddress::loopbackV4()).toString(),
             QByteArray("127.0.0.1"));
}

void VirtualNetworkTest::takenPortIsNamed()
{
    Net net;
    const auto first = net.bind(a);
    const auto second = net.network.bindNotifying(a);
    QVERIFY(!second.ok());
    QVERIFY(second.error().text.contains(u"192.0.2.1:5060"));
}

void VirtualNetworkTest::freedPortCanBeBoundAgain()
{
    Net net;
    net.bind(a);
    QVERIFY(net.network.bindPolled(a).ok());
}

void VirtualNetworkTest::ephemeralPortsDiffer()
{
    Net net;
    const auto first = net.bind({a.address(), 0});
    const auto second = net.bind({a.address(), 0});
    QVERIFY(first->localEndpoint().port() != 0);
    QVERIFY(first->localEndpoint() != second->localEndpoint());
}

void VirtualNetworkTest::jitterKeepsTheOrder()
{
    QList<QByteArray> expected;
    for (int i = 0; i < 100; ++i) {
        expected.append(QByteArray::number(i));
    }
    QCOMPARE(Net().hundred({.delay = 5ms, .jitter = 40ms}), expected);
}

void VirtualNetworkTest::impairments_data()
{
    QTest::addColumn<int>("loss");
    QTest::addColumn<int>("duplicate");
    QTest::addColumn<int>("reorder");
    QTest::newRow("loss") << 300 << 0 << 0;
    QTest::newRow("duplicates") << 0 << 300 << 0;
    QTest::newRow("reordering") << 0 << 0 << 300;
}

void VirtualNetworkTest::impairments()
{
    QFETCH(int, loss);
    QFETCH(int, duplicate);
    QFETCH(int, reorder);
    const QList<QByteArray> got =
        Net().hundred({.lossPermille = static_cast<unsigned>(loss),
                       .duplicatePermille = static_cast<unsigned>(duplicate),
                       .reorderPermille = static_cast<unsigned>(reorder)});
    QCOMPARE(got.size() < 85, loss > 0);
    QCOMPARE(got.size() > 115, duplicate > 0);
    const bool sorted = std::is_sorted(
        got.begin(), got.end(), [](const auto& x, const auto& y) { return x.toInt() < y.toInt(); });
    QCOMPARE(sorted, reorder == 0);
}

void VirtualNetworkTest::sameSeedSameLuck()
{
    const test::NetworkPath path{.lossPermille = 200, .duplicatePermille = 200};
    QCOMPARE(Net(7).hundred(path), Net(7).hundred(path));
    QVERIFY(Net(7).hundred(path) != Net(8).hundred(path));
}

void VirtualNetworkTest::rewriteTranslatesAndDrops()
{
    Net net;
    const base::Endpoint outside(*base::IpAddress::parse("203.0.113.1"), 40000);
    net.network.setRewrite([&](test::VirtualDatagram& datagram) {
        if (datagram.source == a) {
            datagram.source = outside;
        }
        if (datagram.destination == outside) {
            datagram.destination = a;
        }
        return datagram.bytes != "forbidden";
    });
    const auto inside = net.bind(a);
    const auto peer = net.bind(b);
    net.send(*inside, b, "hello");
    net.send(*inside, b, "forbidden");
    net.scheduler.runDue();
    base::Endpoint source;
    QCOMPARE(net.receive(*peer, &source), QList<QByteArray>{"hello"});
    QCOMPARE(source, outside);
    net.send(*peer, outside, "back");
    net.scheduler.runDue();
    QCOMPARE(net.receive(*inside), QList<QByteArray>{"back"});
}

void VirtualNetworkTest::injectNeedsNoSocket()
{
    Net net;
    QList<QByteArray> seen;
    net.network.setTrace([&](const test::VirtualDatagram& datagram) { seen += datagram.bytes; });
    const auto to = net.bind(b);
    net.network.inject({a, b, "spoofed"});
    net.scheduler.runDue();
    QCOMPARE(net.receive(*to), QList<QByteArray>{"spoofed"});
    QCOMPARE(seen, QList<QByteArray>{"spoofed"});
}

void VirtualNetworkTest::cutWhereTheBufferEnds()
{
    Net net;
    const auto to = net.bind(b);
    net.network.inject({a, b, "0123456789"});
    net.scheduler.runDue();
    std::array<std::byte, 4> buffer{};
    base::IncomingDatagram slot{buffer};
    QCOMPARE(to->receive({&slot, 1}), std::size_t(1));
    QCOMPARE(slot.size, std::size_t(4));
    QVERIFY(slot.truncated);
    QCOMPARE(slot.destination, b.address());
}

void VirtualNetworkTest::noRouteNoDatagram()
{
    Net net;
    net.network.setRoute(b.address(), false);
    QVERIFY(net.network.localAddressFor(b.address()).isNull());
    const auto from = net.bind(a);
    const auto to = net.bind(b);
    net.send(*from, b, "x");
    net.scheduler.runDue();
    QCOMPARE(net.receive(*to).size(), 0);
}

void VirtualNetworkTest::readerMayDestroyItsSocket()
{
    Net net;
    auto to = std::move(net.network.bindNotifying(b)).value();
    to->setReadable([&] { to.reset(); });
    net.network.inject({a, b, "1"});
    net.network.inject({a, b, "2"});
    net.scheduler.runDue();
    QVERIFY(!to);
    QCOMPARE(net.network.inFlight(), std::size_t(0));
}

QTEST_GUILESS_MAIN(VirtualNetworkTest)
#include "tst_virtual_network.moc"
