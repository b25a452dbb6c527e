// DNS answers as they are on the wire, good and bad (RFC 1035, 2782, 3403).
#include "sip/transport/DnsMessage.h"

#include <QTest>

using namespace hs;
using sip::DnsMessage;

namespace {
// One question, "example.com" at octet 12, and what follows it; counts of answers and authorities.
QByteArray message(int answers, const QByteArray& records, int authorities = 0, char code = 0)
{
    QByteArray head = QByteArray::fromHex("123481800001");
    head[3] = static_cast<char>(0x80 | code);
    head += char(0);
    head += static_cast<char>(answers);
    head += char(0);
    head += static_cast<char>(authorities);
    return head + QByteArray::fromHex("0000") + QByteArray::fromHex("07") + "example"
        + QByteArray::fromHex("03") + "com"
        + QByteArray::fromHex("00"
                              "0001"
                              "0001")
        + records;
}

std::optional<DnsMessage> parse(const QByteArray& bytes)
{
    return DnsMessage::parse(
        std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

// Owner: the question's name by a pointer.
QByteArray record(const QByteArray& type, const QByteArray& data,
                  const QByteArray& ttl = "0000012c")
{
    return QByteArray::fromHex("c00c" + type + "0001" + ttl) + char(0)
        + static_cast<char>(data.size()) + data;
}

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

QString shown(const sip::DnsRecord& record)
{
    QString data;
    if (const auto* address = std::get_if<base::IpAddress>(&record.data)) {
        data = QString::fromLatin1(address->toString());
    } else if (const auto* name = std::get_if<QByteArray>(&record.data)) {
        data = QString::fromLatin1(*name);
    } else if (const auto* srv = std::get_if<sip::SrvRecord>(&record.data)) {
        data = QStringLiteral("%1 %2 %3 '%4'")
                   .arg(srv->priority)
                   .arg(srv->weight)
                   .arg(srv->port)
                   .arg(QString::fromLatin1(srv->target));
    } else if (const auto* naptr = std::get_if<sip::NaptrRecord>(&record.data)) {
        data = QStringLiteral("%1 %2 %3 %4 '%5'")
                   .arg(naptr->order)
                   .arg(naptr->preference)
                   .arg(QString::fromLatin1(naptr->flags), QString::fromLatin1(naptr->service),
                        QString::fromLatin1(naptr->replacement));
    }
    return QStringLiteral("%1 %2 %3 ")
               .arg(QString::fromLatin1(record.owner))
               .arg(record.ttl)
               .arg(sip::dnsTypeName(record.type))
        + data;
}

QByteArray everyType()
{
    return message(5,
                   record("0001", hex("c0000201")) + record("0005", hex("03") + "pbx" + hex("c00c"))
                       + record("001c", hex("20010db8000000000000000000000007"))
                       + record("0021", hex("000a0014 13c4") + hex("03") + "pbx" + hex("c00c"))
                       + record("0023",
                                hex("000a0064") + hex("01") + "S" + hex("07") + "sip+d2u"
                                    + hex("00") + hex("04") + "_sip" + hex("c00c")));
}
} // namespace

class tst_dns_message : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void records_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("expected");
        const QByteArray target = hex("03") + "pbx" + hex("c00c");
        QTest::newRow("RFC 1035 3.4.1: A")
            << record("0001", hex("c0000201")) << "example.com 300 A 192.0.2.1";
        QTest::newRow("RFC 3596: AAAA") << record("001c", hex("20010db8000000000000000000000007"))
                                        << "example.com 300 AAAA 2001:db8::7";
        QTest::newRow("RFC 1035 3.3.1: CNAME")
            << record("0005", target) << "example.com 300 CNAME pbx.example.com";
        QTest::newRow("RFC 2782: SRV, its target compressed though it should not")
            << record("0021", hex("000a001413c4") + target)
            << "example.com 300 SRV 10 20 5060 'pbx.example.com'";
        QTest::newRow("RFC 2782: the target '.'")
            << record("0021", hex("000000000000") + hex("00")) << "example.com 300 SRV 0 0 0 ''";
        QTest::newRow("RFC 3403: NAPTR, letters of any case")
            << record("0023",
                      hex("000a0064") + hex("01") + "S" + hex("07") + "sip+D2u" + hex("00")
                          + target)
            << "example.com 300 NAPTR 10 100 s SIP+D2U 'pbx.example.com'";
        QTest::newRow("RFC 2181 8: a TTL with its first bit set is 0")
            << record("0001", hex("c0000201"), "80000001") << "example.com 0 A 192.0.2.1";
        QTest::newRow("names are compared in lower case")
            << record("0005", hex("03") + "PBX" + hex("c00c"))
            << "example.com 300 CNAME pbx.example.com";
    }
    void records()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, expected);
        const auto parsed = parse(message(1, answer));
        QVERIFY(parsed);
        QCOMPARE(parsed->question, QByteArray("example.com"));
        QCOMPARE(parsed->answers.size(), 1);
        QCOMPARE(shown(parsed->answers.first()), expected);
    }

    void leftOut_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("a type nobody asked for") << record("0010", hex("0374787 4"));
        QTest::newRow("an address of five octets") << record("0001", hex("c000020101"));
        QTest::newRow("an address of three octets") << record("0001", hex("c00002"));
        QTest::newRow("IPv6 in four octets") << record("001c", hex("c0000201"));
        QTest::newRow("SRV without a target") << record("0021", hex("000a001413c4"));
        QTest::newRow("SRV with more behind its target")
            << record("0021", hex("000a001413c4") + hex("00ff"));
        QTest::newRow("NAPTR whose text is longer than the record")
            << record("0023", hex("000a0064") + hex("ff") + "S");
        QTest::newRow("a dot inside a label") << record("0005", hex("07") + "pbx.com" + hex("00"));
        QTest::newRow("a line end inside a label")
            << record("0005", hex("03") + "a\r\n" + hex("00"));
        QTest::newRow("a NUL inside a label") << record("0005",
                                                        hex("03610062"
                                                            "00"));
        QTest::newRow("RFC 1035 4.1.4: a pointer at itself") << record("0005", hex("c029"));
        QTest::newRow("RFC 1035 4.1.4: a pointer forward") << record("0005", hex("c0ff"));
        QTest::newRow("RFC 1035 4.1.4: a label of the reserved kind")
            << record("0005", hex("4161"));
        QTest::newRow("an alias of the root") << record("0005", hex("00"));
    }
    void leftOut()
    {
        QFETCH(QByteArray, answer);
        const auto parsed = parse(message(2, answer + record("0001", hex("c0000201"))));
        QVERIFY(parsed);
        QCOMPARE(parsed->answers.size(), 1); // what stands behind it is read
        QCOMPARE(shown(parsed->answers.first()), QStringLiteral("example.com 300 A 192.0.2.1"));
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray query = message(0, {});
        query[2] = 0x01;
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a question, no answer") << query;
        QTest::newRow("no question") << QByteArray::fromHex("123481800000000000000000");
        QTest::newRow("fewer answers than it says") << message(2, record("0001", hex("c0000201")));
        QTest::newRow("data longer than the message")
            << message(1, hex("c00c000100010000012cffff"));
        QTest::newRow("an owner that points at itself")
            << message(1, hex("c01d000100010000012c0000"));
    }
    void refused()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!parse(bytes));
    }

    void negativeTtl()
    {
        // RFC 2308 section 5: the smaller one of the SOA's own TTL and its MINIMUM.
        const QByteArray soa = hex("0000") + QByteArray(16, '\1') + hex("0000000f");
        const auto parsed = parse(message(0, record("0006", soa), 1, 3));
        QVERIFY(parsed);
        QCOMPARE(parsed->responseCode, std::uint8_t(3));
        QCOMPARE(parsed->negativeTtl, std::optional<std::uint32_t>(15));
        QCOMPARE(parse(message(0, {}, 0, 3))->negativeTtl, std::optional<std::uint32_t>());
    }

    void cutAtEachOctet()
    {
        const QByteArray whole = everyType();
        QCOMPARE(parse(whole)->answers.size(), 5);
        for (qsizetype size = 0; size < whole.size(); ++size) {
            // An allocation of just this size, so that a sanitizer sees a read beyond it.
            const std::vector<char> cut(whole.begin(), whole.begin() + size);
            QVERIFY2(!DnsMessage::parse(std::as_bytes(std::span(cut))),
                     qPrintable(QStringLiteral("cut at octet %1").arg(size)));
        }
    }

    void eachOctetChanged()
    {
        const QByteArray whole = everyType();
        int readable = 0;
        for (qsizetype at = 0; at < whole.size(); ++at) {
            for (int value = 0; value < 256; ++value) {
                std::vector<char> changed(whole.begin(), whole.end());
                changed[static_cast<std::size_t>(at)] = static_cast<char>(value);
                const auto parsed = DnsMessage::parse(std::as_bytes(std::span(changed)));
                readable += parsed ? 1 : 0;
                QVERIFY(!parsed || parsed->answers.size() <= 5);
            }
        }
        QVERIFY(readable > 0);
    }

    void mostRecords()
    {
        QByteArray many;
        for (int i = 0; i < 200; ++i) {
            many += record("0001", hex("c0000201"));
        }
        const auto parsed = parse(message(char(200), many));
        QVERIFY(parsed);
        QCOMPARE(parsed->answers.size(), DnsMessage::mostRecords);
    }
};

QTEST_GUILESS_MAIN(tst_dns_message)
#include "tst_dns_message.moc"
