#include "MediaRig.h"
#include "base/ByteWriter.h"
#include "rtp/RtcpReport.h"
#include "rtp/RtcpSourceDescription.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using model::SilenceCause;

// What statistics tell of a call that one side does not hear: RTP that does not come, silence that
// comes, silence that is sent, and a far end that reports (RFC 3550 6.4) that it gets nothing.
class MediaFactsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void neverHeard();
    void heardAndThenNot();
    void pausesAreNotMissed();
    void holdExpectsNothing();
    void rtcpIsTold();
    void receivedSilence_data();
    void receivedSilence();
    void sentSilence();
    void mutedAndStalledMicrophone();
    void farEndHearsNothing();
    void farEndNeverReportsOnUs();
    void statisticsGoOnInSilence();
};

namespace {
std::vector<std::byte> alaw(int amplitude)
{
    std::vector<std::byte> codes(160);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        codes[i] = std::byte(
            audio::encodeAlaw(static_cast<std::int16_t>(i % 2 == 0 ? amplitude : -amplitude)));
    }
    return codes;
}

void send(MediaRig& rig, const std::vector<std::byte>& codes, int packets)
{
    for (int i = 0; i < packets; ++i) {
        rig.peer.send(codes);
        rig.advance(20ms);
    }
}

// Near enough: a snapshot is up to 250 ms old.
bool isAbout(std::int64_t value, std::int64_t ms)
{
    return value <= ms && value >= ms - 300;
}

std::vector<std::byte> report(const MediaRig& rig, std::optional<std::uint32_t> highest)
{
    rtp::ReportBlock block;
    block.ssrc = rig.peer.heard.front().header.ssrc;
    block.highestSequence = highest.value_or(0);
    std::vector<std::byte> datagram(256);
    base::ByteWriter writer(datagram);
    rtp::writeReport(writer, rig.peer.header.ssrc, std::nullopt,
                     std::span(&block, highest ? 1 : 0));
    rtp::writeCname(writer, rig.peer.header.ssrc, "peer@example");
    datagram.resize(writer.position());
    return datagram;
}
} // namespace

void MediaFactsTest::neverHeard()
{
    MediaRig rig;
    const auto session = rig.open();
    session->setParameters(rig.parametersFor(rig.peer));
    rig.advance(5s);
    QCOMPARE(session->stats().rtpMissingMs, -1); // it rings
    session->start();
    rig.advance(7s);
    const model::MediaStats stats = session->stats();
    QVERIFY(isAbout(stats.rtpMissingMs, 7000));
    QCOMPARE(stats.lastRtpAgoMs, -1);
    QCOMPARE(stats.firstRtpAt, 0);
    QCOMPARE(stats.receivedQuietMs, -1);
    QCOMPARE(stats.mosReceivedCentis, -1);
}

void MediaFactsTest::heardAndThenNot()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(100ms);
    const qint64 begin = base::toUnixMs(rig.scheduler.clock().wall());
    send(rig, alaw(4000), 50);
    rig.advance(300ms);
    QVERIFY(session->stats().rtpMissingMs < 350);
    const qint64 end = base::toUnixMs(rig.scheduler.clock().wall());
    rig.advance(30s);
    const model::MediaStats stats = session->stats();
    QVERIFY(isAbout(stats.rtpMissingMs, 30'300));
    QVERIFY(isAbout(stats.lastRtpAgoMs, 30'300));
    QVERIFY(stats.firstRtpAt >= begin && stats.firstRtpAt <= begin + 20);
    QVERIFY(stats.lastRtpAt >= end - 340 && stats.lastRtpAt <= end);
    send(rig, alaw(4000), 20);
    QVERIFY(session->stats().rtpMissingMs < 300);
    QVERIFY(session->stats().firstRtpAt <= begin + 20);
}

// RFC 3389: one packet of comfort noise stands for all of a pause.
void MediaFactsTest::pausesAreNotMissed()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    send(rig, alaw(4000), 50);
    rig.peer.header.payloadType = 13;
    rig.peer.send({std::byte(40)});
    rig.advance(59s);
    QCOMPARE(session->stats().rtpMissingMs, 0);
    rig.advance(11s);
    QVERIFY(isAbout(session->stats().rtpMissingMs, 10'000));
    rig.peer.header.payloadType = 8;
    send(rig, alaw(4000), 5);
    rig.advance(5s);
    QVERIFY(isAbout(session->stats().rtpMissingMs, 5020));
}

void MediaFactsTest::holdExpectsNothing()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    send(rig, alaw(4000), 50);
    media::MediaParameters held = rig.parametersFor(rig.peer);
    held.receive = false;
    session->setParameters(held);
    rig.advance(60s);
    QCOMPARE(session->stats().rtpMissingMs, -1);
    QCOMPARE(session->stats().receivedQuietMs, -1);
    QVERIFY(isAbout(session->stats().lastRtpAgoMs, 60'020));
    session->setParameters(rig.parametersFor(rig.peer));
    rig.advance(5s);
    QVERIFY(isAbout(session->stats().rtpMissingMs, 5000)); // since it should come again
}

void MediaFactsTest::rtcpIsTold()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    send(rig, alaw(4000), 20);
    QCOMPARE(session->stats().lastRtcpAgoMs, -1);
    rig.peer.sendRtcp(report(rig, 1));
    rig.advance(2s);
    QVERIFY(isAbout(session->stats().lastRtcpAgoMs, 2000));
    QVERIFY(session->stats().lastRtcpAt > 0);
    QCOMPARE(session->stats().remoteReports, 1U);
}

void MediaFactsTest::receivedSilence_data()
{
    QTest::addColumn<int>("amplitude");
    QTest::addColumn<bool>("isQuiet");
    QTest::addColumn<bool>("isNothing");
    QTest::newRow("speech") << 4000 << false << false;
    QTest::newRow("soft, -54 dBov") << 64 << false << false;
    QTest::newRow("a hum below -60 dBov") << 24 << true << false;
    QTest::newRow("digital silence") << 0 << true << true;
}

void MediaFactsTest::receivedSilence()
{
    QFETCH(int, amplitude);
    QFETCH(bool, isQuiet);
    QFETCH(bool, isNothing);
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    send(rig, alaw(4000), 20);
    send(rig, alaw(amplitude), 250);
    const model::MediaStats stats = session->stats();
    QVERIFY(isQuiet ? isAbout(stats.receivedQuietMs, 5000) : stats.receivedQuietMs == 0);
    QVERIFY(isNothing ? isAbout(stats.receivedDigitalSilenceMs, 5000)
                      : stats.receivedDigitalSilenceMs == 0);
    send(rig, alaw(4000), 20);
    QCOMPARE(session->stats().receivedQuietMs, 0);
    QCOMPARE(session->stats().receivedDigitalSilenceMs, 0);
}

void MediaFactsTest::sentSilence()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(5s);
    QVERIFY(isAbout(session->stats().sentQuietMs, 5000));
    QCOMPARE(session->stats().sentSilence, SilenceCause::NothingToSay);
    QVERIFY(session->play(std::vector<std::int16_t>(8000, 5000)));
    rig.advance(500ms);
    QCOMPARE(session->stats().sentQuietMs, 0);
    QCOMPARE(session->stats().sentSilence, SilenceCause::None);
    media::MediaParameters held = rig.parametersFor(rig.peer);
    held.send = false;
    session->setParameters(held);
    rig.advance(500ms);
    QCOMPARE(session->stats().sentQuietMs, -1);
    QCOMPARE(session->stats().sentSilence, SilenceCause::NotSending);
}

void MediaFactsTest::mutedAndStalledMicrophone()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    session->connectHeadset(rings);
    const auto speak = [&](std::int16_t sample, int packets) {
        for (int i = 0; i < packets; ++i) {
            rings->capture.write(std::vector<std::int16_t>(960, sample));
            rig.advance(20ms);
        }
    };
    speak(6000, 100);
    QCOMPARE(session->stats().sentSilence, SilenceCause::None);
    session->setMuted(true);
    speak(6000, 100);
    QCOMPARE(session->stats().sentSilence, SilenceCause::Muted);
    QVERIFY(isAbout(session->stats().sentQuietMs, 2000));
    session->setMuted(false);
    speak(0, 100);
    QCOMPARE(session->stats().sentSilence, SilenceCause::QuietMicrophone);
    speak(6000, 50);
    QCOMPARE(session->stats().sentSilence, SilenceCause::None);
    rig.advance(2s); // it gives nothing any more
    QCOMPARE(session->stats().sentSilence, SilenceCause::NoMicrophone);
}

// RFC 3550 6.4.1: the extended highest sequence number that it has received.
void MediaFactsTest::farEndHearsNothing()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    send(rig, alaw(4000), 50);
    QCOMPARE(session->stats().remoteDeafMs, -1);
    std::uint32_t highest = 1000;
    for (int i = 0; i < 3; ++i) {
        rig.peer.sendRtcp(report(rig, highest += 200));
        send(rig, alaw(4000), 250);
        QCOMPARE(session->stats().remoteDeafMs, 0);
    }
    for (int i = 0; i < 3; ++i) {
        rig.peer.sendRtcp(report(rig, highest)); // and no further
        send(rig, alaw(4000), 250);
    }
    QVERIFY(isAbout(session->stats().remoteDeafMs, 20'000)); // since the last one that had moved
    rig.peer.sendRtcp(report(rig, highest + 1));
    rig.advance(300ms);
    QCOMPARE(session->stats().remoteDeafMs, 0);
    // On hold nothing of ours is to arrive.
    media::MediaParameters held = rig.parametersFor(rig.peer);
    held.send = false;
    session->setParameters(held);
    for (int i = 0; i < 3; ++i) {
        rig.peer.sendRtcp(report(rig, highest + 1));
        rig.advance(5s);
    }
    QCOMPARE(session->stats().remoteDeafMs, 0);
}

void MediaFactsTest::farEndNeverReportsOnUs()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    for (int i = 0; i < 3; ++i) {
        send(rig, alaw(4000), 250);
        rig.peer.sendRtcp(report(rig, std::nullopt));
    }
    rig.advance(300ms);
    QVERIFY(isAbout(session->stats().remoteDeafMs, 10'300)); // since its first report
    QCOMPARE(session->stats().remoteReports, 0U);
}

// Whoever decides about a dead call is called four times a second, whatever happens.
void MediaFactsTest::statisticsGoOnInSilence()
{
    MediaRig rig;
    const auto session = rig.open();
    session->setParameters([&] {
        media::MediaParameters parameters = rig.parametersFor(rig.peer);
        parameters.send = false;
        return parameters;
    }());
    session->start();
    int told = 0;
    session->setEvents({.statsChanged = [&](const model::MediaStats&) { ++told; }});
    rig.advance(10s);
    QVERIFY(told >= 39 && told <= 41);
}

QTEST_GUILESS_MAIN(MediaFactsTest)
#include "tst_media_facts.moc"
