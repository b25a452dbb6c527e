// RFC 3263 section 4: from URIs to hops, each row on a zone of its own.
#include "ResolverFixture.h"

using namespace hs;
using namespace hs::test;
using Zone = std::function<void(DnsServer&)>;

namespace {
void hosts(DnsServer& dns)
{
    dns.a("example.com", "192.0.2.1");
    dns.a("pbx1.example.com", "192.0.2.11");
    dns.a("pbx2.example.com", "192.0.2.12");
}

void services(DnsServer& dns)
{
    hosts(dns);
    dns.srv("_sip._udp.example.com", 10, 0, 5070, "pbx1.example.com");
    dns.srv("_sip._udp.example.com", 20, 0, 5071, "pbx2.example.com");
    dns.srv("_sip._tcp.example.com", 10, 0, 5080, "pbx1.example.com");
    dns.srv("_sips._tcp.example.com", 10, 0, 5090, "pbx1.example.com");
}

// As in RFC 3263 section 4.1.
void pointers(DnsServer& dns)
{
    services(dns);
    dns.naptr("example.com", 50, 50, "s", "SIPS+D2T", "_sips._tcp.example.com");
    dns.naptr("example.com", 90, 50, "s", "SIP+D2T", "_sip._tcp.example.com");
    dns.naptr("example.com", 100, 50, "S", "SIP+D2U", "_sip._udp.example.com");
}

void bothFamilies(DnsServer& dns)
{
    dns.a("example.com", "192.0.2.1");
    dns.a("example.com", "192.0.2.2");
    dns.aaaa("example.com", "2001:db8::1");
}

void addRow(const char* rule, const char* uri, const Zone& zone, const char* expected,
            const char* supported = "UDP4 TCP4 TLS4 UDP6 TCP6 TLS6")
{
    QTest::newRow(rule) << QByteArray(uri) << zone << QString::fromLatin1(expected)
                        << QString::fromLatin1(supported);
}
} // namespace

Q_DECLARE_METATYPE(Zone)

class tst_dns_resolver : public QObject {
    Q_OBJECT

    static void columns()
    {
        QTest::addColumn<QByteArray>("uri");
        QTest::addColumn<Zone>("zone");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("supported");
    }
    static void check()
    {
        QFETCH(QByteArray, uri);
        QFETCH(Zone, zone);
        QFETCH(QString, expected);
        QFETCH(QString, supported);
        ResolverFixture fixture;
        fixture.supported = supported;
        zone(fixture.server);
        QCOMPARE(fixture.resolve(uri), expected);
    }

private Q_SLOTS:
    void transports_data()
    {
        columns();
        const Zone none = [](DnsServer&) {};
        addRow("4.1: an address, UDP", "sip:1@192.0.2.7", none, "UDP 192.0.2.7:5060");
        addRow("4.1: an address, sips", "sips:1@192.0.2.7", none, "TLS! 192.0.2.7:5061 192.0.2.7");
        addRow("4.2: an address and a port", "sip:1@192.0.2.7:5071", none, "UDP 192.0.2.7:5071");
        addRow("4.1: an address, its URI names TCP", "sip:1@192.0.2.7;transport=TCP", none,
               "TCP! 192.0.2.7:5060");
        addRow("4.1: an IPv6 address", "sip:[2001:db8::7]", none, "UDP [2001:db8::7]:5060");
        addRow("4.1: a port, no SRV, UDP", "sip:example.com:5060", services, "UDP 192.0.2.1:5060");
        addRow("4.1: a port, no SRV, sips", "sips:example.com:5099", services,
               "TLS! 192.0.2.1:5099 example.com");
        addRow("4.1: a port and a transport", "sip:example.com:5070;transport=tcp", services,
               "TCP! 192.0.2.1:5070");
        addRow("4.1: a transport, its SRV", "sip:example.com;transport=tcp", pointers,
               "TCP! 192.0.2.11:5080");
        addRow("4.1: sips with tcp is TLS", "sips:example.com;transport=tcp", pointers,
               "TLS! 192.0.2.11:5090 example.com");
        addRow("RFC 5630 3.1.2: transport=tls", "sip:example.com;transport=tls", pointers,
               "TLS! 192.0.2.11:5090 example.com");
        addRow("4.2: a transport without SRV, its default port", "sip:example.com;transport=tls",
               hosts, "TLS! 192.0.2.1:5061 example.com");
        addRow("maddr is not followed", "sip:192.0.2.7;maddr=192.0.2.99", none,
               "UDP 192.0.2.7:5060");
        addRow("where there is no UDP, TCP", "sip:192.0.2.7", none, "TCP 192.0.2.7:5060", "TCP4");
    }
    void transports() { check(); }

    void names_data()
    {
        columns();
        addRow("4.1: NAPTR, the lowest order", "sip:example.com", pointers,
               "TLS! 192.0.2.11:5090 example.com");
        addRow("4.1: NAPTR, the first one that we support", "sip:example.com", pointers,
               "UDP! 192.0.2.11:5070, UDP! 192.0.2.12:5071", "UDP4");
        addRow("4.1: NAPTR for sips", "sips:example.com", pointers,
               "TLS! 192.0.2.11:5090 example.com");
        addRow(
            "4.1: NAPTR may lead to another domain, the certificate stays", "sip:example.com",
            [](DnsServer& dns) {
                dns.naptr("example.com", 1, 1, "s", "SIPS+D2T", "_sips._tcp.provider.net");
                dns.srv("_sips._tcp.provider.net", 1, 1, 5061, "edge.provider.net");
                dns.a("edge.provider.net", "198.51.100.1");
            },
            "TLS! 198.51.100.1:5061 example.com");
        addRow(
            "4.1: NAPTR that leads nowhere, the next one", "sip:example.com",
            [](DnsServer& dns) {
                services(dns);
                dns.naptr("example.com", 1, 1, "s", "SIP+D2T", "_sip._tcp.gone.example.com");
                dns.naptr("example.com", 2, 1, "s", "SIP+D2U", "_sip._udp.example.com");
            },
            "UDP! 192.0.2.11:5070, UDP! 192.0.2.12:5071");
        addRow("4.1: no NAPTR, SRV of each transport", "sip:example.com", services,
               "UDP 192.0.2.11:5070, UDP 192.0.2.12:5071, TCP 192.0.2.11:5080");
        addRow("4.1: no NAPTR, SRV for sips", "sips:example.com", services,
               "TLS! 192.0.2.11:5090 example.com");
        addRow("4.1: no NAPTR, no SRV, UDP", "sip:example.com", hosts, "UDP 192.0.2.1:5060");
        addRow("4.1: no NAPTR, no SRV, sips", "sips:example.com", hosts,
               "TLS! 192.0.2.1:5061 example.com");
        addRow(
            "4.2: aliases", "sip:www.example.com",
            [](DnsServer& dns) {
                hosts(dns);
                dns.cname("www.example.com", "example.com");
            },
            "UDP 192.0.2.1:5060");
        addRow(
            "RFC 2782: the target '.'", "sip:example.com;transport=udp",
            [](DnsServer& dns) {
                hosts(dns);
                dns.srv("_sip._udp.example.com", 0, 0, 0, ".");
            },
            "'example.com' says that it takes no SIP (an SRV record with the target '.')");
        addRow(
            "RFC 2782: '.' for one transport, the other one", "sip:example.com",
            [](DnsServer& dns) {
                hosts(dns);
                dns.srv("_sip._udp.example.com", 0, 0, 0, ".");
                dns.srv("_sip._tcp.example.com", 0, 0, 5060, "pbx1.example.com");
            },
            "TCP 192.0.2.11:5060");
        addRow(
            "RFC 6761 6.3: localhost", "sip:localhost", [](DnsServer&) {},
            "UDP 127.0.0.1:5060, UDP [::1]:5060");
    }
    void names() { check(); }

    void families_data()
    {
        columns();
        addRow("both, in turns", "sip:example.com", bothFamilies,
               "UDP 192.0.2.1:5060, UDP [2001:db8::1]:5060, UDP 192.0.2.2:5060");
        addRow("what we can't send to is left out", "sip:example.com", bothFamilies,
               "UDP 192.0.2.1:5060, UDP 192.0.2.2:5060", "UDP4");
        addRow(
            "AAAA alone", "sip:example.com",
            [](DnsServer& dns) { dns.aaaa("example.com", "2001:db8::1"); },
            "UDP [2001:db8::1]:5060");
        addRow(
            "only the other family", "sip:example.com",
            [](DnsServer& dns) { dns.aaaa("example.com", "2001:db8::1"); },
            "'example.com' exists but has no IPv4 address", "UDP4");
        addRow(
            "multicast and any are no hosts", "sip:example.com",
            [](DnsServer& dns) {
                dns.a("example.com", "224.0.1.75");
                dns.a("example.com", "0.0.0.0");
                dns.a("example.com", "255.255.255.255");
                dns.a("example.com", "192.0.2.5");
                dns.aaaa("example.com", "ff02::1");
                dns.aaaa("example.com", "::");
            },
            "UDP 192.0.2.5:5060");
    }
    void families() { check(); }

    void ipv6First()
    {
        ResolverFixture fixture;
        fixture.ipv6First = true;
        bothFamilies(fixture.server);
        QCOMPARE(fixture.resolve("sip:example.com"),
                 QStringLiteral("UDP [2001:db8::1]:5060, UDP 192.0.2.1:5060, UDP 192.0.2.2:5060"));
    }
};

QTEST_GUILESS_MAIN(tst_dns_resolver)
#include "tst_dns_resolver.moc"
