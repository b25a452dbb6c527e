#include "MediaRig.h"
#include "base/ByteWriter.h"
#include "rtp/NtpTime.h"
#include "rtp/RtcpBye.h"
#include "rtp/RtcpReport.h"
#include "rtp/RtcpSourceDescription.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

// RTCP of one call: the numbers in it are rtp::RtpSession's, what is tested here is that they are
// the call's, and where they go.
class MediaRtcpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void senderReportsWithCname();
    void receiverReportsWhileOnHold();
    void everyFiveSecondsOrSo();
    void byeAtTheEnd();
    void noByeFromWhoNeverSent();
    void farEndsReportsReachTheStatistics();
    void reportsOfStrangersDoNot();
    void farEndsByeIsToldOnce();
    void goesToWhereTheFarEndTrulyIs();
    void statisticsAreToldFourTimesASecond();
    void peaks();
};

namespace {

struct Compound {
    std::optional<rtp::RtcpReportView> report;
    std::string cname;
    bool bye = false;

    explicit Compound(const std::vector<std::byte>& datagram)
    {
        auto packets = rtp::RtcpCompound::parse(datagram);
        while (const auto packet = packets ? packets->next() : std::nullopt) {
            if (const auto view = rtp::RtcpReportView::parse(*packet)) {
                report = view;
            } else if (const auto names = rtp::RtcpSourceDescriptionView::parse(*packet)) {
                cname = names->cname(report->senderSsrc()).value_or("");
            } else if (const auto leave = rtp::RtcpByeView::parse(*packet)) {
                bye = leave->names(report->senderSsrc());
            }
        }
    }
};

std::vector<std::byte> reportOn(std::uint32_t ssrc, std::uint32_t from, bool leave = false)
{
    rtp::ReportBlock block;
    block.ssrc = ssrc;
    block.fractionLost = 64;
    block.cumulativeLost = 17;
    block.jitter = 80;
    std::vector<std::byte> datagram(256);
    base::ByteWriter writer(datagram);
    rtp::writeReport(writer, from, std::nullopt, {&block, 1});
    rtp::writeCname(writer, from, "peer@example");
    if (leave) {
        rtp::writeBye(writer, from);
    }
    datagram.resize(writer.position());
    return datagram;
}

void talk(MediaRig& rig, int packets)
{
    for (int i = 0; i < packets; ++i) {
        rig.peer.send();
        rig.advance(20ms);
    }
}

} // namespace

void MediaRtcpTest::senderReportsWithCname()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    talk(rig, 500);
    QVERIFY(rig.peer.heardRtcp.size() >= 2);
    const Compound compound(rig.peer.heardRtcp.back());
    QVERIFY(compound.report);
    QCOMPARE(compound.report->senderSsrc(), rig.peer.heard[0].header.ssrc);
    QVERIFY(compound.report->senderInfo());
    QVERIFY(compound.report->senderInfo()->packetCount > 200);
    QCOMPARE(compound.report->senderInfo()->octetCount,
             compound.report->senderInfo()->packetCount * 160);
    QCOMPARE(compound.report->blockCount(), 1);
    QCOMPARE(compound.report->block(0).ssrc, rig.peer.header.ssrc);
    QCOMPARE(compound.report->block(0).cumulativeLost, 0);
    QVERIFY(compound.cname.size() >= 16);
    QVERIFY(!compound.bye);
    // The pair of times fits the stream's: RTP timestamp and NTP time of one moment.
    const Compound first(rig.peer.heardRtcp.front());
    const auto a = *first.report->senderInfo();
    const auto b = *compound.report->senderInfo();
    const double seconds = double(b.ntpTime - a.ntpTime) / 4294967296.0;
    QVERIFY(std::abs(double(b.rtpTimestamp - a.rtpTimestamp) / 8000 - seconds) < 0.002);
}

void MediaRtcpTest::receiverReportsWhileOnHold()
{
    MediaRig rig;
    const auto session = rig.open();
    media::MediaParameters parameters = rig.parametersFor(rig.peer);
    parameters.send = false;
    session->setParameters(parameters);
    session->start();
    rig.peer.sendTo(session->localRtp());
    talk(rig, 740);
    QCOMPARE(rig.peer.heard.size(), std::size_t(1)); // for the NATs on the way (RFC 6263)
    QVERIFY(rig.peer.heard[0].payload.empty());
    QVERIFY(rig.peer.heardRtcp.size() >= 1);
    const Compound compound(rig.peer.heardRtcp.back());
    QVERIFY(!compound.report->senderInfo());
    QCOMPARE(compound.report->blockCount(), 1);
}

void MediaRtcpTest::everyFiveSecondsOrSo()
{
    MediaRig rig;
    const auto session = rig.open();
    session->setParameters(rig.parametersFor(rig.peer));
    rig.advance(30s); // it rings
    session->start();
    rig.advance(1s);
    QCOMPARE(rig.peer.heardRtcp.size(), std::size_t(0));
    rig.advance(299s);
    QVERIFY(rig.peer.heardRtcp.size() >= 45);
    QVERIFY(rig.peer.heardRtcp.size() <= 75);
}

void MediaRtcpTest::byeAtTheEnd()
{
    MediaRig rig;
    auto session = rig.call(rig.peer);
    talk(rig, 50);
    session.reset();
    rig.advance(5ms);
    QVERIFY(!rig.peer.heardRtcp.empty());
    const Compound compound(rig.peer.heardRtcp.back());
    QVERIFY(compound.bye);
    QVERIFY(!compound.cname.empty());
    const std::size_t packets = rig.peer.heard.size();
    rig.advance(10s);
    QCOMPARE(rig.peer.heard.size(), packets);
}

void MediaRtcpTest::noByeFromWhoNeverSent()
{
    MediaRig rig;
    auto session = rig.open();
    session->setParameters(rig.parametersFor(rig.peer));
    rig.advance(10s);
    session.reset();
    rig.advance(1s);
    QCOMPARE(rig.peer.heardRtcp.size(), std::size_t(0));
}

void MediaRtcpTest::farEndsReportsReachTheStatistics()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    talk(rig, 10);
    QCOMPARE(session->stats().remoteLost, -1);
    rig.peer.sendRtcp(reportOn(rig.peer.heard[0].header.ssrc, rig.peer.header.ssrc));
    rig.advance(300ms);
    QCOMPARE(session->stats().remoteLost, 17);
    QCOMPARE(session->stats().remoteLossPermille, 250);
    QCOMPARE(session->stats().remoteJitterUs, 10'000);
}

void MediaRtcpTest::reportsOfStrangersDoNot()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    RtpPeer stranger(rig.scheduler, rig.network, endpoint("203.0.113.66", 9998));
    stranger.sendTo(session->localRtp());
    bool left = false;
    session->setEvents({.remoteBye = [&] { left = true; }});
    rig.advance(100ms);
    const std::uint32_t own = rig.peer.heard[0].header.ssrc;
    rig.peer.sendRtcp(reportOn(own, rig.peer.header.ssrc)); // nothing is locked yet
    rig.advance(300ms);
    QCOMPARE(session->stats().remoteLost, -1);
    talk(rig, 10);
    stranger.sendRtcp(reportOn(own, rig.peer.header.ssrc, true));
    rig.advance(300ms);
    QCOMPARE(session->stats().remoteLost, -1);
    QVERIFY(!left);
}

void MediaRtcpTest::farEndsByeIsToldOnce()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    int told = 0;
    session->setEvents({.remoteBye = [&] { ++told; }});
    talk(rig, 10);
    const std::uint32_t own = rig.peer.heard[0].header.ssrc;
    rig.peer.sendRtcp(reportOn(own, 0x777, true)); // of someone else
    rig.advance(20ms);
    QCOMPARE(told, 0);
    for (int i = 0; i < 3; ++i) { // UDP: it may say so more than once
        rig.peer.sendRtcp(reportOn(own, rig.peer.header.ssrc, true));
        rig.advance(20ms);
    }
    QCOMPARE(told, 1);
}

void MediaRtcpTest::goesToWhereTheFarEndTrulyIs()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    RtpPeer outside(rig.scheduler, rig.network, endpoint("203.0.113.5", 1234));
    session->setParameters(rig.parametersSeenFrom(outside));
    outside.sendTo(session->localRtp());
    for (int i = 0; i < 500; ++i) {
        outside.send();
        rig.advance(20ms);
    }
    QVERIFY(outside.heardRtcp.size() >= 1); // the port after the RTP's
    QCOMPARE(rig.peer.heardRtcp.size(), std::size_t(0));
    // Its RTCP comes from yet another port: that one it is then.
    RtpPeer mapped(rig.scheduler, rig.network, endpoint("203.0.113.5", 5678));
    mapped.sendTo(session->localRtp());
    mapped.sendRtcp(reportOn(1, 2));
    rig.advance(10s);
    QVERIFY(mapped.heardRtcp.size() >= 1);
}

void MediaRtcpTest::statisticsAreToldFourTimesASecond()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    int told = 0;
    session->setEvents({.statsChanged = [&](const model::MediaStats&) { ++told; }});
    talk(rig, 50 * 10);
    QCOMPARE(told, 40);
    QVERIFY(session->stats().packetsSent >= 480 && session->stats().packetsSent <= 500);
    QVERIFY(session->stats().packetsReceived >= 480 && session->stats().packetsReceived <= 500);
    rig.peer.lose();
    rig.peer.lose();
    talk(rig, 20);
    QCOMPARE(session->stats().packetsLost, 2U);
}

void MediaRtcpTest::peaks()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(2s);
    QCOMPARE(session->stats().peakReceived, 0);
    QVERIFY(session->stats().peakSent <= 8);
    std::vector<std::int16_t> loud(160);
    loud[80] = -20'000;
    QVERIFY(session->play(loud).ok());
    std::vector<std::byte> codes(160, std::byte(audio::alawSilence));
    codes[3] = std::byte(audio::encodeAlaw(10'000));
    rig.peer.send(codes);
    rig.advance(500ms);
    QVERIFY(std::abs(session->stats().peakSent - 20'000) < 700);
    QVERIFY(std::abs(session->stats().peakReceived - 10'000) < 350);
    rig.advance(2s);
    QVERIFY(session->stats().peakSent <= 8); // of the last second
    QCOMPARE(session->stats().peakReceived, 0);
}

QTEST_GUILESS_MAIN(MediaRtcpTest)
#include "tst_media_rtcp.moc"
