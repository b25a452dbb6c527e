// STUN Binding on the wire (RFC 8489), with the vectors of RFC 5769.
#include "base/StunMessage.h"

#include <QTest>

#include <vector>

using namespace hs;
using base::StunResponse;

namespace {
using Octets = std::vector<std::byte>;

Octets octets(const QByteArray& bytes)
{
    const auto view =
        std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    return {view.begin(), view.end()}; // of just this size, so that a sanitizer sees a read beyond
}

const QByteArray id = QByteArray::fromHex("b7e7a701bc34d686fa87dfae");

// RFC 5769 section 2.1
const QByteArray requestVector = QByteArray::fromHex(
    "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
    "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
    "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57b3bcf");
// RFC 5769 section 2.2
const QByteArray ipv4Vector = QByteArray::fromHex(
    "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
    "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96");
// RFC 5769 section 2.3
const QByteArray ipv6Vector =
    QByteArray::fromHex("010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
                        "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf117"
                        "84c97c8292c275bfe3ed41"
                        "80280004c8fb0b4c");

QByteArray message(const QByteArray& type, const QByteArray& attributes)
{
    const auto size = static_cast<quint16>(attributes.size());
    return QByteArray::fromHex(type) + static_cast<char>(size >> 8) + static_cast<char>(size & 0xff)
        + QByteArray::fromHex("2112a442") + id + attributes;
}

QByteArray success(const QByteArray& hexAttributes)
{
    return message("0101", QByteArray::fromHex(hexAttributes));
}

QByteArray refusal(const QByteArray& hexAttributes)
{
    return message("0111", QByteArray::fromHex(hexAttributes));
}

const QByteArray xorMapped = "002000080001a147e112a643"; // 192.0.2.1:32853
const QByteArray plainMapped = "000100080001138dc6336401"; // 198.51.100.1:5005
} // namespace

class tst_stun_message : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void good_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray first = "192.0.2.1:32853";
        QTest::newRow("RFC 5769 2.2: IPv4") << ipv4Vector << first;
        QTest::newRow("RFC 5769 2.3: IPv6")
            << ipv6Vector << QByteArray("[2001:db8:1234:5678:11:2233:4455:6677]:32853");
        QTest::newRow("RFC 8489 14.2: XOR-MAPPED-ADDRESS alone") << success(xorMapped) << first;
        QTest::newRow("RFC 8489 14.1: MAPPED-ADDRESS alone")
            << success(plainMapped) << QByteArray("198.51.100.1:5005");
        QTest::newRow("RFC 8489 14.2: the exclusive-ored one is believed")
            << success(plainMapped + xorMapped) << first;
        QTest::newRow("RFC 8489 14: the first of a type counts")
            << success(xorMapped + "002000080001a147e112a6ff") << first;
        QTest::newRow("RFC 8489 6.3.3: an optional attribute of any kind")
            << success("c001000361626300" + xorMapped) << first;
        QTest::newRow("RFC 3489 11.2: SOURCE-ADDRESS and CHANGED-ADDRESS of an old server")
            << success("00040008000113c4cb007101"
                       "00050008000113c5cb007102"
                       + xorMapped)
            << first;
        QTest::newRow("RFC 8489 14.5: nothing behind the integrity is believed")
            << success(plainMapped + "00080014" + QByteArray(40, '0') + xorMapped)
            << QByteArray("198.51.100.1:5005");
    }
    void good()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        const Octets datagram = octets(bytes);
        QVERIFY(base::isStun(datagram));
        const auto response = StunResponse::parse(datagram);
        QVERIFY2(response, qPrintable(response ? QString() : response.error().text));
        QCOMPARE(response->mapped.toString(), expected);
        QCOMPARE(response->errorCode, 0);
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(response->id.data()), 12), id);
    }

    void refused()
    {
        const auto response =
            StunResponse::parse(octets(refusal("000900100000040156 6e617574686f7269736564"
                                               "0014000161000000")));
        QVERIFY2(response, qPrintable(response ? QString() : response.error().text));
        QCOMPARE(response->errorCode, 401);
        QCOMPARE(response->reason, QByteArray("Vnauthorised"));
        QVERIFY(response->mapped.isNull());
    }

    void bad_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* rule, const QByteArray& bytes, const char* why) {
            QTest::newRow(rule) << bytes << QString::fromLatin1(why);
        };
        QByteArray noCookie = ipv4Vector;
        noCookie[4] = 0x20;
        QByteArray changed = ipv4Vector;
        changed[30] = 'X';
        QByteArray longer = ipv4Vector;
        longer[3] = 0x40;
        row("nothing", {}, "it is shorter than a header");
        row("RFC 8489 5: no cookie", noCookie, "it has no magic cookie");
        row("RFC 8489 5: a request", requestVector, "its type is 0x0001");
        row("RFC 8489 5: an indication", message("0011", {}), "its type is 0x0011");
        row("RFC 8489 5: a success of another method", message("0103", {}), "its type is 0x0103");
        row("RFC 8489 5: a length beyond the end", longer, "its length is wrong");
        row("RFC 8489 5: a length that is no multiple of 4", message("0101", "abc"),
            "its length is wrong");
        row("RFC 8489 14.7: a wrong fingerprint", changed, "its fingerprint is wrong");
        row("RFC 8489 14.7: something behind the fingerprint",
            success(xorMapped + "80280004d3f4dafb8022000461626364"), "its fingerprint is wrong");
        row("RFC 8489 14: an attribute beyond the end", success("0020000c0001a147e112a643"),
            "an attribute is cut short");
        row("RFC 8489 14: half an attribute's head",
            message("0101", QByteArray(2, '\0') + "\0\0").left(20)
                + QByteArray::fromHex("00200000"),
            "its length is wrong");
        row("RFC 8489 14.1: an unknown family", success("002000080003a147e112a643"),
            "its address makes no sense");
        row("RFC 8489 14.1: IPv6 in four octets", success("002000080002a147e112a643"),
            "its address makes no sense");
        row("RFC 8489 14.1: IPv4 in sixteen octets",
            success("002000140001a1470113a9faa5d3f179bc25f4b5bed2b9d9"),
            "its address makes no sense");
        row("RFC 8489 6.3.3: an attribute that has to be understood",
            success(xorMapped + "7f010000"),
            "it has an attribute 0x7f01 that has to be understood");
        row("RFC 8489 6.3.3: a success without an address", success("8022000461626364"),
            "it says no address that could be ours");
        row("port 0", success("000100080001 0000c6336401"),
            "it says no address that could be ours");
        row("any address", success("000100080001138d00000000"),
            "it says no address that could be ours");
        row("a multicast address", success("000100080001138de0000001"),
            "it says no address that could be ours");
        row("RFC 8489 6.3.4: an error without a code", refusal(""), "an error without a code");
        row("RFC 8489 14.8: the code 299", refusal("0009000400000263"),
            "its error code makes no sense");
        row("RFC 8489 14.8: the code 4 and 100", refusal("0009000400000464"),
            "its error code makes no sense");
        row("RFC 8489 14.8: two octets of a code", refusal("0009000200000000"),
            "its error code makes no sense");
    }
    void bad()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, why);
        const auto response = StunResponse::parse(octets(bytes));
        QVERIFY(!response);
        QCOMPARE(response.error().text,
                 QStringLiteral("the answer is no STUN Binding response: ") + why);
    }

    void request()
    {
        base::StunId ours;
        std::copy(id.begin(), id.end(), ours.begin());
        const QByteArray plain = base::stunBindingRequest(ours);
        QCOMPARE(plain.left(20), QByteArray::fromHex("000100082112a442") + id);
        QCOMPARE(plain.mid(20, 4), QByteArray::fromHex("80280004"));
        QCOMPARE(plain.size(), 28);
        const QByteArray named = base::stunBindingRequest(ours, "test vector");
        QCOMPARE(named.mid(20, 16), QByteArray::fromHex("8022000b7465737420766563746f7200"));
        QCOMPARE(named.size() % 4, 0);
        // Turned into a response, its fingerprint is found wrong for that alone.
        QByteArray turned = named;
        turned[0] = 0x01;
        turned[1] = 0x01;
        QVERIFY(StunResponse::parse(octets(turned))
                    .error()
                    .text.endsWith(QStringLiteral("its fingerprint is wrong")));
        QCOMPARE(base::stunBindingRequest(ours, QByteArray(1000, 'a')).size(), 20 + 132 + 8);
    }

    void idsDiffer()
    {
        base::Random random;
        QVERIFY(base::makeStunId(random) != base::makeStunId(random));
    }

    void isStun_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("expected");
        QTest::newRow("RFC 5769 2.1: a request") << requestVector << true;
        QTest::newRow("RFC 7983 7: RTP, first octet 128")
            << QByteArray::fromHex("8000000121 12a442") + id << false;
        QTest::newRow("RFC 7983 7: first octet 4") << "\x04" + requestVector.mid(1) << false;
        QTest::newRow("SIP") << QByteArray("OPTIONS sip:a@b SIP/2.0\r\n\r\n") << false;
        QTest::newRow("zeros, no cookie") << QByteArray(40, '\0') << false;
        QTest::newRow("shorter than a header") << requestVector.left(19) << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }
    void isStun()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, expected);
        QCOMPARE(base::isStun(octets(bytes)), expected);
    }

    void cutAndChanged()
    {
        for (const QByteArray& whole : {ipv4Vector, ipv6Vector}) {
            for (qsizetype size = 0; size < whole.size(); ++size) {
                QVERIFY(!StunResponse::parse(octets(whole.left(size))));
            }
            const base::Endpoint mapped = StunResponse::parse(octets(whole))->mapped;
            for (qsizetype at = 0; at < whole.size(); ++at) {
                for (int bit = 0; bit < 8; ++bit) {
                    QByteArray changed = whole;
                    changed[at] = static_cast<char>(changed.at(at) ^ (1 << bit));
                    // The CRC sees each single bit; only where that makes FINGERPRINT another
                    // attribute, or part of one, is there an answer, and it is the same.
                    const auto response = StunResponse::parse(octets(changed));
                    QVERIFY(!response || response->mapped == mapped);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_stun_message)
#include "tst_stun_message.moc"
