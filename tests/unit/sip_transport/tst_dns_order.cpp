// In which order the records of the DNS are used (RFC 2782, RFC 3403), on records without any DNS.
#include "sip/transport/SipResolverOrder.h"

#include <QTest>

#include <cmath>

using namespace hs;
using sip::DnsRecord;
using sip::DnsType;
using sip::TransportKind;

namespace {
DnsRecord srv(int priority, int weight, const QByteArray& target, int port = 5060)
{
    return {"_sip._udp.example.com", DnsType::Srv, 60,
            sip::SrvRecord{std::uint16_t(priority), std::uint16_t(weight), std::uint16_t(port),
                           target}};
}

DnsRecord naptr(int order, int preference, const QByteArray& flags, const QByteArray& service,
                const QByteArray& replacement)
{
    return {"example.com", DnsType::Naptr, 60,
            sip::NaptrRecord{std::uint16_t(order), std::uint16_t(preference), flags, service,
                             replacement}};
}

QByteArray targets(const QList<sip::SrvRecord>& records)
{
    QByteArray result;
    for (const sip::SrvRecord& record : records) {
        result += record.target;
    }
    return result;
}

bool everything(TransportKind, base::IpAddress::Family)
{
    return true;
}

bool noTls(TransportKind kind, base::IpAddress::Family)
{
    return kind != TransportKind::Tls;
}

QString shown(const QList<QList<sip::SipService>>& groups)
{
    QStringList result;
    for (const auto& group : groups) {
        QStringList names;
        for (const sip::SipService& service : group) {
            names.append(QString::fromLatin1(service.name) + u'/'
                         + sip::transportName(service.kind));
        }
        result.append(names.join(u' '));
    }
    return result.join(QStringLiteral(" | "));
}
} // namespace

class tst_dns_order : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void priorities()
    {
        // RFC 2782: a lower priority is used first, whatever the weights.
        base::Random random(1);
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(targets(sip::srvOrder({srv(20, 65535, "c"), srv(10, 0, "b"), srv(0, 1, "a")},
                                           random)),
                     QByteArray("abc"));
        }
    }

    void weights_data()
    {
        QTest::addColumn<QList<int>>("weights");
        QTest::addColumn<QList<double>>("shares"); // of being first
        QTest::newRow("RFC 2782: 1, 2 and 7 of 10")
            << QList<int>{1, 2, 7} << QList<double>{0.1, 0.2, 0.7};
        QTest::newRow("RFC 2782: equal weights") << QList<int>{50, 50} << QList<double>{0.5, 0.5};
        // With 0 drawn the one without weight is first: 1 of 101.
        QTest::newRow("RFC 2782: weight 0 has a very small chance")
            << QList<int>{100, 0} << QList<double>{100.0 / 101, 1.0 / 101};
        QTest::newRow("the heaviest there can be")
            << QList<int>{65535, 65535} << QList<double>{0.5, 0.5};
    }
    void weights()
    {
        QFETCH(QList<int>, weights);
        QFETCH(QList<double>, shares);
        constexpr int picks = 10000;
        base::Random random(42);
        QList<DnsRecord> records;
        for (qsizetype i = 0; i < weights.size(); ++i) {
            records.append(srv(5, weights.at(i), QByteArray(1, char('a' + i))));
        }
        QList<int> first(weights.size(), 0);
        for (int i = 0; i < picks; ++i) {
            const QByteArray order = targets(sip::srvOrder(records, random));
            QCOMPARE(order.size(), weights.size()); // each of them once
            ++first[order.at(0) - 'a'];
        }
        for (qsizetype i = 0; i < shares.size(); ++i) {
            // Four standard deviations.
            const double share = shares.at(i);
            const double most = 4 * std::sqrt(share * (1 - share) / picks);
            const double seen = double(first.at(i)) / picks;
            QVERIFY2(std::abs(seen - share) < most,
                     qPrintable(QStringLiteral("weight %1 was first in %2, not %3")
                                    .arg(weights.at(i))
                                    .arg(seen)
                                    .arg(share)));
        }
    }

    void withoutAPort()
    {
        base::Random random(1);
        QCOMPARE(targets(sip::srvOrder({srv(1, 1, "a", 0), srv(2, 1, "b")}, random)),
                 QByteArray("b"));
    }

    void naptrOrder_data()
    {
        QTest::addColumn<QList<DnsRecord>>("records");
        QTest::addColumn<bool>("secure");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<QString>("expected");
        const QList<DnsRecord> example{naptr(90, 50, "s", "SIP+D2T", "tcp"),
                                       naptr(50, 50, "s", "SIPS+D2T", "tls"),
                                       naptr(100, 50, "s", "SIP+D2U", "udp")};
        QTest::newRow("RFC 3263 4.1: by order")
            << example << false << true << "tls/TLS | tcp/TCP | udp/UDP";
        QTest::newRow("RFC 3263 4.1: what we don't support is dropped")
            << example << false << false << "tcp/TCP | udp/UDP";
        QTest::newRow("RFC 3263 4.1: sips takes SIPS services only")
            << example << true << true << "tls/TLS";
        QTest::newRow("RFC 3403 4.1: by preference within an order")
            << QList<DnsRecord>{naptr(1, 20, "s", "SIP+D2U", "second"),
                                naptr(1, 10, "s", "SIP+D2T", "first")}
            << false << true << "first/TCP second/UDP";
        QTest::newRow("RFC 3263 4.1: other flags and services are not for SIP")
            << QList<DnsRecord>{naptr(1, 1, "u", "E2U+SIP", "enum"),
                                naptr(1, 2, "a", "SIP+D2U", "host"),
                                naptr(1, 3, "", "SIP+D2U", "more"),
                                naptr(1, 4, "s", "SIP+D2S", "sctp"),
                                naptr(1, 5, "s", "SIP+D2U", ""),
                                naptr(1, 6, "s", "SIP+D2U", "right")}
            << false << true << "right/UDP";
    }
    void naptrOrder()
    {
        QFETCH(QList<DnsRecord>, records);
        QFETCH(bool, secure);
        QFETCH(bool, tls);
        QFETCH(QString, expected);
        QCOMPARE(shown(sip::naptrServices(records, secure, tls ? everything : noTls)), expected);
    }

    void familiesInTurns()
    {
        const auto v4 = [](std::uint32_t n) { return base::IpAddress::v4(n); };
        QCOMPARE(sip::inTurns({v4(1), v4(2), v4(3)}, {v4(9)}),
                 (QList<base::IpAddress>{v4(1), v4(9), v4(2), v4(3)}));
        QCOMPARE(sip::inTurns({}, {v4(9)}), QList<base::IpAddress>{v4(9)});
    }
};

QTEST_GUILESS_MAIN(tst_dns_order)
#include "tst_dns_order.moc"
