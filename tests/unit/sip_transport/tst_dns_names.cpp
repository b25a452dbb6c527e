// Names that may be asked for, the hosts file, and how long answers are kept.
#include "sip/transport/DnsCache.h"
#include "sip/transport/DnsHosts.h"
#include "sip/transport/DnsName.h"
#include "support/ManualScheduler.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hs;
using namespace std::chrono_literals;
using Status = sip::DnsAnswer::Status;

class tst_dns_names : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected"); // null: refused
        const QByteArray label(63, 'a');
        const QByteArray longest = label + '.' + label + '.' + label + '.' + QByteArray(61, 'b');
        QTest::newRow("letters in lower case")
            << QByteArray("SIP.Example.COM") << QByteArray("sip.example.com");
        QTest::newRow("one dot at the end")
            << QByteArray("example.com.") << QByteArray("example.com");
        QTest::newRow("RFC 2782: underscores") << QByteArray("_sip._udp.my_pbx.example.com")
                                               << QByteArray("_sip._udp.my_pbx.example.com");
        QTest::newRow("RFC 5891: ACE") << QByteArray("b\xc3\xbc"
                                                     "cher.example")
                                       << QByteArray("xn--bcher-kva.example");
        QTest::newRow("RFC 1035 2.3.4: a label of 63") << label << label;
        QTest::newRow("RFC 1035 2.3.4: a label of 64") << label + 'a' << QByteArray();
        QTest::newRow("RFC 1035 2.3.4: 253 in all") << longest << longest;
        QTest::newRow("RFC 1035 2.3.4: 254 in all") << longest + 'b' << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("a dot alone") << QByteArray(".") << QByteArray();
        QTest::newRow("two dots") << QByteArray("a..b") << QByteArray();
        QTest::newRow("two dots at the end") << QByteArray("a..") << QByteArray();
        QTest::newRow("a blank") << QByteArray("a b.example") << QByteArray();
        QTest::newRow("a NUL") << QByteArray("a\0b.example", 11) << QByteArray();
        QTest::newRow("no UTF-8") << QByteArray("a\xff.example") << QByteArray();
        QTest::newRow("RFC 3696 2: an address with a mistake")
            << QByteArray("192.0.2.300") << QByteArray();
        QTest::newRow("a megabyte") << QByteArray(1 << 20, 'a') << QByteArray();
    }
    void names()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto name = sip::dnsName(text);
        QCOMPARE(name.ok(), !expected.isNull());
        if (name) {
            QCOMPARE(*name, expected);
        } else {
            QVERIFY(name.error().text.contains(QStringLiteral("is no name of a host: ")));
            QVERIFY(name.error().text.size() < 200);
        }
    }

    void hostsFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("hosts"));
        const auto write = [&](const QByteArray& text, const QDateTime& time) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(text);
            file.flush();
            QVERIFY(file.setFileTime(time, QFileDevice::FileModificationTime));
        };
        const QDateTime then = QDateTime::fromSecsSinceEpoch(1700000000);
        write("# comment\n192.0.2.7\tPBX pbx.office # the old one\n2001:db8::7 pbx\n\nrubbish\n",
              then);
        sip::DnsHosts hosts(path);
        const auto v4 = *base::IpAddress::parse("192.0.2.7");
        const auto v6 = *base::IpAddress::parse("2001:db8::7");
        QCOMPARE(hosts.addressesOf("pbx"), (QList<base::IpAddress>{v4, v6}));
        QCOMPARE(hosts.addressesOf("pbx.office"), QList<base::IpAddress>{v4});
        QCOMPARE(hosts.addressesOf("one"), QList<base::IpAddress>());
        write("2001:db8::7 pbx\n", then.addSecs(5));
        QCOMPARE(hosts.addressesOf("pbx"), QList<base::IpAddress>{v6});
    }

    void localhostNeedsNoFile()
    {
        sip::DnsHosts hosts{QString()};
        const QList<base::IpAddress> loopback{base::IpAddress::loopbackV4(),
                                              *base::IpAddress::parse("::1")};
        QCOMPARE(hosts.addressesOf("localhost"), loopback);
        QCOMPARE(hosts.addressesOf("pbx.localhost"), loopback); // RFC 6761 section 6.3
        QCOMPARE(hosts.addressesOf("notlocalhost"), QList<base::IpAddress>());
    }

    void kept_data()
    {
        QTest::addColumn<Status>("status");
        QTest::addColumn<int>("ttl"); // -1: none
        QTest::addColumn<int>("seconds");
        QTest::newRow("RFC 1035 3.2.1: as long as the TTL") << Status::Found << 60 << 60;
        QTest::newRow("RFC 1035 3.2.1: TTL 0, a second") << Status::Found << 0 << 1;
        QTest::newRow("no longer than a day") << Status::Found << 0x7fffffff << 86400;
        QTest::newRow("RFC 2308 5: as the SOA says") << Status::NoSuchName << 15 << 15;
        QTest::newRow("a no is kept half a minute at most") << Status::NoData << 3600 << 30;
        QTest::newRow("a no without an SOA") << Status::NoData << -1 << 10;
        QTest::newRow("RFC 2308 7.1: a failure, shortly") << Status::Failed << -1 << 5;
    }
    void kept()
    {
        QFETCH(Status, status);
        QFETCH(int, ttl);
        QFETCH(int, seconds);
        test::ManualClock clock;
        sip::DnsCache cache(clock, 4);
        const sip::DnsQuestion question{"example.com", sip::DnsType::A};
        cache.put(question, {status, {}, {}},
                  ttl < 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(ttl)));
        const auto start = clock.now();
        clock.set(start + std::chrono::seconds(seconds) - 1ms);
        QVERIFY(cache.find(question));
        QVERIFY(!cache.find({"example.com", sip::DnsType::Aaaa}));
        clock.set(start + std::chrono::seconds(seconds));
        QVERIFY(!cache.find(question));
    }

    void cacheIsBounded()
    {
        test::ManualClock clock;
        sip::DnsCache cache(clock, 3);
        const auto put = [&](const char* name, std::uint32_t ttl) {
            cache.put({name, sip::DnsType::A}, {Status::Found, {}, {}}, ttl);
        };
        put("a", 100);
        put("b", 10);
        put("c", 50);
        put("d", 70);
        QCOMPARE(cache.size(), std::size_t(3));
        QVERIFY(!cache.find({"b", sip::DnsType::A})); // it would have ended first
        QVERIFY(cache.find({"a", sip::DnsType::A}));
        QVERIFY(cache.find({"d", sip::DnsType::A}));
    }
};

QTEST_GUILESS_MAIN(tst_dns_names)
#include "tst_dns_names.moc"
