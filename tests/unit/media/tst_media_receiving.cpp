#include "HeardCall.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

// What a call makes of the RTP that comes.
class MediaReceivingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingReachesTheTapsBeforeTheStart();
    void packetsReachTheTapsAsTheyCame();
    void tapsGetPacketsInOrder();
    void otherPayloadTypesDisturbNothing();
    void garbageDisturbsNothing();
    void samplesAreConcealedAndEvenlySpaced();
    void lateJoinerBeginsCleanly();
    void comfortNoiseIsNoLoss();
    void newSsrcIsHeardOn();
    void receiveOff();
    void firstPacketIsToldOnce();
    void framesOfManyCallsComeTogether();
    void closedCallIsHeardNoMore();
    void tapMayLeaveWhileItIsToldSomething();
    void fullRingRefusesAndWarns();
};

namespace {

std::vector<std::int16_t> samples(const Ear& ear)
{
    std::vector<std::int16_t> all;
    for (const HeardFrame& frame : ear.frames) {
        if (frame.kind == media::TapFrame::Kind::Pcm) {
            const auto piece = frame.samples();
            all.insert(all.end(), piece.begin(), piece.end());
        }
    }
    return all;
}

} // namespace

void MediaReceivingTest::nothingReachesTheTapsBeforeTheStart()
{
    MediaRig rig;
    Ear ear;
    rig.engine.addTap(ear);
    const auto session = rig.open();
    session->setListeners(1, 1);
    session->setParameters(rig.parametersFor(rig.peer));
    rig.peer.sendTo(session->localRtp());
    for (int i = 0; i < 10; ++i) {
        rig.peer.send();
        rig.advance(20ms);
    }
    QCOMPARE(ear.frames.size(), std::size_t(0));
}

void MediaReceivingTest::packetsReachTheTapsAsTheyCame()
{
    HeardCall call;
    for (const int size : {160, 240, 80, 480, 1}) {
        call.rig.peer.send(size);
        call.rig.advance(20ms);
    }
    call.rig.peer.header.payloadType = 0;
    call.rig.peer.send(160);
    call.rig.advance(20ms);
    QCOMPARE(call.ear.frames.size(), std::size_t(6));
    QVERIFY(payloads(call.ear) == call.rig.peer.said);
    QCOMPARE(call.ear.frames[3].bytes.size(), std::size_t(480));
    QCOMPARE(call.ear.frames[0].payloadType, 8);
    QCOMPARE(call.ear.frames[5].payloadType, 0);
    QCOMPARE(call.ear.frames[5].call, model::CallId(1));
}

void MediaReceivingTest::tapsGetPacketsInOrder()
{
    HeardCall call;
    const std::uint16_t first = call.rig.peer.header.sequence;
    // Overtaken, twice, far too late, two at once, one that never comes.
    for (const int offset : {0, 1, 3, 2, 4, 4, 0, 7, 6, 5, 8, 10, 11}) {
        call.rig.peer.header.sequence = static_cast<std::uint16_t>(first + offset);
        call.rig.peer.header.timestamp = 5000U + 160U * static_cast<std::uint32_t>(offset);
        call.rig.peer.send(std::vector<std::byte>(160, static_cast<std::byte>(offset)));
        call.rig.advance(20ms);
    }
    std::vector<int> order;
    for (const HeardFrame& frame : call.ear.frames) {
        order.push_back(std::to_integer<int>(frame.bytes[0]));
    }
    QCOMPARE(order, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
    call.rig.advance(60ms); // nobody is waited for any longer
    order.clear();
    for (const HeardFrame& frame : call.ear.frames) {
        order.push_back(std::to_integer<int>(frame.bytes[0]));
    }
    QCOMPARE(order, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11}));
}

void MediaReceivingTest::otherPayloadTypesDisturbNothing()
{
    HeardCall call;
    call.talk(call.rig.peer, 5);
    const auto said = call.rig.peer.said;
    const rtp::RtpHeader before = call.rig.peer.header;
    call.rig.peer.header = {101, true, 7777, 99, 0x1234}; // another stream that nobody asked for
    call.talk(call.rig.peer, 2);
    call.rig.peer.header = before;
    call.rig.peer.header.payloadType = 101; // an event of this stream
    call.talk(call.rig.peer, 3);
    call.rig.peer.header.payloadType = 8;
    call.rig.peer.said = said;
    call.talk(call.rig.peer, 5);
    call.rig.advance(300ms);
    QVERIFY(payloads(call.ear) == call.rig.peer.said);
    QCOMPARE(call.session->stats().packetsLost, 0U);
}

void MediaReceivingTest::garbageDisturbsNothing()
{
    HeardCall call;
    std::uint32_t random = 7;
    for (int size = 0; size < 300; ++size) {
        std::vector<std::byte> junk(static_cast<std::size_t>(size) * 7);
        for (std::byte& byte : junk) {
            random = random * 1664525U + 1013904223U;
            byte = static_cast<std::byte>(random >> 24);
        }
        if (!junk.empty()) {
            junk[0] &= std::byte(0x3f); // no version of RTP
        }
        call.rig.peer.sendRaw(junk);
        call.rig.peer.sendRtcp(junk);
        if (size % 10 == 0) {
            call.talk(call.rig.peer, 1);
        }
    }
    call.rig.advance(300ms);
    QVERIFY(payloads(call.ear) == call.rig.peer.said);
    QCOMPARE(call.session->stats().packetsLost, 0U);
}

void MediaReceivingTest::samplesAreConcealedAndEvenlySpaced()
{
    HeardCall call;
    call.session->setListeners(0, 1);
    call.rig.advance(20ms);
    call.ear.frames.clear();
    call.talk(call.rig.peer, 20);
    call.rig.peer.lose();
    call.rig.advance(20ms);
    call.talk(call.rig.peer, 29);
    QCOMPARE(call.ear.frames.size(), std::size_t(50));
    for (const HeardFrame& frame : call.ear.frames) {
        QVERIFY(frame.kind == media::TapFrame::Kind::Pcm);
        QCOMPARE(frame.bytes.size(), std::size_t(320));
    }
    const auto heard = samples(call.ear);
    const auto said = decoded(call.rig.peer.said);
    const auto start = std::search(heard.begin(), heard.end(), said.begin(), said.begin() + 3200);
    QVERIFY(start != heard.end());
    const auto gap = start + 3200;
    QVERIFY(std::any_of(gap, gap + 160, [](std::int16_t sample) { return sample != 0; }));
    const auto length = heard.end() - gap - 160;
    // Up to 8 ms after a loss of 20 are smoothed (G.711 Appendix I).
    QVERIFY(std::equal(gap + 224, gap + 160 + length, said.begin() + 3264));
}

void MediaReceivingTest::lateJoinerBeginsCleanly()
{
    HeardCall call;
    for (int round = 0; round < 3; ++round) {
        call.session->setListeners(1, 0);
        call.talk(call.rig.peer, 200);
        const auto before = static_cast<std::ptrdiff_t>(call.rig.peer.said.size());
        call.ear.frames.clear();
        call.session->setListeners(1, 1);
        call.talk(call.rig.peer, 50);
        const auto heard = samples(call.ear);
        const auto said = decoded(call.rig.peer.said);
        // Nothing old, and no later than the buffer's delay.
        const auto sound = std::ranges::find_if(heard, [](auto sample) { return sample != 0; });
        QVERIFY(sound - heard.begin() <= 640);
        const auto length = heard.end() - sound;
        const auto first = said.begin() + before;
        QVERIFY(std::equal(first, first + length, sound)
                || std::equal(first + 160, first + 160 + length, sound));
    }
}

void MediaReceivingTest::comfortNoiseIsNoLoss()
{
    HeardCall call;
    call.session->setListeners(1, 1);
    call.talk(call.rig.peer, 20);
    const auto said = call.rig.peer.said;
    call.rig.peer.header.payloadType = 13;
    call.rig.peer.send({std::byte(0x40)});
    call.rig.peer.said = said;
    call.rig.peer.skip(159);
    call.ear.frames.clear();
    call.rig.advance(500ms);
    const auto heard = samples(call.ear);
    QVERIFY(payloads(call.ear).empty());
    // RFC 3389: noise of -64 dBov, which is 20.
    QVERIFY(std::all_of(heard.begin() + 640, heard.end(), [](auto s) { return std::abs(s) < 80; }));
    QVERIFY(std::any_of(heard.begin() + 640, heard.end(), [](auto s) { return s != 0; }));
    QCOMPARE(call.session->stats().packetsLost, 0U);
}

void MediaReceivingTest::newSsrcIsHeardOn()
{
    HeardCall call;
    call.session->setListeners(1, 1);
    call.talk(call.rig.peer, 20);
    call.rig.peer.header = {8, true, 5, 7, 0x9999};
    call.talk(call.rig.peer, 20);
    QVERIFY(payloads(call.ear) == call.rig.peer.said);
    const auto heard = samples(call.ear);
    const auto said = decoded(call.rig.peer.said);
    // All of the new stream but its first packet, which might have been a stray one, and the 10 ms
    // in which the old one is blended into it.
    QVERIFY(std::search(heard.begin(), heard.end(), said.begin() + 3440, said.begin() + 5000)
            != heard.end());
    call.rig.advance(300ms);
    QCOMPARE(call.session->stats().packetsLost, 0U);
}

void MediaReceivingTest::receiveOff()
{
    HeardCall call;
    media::MediaParameters parameters = call.rig.parametersFor(call.rig.peer);
    parameters.receive = false;
    call.session->setParameters(parameters);
    call.talk(call.rig.peer, 5);
    QCOMPARE(call.ear.frames.size(), std::size_t(0));
    parameters.receive = true;
    call.session->setParameters(parameters);
    call.talk(call.rig.peer, 5);
    QCOMPARE(call.ear.frames.size(), std::size_t(5));
}

void MediaReceivingTest::firstPacketIsToldOnce()
{
    HeardCall call;
    int told = 0;
    call.session->setEvents({.firstPacket = [&] { ++told; }});
    call.rig.advance(100ms);
    QCOMPARE(told, 0);
    call.talk(call.rig.peer, 10);
    QCOMPARE(told, 1);
}

void MediaReceivingTest::framesOfManyCallsComeTogether()
{
    MediaRig rig;
    Ear ear;
    rig.engine.addTap(ear);
    std::vector<std::unique_ptr<RtpPeer>> peers;
    std::vector<std::unique_ptr<media::MediaSession>> calls;
    for (int i = 0; i < 20; ++i) {
        peers.push_back(std::make_unique<RtpPeer>(rig.scheduler, rig.network,
                                                  endpoint("198.51.100.8", 5000 + 2 * i)));
        calls.push_back(rig.call(*peers.back(), static_cast<model::CallId>(i + 1)));
        calls.back()->setListeners(1, 0);
    }
    rig.advance(20ms);
    for (int i = 0; i < 11; ++i) {
        for (const auto& peer : peers) {
            peer->send();
        }
        if (i == 1) {
            ear.deliveries = 0; // the first packets are told of one by one
        }
        rig.advance(20ms);
    }
    QCOMPARE(ear.frames.size(), std::size_t(220));
    QCOMPARE(ear.deliveries, 10);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(payloads(ear, static_cast<model::CallId>(i + 1))
                == peers[static_cast<std::size_t>(i)]->said);
    }
}

void MediaReceivingTest::closedCallIsHeardNoMore()
{
    HeardCall call;
    call.talk(call.rig.peer, 5);
    QCOMPARE(call.rig.engine.find(1), static_cast<media::AudioPort*>(call.session.get()));
    call.rig.peer.send();
    call.session.reset();
    QCOMPARE(call.rig.engine.find(1), static_cast<media::AudioPort*>(nullptr));
    call.talk(call.rig.peer, 5);
    QCOMPARE(call.ear.frames.size(), std::size_t(5));
}

void MediaReceivingTest::tapMayLeaveWhileItIsToldSomething()
{
    class Leaver final : public media::AudioTap {
    public:
        explicit Leaver(MediaRig& rig)
            : m_rig(rig)
        {
        }
        void onFrames(std::span<const media::TapFrame>) override
        {
            ++told;
            m_rig.engine.removeTap(*this);
        }
        int told = 0;

    private:
        MediaRig& m_rig;
    };
    HeardCall call;
    Leaver leaver(call.rig);
    Ear second;
    call.rig.engine.addTap(leaver);
    call.rig.engine.addTap(second);
    call.talk(call.rig.peer, 5);
    QCOMPARE(leaver.told, 1);
    QCOMPARE(second.frames.size(), std::size_t(5));
}

void MediaReceivingTest::fullRingRefusesAndWarns()
{
    MediaRig rig({}, 4096);
    Ear ear;
    rig.engine.addTap(ear);
    const auto session = rig.call(rig.peer);
    session->setListeners(1, 1);
    rig.advance(20ms);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"frames of audio did not reach"_qs));
    for (int i = 0; i < 100; ++i) {
        rig.peer.send();
    }
    rig.advance(20ms);
    QVERIFY(ear.frames.size() < 100);
    rig.peer.said.clear();
    ear.frames.clear();
    for (int i = 0; i < 10; ++i) {
        rig.peer.send();
        rig.advance(20ms);
    }
    QVERIFY(payloads(ear) == rig.peer.said); // it has recovered
}

QTEST_GUILESS_MAIN(MediaReceivingTest)
#include "tst_media_receiving.moc"
