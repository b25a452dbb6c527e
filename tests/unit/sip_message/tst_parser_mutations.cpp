// Messages changed at random, the same ones each time: nothing may crash, and whatever is accepted
// must survive the wire. The fuzzer's entry is what is called.
#include "Datagrams.h"
#include "TouchMessage.h"

#include <QDir>
#include <QTest>

#include <random>

using namespace hs::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

class ParserMutationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void mutations();
    void fuzzerEntry();

private:
    QByteArray mutated(std::mt19937& random) const;

    QList<QByteArray> m_seeds;
};

void ParserMutationsTest::initTestCase()
{
    const QDir folder(QStringLiteral(HS_VECTORS_DIR "/rfc4475"));
    for (const QString& name : folder.entryList({QStringLiteral("*.dat")}, QDir::Files)) {
        m_seeds.append(rfc4475(name.chopped(4)));
    }
    m_seeds.append(typicalInvite());
    m_seeds.append(responseWith("Contact: <sip:a@[::1]:5060>;+sip.instance=\"<urn:uuid:1>\"\n"));
}

QByteArray ParserMutationsTest::mutated(std::mt19937& random) const
{
    static const QByteArrayList pieces{
        "\r\n", "\n",  "\r",  "\r\n\r\n",   "\r\n ",    ":",    ";",    ",",    "\"",
        "\\",   "<",   ">",   "[",          "]",        "@",    "%",    "%00",  "?",
        "=",    "(",   ")",   "*",          " ",        "\t",   ";;",   ",,",   "sip:",
        "SIP/", "2.0", "z9h", "4294967296", "-1",       "tag=", "%s%n", "\xff", "\xc3\xa9",
        "v:",   "l:",  "To:", "\r\nVia: ",  "\r\nl: 5", "[::1", ":::",  "65536"};
    const auto below = [&random](qsizetype limit) {
        return limit == 0 ? 0 : static_cast<qsizetype>(random() % static_cast<unsigned>(limit));
    };
    QByteArray bytes = m_seeds.at(below(m_seeds.size()));
    const qsizetype changes = 1 + below(3);
    for (qsizetype i = 0; i < changes; ++i) {
        const qsizetype at = below(bytes.size() + 1);
        const qsizetype length = qMin(below(20), bytes.size() - at);
        switch (random() % 12) {
        case 0:
            bytes.insert(at, pieces.at(below(pieces.size())));
            break;
        case 1:
            bytes.replace(at, length, pieces.at(below(pieces.size())));
            break;
        case 2:
            bytes.remove(at, length);
            break;
        case 3:
            bytes.insert(at, static_cast<char>(random()));
            break;
        case 4:
            bytes.insert(at, bytes.mid(below(bytes.size()), below(200)));
            break;
        case 5: {
            const QByteArray& other = m_seeds.at(below(m_seeds.size()));
            bytes = bytes.first(at) + other.mid(below(other.size()));
            break;
        }
        case 6:
            bytes.truncate(at);
            break;
        default:
            if (at < bytes.size()) {
                bytes[at] = static_cast<char>(random());
            }
        }
    }
    return bytes;
}

void ParserMutationsTest::mutations()
{
    constexpr int count = 20000;
    std::mt19937 random(4475);
    int accepted = 0;
    for (int i = 0; i < count; ++i) {
        const QByteArray bytes = mutated(random);
        const QByteArray fault = touchMessage(bytes);
        const QByteArray message = fault + " in number " + QByteArray::number(i) + ": " + bytes;
        QVERIFY2(fault.isEmpty(), message.constData());
        accepted += outcomeOf(hs::sip::parseDatagram(bytes)) == "accept" ? 1 : 0;
    }
    // The changes are neither so small that all passes nor so large that nothing does.
    QVERIFY2(accepted > count / 20 && accepted < count / 2,
             QByteArray::number(accepted).constData());
}

void ParserMutationsTest::fuzzerEntry()
{
    std::mt19937 random(3261);
    for (int i = 0; i < 1000; ++i) {
        const QByteArray bytes = mutated(random);
        QCOMPARE(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.constData()),
                                        static_cast<std::size_t>(bytes.size())),
                 0);
    }
    QCOMPARE(LLVMFuzzerTestOneInput(nullptr, 0), 0);
}

QTEST_GUILESS_MAIN(ParserMutationsTest)
#include "tst_parser_mutations.moc"
