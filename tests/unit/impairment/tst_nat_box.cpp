// Whom a NAT lets in, by the behaviours of RFC 4787, and what restarts and long silence do to it.
#include "support/impairment/NatBox.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using base::Endpoint;
using Behaviour = NatRules::Behaviour;

Q_DECLARE_METATYPE(hs::test::NatRules::Behaviour)

class NatBoxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mapping_data();
    void mapping();
    void filtering_data();
    void filtering();
    void nobodyIsLetInBeforeItWasSentTo();
    void otherInsideOtherOutside();
    void mappingTimesOut_data();
    void mappingTimesOut();
    void comingInKeepsNothingAlive();
    void filterTimesOutByItself();
    void rebind();
    void noPortLeft();
};

namespace {

constexpr base::TimePoint start{1h};

Endpoint at(const char* address, int port)
{
    return {*base::IpAddress::parse(address), static_cast<std::uint16_t>(port)};
}

const Endpoint phone = at("10.0.0.2", 4000);
const Endpoint server = at("192.0.2.1", 31000);
const Endpoint serversOtherPort = at("192.0.2.1", 31002);
const Endpoint stranger = at("192.0.2.66", 31000);

struct Nat {
    explicit Nat(const NatRules& rules = {})
        : box(
            rules,
            [this](const Endpoint&) { return next == 0 ? Endpoint() : at("198.51.100.1", next++); },
            [this](const Endpoint& outside) { closed.push_back(outside.port()); })
    {
    }
    int next = 50000;
    std::vector<int> closed;
    NatBox box;
};

} // namespace

void NatBoxTest::mapping_data()
{
    QTest::addColumn<Behaviour>("behaviour");
    QTest::addColumn<bool>("sameForOtherPort");
    QTest::addColumn<bool>("sameForOtherAddress");
    QTest::newRow("4787 4.1 endpoint-independent")
        << Behaviour::EndpointIndependent << true << true;
    QTest::newRow("4787 4.1 address-dependent") << Behaviour::AddressDependent << true << false;
    QTest::newRow("4787 4.1 address and port-dependent: symmetric")
        << Behaviour::AddressAndPortDependent << false << false;
}

void NatBoxTest::mapping()
{
    QFETCH(Behaviour, behaviour);
    QFETCH(bool, sameForOtherPort);
    QFETCH(bool, sameForOtherAddress);
    Nat nat({behaviour, Behaviour::AddressAndPortDependent, 1min});
    const Endpoint first = nat.box.outgoing(phone, server, start);
    QCOMPARE(first, at("198.51.100.1", 50000));
    QCOMPARE(nat.box.outgoing(phone, server, start), first);
    QCOMPARE(nat.box.outgoing(phone, serversOtherPort, start) == first, sameForOtherPort);
    QCOMPARE(nat.box.outgoing(phone, stranger, start) == first, sameForOtherAddress);
}

void NatBoxTest::filtering_data()
{
    QTest::addColumn<Behaviour>("behaviour");
    QTest::addColumn<bool>("otherPort");
    QTest::addColumn<bool>("otherAddress");
    QTest::newRow("4787 5 endpoint-independent: full cone")
        << Behaviour::EndpointIndependent << true << true;
    QTest::newRow("4787 5 address-dependent: restricted")
        << Behaviour::AddressDependent << true << false;
    QTest::newRow("4787 5 address and port-dependent: port-restricted")
        << Behaviour::AddressAndPortDependent << false << false;
}

void NatBoxTest::filtering()
{
    QFETCH(Behaviour, behaviour);
    QFETCH(bool, otherPort);
    QFETCH(bool, otherAddress);
    Nat nat({Behaviour::EndpointIndependent, behaviour, 1min});
    const Endpoint outside = nat.box.outgoing(phone, server, start);
    QCOMPARE(nat.box.incoming(outside, server, start), phone);
    QCOMPARE(nat.box.incoming(outside, serversOtherPort, start).has_value(), otherPort);
    QCOMPARE(nat.box.incoming(outside, stranger, start).has_value(), otherAddress);
    QCOMPARE(nat.box.refused(), std::uint64_t(!otherPort) + std::uint64_t(!otherAddress));
}

void NatBoxTest::nobodyIsLetInBeforeItWasSentTo()
{
    Nat nat;
    QVERIFY(!nat.box.incoming(at("198.51.100.1", 50000), server, start));
    const Endpoint outside = nat.box.outgoing(phone, server, start);
    QVERIFY(nat.box.incoming(outside, server, start));
}

void NatBoxTest::otherInsideOtherOutside()
{
    Nat nat;
    const Endpoint other = at("10.0.0.2", 4001);
    const Endpoint one = nat.box.outgoing(phone, server, start);
    const Endpoint two = nat.box.outgoing(other, server, start);
    QVERIFY(one != two);
    QCOMPARE(nat.box.incoming(two, server, start), other);
    QCOMPARE(nat.box.mappings(), std::size_t(2));
}

void NatBoxTest::mappingTimesOut_data()
{
    QTest::addColumn<int>("silentMs");
    QTest::addColumn<bool>("gone");
    QTest::newRow("just in time") << 30'000 << false;
    QTest::newRow("too late") << 30'001 << true;
}

void NatBoxTest::mappingTimesOut()
{
    QFETCH(int, silentMs);
    QFETCH(bool, gone);
    Nat nat({Behaviour::EndpointIndependent, Behaviour::EndpointIndependent, 30s});
    const Endpoint outside = nat.box.outgoing(phone, server, start);
    const base::TimePoint later = start + std::chrono::milliseconds(silentMs);
    QCOMPARE(!nat.box.incoming(outside, server, later), gone);
    QCOMPARE(nat.box.outgoing(phone, server, later) != outside, gone);
    QCOMPARE(nat.closed.size(), std::size_t(gone));
}

void NatBoxTest::comingInKeepsNothingAlive()
{
    Nat nat({Behaviour::EndpointIndependent, Behaviour::EndpointIndependent, 30s});
    const Endpoint outside = nat.box.outgoing(phone, server, start);
    QVERIFY(nat.box.incoming(outside, server, start + 20s));
    QVERIFY(!nat.box.incoming(outside, server, start + 40s));
}

void NatBoxTest::filterTimesOutByItself()
{
    Nat nat({Behaviour::EndpointIndependent, Behaviour::AddressAndPortDependent, 30s});
    const Endpoint outside = nat.box.outgoing(phone, server, start);
    nat.box.outgoing(phone, stranger, start + 20s); // keeps the mapping, not the way in for another
    QVERIFY(!nat.box.incoming(outside, server, start + 40s));
    QVERIFY(nat.box.incoming(outside, stranger, start + 40s));
}

void NatBoxTest::rebind()
{
    Nat nat;
    const Endpoint before = nat.box.outgoing(phone, server, start);
    nat.box.rebind();
    QCOMPARE(nat.closed, std::vector<int>{50000});
    QVERIFY(!nat.box.incoming(before, server, start));
    const Endpoint after = nat.box.outgoing(phone, server, start);
    QVERIFY(after != before);
    QVERIFY(!nat.box.incoming(before, server, start));
    QCOMPARE(nat.box.incoming(after, server, start), phone);
}

void NatBoxTest::noPortLeft()
{
    Nat nat;
    nat.next = 0;
    QVERIFY(nat.box.outgoing(phone, server, start).isNull());
    QCOMPARE(nat.box.mappings(), std::size_t(0));
}

QTEST_GUILESS_MAIN(NatBoxTest)
#include "tst_nat_box.moc"
