// What a network does in the middle of a call: it goes away and comes back, takes another route,
// carries no RTCP; and bursts, copies and disorder as the statistics name them.
#include "ImpairedCall.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::CallState;
using model::MediaTrouble;

class NetworkChangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void burstsAreCountedAndBridged();
    void copiesAndDisorderAreNoLoss();
    void routeChanges_data();
    void routeChanges();
    void outageOfASecond();
    void withoutAnyRtcp();
};

namespace {

constexpr int sentenceMs = 10'000;

Impairments delayed(base::Duration delay)
{
    Impairments impairments;
    impairments.delay = delay;
    return impairments;
}

bool isGood(const Quality& is)
{
    return is.segmentalSnrDb > 33 && is.spectralDistanceDb < 1.8;
}

} // namespace

void NetworkChangesTest::burstsAreCountedAndBridged()
{
    ImpairedCall call;
    Impairments bursts = delayed(30ms);
    bursts.enterBurst = 0.01;
    bursts.leaveBurst = 0.2; // 100 ms on average, the longest of these half a second
    call.impair(bursts);
    QVERIFY(call.establish());
    call.say(speech(8000, 60'000));
    call.run(60s);
    QCOMPARE(call.atListener().state, CallState::Active);
    QCOMPARE(call.atListener().trouble, MediaTrouble::None);
    const ImpairedLine::Counts& counts = call.there().counts();
    const model::MediaStats stats = call.atListener().media;
    QVERIFY(counts.bursts >= 20);
    // RTCP went the same way.
    QVERIFY2(std::abs(double(stats.packetsLost) - double(counts.lost)) < 10,
             qPrintable(QString::number(stats.packetsLost)));
    QVERIFY(stats.mosReceivedAverageCentis > 250 && stats.mosReceivedAverageCentis < 420);
    call.impair(delayed(30ms));
    call.run(5s);
    const Quality after = call.hears(sentenceMs);
    QVERIFY2(isGood(after) && after.delayMs < 110, qPrintable(figures(after)));
}

void NetworkChangesTest::copiesAndDisorderAreNoLoss()
{
    ImpairedCall call;
    Impairments mixed = delayed(20ms);
    mixed.reorders = 0.2;
    mixed.reorderBy = 50ms;
    mixed.duplicates = 0.3;
    mixed.duplicateAfter = 5ms;
    call.impair(mixed);
    QVERIFY(call.establish());
    call.run(5s);
    const Quality is = call.hears(sentenceMs);
    QVERIFY2(isGood(is), qPrintable(figures(is)));
    QVERIFY2(is.delayMs < 130, qPrintable(figures(is)));
    call.run(1s);
    const ImpairedLine::Counts& counts = call.there().counts();
    const model::MediaStats stats = call.atListener().media;
    QVERIFY2(stats.packetsLost <= 3, qPrintable(QString::number(stats.packetsLost)));
    QVERIFY2(std::abs(double(stats.packetsDiscarded) - double(counts.duplicated)) < 15,
             qPrintable(QString::number(stats.packetsDiscarded)));
}

void NetworkChangesTest::routeChanges_data()
{
    QTest::addColumn<int>("beforeMs");
    QTest::addColumn<int>("afterMs");
    QTest::newRow("150 ms longer") << 20 << 170;
    QTest::newRow("150 ms shorter") << 170 << 20;
}

// A step is waited out once; soon the delay is that of the new route and nothing else.
void NetworkChangesTest::routeChanges()
{
    QFETCH(int, beforeMs);
    QFETCH(int, afterMs);
    ImpairedCall call;
    call.impair(delayed(std::chrono::milliseconds(beforeMs)));
    QVERIFY(call.establish());
    call.run(5s);
    const Quality before = call.hears(sentenceMs);
    QVERIFY2(isGood(before) && before.delayMs < beforeMs + 70, qPrintable(figures(before)));

    call.listen();
    call.say(speech(8000, sentenceMs));
    call.run(3s);
    call.impair(delayed(std::chrono::milliseconds(afterMs)));
    call.run(9s);
    // Two seconds later the talker is understood again, without a pause in which to catch up.
    constexpr std::size_t later = 5 * 8000;
    const Quality meanwhile = alignedQuality(std::span(call.said).subspan(later),
                                             std::span(call.heard).subspan(later), 8000, 600);
    QVERIFY2(meanwhile.segmentalSnrDb > 28 && meanwhile.spectralDistanceDb < 2.5,
             qPrintable(figures(meanwhile)));
    QVERIFY2(meanwhile.mostDelayMs < 170 + 100, qPrintable(figures(meanwhile)));

    call.run(10s);
    const Quality after = call.hears(sentenceMs, 600);
    QVERIFY2(isGood(after) && after.delayMs < afterMs + 80, qPrintable(figures(after)));
    QCOMPARE(call.atListener().state, CallState::Active);
    QVERIFY(call.atListener().media.packetsLost == 0);
}

void NetworkChangesTest::outageOfASecond()
{
    ImpairedCall call;
    call.impair(delayed(30ms));
    QVERIFY(call.establish());
    call.run(5s);
    Impairments dead;
    dead.loss = 1;
    call.impair(dead);
    call.run(1s);
    call.impair(delayed(30ms));
    const Quality after = call.hears(sentenceMs); // from the first packet on
    QVERIFY2(isGood(after) && after.delayMs < 110, qPrintable(figures(after)));
    QCOMPARE(call.atListener().state, CallState::Active);
    QCOMPARE(call.atListener().trouble, MediaTrouble::None);
    QVERIFY2(std::abs(double(call.atListener().media.packetsLost) - 50) <= 2,
             qPrintable(QString::number(call.atListener().media.packetsLost)));
}

void NetworkChangesTest::withoutAnyRtcp()
{
    ImpairedCall::Setup setup;
    setup.settings.rtpTimeout = 10s;
    ImpairedCall call(setup);
    call.network.setDropped(ImpairedNetwork::isRtcp);
    QVERIFY(call.establish());
    call.run(120s);
    const Quality is = call.hears(sentenceMs);
    QVERIFY2(isGood(is), qPrintable(figures(is)));
    for (const model::Call& one : {call.atTalker(), call.atListener()}) {
        QCOMPARE(one.state, CallState::Active);
        QCOMPARE(one.media.remoteReports, quint64(0));
        QCOMPARE(one.media.remoteLost, qint64(-1));
        QCOMPARE(one.media.roundTripUs, -1);
        QVERIFY(one.trouble != MediaTrouble::FarEndHearsNothing);
    }
    QVERIFY(call.atListener().media.mosReceivedAverageCentis > 400);
}

QTEST_GUILESS_MAIN(NetworkChangesTest)
#include "tst_network_changes.moc"
