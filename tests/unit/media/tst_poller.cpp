#include "base/QtSocketFactory.h"
#include "media/Poller.h"
#include "support/VirtualNetwork.h"

#include <QTest>

using namespace hs;
using namespace hs::media;

class PollerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void epollTellsWhichSocketCanBeRead();
    void epollForgetsWhatIsRemoved();
    void epollGivesEachItsTurn();
    void drainNamesAll();
};

namespace {

const base::IpAddress loopback = base::IpAddress::loopbackV4();

// Stands for a stream; only its address is looked at.
struct Token {
    alignas(16) std::array<std::byte, 16> bytes{};
    MediaStream* stream() { return reinterpret_cast<MediaStream*>(bytes.data()); }
};

void knock(base::DatagramSocket& from, const base::DatagramSocket& to)
{
    const std::array<std::byte, 1> byte{};
    const base::OutgoingDatagram datagram{byte, to.localEndpoint(), {}};
    from.send({&datagram, 1});
}

std::vector<Readable> polled(Poller& poller)
{
    const auto readable = poller.poll();
    return {readable.begin(), readable.end()};
}

} // namespace

void PollerTest::epollTellsWhichSocketCanBeRead()
{
    base::QtSocketFactory sockets;
    const auto rtp = std::move(sockets.bindPolled({loopback, 0})).value();
    const auto rtcp = std::move(sockets.bindPolled({loopback, 0})).value();
    Token token;
    EpollPoller poller;
    poller.add(*rtp, {token.stream(), false});
    poller.add(*rtcp, {token.stream(), true});
    QVERIFY(polled(poller).empty());
    knock(*rtp, *rtcp);
    QCOMPARE(polled(poller), (std::vector<Readable>{{token.stream(), true}}));
    QCOMPARE(polled(poller).size(), std::size_t(1)); // as long as nobody reads
    std::array<std::byte, 10> buffer{};
    base::IncomingDatagram slot{buffer};
    rtcp->receive({&slot, 1});
    QVERIFY(polled(poller).empty());
    knock(*rtcp, *rtp);
    QCOMPARE(polled(poller), (std::vector<Readable>{{token.stream(), false}}));
}

void PollerTest::epollForgetsWhatIsRemoved()
{
    base::QtSocketFactory sockets;
    const auto socket = std::move(sockets.bindPolled({loopback, 0})).value();
    Token token;
    EpollPoller poller;
    poller.add(*socket, {token.stream(), false});
    knock(*socket, *socket);
    poller.remove(*socket, {token.stream(), false});
    QVERIFY(polled(poller).empty());
}

void PollerTest::epollGivesEachItsTurn()
{
    // More readable sockets than are told of at once: nobody reads them, and yet each comes up.
    base::QtSocketFactory sockets;
    std::vector<std::unique_ptr<base::DatagramSocket>> all;
    std::vector<Token> tokens(700);
    EpollPoller poller;
    for (Token& token : tokens) {
        all.push_back(std::move(sockets.bindPolled({loopback, 0})).value());
        poller.add(*all.back(), {token.stream(), false});
        knock(*all.back(), *all.back());
    }
    std::vector<MediaStream*> seen;
    for (int i = 0; i < 4; ++i) {
        for (const Readable& readable : poller.poll()) {
            seen.push_back(readable.stream);
        }
    }
    std::ranges::sort(seen);
    const auto repeated = std::ranges::unique(seen);
    QCOMPARE(static_cast<std::size_t>(repeated.begin() - seen.begin()), tokens.size());
}

void PollerTest::drainNamesAll()
{
    test::ManualScheduler scheduler;
    test::VirtualNetwork network(scheduler);
    const auto socket = std::move(network.bindPolled({loopback, 0})).value();
    Token one;
    Token two;
    DrainPoller poller;
    poller.add(*socket, {one.stream(), false});
    poller.add(*socket, {one.stream(), true});
    poller.add(*socket, {two.stream(), false});
    QCOMPARE(polled(poller).size(), std::size_t(3));
    poller.remove(*socket, {one.stream(), false});
    QCOMPARE(polled(poller), (std::vector<Readable>{{one.stream(), true}, {two.stream(), false}}));
}

QTEST_GUILESS_MAIN(PollerTest)
#include "tst_poller.moc"
