#include "HeardCall.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

// From whom a call takes RTP, and to whom it sends.
class MediaSourceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strangerAfterTheFarEnd();
    void strangerBeforeTheFarEnd();
    void audioFromElsewhereIsNamed();
    void farEndBehindNatIsLockedAndSentTo();
    void reInviteMovesTheFarEnd();
    void lockFormsBeforeTheStart();
};

void MediaSourceTest::strangerAfterTheFarEnd()
{
    HeardCall call;
    RtpPeer stranger(call.rig.scheduler, call.rig.network, endpoint("203.0.113.66", 9999));
    stranger.sendTo(call.session->localRtp());
    stranger.header.ssrc = call.rig.peer.header.ssrc; // it has read along
    call.talk(call.rig.peer, 10);
    for (int i = 0; i < 50; ++i) {
        stranger.header.sequence = call.rig.peer.header.sequence;
        stranger.header.timestamp = call.rig.peer.header.timestamp;
        stranger.send();
        call.talk(call.rig.peer, 1);
    }
    call.rig.advance(300ms);
    QVERIFY(payloads(call.ear) == call.rig.peer.said);
    QCOMPARE(stranger.heard.size(), std::size_t(0));
    QCOMPARE(call.session->stats().packetsForeign, 50U);
    QCOMPARE(call.session->stats().packetsReceived, 60U);
    QCOMPARE(call.session->remoteMedia(), call.rig.peer.rtp());
}

void MediaSourceTest::strangerBeforeTheFarEnd()
{
    // Three packets don't suffice, and late ones don't count at all.
    HeardCall call;
    RtpPeer stranger(call.rig.scheduler, call.rig.network, endpoint("203.0.113.66", 9999));
    stranger.sendTo(call.session->localRtp());
    call.talk(stranger, 3);
    call.talk(call.rig.peer, 1);
    call.talk(stranger, 20);
    call.talk(call.rig.peer, 10);
    QVERIFY(payloads(call.ear) == call.rig.peer.said);
    QCOMPARE(stranger.heard.size(), std::size_t(0));

    const auto second = call.rig.call(call.rig.peer, 2);
    call.rig.advance(11s);
    stranger.sendTo(second->localRtp());
    call.talk(stranger, 20);
    QVERIFY(second->remoteMedia().isNull());
    QCOMPARE(stranger.heard.size(), std::size_t(0));
}

// What is not taken, the operator hears of, as long as it comes.
void MediaSourceTest::audioFromElsewhereIsNamed()
{
    HeardCall call;
    call.rig.advance(11s); // whose address is public is not looked for elsewhere
    QVERIFY(call.session->foreignMedia().isNull());
    RtpPeer elsewhere(call.rig.scheduler, call.rig.network, endpoint("203.0.113.66", 9999));
    elsewhere.sendTo(call.session->localRtp());
    call.talk(elsewhere, 50);
    call.rig.advance(300ms);
    QVERIFY(call.session->remoteMedia().isNull());
    QCOMPARE(call.session->foreignMedia(), elsewhere.rtp());
    call.rig.advance(3s);
    QVERIFY(call.session->foreignMedia().isNull());
    elsewhere.header.payloadType = 96; // no audio of this call
    call.talk(elsewhere, 50);
    call.rig.advance(300ms);
    QVERIFY(call.session->foreignMedia().isNull());
}

void MediaSourceTest::farEndBehindNatIsLockedAndSentTo()
{
    HeardCall call;
    RtpPeer outside(call.rig.scheduler, call.rig.network, endpoint("203.0.113.5", 1234));
    outside.sendTo(call.session->localRtp());
    call.session->setParameters(call.rig.parametersSeenFrom(outside));
    call.talk(outside, 3);
    QVERIFY(payloads(call.ear).empty());
    QCOMPARE(outside.heard.size(), std::size_t(0));
    call.talk(outside, 20);
    call.rig.advance(300ms);
    QVERIFY(payloads(call.ear) == outside.said); // the first three too
    QVERIFY(outside.heard.size() > 18); // it is sent to where it truly is
    QCOMPARE(call.session->remoteMedia(), outside.rtp());
    QCOMPARE(call.session->stats().packetsForeign, 0U);
    call.rig.peer.heard.clear();
    call.talk(outside, 5);
    QCOMPARE(call.rig.peer.heard.size(), std::size_t(0));
}

void MediaSourceTest::reInviteMovesTheFarEnd()
{
    HeardCall call;
    call.talk(call.rig.peer, 10);
    RtpPeer elsewhere(call.rig.scheduler, call.rig.network, endpoint("198.51.100.99", 7000));
    elsewhere.sendTo(call.session->localRtp());
    elsewhere.header.ssrc = 0x5555;
    call.session->setParameters(call.rig.parametersFor(elsewhere));
    const auto before = call.rig.peer.said;
    call.talk(call.rig.peer, 5); // stragglers
    call.talk(elsewhere, 10);
    auto expected = before;
    expected.insert(expected.end(), elsewhere.said.begin(), elsewhere.said.end());
    QVERIFY(payloads(call.ear) == expected);
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
