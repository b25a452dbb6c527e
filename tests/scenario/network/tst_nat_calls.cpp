// Calls with a far end behind a NAT (RFC 4787): audio goes both ways as soon as both have sent
// something (RFC 4961), over a NAT of whatever kind, through a hold that is longer than a mapping
// lives (RFC 6263), and after the NAT has forgotten everything in the middle of the call.
#include "ImpairedCall.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;
using model::MediaTrouble;

class NatCallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothHear_data();
    void bothHear();
    void holdOutlivesTheMapping();
    void rebindInMidCall_data();
    void rebindInMidCall();
};

namespace {

constexpr const char* outside = "198.51.100.7";
constexpr int sentenceMs = 3000;

// The listener is behind a NAT; SIP finds it as if a server stood between.
struct NatCall {
    explicit NatCall(const NatRules& rules)
        : call({.listenerAddress = "10.0.0.2"})
        , nat(call.network.addNat(call.listenerAddress, *base::IpAddress::parse(outside), rules))
    {
    }

    bool hears(const base::Duration& after = 0s)
    {
        call.run(after);
        const Quality is = call.hears(sentenceMs);
        return is.segmentalSnrDb > 33;
    }
    // What the listener's program says arrives at the talker.
    bool isHeard()
    {
        const quint64 before = call.atTalker().media.packetsReceived;
        if (media::AudioPort* port = call.listener.media.find(call.listenerCall)) {
            (void)port->play(squareWave(12000, 2000));
        }
        call.run(1500ms);
        return call.atTalker().media.packetsReceived > before + 60
            && call.atTalker().media.peakReceived > 10000;
    }

    ImpairedCall call;
    NatBox& nat;
};

} // namespace

void NatCallsTest::bothHear_data()
{
    using Behaviour = NatRules::Behaviour;
    QTest::addColumn<int>("mapping");
    QTest::addColumn<int>("filtering");
    const auto row = [](const char* name, Behaviour mapping, Behaviour filtering) {
        QTest::newRow(name) << int(mapping) << int(filtering);
    };
    row("4787 full cone", Behaviour::EndpointIndependent, Behaviour::EndpointIndependent);
    row("4787 lets in from where it has sent to", Behaviour::EndpointIndependent,
        Behaviour::AddressAndPortDependent);
    row("4787 symmetric", Behaviour::AddressAndPortDependent, Behaviour::AddressAndPortDependent);
}

void NatCallsTest::bothHear()
{
    QFETCH(int, mapping);
    QFETCH(int, filtering);
    NatCall nat({NatRules::Behaviour(mapping), NatRules::Behaviour(filtering), 2min});
    QVERIFY(nat.call.establish());
    QVERIFY(nat.hears(1s));
    QVERIFY(nat.isHeard());
    QCOMPARE(nat.call.atTalker().trouble, MediaTrouble::None);
    QCOMPARE(nat.call.atListener().trouble, MediaTrouble::None);
    nat.call.run(15s);
    QVERIFY(nat.call.atTalker().media.remoteReports > 0); // RTCP finds its way too
    QVERIFY(nat.call.atListener().media.remoteReports > 0);
}

void NatCallsTest::holdOutlivesTheMapping()
{
    NatRules rules = NatRules::symmetric();
    rules.timeout = 30s;
    NatCall nat(rules);
    QVERIFY(nat.call.establish());
    QVERIFY(nat.hears(1s));
    QVERIFY(nat.call.listener.manager.setHeld(nat.call.listenerCall, true));
    nat.call.run(3min);
    QCOMPARE(nat.call.atListener().state, CallState::Held);
    QVERIFY(nat.call.listener.manager.setHeld(nat.call.listenerCall, false));
    QVERIFY(nat.hears(1s));
    QVERIFY(nat.isHeard());
}

void NatCallsTest::rebindInMidCall_data()
{
    QTest::addColumn<int>("seconds"); // since the call began
    QTest::newRow("while any address may be the far end's") << 3;
    QTest::newRow("much later") << 60;
}

// The same stream goes on from another port of the same address.
void NatCallsTest::rebindInMidCall()
{
    QFETCH(int, seconds);
    NatCall nat(NatRules::symmetric());
    QVERIFY(nat.call.establish());
    nat.call.run(std::chrono::seconds(seconds));
    const quint64 refused = nat.nat.refused();
    nat.nat.rebind();
    nat.call.run(3s);
    QVERIFY(nat.nat.refused() > refused); // what we sent to the former port for a while
    QVERIFY(nat.isHeard());
    QVERIFY(nat.hears());
    QCOMPARE(nat.call.atTalker().state, CallState::Active);
    QCOMPARE(nat.call.atTalker().trouble, MediaTrouble::None);
    QCOMPARE(nat.call.atListener().trouble, MediaTrouble::None);
}

QTEST_GUILESS_MAIN(NatCallsTest)
#include "tst_nat_calls.moc"
