#include "call/MediaWatch.h"

#include <QTest>

using namespace hs;
using namespace std::chrono_literals;
using model::MediaTrouble;

class MediaWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trouble_data();
    void trouble();
    void wordsForTheLog();
    void holdsDoNotCount();
    void gone_data();
    void gone();
};

void MediaWatchTest::trouble_data()
{
    QTest::addColumn<qint64>("missing");
    QTest::addColumn<qint64>("deaf");
    QTest::addColumn<qint64>("digitalSilence");
    QTest::addColumn<MediaTrouble>("trouble");
    QTest::addColumn<qint64>("forMs");
    const auto row = [](const char* name, qint64 missing, qint64 deaf, qint64 silence,
                        MediaTrouble trouble, qint64 forMs) {
        QTest::newRow(name) << missing << deaf << silence << trouble << forMs;
    };
    row("all is well", 0, 0, 0, MediaTrouble::None, 0);
    row("nothing is to come, nothing reported", -1, -1, -1, MediaTrouble::None, 0);
    row("a gap is loss", 3999, 0, 0, MediaTrouble::None, 0);
    row("nothing for 4 s", 4000, 0, -1, MediaTrouble::NothingReceived, 4000);
    row("reports say deaf for less than 4 s", 0, 3999, 0, MediaTrouble::None, 0);
    row("reports say deaf for 4 s", 0, 4000, 0, MediaTrouble::FarEndHearsNothing, 4000);
    row("a pause in speech", 0, 0, 14999, MediaTrouble::None, 0);
    row("not a bit of noise for 15 s", 0, 0, 15000, MediaTrouble::OnlySilenceReceived, 15000);
    row("what we miss comes first", 5000, 9000, 20000, MediaTrouble::NothingReceived, 5000);
    row("what they miss comes second", 0, 9000, 20000, MediaTrouble::FarEndHearsNothing, 9000);
}

void MediaWatchTest::trouble()
{
    QFETCH(qint64, missing);
    QFETCH(qint64, deaf);
    QFETCH(qint64, digitalSilence);
    model::MediaStats stats;
    stats.rtpMissingMs = missing;
    stats.remoteDeafMs = deaf;
    stats.receivedDigitalSilenceMs = digitalSilence;
    stats.receivedQuietMs = digitalSilence;
    const call::TroubleFound found = call::findTrouble(stats);
    QTEST(found.trouble, "trouble");
    QTEST(found.forMs, "forMs");
}

void MediaWatchTest::wordsForTheLog()
{
    model::Call call;
    const auto said = [&call](MediaTrouble trouble) { return call::words({trouble, 4100}, call); };
    QCOMPARE(said(MediaTrouble::NothingReceived),
             QStringLiteral("no audio has come from the far end for 4.1 s"));
    QVERIFY(said(MediaTrouble::FarEndHearsNothing).contains(QStringLiteral("may hear nothing")));
    QVERIFY(said(MediaTrouble::OnlySilenceReceived).contains(QStringLiteral("only silence")));
    QVERIFY(said(MediaTrouble::None).contains(QStringLiteral("well again")));
    call.foreignMedia = QStringLiteral("203.0.113.66:9999");
    call.media.remoteReports = 1;
    QVERIFY(said(MediaTrouble::NothingReceived).contains(call.foreignMedia));
    QVERIFY(!said(MediaTrouble::FarEndHearsNothing).contains(QStringLiteral("may")));
}

void MediaWatchTest::holdsDoNotCount()
{
    model::MediaStats stats;
    stats.rtpMissingMs = 60000;
    stats.lastRtcpAgoMs = 60000;
    QCOMPARE(call::findTrouble(call::since(stats, 0s)).trouble, MediaTrouble::None);
    QCOMPARE(call::findTrouble(call::since(stats, 3999ms)).trouble, MediaTrouble::None);
    QCOMPARE(call::findTrouble(call::since(stats, 5s)).trouble, MediaTrouble::NothingReceived);
    QCOMPARE(call::findTrouble(call::since(stats, 5s)).forMs, 5000);
    QVERIFY(!call::isGone(call::since(stats, 9s), 10s));
    QVERIFY(call::isGone(call::since(stats, 10s), 10s));
    stats = {};
    stats.remoteDeafMs = stats.receivedDigitalSilenceMs = 60000;
    QCOMPARE(call::findTrouble(call::since(stats, 3s)).trouble, MediaTrouble::None);
    stats = {}; // what is not to be is not so later either
    QCOMPARE(call::since(stats, 1h).rtpMissingMs, -1);
    QCOMPARE(call::since(stats, -1s).rtpMissingMs, -1);
}

void MediaWatchTest::gone_data()
{
    QTest::addColumn<qint64>("rtp");
    QTest::addColumn<qint64>("rtcpAgo");
    QTest::addColumn<int>("timeout");
    QTest::addColumn<bool>("isGone");
    const auto row = [](const char* name, qint64 rtp, qint64 rtcp, int timeout, bool gone) {
        QTest::newRow(name) << rtp << rtcp << timeout << gone;
    };
    row("all is well", 0, 1000, 3, false);
    row("nothing is to come: on hold", -1, -1, 3, false);
    row("nothing is to come, its last RTCP is old", -1, 100000, 3, false);
    row("not yet", 2999, -1, 3, false);
    row("neither, and never RTCP", 3000, -1, 3, true);
    row("neither", 3000, 3000, 3, true);
    row("RTCP still comes: it is there, but silent", 60000, 2999, 3, false);
    row("0 is never", 1'000'000, -1, 0, false);
    row("the longest there is", 1'000'000, -1, 2'000'000'000, false);
}

void MediaWatchTest::gone()
{
    QFETCH(qint64, rtp);
    QFETCH(qint64, rtcpAgo);
    QFETCH(int, timeout);
    model::MediaStats stats;
    stats.rtpMissingMs = rtp;
    stats.lastRtcpAgoMs = rtcpAgo;
    QTEST(call::isGone(stats, std::chrono::seconds(timeout)), "isGone");
}

QTEST_GUILESS_MAIN(MediaWatchTest)
#include "tst_media_watch.moc"
