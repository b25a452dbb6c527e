// When the STUN server is asked, and what follows from its answer, or from none.
#include "engine/PublicAddress.h"
#include "support/NamedResolver.h"
#include "support/UaFixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class PublicAddressTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isAskedAtOnceWhenTheNetworkChanges();
    void isForgottenWhereNobodyTellsAnother();
    void silenceAloneForgetsNothing();
};

namespace {
const base::Endpoint serverAt(*base::IpAddress::parse("198.51.100.9"), 3478);

QByteArray mapped(const QByteArray& id, const base::Endpoint& seen)
{
    QByteArray bytes =
        QByteArray::fromHex("0101000c2112a442") + id + QByteArray::fromHex("000100080001");
    bytes += char(seen.port() >> 8);
    bytes += char(seen.port() & 0xff);
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += char(seen.address().toV4() >> shift);
    }
    return bytes;
}

// The server says what the test has it see; null: nothing.
struct Asked {
    Asked()
    {
        resolver.names["stun.example"] = {hopTo("198.51.100.9", 3478)};
        f.network.setTrace([this](const VirtualDatagram& datagram) {
            if (datagram.destination == serverAt) {
                ++requests;
                if (seen.port() != 0) {
                    f.network.inject(
                        {serverAt, datagram.source, mapped(datagram.bytes.mid(8, 12), seen)});
                }
            }
        });
        address = std::make_unique<engine::PublicAddress>(
            f.transport, core, base::HostPort{"stun.example", 3478}, [this] { ++changes; });
        f.run();
    }

    base::Endpoint seen{*base::IpAddress::parse("203.0.113.5"), 61000};
    int requests = 0;
    int changes = 0;
    UaFixture f;
    NamedResolver resolver;
    sip::UaCore core{f.scheduler, f.transactions, f.random, resolver, "Hookswitch/test"};
    std::unique_ptr<engine::PublicAddress> address;
};
} // namespace

void PublicAddressTest::isAskedAtOnceWhenTheNetworkChanges()
{
    Asked a;
    QCOMPARE(a.requests, 1);
    QCOMPARE(a.changes, 1);
    a.f.advance(5s);
    QCOMPARE(a.requests, 1);
    a.seen = base::Endpoint(*base::IpAddress::parse("203.0.113.77"), 4000);
    a.address->networkChanged();
    a.f.run();
    QCOMPARE(a.requests, 2);
    QCOMPARE(a.changes, 2); // so that registrations follow
    a.address->networkChanged();
    a.f.run();
    QCOMPARE(a.changes, 2); // the same address is no change
    a.f.advance(24s);
    QCOMPARE(a.requests, 3); // and its time runs from then
    a.f.advance(2s);
    QCOMPARE(a.requests, 4);
}

void PublicAddressTest::isForgottenWhereNobodyTellsAnother()
{
    Asked a;
    a.seen = {};
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("is not known")));
    a.address->networkChanged();
    a.f.advance(10s);
    QCOMPARE(a.changes, 2);
    QVERIFY(!a.core.nat.setMapped({})); // none is there
}

void PublicAddressTest::silenceAloneForgetsNothing()
{
    Asked a;
    a.seen = {};
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("is not known")));
    a.f.advance(40s);
    QCOMPARE(a.changes, 1);
    QVERIFY(a.core.nat.setMapped({}));
}

QTEST_GUILESS_MAIN(PublicAddressTest)
#include "tst_public_address.moc"
