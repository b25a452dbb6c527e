// StunTransaction on a manual clock, through a NAT of the virtual network.
#include "base/StunTransaction.h"
#include "support/VirtualNetwork.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

namespace {
base::Endpoint endpoint(const char* address, std::uint16_t port)
{
    return {*base::IpAddress::parse(address), port};
}

const base::Endpoint serverAt = endpoint("198.51.100.9", 3478);
const base::Endpoint natAt = endpoint("203.0.113.5", 61000);

// Our socket behind a NAT, and a server that says what it sees.
struct Line {
    ManualScheduler scheduler;
    VirtualNetwork network{scheduler};
    base::Random random{3};
    std::unique_ptr<base::NotifyingDatagramSocket> ours =
        std::move(network.bindNotifying(endpoint("192.0.2.1", 5062))).value();
    std::unique_ptr<base::NotifyingDatagramSocket> server =
        std::move(network.bindNotifying(serverAt)).value();
    std::unique_ptr<base::StunTransaction> transaction;
    QList<base::Duration> sentAt; // since the start
    QStringList results;
    std::function<QByteArray(const QByteArray& request, const base::Endpoint& from)> answer;
    base::TimePoint start = scheduler.clock().now();

    Line()
    {
        network.setRewrite([this](VirtualDatagram& datagram) {
            if (datagram.source == ours->localEndpoint()) {
                datagram.source = natAt;
            } else if (datagram.destination == natAt) {
                datagram.destination = ours->localEndpoint();
            }
            return true;
        });
        answer = [](const QByteArray& request, const base::Endpoint& from) -> QByteArray {
            return mapped(request.mid(8, 12), from);
        };
        server->setReadable([this] {
            each(*server, [this](const QByteArray& request, const base::Endpoint& from) {
                sentAt.append(scheduler.clock().now() - start);
                send(*server, answer(request, from), from);
            });
        });
        ours->setReadable([this] {
            each(*ours, [this](const QByteArray& bytes, const base::Endpoint& from) {
                if (transaction) {
                    transaction->receive(std::as_bytes(std::span(bytes)), from);
                }
            });
        });
        transaction = std::make_unique<base::StunTransaction>(
            scheduler, random, serverAt,
            [this](const QByteArray& request, const base::Endpoint& to) {
                return send(*ours, request, to);
            },
            [this](const base::Result<base::Endpoint>& result) {
                results.append(result ? QString::fromLatin1(result->toString())
                                      : result.error().text);
            },
            "Hookswitch");
    }

    static bool send(base::DatagramSocket& socket, const QByteArray& bytes,
                     const base::Endpoint& to)
    {
        const base::OutgoingDatagram out{std::as_bytes(std::span(bytes)), to};
        return bytes.isEmpty() || socket.send(std::span(&out, 1)) == 1;
    }
    template <class Take>
    static void each(base::DatagramSocket& socket, const Take& take)
    {
        std::array<std::byte, 1500> buffer;
        base::IncomingDatagram in{buffer};
        while (socket.receive(std::span(&in, 1)) == 1) {
            take(QByteArray(reinterpret_cast<const char*>(in.buffer.data()),
                            static_cast<qsizetype>(in.size)),
                 in.source);
        }
    }
    // A success response with a plain MAPPED-ADDRESS.
    static QByteArray mapped(const QByteArray& id, const base::Endpoint& seen)
    {
        QByteArray result =
            QByteArray::fromHex("0101000c2112a442") + id + QByteArray::fromHex("000100080001");
        result += static_cast<char>(seen.port() >> 8);
        result += static_cast<char>(seen.port() & 0xff);
        for (int shift = 24; shift >= 0; shift -= 8) {
            result += static_cast<char>(seen.address().toV4() >> shift);
        }
        return result;
    }
};
} // namespace

class tst_stun_transaction : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addressOfTheNat()
    {
        Line line;
        line.transaction->start();
        line.scheduler.advance(1ms);
        QCOMPARE(line.results, QStringList{QStringLiteral("203.0.113.5:61000")});
        QVERIFY(line.transaction->isDone());
        line.scheduler.advance(60s);
        QCOMPARE(line.sentAt.size(), 1);
        QCOMPARE(line.results.size(), 1);
        QCOMPARE(line.scheduler.pending(), std::size_t(0));
    }

    void scheduleOfRetransmissions()
    {
        // RFC 8489 section 6.2.1, bounded to 8 s.
        Line line;
        line.answer = [](const QByteArray&, const base::Endpoint&) { return QByteArray(); };
        line.transaction->start();
        line.scheduler.advance(7999ms);
        QCOMPARE(line.results, QStringList());
        QCOMPARE(line.sentAt, (QList<base::Duration>{0ms, 500ms, 1500ms, 3500ms, 7500ms}));
        line.scheduler.advance(1ms);
        QCOMPARE(line.results,
                 QStringList{QStringLiteral("the STUN server 198.51.100.9:3478 does not answer")});
        QCOMPARE(line.sentAt.size(), 5);
        QCOMPARE(line.scheduler.pending(), std::size_t(0));
    }

    void sameIdEachTime()
    {
        Line line;
        QList<QByteArray> requests;
        line.answer = [&](const QByteArray& request, const base::Endpoint& from) -> QByteArray {
            requests.append(request);
            return requests.size() < 3 ? QByteArray() : Line::mapped(request.mid(8, 12), from);
        };
        line.transaction->start();
        line.scheduler.advance(2s);
        QCOMPARE(requests.size(), 3);
        QCOMPARE(requests.at(0), requests.at(2));
        QCOMPARE(line.results, QStringList{QStringLiteral("203.0.113.5:61000")});
    }

    void answersOfOthers()
    {
        Line line;
        QByteArray id;
        line.answer = [&](const QByteArray& request, const base::Endpoint& from) {
            id = request.mid(8, 12);
            return Line::mapped(QByteArray(12, 'x'), from); // to another request
        };
        line.transaction->start();
        line.scheduler.advance(1ms);
        const auto lie = Line::mapped(id, endpoint("192.0.2.66", 666));
        const base::Endpoint stranger = endpoint("198.51.100.66", 3478);
        QVERIFY(!line.transaction->receive(std::as_bytes(std::span(lie)), stranger));
        QVERIFY(!line.transaction->receive(
            std::as_bytes(std::span(lie)),
            base::Endpoint(serverAt.address(), std::uint16_t(serverAt.port() + 1))));
        QCOMPARE(line.results, QStringList());
        QVERIFY(line.transaction->receive(std::as_bytes(std::span(lie)), serverAt));
        QVERIFY(!line.transaction->receive(std::as_bytes(std::span(lie)), serverAt)); // once
        QCOMPARE(line.results.size(), 1);
    }

    void refusal()
    {
        Line line;
        line.answer = [](const QByteArray& request, const base::Endpoint&) -> QByteArray {
            return QByteArray::fromHex("011100102112a442") + request.mid(8, 12)
                + QByteArray::fromHex("0009000b00000401") + "Go away" + '\0';
        };
        line.transaction->start();
        line.scheduler.advance(1ms);
        QCOMPARE(line.results,
                 QStringList{QStringLiteral("the STUN server 198.51.100.9:3478 refuses: 401 "
                                            "Go away")});
    }

    void garbageIsNoAnswer()
    {
        Line line;
        line.answer = [](const QByteArray& request, const base::Endpoint&) -> QByteArray {
            return QByteArray::fromHex("010100002112a442") + request.mid(8, 12);
        };
        line.transaction->start();
        line.scheduler.advance(8s);
        QCOMPARE(line.sentAt.size(), 5);
        QCOMPARE(line.results,
                 QStringList{QStringLiteral("the STUN server 198.51.100.9:3478: the answer is no "
                                            "STUN Binding response: it says no address that could "
                                            "be ours")});
    }

    void noRoute()
    {
        Line line;
        line.network.setRoute(serverAt.address(), false);
        line.transaction->start();
        QCOMPARE(line.results,
                 QStringList{QStringLiteral("the STUN server 198.51.100.9:3478 can't be reached "
                                            "from here")});
        QCOMPARE(line.scheduler.pending(), std::size_t(0));
    }

    void destroyedOnItsWay()
    {
        Line line;
        line.transaction->start();
        line.transaction.reset();
        line.scheduler.advance(60s);
        QCOMPARE(line.results, QStringList());
        QCOMPARE(line.sentAt.size(), 1);
    }

    void destroyedByItsResult()
    {
        Line line;
        int called = 0;
        line.transaction = std::make_unique<base::StunTransaction>(
            line.scheduler, line.random, serverAt,
            [&](const QByteArray& request, const base::Endpoint& to) {
                return Line::send(*line.ours, request, to);
            },
            [&](const base::Result<base::Endpoint>&) {
                ++called;
                line.transaction.reset();
            });
        line.transaction->start();
        line.scheduler.advance(10s);
        QCOMPARE(called, 1);
    }
};

QTEST_GUILESS_MAIN(tst_stun_transaction)
#include "tst_stun_transaction.moc"
