#include "MediaRig.h"
#include "media/QualityMeter.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

// The mean opinion scores of both directions (ITU-T G.107), by the numbers and of whole calls.
class MediaQualityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unknownAtFirst();
    void receivedLoss();
    void lateCountsAsLost();
    void oldLossIsForgotten();
    void latePacketIsNoLossAnyMore();
    void sentByTheFarEndsReport();
    void delayOfTheRoundTrip();
    void twoCalls_data();
    void twoCalls();
};

namespace {
struct Meter {
    media::QualityMeter meter;
    rtp::RtpStats rtp;
    media::QualityMeter::Line line{0, 40, 20, 20};

    model::MediaStats measure()
    {
        meter.measure(rtp, line);
        model::MediaStats stats;
        meter.writeTo(stats);
        return stats;
    }
};
} // namespace

void MediaQualityTest::unknownAtFirst()
{
    Meter meter;
    const auto stats = meter.measure();
    QCOMPARE(stats.mosReceivedCentis, -1);
    QCOMPARE(stats.mosSentCentis, -1);
    QCOMPARE(stats.mosReceivedAverageCentis, -1);
    QCOMPARE(stats.mosSentAverageCentis, -1);
}

void MediaQualityTest::receivedLoss()
{
    Meter meter;
    meter.measure();
    meter.rtp.packetsReceived = 100;
    QCOMPARE(meter.measure().mosReceivedCentis, 438); // 60 ms from mouth to ear
    meter.rtp.packetsReceived = 190;
    meter.rtp.packetsLost = 10; // 5 % of 200
    QVERIFY(std::abs(meter.measure().mosReceivedCentis - 386) <= 1);
    QCOMPARE(meter.measure().mosSentCentis, -1);
}

void MediaQualityTest::lateCountsAsLost()
{
    Meter meter;
    meter.measure();
    meter.rtp.packetsReceived = 200;
    meter.line.packetsLate = 10;
    QVERIFY(std::abs(meter.measure().mosReceivedCentis - 386) <= 1);
}

void MediaQualityTest::oldLossIsForgotten()
{
    Meter meter;
    meter.measure();
    meter.rtp.packetsLost = 20;
    for (int i = 0; i < 32; ++i) {
        meter.rtp.packetsReceived += 12;
        QVERIFY(meter.measure().mosReceivedCentis < 430);
    }
    meter.rtp.packetsReceived += 12;
    const auto stats = meter.measure();
    QCOMPARE(stats.mosReceivedCentis, 438);
    QVERIFY(stats.mosReceivedAverageCentis < 420); // which the whole call does not forget
}

void MediaQualityTest::latePacketIsNoLossAnyMore()
{
    Meter meter;
    meter.measure();
    meter.rtp.packetsReceived = 10;
    meter.rtp.packetsLost = 5;
    meter.measure();
    meter.rtp.packetsReceived = 15;
    meter.rtp.packetsLost = 0;
    QCOMPARE(meter.measure().mosReceivedCentis, 438);
}

void MediaQualityTest::sentByTheFarEndsReport()
{
    Meter meter;
    meter.rtp.remoteLossPermille = 0;
    meter.rtp.remoteJitterUs = 5000;
    QCOMPARE(meter.measure().mosSentCentis, 438);
    meter.rtp.remoteLossPermille = 50;
    QVERIFY(std::abs(meter.measure().mosSentCentis - 386) <= 1);
    const int before = meter.measure().mosSentCentis;
    meter.rtp.remoteJitterUs = 50'000; // its buffer grows
    QVERIFY(meter.measure().mosSentCentis < before);
    meter.rtp.remoteLossPermille = 1000;
    QVERIFY(meter.measure().mosSentCentis < 150);
}

void MediaQualityTest::delayOfTheRoundTrip()
{
    Meter meter;
    meter.measure();
    meter.rtp.packetsReceived = 100;
    meter.rtp.remoteLossPermille = 0;
    meter.rtp.roundTripUs = 600'000; // 300 ms each way and 60 more
    const auto stats = meter.measure();
    QVERIFY2(stats.mosReceivedCentis > 310 && stats.mosReceivedCentis < 350,
             qPrintable(QString::number(stats.mosReceivedCentis)));
    QCOMPARE(stats.mosSentCentis, stats.mosReceivedCentis);
}

void MediaQualityTest::twoCalls_data()
{
    QTest::addColumn<unsigned>("lossPermille");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    QTest::newRow("clean") << 0U << 430 << 441;
    QTest::newRow("2 %") << 20U << 405 << 432;
    QTest::newRow("10 %") << 100U << 290 << 365;
}

void MediaQualityTest::twoCalls()
{
    QFETCH(unsigned, lossPermille);
    QFETCH(int, least);
    QFETCH(int, most);
    MediaRig rig;
    const auto a = rig.open(1);
    const auto b = rig.open(2);
    for (const auto& [own, other] : {std::pair(a.get(), b.get()), std::pair(b.get(), a.get())}) {
        media::MediaParameters parameters;
        parameters.remoteRtp = other->localRtp();
        own->setParameters(parameters);
        own->start();
    }
    rig.network.setPath(*base::IpAddress::parse(MediaRig::ownAddress),
                        {.delay = 20ms, .lossPermille = lossPermille});
    rig.advance(60s);
    const model::MediaStats stats = a->stats();
    const QString text =
        QStringLiteral("%1 %2").arg(stats.mosReceivedAverageCentis).arg(stats.mosSentAverageCentis);
    QVERIFY2(stats.mosReceivedAverageCentis >= least && stats.mosReceivedAverageCentis <= most,
             qPrintable(text));
    QVERIFY2(stats.mosSentAverageCentis >= least && stats.mosSentAverageCentis <= most,
             qPrintable(text));
    QVERIFY(stats.roundTripUs >= 35'000 && stats.roundTripUs <= 60'000);
}

QTEST_GUILESS_MAIN(MediaQualityTest)
#include "tst_media_quality.moc"
