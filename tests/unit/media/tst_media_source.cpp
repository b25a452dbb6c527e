#include "MediaRig.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

// From whom a call takes RTP, and to whom it sends.
class MediaSourceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strangerAfterTheFarEnd();
    void strangerBeforeTheFarEnd();
    void farEndBehindNatIsLockedAndSentTo();
    void reInviteMovesTheFarEnd();
    void lockFormsBeforeTheStart();
};

namespace {

std::vector<std::byte> payloads(const Ear& ear, model::CallId call = 1)
{
    std::vector<std::byte> all;
    for (const HeardFrame& frame : ear.frames) {
        if (frame.call == call && frame.kind == media::TapFrame::Kind::Packet) {
            all.insert(all.end(), frame.bytes.begin(), frame.bytes.end());
        }
    }
    return all;
}

struct Bench {
    MediaRig rig;
    Ear ear;
    std::unique_ptr<media::MediaSession> session;

    Bench()
        : session(rig.call(rig.peer))
    {
        rig.engine.addTap(ear);
        session->setListeners(1, 0);
        rig.advance(20ms);
    }
    void talk(RtpPeer& peer, int packets)
    {
        for (int i = 0; i < packets; ++i) {
            peer.send();
            rig.advance(20ms);
        }
    }
};

} // namespace

void MediaSourceTest::strangerAfterTheFarEnd()
{
    Bench bench;
    RtpPeer stranger(bench.rig.scheduler, bench.rig.network, endpoint("203.0.113.66", 9999));
    stranger.sendTo(bench.session->localRtp());
    stranger.header.ssrc = bench.rig.peer.header.ssrc; // it has read along
    bench.talk(bench.rig.peer, 10);
    for (int i = 0; i < 50; ++i) {
        stranger.header.sequence = bench.rig.peer.header.sequence;
        stranger.header.timestamp = bench.rig.peer.header.timestamp;
        stranger.send();
        bench.talk(bench.rig.peer, 1);
    }
    bench.rig.advance(300ms);
    QVERIFY(payloads(bench.ear) == bench.rig.peer.said);
    QCOMPARE(stranger.heard.size(), std::size_t(0));
    QCOMPARE(bench.session->stats().packetsForeign, 50U);
    QCOMPARE(bench.session->stats().packetsReceived, 60U);
    QCOMPARE(bench.session->remoteMedia(), bench.rig.peer.rtp());
}

void MediaSourceTest::strangerBeforeTheFarEnd()
{
    // Three packets don't suffice, and late ones don't count at all.
    Bench bench;
    RtpPeer stranger(bench.rig.scheduler, bench.rig.network, endpoint("203.0.113.66", 9999));
    stranger.sendTo(bench.session->localRtp());
    bench.talk(stranger, 3);
    bench.talk(bench.rig.peer, 1);
    bench.talk(stranger, 20);
    bench.talk(bench.rig.peer, 10);
    QVERIFY(payloads(bench.ear) == bench.rig.peer.said);
    QCOMPARE(stranger.heard.size(), std::size_t(0));

    const auto second = bench.rig.call(bench.rig.peer, 2);
    bench.rig.advance(11s);
    stranger.sendTo(second->localRtp());
    bench.talk(stranger, 20);
    QVERIFY(second->remoteMedia().isNull());
    QCOMPARE(stranger.heard.size(), std::size_t(0));
}

void MediaSourceTest::farEndBehindNatIsLockedAndSentTo()
{
    Bench bench;
    RtpPeer outside(bench.rig.scheduler, bench.rig.network, endpoint("203.0.113.5", 1234));
    outside.sendTo(bench.session->localRtp());
    bench.session->setParameters(bench.rig.parametersSeenFrom(outside));
    bench.talk(outside, 3);
    QVERIFY(payloads(bench.ear).empty());
    QCOMPARE(outside.heard.size(), std::size_t(0));
    bench.talk(outside, 20);
    bench.rig.advance(300ms);
    QVERIFY(payloads(bench.ear) == outside.said); // the first three too
    QVERIFY(outside.heard.size() > 18); // it is sent to where it truly is
    QCOMPARE(bench.session->remoteMedia(), outside.rtp());
    QCOMPARE(bench.session->stats().packetsForeign, 0U);
    bench.rig.peer.heard.clear();
    bench.talk(outside, 5);
    QCOMPARE(bench.rig.peer.heard.size(), std::size_t(0));
}

void MediaSourceTest::reInviteMovesTheFarEnd()
{
    Bench bench;
    bench.talk(bench.rig.peer, 10);
    RtpPeer elsewhere(bench.rig.scheduler, bench.rig.network, endpoint("198.51.100.99", 7000));
    elsewhere.sendTo(bench.session->localRtp());
    elsewhere.header.ssrc = 0x5555;
    bench.session->setParameters(bench.rig.parametersFor(elsewhere));
    const auto before = bench.rig.peer.said;
    bench.talk(bench.rig.peer, 5); // stragglers
    bench.talk(elsewhere, 10);
    auto expected = before;
    expected.insert(expected.end(), elsewhere.said.begin(), elsewhere.said.end());
    QVERIFY(payloads(bench.ear) == expected);
    QVERIFY(elsewhere.heard.size() >= 14); // from the re-INVITE on, not from its first packet
}

void MediaSourceTest::lockFormsBeforeTheStart()
{
    MediaRig rig;
    const auto session = rig.open();
    RtpPeer outside(rig.scheduler, rig.network, endpoint("203.0.113.5", 1234));
    session->setParameters(rig.parametersSeenFrom(outside));
    outside.sendTo(session->localRtp());
    for (int i = 0; i < 10; ++i) {
        outside.send();
        rig.advance(20ms);
    }
    session->start();
    rig.advance(300ms);
    QCOMPARE(outside.heard.size(), std::size_t(15));
    QCOMPARE(session->stats().packetsReceived, 0U);
}

QTEST_GUILESS_MAIN(MediaSourceTest)
#include "tst_media_source.moc"
