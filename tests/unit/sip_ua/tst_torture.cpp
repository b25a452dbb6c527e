// Every message of RFC 4475 against the whole user agent, as it arrives over UDP: what goes back on
// the wire, to whom, and that nothing is left of it afterwards. The manifest beside the vectors
// says what each must lead to.
#include "support/UaFixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class TortureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void manifestIsComplete();
    void wire_data();
    void wire();
};

namespace {
struct Expectation {
    QByteArray name;
    QByteArray responses;
    QByteArray header;
    bool fails = false;
};

QByteArray contents(const QString& name)
{
    QFile file(QStringLiteral(HS_VECTORS_DIR "/rfc4475/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<Expectation> manifest()
{
    QList<Expectation> result;
    const QList<QByteArray> lines = contents(QStringLiteral("wire-manifest.tsv")).split('\n');
    for (const QByteArray& line : lines) {
        if (line.isEmpty() || line.startsWith('#')) {
            continue;
        }
        const QList<QByteArray> fields = line.split('\t');
        result << Expectation{fields.value(0), fields.value(1), fields.value(2),
                              fields.value(3).startsWith("xfail:")};
    }
    return result;
}

const base::Endpoint stranger(*base::IpAddress::parse("192.0.2.77"), 5060);
const base::Endpoint us(*base::IpAddress::parse("192.0.2.1"), 5062);

// What the user agent sent, by response code; anything that goes elsewhere than to the sender of
// the message is a failure of its own.
struct Wire {
    explicit Wire(UaFixture& f)
    {
        f.network.setTrace([this](const VirtualDatagram& datagram) {
            if (datagram.source != us) {
                return;
            }
            if (datagram.destination.address() != stranger.address()) {
                strayed << datagram.destination.toString();
            }
            // A 400 repeats what is broken in the request, so it need not be parsable itself.
            codes << (datagram.bytes.startsWith("SIP/2.0 ") ? datagram.bytes.sliced(8, 3)
                                                            : QByteArray("?"));
            lastBytes = datagram.bytes;
        });
    }
    QByteArray take()
    {
        const QByteArray result = codes.isEmpty() ? QByteArray("silence") : codes.join(' ');
        codes.clear();
        return result;
    }

    QList<QByteArray> codes;
    QList<QByteArray> strayed;
    QByteArray lastBytes;
    bool lastHas(const QByteArray& header) const
    {
        return lastBytes.contains(QByteArray("\r\n" + header + ": "));
    }
};
} // namespace

void TortureTest::manifestIsComplete()
{
    QSet<QString> named;
    for (const Expectation& expectation : manifest()) {
        named.insert(QString::fromLatin1(expectation.name) + QStringLiteral(".dat"));
    }
    const QStringList files = QDir(QStringLiteral(HS_VECTORS_DIR "/rfc4475"))
                                  .entryList({QStringLiteral("*.dat")}, QDir::Files);
    QVERIFY(files.size() >= 50);
    QCOMPARE(named, QSet<QString>(files.begin(), files.end()));
}

void TortureTest::wire_data()
{
    QTest::addColumn<QByteArray>("responses");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("fails");
    for (const Expectation& expectation : manifest()) {
        QTest::newRow(expectation.name.constData())
            << expectation.responses << expectation.header << expectation.fails;
    }
}

void TortureTest::wire()
{
    QFETCH(QByteArray, responses);
    QFETCH(QByteArray, header);
    QFETCH(bool, fails);
    const QByteArray name = QTest::currentDataTag();
    const QByteArray bytes = contents(QString::fromLatin1(name) + QStringLiteral(".dat"));
    QVERIFY(!bytes.isEmpty());

    UaFixture f;
    Wire wire(f);
    f.network.inject({stranger, us, bytes});
    f.run();
    const QByteArray got = wire.take();
    const bool asWanted = got == responses && (header.isEmpty() || wire.lastHas(header));
    if (fails) {
        QVERIFY2(!asWanted, "it passes now: take the xfail off");
        return;
    }
    QCOMPARE(got, responses);
    QVERIFY2(header.isEmpty() || wire.lastHas(header), header.constData());

    // Once more, as a lost answer would bring it: at most the last answer again, and no second
    // call.
    f.network.inject({stranger, us, bytes});
    f.run();
    const QByteArray again = wire.take();
    QCOMPARE(again, responses.split(' ').last());
    QVERIFY(f.invites.size() <= 1);

    // Alive, and nothing left once the call is refused and the timers have run out.
    f.peer.send("OPTIONS sip:[target] SIP/2.0\nVia: SIP/2.0/UDP [local];branch=z9hG4bKalive\n"
                "From: <sip:a@b>;tag=1\nTo: <sip:[target]>\nCall-ID: alive\nCSeq: 1 OPTIONS\n"
                "Max-Forwards: 70\nContent-Length: 0\n\n");
    f.network.setTrace({});
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, 200);
    for (const auto& invite : f.invites) {
        invite->reject(480);
    }
    f.advance(120s);
    QCOMPARE(f.transactions.size(), std::size_t(0));
    QCOMPARE(f.userAgent.unfinished(), std::size_t(0));
    QVERIFY2(wire.strayed.isEmpty(), wire.strayed.join(' ').constData());
}

QTEST_GUILESS_MAIN(TortureTest)
#include "tst_torture.moc"
