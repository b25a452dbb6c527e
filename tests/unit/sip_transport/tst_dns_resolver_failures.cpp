// SipResolver where something is wrong: sentences, fail-over, silence, its own end.
#include "ResolverFixture.h"
#include "support/Soon.h"

#include <QElapsedTimer>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using Mode = DnsServer::Mode;
using Type = DnsServer::Type;

namespace {
sip::Hop udp(const char* address)
{
    return sip::Hop{base::Endpoint(*base::IpAddress::parse(address), 5060)};
}

void threeServers(DnsServer& dns)
{
    for (int i = 1; i <= 3; ++i) {
        const QByteArray host = "pbx" + QByteArray::number(i) + ".example.com";
        dns.srv("_sip._udp.example.com", i, 0, 5060, host);
        dns.a(host, "192.0.2.1" + QByteArray::number(i));
    }
}
} // namespace

class tst_dns_resolver_failures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sentences_data()
    {
        QTest::addColumn<QByteArray>("uri");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* rule, const QByteArray& uri, const char* expected) {
            QTest::newRow(rule) << uri << QString::fromLatin1(expected);
        };
        row("no such name", "sip:sip.example.net", "the name 'sip.example.net' does not exist");
        row("a name without addresses", "sip:empty.example.com",
            "'empty.example.com' exists but has no address");
        row("SRV to a name that is not there", "sip:broken.example.com",
            "'broken.example.com' is served by 'gone.example.com': the name 'gone.example.com' "
            "does "
            "not exist");
        row("addresses of no host alone", "sip:group.example.com",
            "'group.example.com' has no address of a single host");
        row("no SIP", "tel:+12025550100",
            "no request can be sent to 'tel:+12025550100': it is no sip or sips URI");
        row("a transport that is not ours", "sip:example.com;transport=sctp",
            "no request can be sent to 'sip:example.com;transport=sctp': it asks for the transport "
            "'sctp'; there are udp, tcp and tls");
        row("sips over UDP", "sips:example.com;transport=udp",
            "no request can be sent to 'sips:example.com;transport=udp': sips needs TLS, and it "
            "asks "
            "for UDP");
        row("a transport that is switched off", "sips:example.com",
            "no request can be sent to 'sips:example.com': it needs TLS, which is not set up here");
        row("a family that we don't have", "sip:[2001:db8::1];transport=tcp",
            "no request can be sent to 'sip:[2001:db8::1];transport=tcp': nothing is sent from "
            "here "
            "by TCP over IPv6: sip_address is of IPv4");
        row("multicast", "sip:224.0.1.75",
            "no request can be sent to 'sip:224.0.1.75': its address is not that of a single host");
        row("any address", "sip:0.0.0.0",
            "no request can be sent to 'sip:0.0.0.0': its address is not that of a single host");
        row("a label too long", "sip:" + QByteArray(64, 'a') + ".com",
            "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com' is no name of "
            "a "
            "host: each part between dots takes 1 to 63 characters");
    }
    void sentences()
    {
        QFETCH(QByteArray, uri);
        QFETCH(QString, expected);
        ResolverFixture fixture;
        fixture.supported = QStringLiteral("UDP4 UDP6 TCP4");
        fixture.server.raw("empty.example.com", Type::Soa, "\1");
        fixture.server.srv("_sip._udp.broken.example.com", 0, 0, 5060, "gone.example.com");
        fixture.server.a("group.example.com", "224.0.1.75");
        QCOMPARE(fixture.resolve(uri), expected);
    }

    void failedHopsStandLast()
    {
        ResolverFixture fixture;
        threeServers(fixture.server);
        const QString inOrder =
            QStringLiteral("UDP 192.0.2.11:5060, UDP 192.0.2.12:5060, UDP 192.0.2.13:5060");
        QCOMPARE(fixture.resolve("sip:example.com"), inOrder);
        fixture.resolver->reportFailure(udp("192.0.2.11"));
        sip::Hop overTcp = udp("192.0.2.12");
        overTcp.kind = sip::TransportKind::Tcp; // says nothing about UDP
        fixture.resolver->reportFailure(overTcp);
        QCOMPARE(fixture.resolve("sip:example.com"),
                 QStringLiteral("UDP 192.0.2.12:5060, UDP 192.0.2.13:5060, UDP 192.0.2.11:5060"));
        fixture.scheduler.advance(59s);
        QVERIFY(fixture.resolve("sip:example.com").endsWith(QStringLiteral("192.0.2.11:5060")));
        fixture.scheduler.advance(1s);
        QCOMPARE(fixture.resolve("sip:example.com"), inOrder);
    }

    void failedHopsAreBounded()
    {
        ResolverFixture fixture;
        threeServers(fixture.server);
        fixture.start();
        fixture.resolver->reportFailure(udp("192.0.2.11"));
        for (std::uint32_t i = 0; i < 1000; ++i) {
            fixture.scheduler.advance(1ms);
            fixture.resolver->reportFailure(sip::Hop{{base::IpAddress::v4(0x0a000000 + i), 5060}});
        }
        QVERIFY(fixture.resolve("sip:example.com").startsWith(QStringLiteral("UDP 192.0.2.11")));
    }

    void silence()
    {
        ResolverFixture fixture;
        fixture.tryTimeout = 60ms;
        fixture.patience = 300ms;
        fixture.server.setMode(Mode::Silent);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(fixture.resolve("sip:example.com"),
                 QStringLiteral("no DNS server answered (asked %1) for 'example.com'")
                     .arg(QString::fromLatin1(fixture.server.endpoint().toString())));
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    }

    void silenceOfSome_data()
    {
        QTest::addColumn<Type>("type");
        QTest::addColumn<DnsServer::Mode>("mode");
        QTest::addColumn<QString>("expected");
        const QString served = QStringLiteral("UDP 192.0.2.11:5060, UDP 192.0.2.12:5060, "
                                              "UDP 192.0.2.13:5060");
        QTest::newRow("NAPTR fall silently: SRV") << Type::Naptr << Mode::Silent << served;
        QTest::newRow("NAPTR fail: SRV") << Type::Naptr << Mode::ServerFailure << served;
        QTest::newRow("AAAA fall silently: A") << Type::Aaaa << Mode::Silent << served;
        QTest::newRow("SRV fall silently: the host itself")
            << Type::Srv << Mode::Silent << QStringLiteral("UDP 192.0.2.1:5060");
    }
    void silenceOfSome()
    {
        QFETCH(Type, type);
        QFETCH(DnsServer::Mode, mode);
        QFETCH(QString, expected);
        ResolverFixture fixture;
        fixture.tryTimeout = 60ms;
        fixture.patience = 3s;
        threeServers(fixture.server);
        fixture.server.a("example.com", "192.0.2.1");
        fixture.server.setMode(type, mode);
        QCOMPARE(fixture.resolve("sip:example.com"), expected);
    }

    void nothingIsAskedTwice()
    {
        ResolverFixture fixture;
        threeServers(fixture.server);
        fixture.resolve("sip:example.com");
        fixture.resolve("sip:example.com");
        QStringList once = fixture.server.questions;
        QCOMPARE(once.removeDuplicates(), 0);
    }

    void manyServersAreBounded()
    {
        ResolverFixture fixture;
        fixture.server.setMode(Type::Srv, Mode::Truncate);
        for (int i = 0; i < 100; ++i) {
            const QByteArray host = "h" + QByteArray::number(i) + ".example.com";
            fixture.server.srv("_sip._udp.example.com", i, 0, 5060, host);
            for (int n = 1; n <= 10; ++n) {
                fixture.server.a(host,
                                 "10.0." + QByteArray::number(i) + '.' + QByteArray::number(n));
            }
        }
        QCOMPARE(fixture.resolve("sip:example.com").count(QStringLiteral("UDP ")), 20);
        QVERIFY(fixture.server.questions.size() < 40);
    }

    void destroyedWithLookupsOpen()
    {
        ResolverFixture fixture;
        fixture.tryTimeout = 30ms;
        fixture.server.setMode(Mode::Silent);
        fixture.start();
        int called = 0;
        for (const char* uri :
             {"sip:a.example.com", "sips:b.example.com", "sip:c.example.com:5060"}) {
            fixture.resolver->resolve(*sip::Uri::parse(uri), [&](const auto&) { ++called; });
        }
        SOON_VERIFY(fixture.server.questions.size() > 8);
        fixture.start(); // another one in its place
        QVERIFY(fixture.resolve("sip:d.example.com").startsWith(QStringLiteral("no DNS server")));
        QCOMPARE(called, 0);
    }

    void destroyedByItsAnswer()
    {
        ResolverFixture fixture;
        threeServers(fixture.server);
        fixture.start();
        int called = 0;
        for (int i = 0; i < 3; ++i) {
            fixture.resolver->resolve(*sip::Uri::parse("sip:example.com"), [&](const auto&) {
                ++called;
                fixture.resolver.reset();
            });
        }
        SOON_VERIFY(!fixture.resolver);
        QCOMPARE(called, 1);
    }
};

QTEST_GUILESS_MAIN(tst_dns_resolver_failures)
#include "tst_dns_resolver_failures.moc"
