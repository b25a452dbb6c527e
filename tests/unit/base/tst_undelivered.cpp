// What the network reports of datagrams that nobody took, on loopback: it is told, and costs
// nothing.
#include "base/QtSocketFactory.h"
#include "support/Soon.h"

#include <QTest>

#include <array>
#include <cstring>

using namespace hs::base;

class UndeliveredTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void portWithoutAListenerIsTold_data();
    void portWithoutAListenerIsTold();
    void nothingElseIsLost_data();
    void nothingElseIsLost();
    void readingGoesOn();
    void whoIsToldMayCloseTheSocket();
};

namespace {
using Socket = std::unique_ptr<NotifyingDatagramSocket>;

Socket socketAt(const IpAddress& address)
{
    auto bound = QtSocketFactory().bindNotifying({address, 0});
    return bound ? std::move(bound).value() : nullptr;
}

// A port where nobody listens.
Endpoint closedPort(const IpAddress& address)
{
    return socketAt(address)->localEndpoint();
}

bool send(NotifyingDatagramSocket& from, const Endpoint& to)
{
    const OutgoingDatagram datagram{std::as_bytes(std::span("x", 1)), to, {}};
    return from.send({&datagram, 1}) == 1;
}

int receiveAll(NotifyingDatagramSocket& socket)
{
    int count = 0;
    std::array<std::byte, 100> buffer;
    IncomingDatagram slot{buffer};
    while (socket.receive({&slot, 1}) == 1) {
        ++count;
    }
    return count;
}

void bothFamilies()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("IPv4") << QByteArray("127.0.0.1");
    if (!QtSocketFactory().localAddressFor(*IpAddress::parse("::1")).isNull()) {
        QTest::newRow("IPv6") << QByteArray("::1");
    }
}
} // namespace

void UndeliveredTest::portWithoutAListenerIsTold_data()
{
    bothFamilies();
}

void UndeliveredTest::portWithoutAListenerIsTold()
{
    QFETCH(QByteArray, address);
    const IpAddress here = *IpAddress::parse(address);
    const Socket socket = socketAt(here);
    const Endpoint closed = closedPort(here);
    QVector<Endpoint> told;
    bool isSending = true;
    socket->setReadable([&] { receiveAll(*socket); });
    socket->setUndelivered([&](const Endpoint& destination, Undelivered what) {
        QVERIFY(!isSending);
        QCOMPARE(what, Undelivered::NobodyListens);
        told << destination;
    });
    for (int i = 0; i < 5; ++i) {
        QVERIFY(send(*socket, closed));
    }
    QCOMPARE(receiveAll(*socket), 0);
    isSending = false;
    SOON_COMPARE(told.size(), 5);
    QCOMPARE(told, QVector<Endpoint>(5, closed));
}

void UndeliveredTest::nothingElseIsLost_data()
{
    bothFamilies();
}

// On loopback a report is there before send() returns, so each datagram meets that of the one
// before it.
void UndeliveredTest::nothingElseIsLost()
{
    QFETCH(QByteArray, address);
    const IpAddress here = *IpAddress::parse(address);
    const Socket socket = socketAt(here);
    const Socket open = socketAt(here);
    const Endpoint closed = closedPort(here);
    int told = 0;
    socket->setUndelivered([&](const Endpoint&, Undelivered) { ++told; });
    for (int i = 0; i < 100; ++i) {
        QVERIFY(send(*socket, closed));
        QVERIFY(send(*socket, open->localEndpoint()));
    }
    QCOMPARE(receiveAll(*open), 100);
    for (int i = 0; i < 100; ++i) {
        QVERIFY(send(*open, socket->localEndpoint()));
        QVERIFY(send(*socket, closed));
        QCOMPARE(receiveAll(*socket), 1);
    }
    SOON_COMPARE(told, 200);
}

// QUdpSocket would be deaf from the second report on that comes without a datagram.
void UndeliveredTest::readingGoesOn()
{
    const Socket socket = socketAt(IpAddress::loopbackV4());
    const Socket open = socketAt(IpAddress::loopbackV4());
    const Endpoint closed = closedPort(IpAddress::loopbackV4());
    int told = 0;
    int received = 0;
    socket->setReadable([&] { received += receiveAll(*socket); });
    socket->setUndelivered([&](const Endpoint&, Undelivered) { ++told; });
    for (int round = 1; round <= 5; ++round) {
        QVERIFY(send(*socket, closed));
        SOON_COMPARE(told, round);
        QVERIFY(send(*open, socket->localEndpoint()));
        SOON_COMPARE(received, round);
    }
}

void UndeliveredTest::whoIsToldMayCloseTheSocket()
{
    Socket socket = socketAt(IpAddress::loopbackV4());
    const Endpoint closed = closedPort(IpAddress::loopbackV4());
    socket->setReadable([&] { receiveAll(*socket); });
    socket->setUndelivered([&](const Endpoint&, Undelivered) { socket.reset(); });
    QVERIFY(send(*socket, closed));
    QVERIFY(send(*socket, closed));
    SOON_VERIFY(!socket);
}

QTEST_GUILESS_MAIN(UndeliveredTest)
#include "tst_undelivered.moc"
