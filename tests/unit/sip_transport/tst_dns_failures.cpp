// DnsClient against servers that are silent, refuse, lie or send garbage, and its own end.
#include "DnsFixture.h"
#include "support/Soon.h"

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using sip::DnsType;
using Mode = DnsServer::Mode;
using Status = sip::DnsAnswer::Status;

namespace {
sip::DnsSettings shortSettings(const DnsFixture& dns)
{
    auto settings = dns.settings();
    settings.tryTimeout = 40ms;
    settings.patience = 3s;
    return settings;
}
} // namespace

class tst_dns_failures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void words_data()
    {
        QTest::addColumn<DnsServer::Mode>("mode");
        QTest::addColumn<QString>("why"); // %1: the server
        const QString silent =
            QStringLiteral("no DNS server answered (asked %1) for 'sip.example.com'");
        const QString unreachable =
            QStringLiteral("no DNS server has an answer (asked %1) for 'sip.example.com': refused, "
                           "failing or out of reach");
        QTest::newRow("silence") << Mode::Silent << silent;
        QTest::newRow("RFC 5452 9.1: an answer with another id is none") << Mode::WrongId << silent;
        QTest::newRow("garbage") << Mode::Garbage << silent;
        QTest::newRow("SERVFAIL") << Mode::ServerFailure << unreachable;
        QTest::newRow("REFUSED") << Mode::Refuse << unreachable;
    }
    void words()
    {
        QFETCH(DnsServer::Mode, mode);
        QFETCH(QString, why);
        DnsFixture dns;
        dns.server.a("sip.example.com", "192.0.2.1");
        dns.server.setMode(mode);
        const auto client = dns.client(shortSettings(dns));
        const auto answer = ask(*client, "sip.example.com", DnsType::A);
        QCOMPARE(answer.status, Status::Failed);
        QCOMPARE(answer.why, why.arg(QString::fromLatin1(dns.server.endpoint().toString())));
    }

    void patienceIsABound()
    {
        DnsFixture dns;
        dns.server.setMode(Mode::Silent);
        auto settings = dns.settings();
        settings.tryTimeout = 60s;
        settings.patience = 100ms;
        const auto client = dns.client(settings);
        QElapsedTimer timer;
        timer.start();
        const auto answer = ask(*client, "sip.example.com", DnsType::A);
        QVERIFY(answer.why.startsWith(QStringLiteral("no DNS server answered")));
        QVERIFY2(timer.elapsed() >= 90 && timer.elapsed() < 3000,
                 qPrintable(QString::number(timer.elapsed())));
    }

    void defaultsEndWithinFiveSeconds()
    {
        const sip::DnsSettings defaults;
        QVERIFY(defaults.patience <= 5s);
        QVERIFY(defaults.tryTimeout < defaults.patience / 3); // another server gets its turn
    }

    void askedTwiceWhenSilent()
    {
        DnsFixture dns;
        dns.server.setMode(Mode::Silent);
        const auto client = dns.client(shortSettings(dns));
        QCOMPARE(ask(*client, "sip.example.com", DnsType::A).status, Status::Failed);
        QCOMPARE(dns.server.asked(QStringLiteral("A sip.example.com")), 2);
    }

    void failureIsKeptForFiveSeconds()
    {
        DnsFixture dns;
        dns.server.a("sip.example.com", "192.0.2.1");
        dns.server.setMode(Mode::Silent);
        const auto client = dns.client(shortSettings(dns));
        QCOMPARE(ask(*client, "sip.example.com", DnsType::A).status, Status::Failed);
        dns.server.setMode(Mode::Answer);
        QCOMPARE(ask(*client, "sip.example.com", DnsType::A).status, Status::Failed);
        dns.scheduler.advance(5s);
        QVERIFY(ask(*client, "sip.example.com", DnsType::A).found());
    }

    void nextServerAnswers_data()
    {
        QTest::addColumn<DnsServer::Mode>("first");
        QTest::newRow("after a silent one") << Mode::Silent;
        QTest::newRow("after one that fails") << Mode::ServerFailure;
        QTest::newRow("after one that refuses") << Mode::Refuse;
    }
    void nextServerAnswers()
    {
        QFETCH(DnsServer::Mode, first);
        DnsFixture dns;
        DnsServer second;
        dns.server.setMode(first);
        second.a("sip.example.com", "192.0.2.1");
        auto settings = shortSettings(dns);
        settings.servers.append(second.endpoint());
        const auto client = dns.client(settings);
        QVERIFY(ask(*client, "sip.example.com", DnsType::A).found());
    }

    void nobodyListens()
    {
        auto server = std::make_unique<DnsFixture>();
        const auto settings = shortSettings(*server);
        ManualScheduler scheduler;
        const base::Endpoint gone = server->server.endpoint();
        server.reset();
        sip::DnsClient client(scheduler.clock(), settings);
        const auto answer = ask(client, "sip.example.com", DnsType::A);
        QCOMPARE(answer.why,
                 QStringLiteral("no DNS server has an answer (asked %1) for "
                                "'sip.example.com': refused, failing or out of reach")
                     .arg(QString::fromLatin1(gone.toString())));
    }

    void serverOverIpv6IsNamed()
    {
        DnsFixture dns;
        auto settings = shortSettings(dns);
        settings.servers = {{*base::IpAddress::parse("::1"), 1}};
        const auto client = dns.client(settings);
        const auto answer = ask(*client, "sip.example.com", DnsType::A);
        QVERIFY2(answer.why.contains(QStringLiteral("(asked [::1]:1)")), qPrintable(answer.why));
    }

    void cutAtEachOctet()
    {
        DnsFixture dns;
        dns.server.srv("_sip._udp.example.com", 1, 2, 5060, "pbx.example.com");
        qsizetype keep = 0;
        qsizetype whole = 0;
        dns.server.setMutation([&](QByteArray& answer) {
            whole = answer.size();
            answer.truncate(keep);
        });
        auto settings = dns.settings();
        settings.tryTimeout = 2ms;
        settings.tries = 1;
        settings.patience = 200ms;
        do {
            const auto client = dns.client(settings);
            const auto answer = ask(*client, "_sip._udp.example.com", DnsType::Srv);
            QCOMPARE(answer.found(), whole > 0 && keep >= whole);
            QVERIFY(answer.found() || !answer.why.isEmpty());
            ++keep;
        } while (whole == 0 || keep <= whole);
        QVERIFY(whole > 60);
    }

    void destroyedWithQuestionsOut()
    {
        DnsFixture dns;
        dns.server.setMode(Mode::Silent);
        auto client = dns.client(shortSettings(dns));
        int called = 0;
        for (const char* name : {"a.example.com", "b.example.com", "localhost"}) {
            client->query({name, DnsType::A}, [&](const sip::DnsAnswer&) { ++called; });
        }
        SOON_COMPARE(dns.server.questions.size(), 2);
        SOON_COMPARE(called, 1); // localhost
        client.reset();
        // Another client's whole wait, in which the first one's would have ended too.
        const auto other = dns.client(shortSettings(dns));
        QCOMPARE(ask(*other, "c.example.com", DnsType::A).status, Status::Failed);
        QCOMPARE(called, 1);
    }

    void destroyedByItsAnswer_data()
    {
        QTest::addColumn<DnsServer::Mode>("mode");
        QTest::newRow("found") << Mode::Answer;
        QTest::newRow("refused") << Mode::Refuse;
        QTest::newRow("silence") << Mode::Silent;
    }
    void destroyedByItsAnswer()
    {
        QFETCH(DnsServer::Mode, mode);
        DnsFixture dns;
        dns.server.a("sip.example.com", "192.0.2.1");
        dns.server.setMode(mode);
        auto client = dns.client(shortSettings(dns));
        int called = 0;
        for (int i = 0; i < 3; ++i) {
            client->query({"sip.example.com", DnsType::A}, [&](const sip::DnsAnswer&) {
                ++called;
                client.reset();
            });
        }
        SOON_VERIFY(!client);
        QCOMPARE(called, 1);
    }
};

QTEST_GUILESS_MAIN(tst_dns_failures)
#include "tst_dns_failures.moc"
