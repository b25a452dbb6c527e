#include "base/QtSocketFactory.h"
#include "support/Soon.h"

#include <QTest>

#include <cstring>

using namespace hs::base;

class DatagramSocketTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void notifyingToldEachBurst();
    void notifyingKnowsTheDestinationAddress();
    void polledReadsInBatches();
    void takenPortIsNamed();
    void localAddressFollowsTheRoute();
};

namespace {
const IpAddress loopback = IpAddress::loopbackV4();

OutgoingDatagram datagram(const char* text, const Endpoint& to)
{
    return {std::as_bytes(std::span(text, std::strlen(text))), to, {}};
}
} // namespace

void DatagramSocketTest::notifyingToldEachBurst()
{
    QtSocketFactory factory;
    auto a = std::move(factory.bindNotifying({loopback, 0})).value();
    auto b = std::move(factory.bindNotifying({loopback, 0})).value();
    std::array<std::byte, 100> buffer;
    QByteArray seen;
    b->setReadable([&] {
        IncomingDatagram slot{buffer};
        while (b->receive({&slot, 1}) == 1) {
            seen += QByteArray(reinterpret_cast<const char*>(slot.buffer.data()),
                               static_cast<qsizetype>(slot.size));
        }
    });
    for (int burst = 1; burst <= 3; ++burst) {
        const std::array two{datagram("x", b->localEndpoint()), datagram("y", b->localEndpoint())};
        QCOMPARE(a->send(two), std::size_t(2));
        SOON_COMPARE(seen.size(), 2 * burst);
    }
}

void DatagramSocketTest::notifyingKnowsTheDestinationAddress()
{
    QtSocketFactory factory;
    auto any = std::move(factory.bindNotifying({IpAddress::anyV4(), 0})).value();
    auto sender = std::move(factory.bindNotifying({loopback, 0})).value();
    std::array<std::byte, 100> buffer;
    IncomingDatagram slot{buffer};
    bool got = false;
    any->setReadable([&] { got = any->receive({&slot, 1}) == 1; });
    const Endpoint to(*IpAddress::parse("127.0.0.9"), any->localEndpoint().port());
    const auto out = datagram("hello", to);
    sender->send({&out, 1});
    SOON_VERIFY(got);
    QCOMPARE(slot.destination, to.address());
    QCOMPARE(slot.source, sender->localEndpoint());

    // And an answer can leave from that very address.
    bool answered = false;
    sender->setReadable([&] { answered = sender->receive({&slot, 1}) == 1; });
    OutgoingDatagram reply = datagram("there", sender->localEndpoint());
    reply.source = to.address();
    any->send({&reply, 1});
    SOON_VERIFY(answered);
    QCOMPARE(slot.source.toString(), to.toString());
}

void DatagramSocketTest::polledReadsInBatches()
{
    QtSocketFactory factory;
    auto a = std::move(factory.bindPolled({loopback, 0})).value();
    auto b = std::move(factory.bindPolled({loopback, 0})).value();
    const std::array three{datagram("1", b->localEndpoint()), datagram("22", b->localEndpoint()),
                           datagram("4444", b->localEndpoint())};
    a->send(three);
    std::array<std::array<std::byte, 3>, 4> buffers;
    std::array<IncomingDatagram, 4> slots;
    for (std::size_t i = 0; i < 4; ++i) {
        slots[i].buffer = buffers[i];
    }
    QCOMPARE(b->receive(slots), std::size_t(3));
    QCOMPARE(slots[1].size, std::size_t(2));
    QVERIFY(!slots[1].truncated);
    QVERIFY(slots[2].truncated);
    QCOMPARE(slots[0].source, a->localEndpoint());
    QCOMPARE(b->receive(slots), std::size_t(0));
}

void DatagramSocketTest::takenPortIsNamed()
{
    QtSocketFactory factory;
    auto first = std::move(factory.bindPolled({loopback, 0})).value();
    const auto second = factory.bindPolled(first->localEndpoint());
    QVERIFY(!second);
    QVERIFY(second.error().text.contains(QString::fromLatin1(first->localEndpoint().toString())));
}

void DatagramSocketTest::localAddressFollowsTheRoute()
{
    QtSocketFactory factory;
    QCOMPARE(factory.localAddressFor(loopback), loopback);
    QVERIFY(factory.localAddressFor(*IpAddress::parse("::1")).isLoopback());
}

QTEST_GUILESS_MAIN(DatagramSocketTest)
#include "tst_datagram_socket.moc"
