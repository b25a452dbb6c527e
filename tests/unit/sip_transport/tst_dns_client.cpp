// DnsClient against a server on loopback: records, aliases, what is kept.
#include "DnsFixture.h"
#include "support/Soon.h"

#include <QTemporaryFile>

using namespace hs;
using namespace hs::test;
using sip::DnsType;
using Status = sip::DnsAnswer::Status;

class tst_dns_client : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addressesInTheirOrder()
    {
        DnsFixture dns;
        dns.server.a("sip.example.com", "192.0.2.1");
        dns.server.a("sip.example.com", "192.0.2.2");
        dns.server.aaaa("sip.example.com", "2001:db8::1");
        const auto client = dns.client();
        QCOMPARE(addresses(ask(*client, "sip.example.com", DnsType::A)),
                 (QStringList{QStringLiteral("192.0.2.1"), QStringLiteral("192.0.2.2")}));
        QCOMPARE(addresses(ask(*client, "sip.example.com", DnsType::Aaaa)),
                 QStringList{QStringLiteral("2001:db8::1")});
    }

    void services()
    {
        DnsFixture dns;
        dns.server.srv("_sip._udp.example.com", 10, 20, 5070, "pbx.example.com");
        dns.server.naptr("example.com", 50, 60, "s", "SIP+D2U", "_sip._udp.example.com");
        const auto client = dns.client();
        const auto srv = ask(*client, "_sip._udp.example.com", DnsType::Srv);
        QVERIFY2(srv.found(), qPrintable(srv.why));
        QCOMPARE(std::get<sip::SrvRecord>(srv.records.first().data),
                 (sip::SrvRecord{10, 20, 5070, "pbx.example.com"}));
        const auto naptr = ask(*client, "example.com", DnsType::Naptr);
        QVERIFY2(naptr.found(), qPrintable(naptr.why));
        QCOMPARE(std::get<sip::NaptrRecord>(naptr.records.first().data),
                 (sip::NaptrRecord{50, 60, "s", "SIP+D2U", "_sip._udp.example.com"}));
    }

    void aliases_data()
    {
        QTest::addColumn<bool>("serverFollows");
        QTest::newRow("RFC 1034 3.6.2: the whole chain in one answer") << true;
        QTest::newRow("RFC 1034 3.6.2: one alias in each answer") << false;
    }
    void aliases()
    {
        QFETCH(bool, serverFollows);
        DnsFixture dns;
        dns.server.setFollowsAliases(serverFollows);
        dns.server.cname("sip.example.com", "pbx.example.com", 50);
        dns.server.cname("pbx.example.com", "host.example.net", 20);
        dns.server.a("host.example.net", "192.0.2.1", 100);
        const auto client = dns.client();
        const QStringList expected{QStringLiteral("192.0.2.1")};
        QCOMPARE(addresses(ask(*client, "sip.example.com", DnsType::A)), expected);
        const int before = dns.server.asked(QStringLiteral("A sip.example.com"));
        dns.scheduler.advance(std::chrono::seconds(19));
        QCOMPARE(addresses(ask(*client, "sip.example.com", DnsType::A)), expected);
        QCOMPARE(dns.server.asked(QStringLiteral("A sip.example.com")), before);
        dns.scheduler.advance(std::chrono::seconds(1)); // the shortest TTL of the chain is over
        QCOMPARE(addresses(ask(*client, "sip.example.com", DnsType::A)), expected);
        QCOMPARE(dns.server.asked(QStringLiteral("A sip.example.com")), before + 1);
    }

    void aliasesWithoutEnd()
    {
        DnsFixture dns;
        dns.server.setFollowsAliases(false);
        dns.server.cname("a.example.com", "b.example.com");
        dns.server.cname("b.example.com", "a.example.com");
        for (int i = 0; i < 20; ++i) {
            dns.server.cname("n" + QByteArray::number(i) + ".example.com",
                             "n" + QByteArray::number(i + 1) + ".example.com");
        }
        const auto client = dns.client();
        for (const char* name : {"a.example.com", "n0.example.com"}) {
            const auto answer = ask(*client, name, DnsType::A);
            QCOMPARE(answer.status, Status::Failed);
            QVERIFY2(answer.why.contains(QStringLiteral("its aliases come to no end")),
                     qPrintable(answer.why));
        }
        QVERIFY(dns.server.questions.size() < 15);
    }

    void aliasOfNothing()
    {
        DnsFixture dns;
        dns.server.setFollowsAliases(false);
        dns.server.cname("sip.example.com", "gone.example.net");
        const auto client = dns.client();
        const auto answer = ask(*client, "sip.example.com", DnsType::A);
        QCOMPARE(answer.status, Status::NoSuchName);
        QCOMPARE(answer.why,
                 QStringLiteral("'sip.example.com' stands for another name: the name "
                                "'gone.example.net' does not exist"));
    }

    void keptForTheTtl()
    {
        DnsFixture dns;
        dns.server.a("sip.example.com", "192.0.2.1", 60);
        const auto client = dns.client();
        QVERIFY(ask(*client, "sip.example.com", DnsType::A).found());
        dns.server.forget("sip.example.com");
        dns.server.a("sip.example.com", "192.0.2.2", 60);
        dns.scheduler.advance(std::chrono::milliseconds(59999));
        QCOMPARE(addresses(ask(*client, "sip.example.com", DnsType::A)),
                 QStringList{QStringLiteral("192.0.2.1")});
        dns.scheduler.advance(std::chrono::milliseconds(1));
        QCOMPARE(addresses(ask(*client, "sip.example.com", DnsType::A)),
                 QStringList{QStringLiteral("192.0.2.2")});
        QCOMPARE(dns.server.questions.size(), 2);
    }

    void noIsKeptShortly()
    {
        DnsFixture dns;
        dns.server.setNegativeTtl(20);
        const auto client = dns.client();
        const auto answer = ask(*client, "new.example.com", DnsType::A);
        QCOMPARE(answer.status, Status::NoSuchName);
        QCOMPARE(answer.why, QStringLiteral("the name 'new.example.com' does not exist"));
        dns.server.a("new.example.com", "192.0.2.1");
        QCOMPARE(ask(*client, "new.example.com", DnsType::A).status, Status::NoSuchName);
        dns.scheduler.advance(std::chrono::milliseconds(19999));
        QCOMPARE(ask(*client, "new.example.com", DnsType::A).status, Status::NoSuchName);
        dns.scheduler.advance(std::chrono::milliseconds(1));
        QVERIFY(ask(*client, "new.example.com", DnsType::A).found());
    }

    void existsWithoutThatType()
    {
        DnsFixture dns;
        dns.server.aaaa("sip.example.com", "2001:db8::1");
        const auto client = dns.client();
        const auto answer = ask(*client, "sip.example.com", DnsType::A);
        QCOMPARE(answer.status, Status::NoData);
        QCOMPARE(answer.why, QStringLiteral("'sip.example.com' exists but has no IPv4 address"));
        QCOMPARE(ask(*client, "example.com", DnsType::Srv).why,
                 QStringLiteral("'example.com' exists but has no SRV record"));
    }

    void sameQuestionIsAskedOnce()
    {
        DnsFixture dns;
        dns.server.a("sip.example.com", "192.0.2.1");
        const auto client = dns.client();
        int answers = 0;
        for (int i = 0; i < 5; ++i) {
            client->query({"sip.example.com", DnsType::A},
                          [&](const sip::DnsAnswer& answer) { answers += answer.found(); });
        }
        SOON_COMPARE(answers, 5);
        QCOMPARE(dns.server.questions.size(), 1);
    }

    void truncatedAnswerOverTcp()
    {
        // RFC 7766 section 5: 100 records are more than a datagram takes.
        DnsFixture dns;
        dns.server.setMode(DnsServer::Mode::Truncate);
        for (int i = 0; i < 100; ++i) {
            dns.server.srv("_sip._udp.example.com", i, 0, 5060, "pbx.example.com");
        }
        const auto client = dns.client();
        const auto answer = ask(*client, "_sip._udp.example.com", DnsType::Srv);
        QVERIFY2(answer.found(), qPrintable(answer.why));
        QCOMPARE(answer.records.size(), 100);
        QCOMPARE(dns.server.questions,
                 (QStringList{QStringLiteral("SRV _sip._udp.example.com"),
                              QStringLiteral("SRV _sip._udp.example.com tcp")}));
    }

    void hostsFileBeforeAnyServer()
    {
        DnsFixture dns;
        dns.server.a("pbx.example.com", "192.0.2.99");
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("192.0.2.7 pbx.example.com\n");
        file.flush();
        auto settings = dns.settings();
        settings.hostsFile = file.fileName();
        const auto client = dns.client(settings);
        QCOMPARE(addresses(ask(*client, "pbx.example.com", DnsType::A)),
                 QStringList{QStringLiteral("192.0.2.7")});
        QCOMPARE(ask(*client, "pbx.example.com", DnsType::Aaaa).status, Status::NoData);
        QCOMPARE(addresses(ask(*client, "localhost", DnsType::A)),
                 QStringList{QStringLiteral("127.0.0.1")});
        QCOMPARE(dns.server.questions, QStringList());
    }
};

QTEST_GUILESS_MAIN(tst_dns_client)
#include "tst_dns_client.moc"
