#include "MediaRig.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

// What keeps the way open while a call sends nothing (RFC 6263), and where RTCP goes (RFC 4961).
class MediaKeepAliveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whileOnlyReceiving();
    void atOnceForWhoOnlyListens();
    void whileInactive();
    void notWhileSending();
    void notToNowhere();
    void payloadTypeMeansNothing();
    void newAddressIsToldAtOnce();
    void rtcpFollowsWhereItsComesFrom();
    void rtcpFollowsANewAddress();
};

namespace {
media::MediaParameters held(const MediaRig& rig, bool receive = true)
{
    media::MediaParameters parameters = rig.parametersFor(rig.peer);
    parameters.send = false;
    parameters.receive = receive;
    return parameters;
}

const std::vector<std::byte> emptyReport{std::byte(0x80), std::byte(201), std::byte(0),
                                         std::byte(1),    std::byte(0),   std::byte(0),
                                         std::byte(0xab), std::byte(0xcd)};
} // namespace

void MediaKeepAliveTest::whileOnlyReceiving()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(1s);
    session->setParameters(held(rig));
    const std::size_t before = rig.peer.heard.size();
    const HeardPacket last = rig.peer.heard.back();
    rig.advance(61s);
    const auto& heard = rig.peer.heard;
    QCOMPARE(heard.size(), before + 4);
    for (std::size_t i = before; i < heard.size(); ++i) {
        QVERIFY(heard[i].payload.empty());
        QVERIFY(!heard[i].header.marker);
        const base::Duration gap = heard[i].at - heard[i - 1].at;
        QVERIFY(gap >= 15s && gap <= 15s + 20ms);
        QCOMPARE(heard[i].header.sequence, std::uint16_t(heard[i - 1].header.sequence + 1));
        QCOMPARE(heard[i].header.timestamp - last.header.timestamp,
                 std::uint32_t((heard[i].at - last.at) / 1ms * 8));
    }
    session->setParameters(rig.parametersFor(rig.peer));
    rig.advance(100ms);
    QVERIFY(rig.peer.heard[before + 4].header.marker); // audio after a gap
    QCOMPARE(rig.peer.heard[before + 4].header.sequence,
             std::uint16_t(last.header.sequence + 5)); // none is missing
}

// Behind a NAT nothing can come in before something went out.
void MediaKeepAliveTest::atOnceForWhoOnlyListens()
{
    MediaRig rig;
    const auto session = rig.open();
    session->setParameters(held(rig));
    session->start();
    rig.advance(40ms);
    QCOMPARE(rig.peer.heard.size(), std::size_t(1));
    rig.advance(10s);
    QCOMPARE(rig.peer.heard.size(), std::size_t(1));
}

void MediaKeepAliveTest::whileInactive()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(1s);
    session->setParameters(held(rig, false));
    const std::size_t before = rig.peer.heard.size();
    const std::size_t reports = rig.peer.heardRtcp.size();
    rig.advance(46s);
    QCOMPARE(rig.peer.heard.size(), before + 3);
    QVERIFY(rig.peer.heardRtcp.size() >= reports + 5); // RTCP goes on (RFC 3264 5.1)
}

void MediaKeepAliveTest::notWhileSending()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(40s);
    QVERIFY(std::ranges::none_of(rig.peer.heard,
                                 [](const HeardPacket& packet) { return packet.payload.empty(); }));
}

void MediaKeepAliveTest::notToNowhere()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(1s);
    media::MediaParameters parameters = held(rig);
    parameters.remoteRtp = endpoint("0.0.0.0", 4000); // RFC 3264 8.4
    session->setParameters(parameters);
    const std::size_t before = rig.peer.heard.size();
    rig.advance(60s);
    QCOMPARE(rig.peer.heard.size(), before);
}

// RFC 6263 4.6
void MediaKeepAliveTest::payloadTypeMeansNothing()
{
    MediaRig rig;
    const auto session = rig.open();
    media::MediaParameters parameters = held(rig);
    parameters.payloadType = 127;
    parameters.received[0].payloadType = 126;
    parameters.eventType = 125;
    parameters.receivedEventTypes = {124, 123};
    session->setParameters(parameters);
    session->start();
    rig.advance(100ms);
    QCOMPARE(rig.peer.heard.front().header.payloadType, std::uint8_t(122));
}

void MediaKeepAliveTest::newAddressIsToldAtOnce()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    RtpPeer other(rig.scheduler, rig.network, endpoint("198.51.100.9", 4000));
    rig.advance(1s);
    media::MediaParameters parameters = rig.parametersFor(other);
    parameters.send = false;
    session->setParameters(parameters);
    rig.advance(40ms);
    QCOMPARE(other.heard.size(), std::size_t(1));
}

void MediaKeepAliveTest::rtcpFollowsWhereItsComesFrom()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    RtpPeer mapped(rig.scheduler, rig.network, endpoint("198.51.100.7", 7000));
    mapped.sendTo(session->localRtp());
    rig.peer.send(); // RTP comes from where the SDP says, RTCP does not
    rig.advance(20ms);
    mapped.sendRtcp(emptyReport);
    rig.advance(20s);
    QCOMPARE(rig.peer.heardRtcp.size(), std::size_t(0));
    QVERIFY(mapped.heardRtcp.size() >= 2);
}

void MediaKeepAliveTest::rtcpFollowsANewAddress()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.peer.send();
    rig.advance(20ms);
    rig.peer.sendRtcp(emptyReport);
    rig.advance(20ms);
    RtpPeer other(rig.scheduler, rig.network, endpoint("198.51.100.7", 9000)); // the same machine
    session->setParameters(rig.parametersFor(other));
    rig.advance(20s);
    QCOMPARE(rig.peer.heardRtcp.size(), std::size_t(0));
    QVERIFY(other.heardRtcp.size() >= 2);
}

QTEST_GUILESS_MAIN(MediaKeepAliveTest)
#include "tst_media_keep_alive.moc"
