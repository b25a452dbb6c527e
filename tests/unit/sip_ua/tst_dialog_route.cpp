// Where a dialog's next request goes: by what the dialog names, and by where the far end is heard.
#include "sip/ua/DialogRoute.h"
#include "support/ManualScheduler.h"
#include "support/NamedResolver.h"

#include <QTest>

#include <set>

using namespace hs;
using namespace hs::sip;
using namespace hs::test;

class DialogRouteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namedAddress();
    void privateAddressFollowsTheFarEnd();
    void nameIsLookedUpOnce();
    void allServersOfAName();
    void whoAnsweredGoesFirst();
    void nameIsLookedUpAgainAfterNobodyAnswered();
    void certificateIsThatOfTheDomain();
    void tlsIsNotLeft_data();
    void tlsIsNotLeft();
    void secureNameThatIsDead();
    void openConnectionOfTheFarEnd_data();
    void openConnectionOfTheFarEnd();
};

namespace {
// Connections are open where the test says so; nothing is ever sent.
class Connections final : public Transport {
public:
    std::set<std::uint64_t> open;

    bool send(const QByteArray&, const Hop&, Failed) override { return true; }
    bool supports(TransportKind, base::IpAddress::Family) const override { return true; }
    bool isOpen(const Hop& to) const override
    {
        return to.kind == TransportKind::Udp || open.contains(to.connection);
    }
    QByteArray viaName(const Hop&) const override { return "UDP"; }
    base::Endpoint sentBy(const Hop&) const override { return hopTo("192.0.2.1").remote; }
    Hop responseHop(const Via&, const Hop& from) const override { return from; }
};

struct Fixture {
    // "192.0.2.9:5060", by a connection "192.0.2.9:5060/tcp#3", the first one first.
    QByteArrayList hops(const char* next)
    {
        QByteArrayList told;
        route.whenKnown(*Uri::parse(next), [&told](const Resolver::Hops& hops) {
            for (const Hop& hop : hops) {
                QByteArray text = hop.remote.toString();
                text += hop.kind == TransportKind::Tls ? "/tls"
                    : hop.kind == TransportKind::Tcp   ? "/tcp"
                                                       : "";
                if (hop.connection != 0) {
                    text += '#' + QByteArray::number(hop.connection);
                }
                told << text;
            }
        });
        return told;
    }
    void name(const char* host, const Resolver::Hops& hops) { resolver.names[host] = hops; }

    ManualScheduler scheduler;
    base::Random random{3};
    Connections connections;
    TransactionLayer transactions{connections, scheduler, random};
    NamedResolver resolver;
    UaCore core{scheduler, transactions, random, resolver, "Hookswitch/test"};
    DialogRoute route{core, hopTo("192.0.2.9", 40000)};
};

Hop stream(const char* address, std::uint16_t port, TransportKind kind,
           std::uint64_t connection = 0)
{
    Hop hop = hopTo(address, port);
    hop.kind = kind;
    hop.connection = connection;
    return hop;
}
} // namespace

void DialogRouteTest::namedAddress()
{
    Fixture f;
    f.name("contact", {hopTo("192.0.2.8")});
    QCOMPARE(f.hops("sip:contact").first(), QByteArray("192.0.2.8:5060"));
    // If nobody is there, the way that the far end's messages take.
    QCOMPARE(f.hops("sip:contact"), QByteArrayList({"192.0.2.8:5060", "192.0.2.9:40000"}));
    // Without one that can be found, the way that the far end's messages take.
    QCOMPARE(f.hops("sip:dead.example"), QByteArrayList{"192.0.2.9:40000"});
}

void DialogRouteTest::privateAddressFollowsTheFarEnd()
{
    // Its NAT forgets, or its TCP connection is made anew: the old way leads nowhere.
    Fixture f;
    f.name("contact", {hopTo("10.0.0.5")});
    QCOMPARE(f.hops("sip:contact"), QByteArrayList{"192.0.2.9:40000"});
    f.route.setSeen(hopTo("192.0.2.9", 41000));
    QCOMPARE(f.hops("sip:contact"), QByteArrayList{"192.0.2.9:41000"});
    f.route.setSeen(stream("192.0.2.9", 42000, TransportKind::Tcp, 3));
    QCOMPARE(f.hops("sip:contact"), QByteArrayList{"192.0.2.9:42000/tcp#3"});
    f.route.setSeen(hopTo("192.0.2.9", 43000));
    QCOMPARE(f.hops("sip:dead.example"), QByteArrayList{"192.0.2.9:43000"});
    f.route.setSeen(hopTo("192.0.2.9", 44000));
    QCOMPARE(f.hops("sip:dead.example"), QByteArrayList{"192.0.2.9:44000"});
}

void DialogRouteTest::nameIsLookedUpOnce()
{
    Fixture f;
    f.name("contact", {hopTo("192.0.2.8")});
    f.hops("sip:contact");
    f.route.setSeen(hopTo("192.0.2.9", 41000));
    f.hops("sip:contact");
    QCOMPARE(f.resolver.asked.size(), 1);
    f.hops("sip:contact;transport=tcp");
    QCOMPARE(f.resolver.asked.size(), 2);
}

void DialogRouteTest::allServersOfAName()
{
    // RFC 3263 section 4.3.
    Fixture f;
    f.name("edge", {hopTo("192.0.2.7"), hopTo("192.0.2.8"), hopTo("192.0.2.7")});
    QCOMPARE(f.hops("sip:edge"),
             QByteArrayList({"192.0.2.7:5060", "192.0.2.8:5060", "192.0.2.9:40000"}));
    // The one that the far end's messages come from is alive.
    f.route.setSeen(hopTo("192.0.2.8"));
    QCOMPARE(f.hops("sip:edge"), QByteArrayList({"192.0.2.8:5060", "192.0.2.7:5060"}));
}

void DialogRouteTest::whoAnsweredGoesFirst()
{
    Fixture f;
    f.name("edge", {hopTo("192.0.2.7"), hopTo("192.0.2.8")});
    f.hops("sip:edge");
    f.route.answeredBy(hopTo("192.0.2.8"));
    QCOMPARE(f.hops("sip:edge").first(), QByteArray("192.0.2.8:5060"));
    f.route.setSeen(f.route.seen());
    QCOMPARE(f.hops("sip:edge").first(), QByteArray("192.0.2.8:5060"));
    f.route.setSeen(hopTo("192.0.2.7")); // news
    QCOMPARE(f.hops("sip:edge").first(), QByteArray("192.0.2.7:5060"));
    QCOMPARE(f.resolver.asked.size(), 1);
}

void DialogRouteTest::nameIsLookedUpAgainAfterNobodyAnswered()
{
    Fixture f;
    f.name("edge", {hopTo("192.0.2.7")});
    f.hops("sip:edge");
    f.route.answeredBy(hopTo("192.0.2.7"));
    f.name("edge", {hopTo("192.0.2.6"), hopTo("192.0.2.7")});
    QCOMPARE(f.hops("sip:edge").first(), QByteArray("192.0.2.7:5060"));
    f.route.nobodyAnswered();
    QCOMPARE(f.hops("sip:edge").first(), QByteArray("192.0.2.6:5060"));
}

void DialogRouteTest::certificateIsThatOfTheDomain()
{
    // RFC 5922 section 4: it names the domain by which the server was found, not the address that
    // the server writes into Contact and Record-Route.
    Fixture f;
    Hop named = stream("192.0.2.9", 5061, TransportKind::Tls);
    named.domain = "192.0.2.9";
    f.name("contact", {named});
    Hop server = stream("192.0.2.9", 5061, TransportKind::Tls);
    server.domain = "pbx.example";
    f.route.setSeen(server);
    QByteArrayList domains;
    f.route.whenKnown(*Uri::parse("sip:contact;transport=tls"),
                      [&domains](const Resolver::Hops& hops) {
                          for (const Hop& hop : hops) {
                              domains << hop.domain;
                          }
                      });
    QCOMPARE(domains, QByteArrayList{"pbx.example"});
}

void DialogRouteTest::tlsIsNotLeft_data()
{
    QTest::addColumn<TransportKind>("seenBy");
    QTest::addColumn<QByteArrayList>("hops");
    QTest::newRow("heard by UDP") << TransportKind::Udp << QByteArrayList{"10.0.0.5:5061/tls"};
    QTest::newRow("heard by TLS") << TransportKind::Tls << QByteArrayList{"192.0.2.9:40000/tls"};
}

void DialogRouteTest::tlsIsNotLeft()
{
    QFETCH(TransportKind, seenBy);
    Fixture f;
    f.name("contact", {stream("10.0.0.5", 5061, TransportKind::Tls)});
    f.route.setSeen(stream("192.0.2.9", 40000, seenBy));
    QTEST(f.hops("sip:contact;transport=tls"), "hops");
}

// RFC 3261 section 26.2.2: sips goes by TLS or not at all.
void DialogRouteTest::secureNameThatIsDead()
{
    Fixture f;
    f.route.setSeen(hopTo("192.0.2.9", 5070));
    QCOMPARE(f.hops("sip:dead.example"), QByteArrayList{"192.0.2.9:5070"});
    QCOMPARE(f.hops("sips:dead.example"), QByteArrayList{"192.0.2.9:5061/tls"});
}

void DialogRouteTest::openConnectionOfTheFarEnd_data()
{
    QTest::addColumn<TransportKind>("named");
    QTest::addColumn<TransportKind>("seen");
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<QByteArrayList>("hops");
    const auto row = [](const char* name, TransportKind named, TransportKind seen, bool isOpen,
                        const QByteArrayList& hops) {
        QTest::newRow(name) << named << seen << isOpen << hops;
    };
    using Kind = TransportKind;
    row("5923 TLS", Kind::Tls, Kind::Tls, true, {"192.0.2.9:40000/tls#3"});
    row("TCP", Kind::Tcp, Kind::Tcp, true, {"192.0.2.9:40000/tcp#3"});
    row("closed: where it says, then where it was", Kind::Tcp, Kind::Tcp, false,
        {"192.0.2.9:5061/tcp", "192.0.2.9:40000/tcp#3"});
    row("of another kind", Kind::Tls, Kind::Tcp, true, {"192.0.2.9:5061/tls"});
    row("UDP is to a port", Kind::Udp, Kind::Udp, true, {"192.0.2.9:5061", "192.0.2.9:40000#3"});
}

void DialogRouteTest::openConnectionOfTheFarEnd()
{
    // It has connected from a port of the moment; its Contact names the one where it listens.
    QFETCH(TransportKind, named);
    QFETCH(TransportKind, seen);
    QFETCH(bool, isOpen);
    Fixture f;
    f.name("contact", {stream("192.0.2.9", 5061, named)});
    f.route.setSeen(stream("192.0.2.9", 40000, seen, 3));
    if (isOpen) {
        f.connections.open = {3};
    }
    QTEST(f.hops("sip:contact"), "hops");
    f.name("other", {stream("192.0.2.8", 5061, named)});
    QVERIFY(f.hops("sip:other").first().startsWith("192.0.2.8:5061"));
}

QTEST_GUILESS_MAIN(DialogRouteTest)
#include "tst_dialog_route.moc"
