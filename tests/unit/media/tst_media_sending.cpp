#include "MediaRig.h"
#include "media/HoldMusic.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

class MediaSendingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void musicStopsWithoutAClick();
    void nothingBeforeStart();
    void gridOfTwentyMilliseconds();
    void callsAreSpreadOverFourTicks();
    void numbersGoOnAcrossTheWrap();
    void numbersAreRandom();
    void payloadTypeAndCodecOfTheAnswer();
    void packetTimes_data();
    void packetTimes();
    void packetTimeChangesInMidCall();
    void markerOnTalkspurts();
    void holdIsAGapInSending();
    void lateTickSendsWhatIsDue();
    void veryLateTickLeavesOut();
    void nowhereToSend_data();
    void nowhereToSend();
    void resumeAfterNowhere();
};

namespace {
constexpr std::byte silence{audio::alawSilence};

bool isSilent(const HeardPacket& packet)
{
    return std::ranges::all_of(packet.payload, [](std::byte code) { return code == silence; });
}
} // namespace

void MediaSendingTest::nothingBeforeStart()
{
    MediaRig rig;
    const auto session = rig.open();
    session->setParameters(rig.parametersFor(rig.peer));
    rig.advance(1s);
    QCOMPARE(rig.peer.heard.size(), std::size_t(0));
    QCOMPARE(rig.peer.heardRtcp.size(), std::size_t(0));
    session->start();
    rig.advance(20ms);
    QCOMPARE(rig.peer.heard.size(), std::size_t(1));
    QCOMPARE(rig.peer.heard[0].source, session->localRtp());
    QVERIFY(isSilent(rig.peer.heard[0])); // there is nothing to say yet
}

void MediaSendingTest::gridOfTwentyMilliseconds()
{
    MediaRig rig;
    rig.advance(13ms);
    const base::TimePoint started = rig.now();
    const auto session = rig.call(rig.peer);
    rig.advance(60s);
    QVERIFY(rig.peer.heard.size() >= 2999);
    const auto& heard = rig.peer.heard;
    QVERIFY(heard[0].at - started <= 25ms);
    for (std::size_t i = 1; i < heard.size(); ++i) {
        QCOMPARE(heard[i].at - heard[i - 1].at, base::Duration(20ms));
        QCOMPARE(heard[i].header.sequence,
                 static_cast<std::uint16_t>(heard[i - 1].header.sequence + 1));
        QCOMPARE(heard[i].header.timestamp, heard[i - 1].header.timestamp + 160);
        QCOMPARE(heard[i].payload.size(), std::size_t(160));
    }
}

void MediaSendingTest::callsAreSpreadOverFourTicks()
{
    MediaRig rig;
    std::vector<std::unique_ptr<RtpPeer>> peers;
    std::vector<std::unique_ptr<media::MediaSession>> calls;
    for (int i = 0; i < 8; ++i) {
        peers.push_back(std::make_unique<RtpPeer>(rig.scheduler, rig.network,
                                                  endpoint("198.51.100.8", 5000 + 2 * i)));
        calls.push_back(rig.call(*peers.back(), static_cast<model::CallId>(i + 1)));
    }
    rig.advance(100ms);
    std::map<std::int64_t, int> perTick;
    for (const auto& peer : peers) {
        ++perTick[(peer->heard.back().at.time_since_epoch() % 20ms).count()];
    }
    QCOMPARE(perTick.size(), std::size_t(4));
    for (const auto& [tick, count] : perTick) {
        QCOMPARE(count, 2);
    }
}

void MediaSendingTest::numbersGoOnAcrossTheWrap()
{
    // 65536 packets of 20 ms: the sequence number comes round, and with it, somewhere in a random
    // start, nothing may jump.
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    for (int minute = 0; minute < 23; ++minute) {
        const rtp::RtpHeader before =
            rig.peer.heard.empty() ? rtp::RtpHeader{} : rig.peer.heard.back().header;
        const bool first = rig.peer.heard.empty();
        rig.peer.heard.clear();
        rig.advance(60s);
        if (!first) {
            QCOMPARE(rig.peer.heard[0].header.sequence,
                     static_cast<std::uint16_t>(before.sequence + 1));
            QCOMPARE(rig.peer.heard[0].header.timestamp, before.timestamp + 160);
        }
        const auto& last = rig.peer.heard.back().header;
        QCOMPARE(last.sequence,
                 static_cast<std::uint16_t>(rig.peer.heard[0].header.sequence
                                            + rig.peer.heard.size() - 1));
    }
}

void MediaSendingTest::numbersAreRandom()
{
    MediaRig rig;
    RtpPeer other(rig.scheduler, rig.network, endpoint("198.51.100.9", 4000));
    const auto one = rig.call(rig.peer, 1);
    const auto two = rig.call(other, 2);
    rig.advance(100ms);
    const rtp::RtpHeader& a = rig.peer.heard[0].header;
    const rtp::RtpHeader& b = other.heard[0].header;
    QVERIFY(a.ssrc != b.ssrc && a.sequence != b.sequence && a.timestamp != b.timestamp);
}

void MediaSendingTest::payloadTypeAndCodecOfTheAnswer()
{
    MediaRig rig;
    const auto session = rig.open();
    media::MediaParameters parameters = rig.parametersFor(rig.peer);
    parameters.codec = audio::CodecKind::Pcmu;
    parameters.payloadType = 101;
    session->setParameters(parameters);
    session->start();
    QVERIFY(session->play(ramp(160)).ok());
    rig.advance(40ms);
    const HeardPacket& packet = rig.peer.heard[0];
    QCOMPARE(packet.header.payloadType, std::uint8_t(101));
    std::vector<std::byte> expected(160);
    audio::encodeUlaw(ramp(160), expected);
    QVERIFY(packet.payload == expected);
    QVERIFY(std::ranges::all_of(rig.peer.heard[1].payload, [](std::byte code) {
        return code == std::byte(audio::ulawSilence);
    }));
}

void MediaSendingTest::packetTimes_data()
{
    QTest::addColumn<int>("asked");
    QTest::addColumn<int>("sent");
    for (const int ms : {10, 20, 30, 40, 60}) {
        QTest::addRow("%d ms", ms) << ms << ms;
    }
    QTest::newRow("35 is rounded") << 35 << 30;
    QTest::newRow("200 is bounded") << 200 << 60;
    QTest::newRow("0 is bounded") << 0 << 10;
}

void MediaSendingTest::packetTimes()
{
    QFETCH(int, asked);
    QFETCH(int, sent);
    MediaRig rig;
    const auto session = rig.open();
    media::MediaParameters parameters = rig.parametersFor(rig.peer);
    parameters.packetMs = asked;
    session->setParameters(parameters);
    session->start();
    const auto audio = ramp(4800);
    QVERIFY(session->play(audio).ok());
    rig.advance(1s);
    const auto& heard = rig.peer.heard;
    for (std::size_t i = 1; i < heard.size(); ++i) {
        QCOMPARE(heard[i].at - heard[i - 1].at, base::Duration(sent * 1ms));
        QCOMPARE(heard[i].header.timestamp - heard[i - 1].header.timestamp,
                 static_cast<std::uint32_t>(sent * 8));
        QCOMPARE(heard[i].payload.size(), static_cast<std::size_t>(sent * 8));
    }
    auto all = heardBy(rig.peer);
    all.resize(4800);
    QVERIFY(all == throughAlaw(audio));
}

void MediaSendingTest::packetTimeChangesInMidCall()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const auto audio = ramp(8000);
    QVERIFY(session->play(audio).ok());
    rig.advance(200ms);
    media::MediaParameters parameters = rig.parametersFor(rig.peer);
    parameters.packetMs = 30;
    session->setParameters(parameters);
    rig.advance(2s);
    const auto& heard = rig.peer.heard;
    for (std::size_t i = 1; i < heard.size(); ++i) {
        const auto length = heard[i - 1].payload.size();
        QCOMPARE(heard[i].header.timestamp - heard[i - 1].header.timestamp, length);
        QCOMPARE(heard[i].at - heard[i - 1].at, base::Duration(length / 8 * 1ms));
    }
    QCOMPARE(heard.back().payload.size(), std::size_t(240));
    auto all = heardBy(rig.peer);
    all.resize(8000);
    QVERIFY(all == throughAlaw(audio));
}

void MediaSendingTest::markerOnTalkspurts()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(100ms);
    QVERIFY(session->play(ramp(480)).ok());
    rig.advance(100ms);
    QVERIFY(session->play(ramp(100)).ok()); // less than a packet is one all the same
    rig.advance(100ms);
    int spurts = 0;
    bool filling = true;
    for (std::size_t i = 0; i < rig.peer.heard.size(); ++i) {
        const HeardPacket& packet = rig.peer.heard[i];
        const bool spoken = !isSilent(packet);
        QCOMPARE(packet.header.marker, i == 0 || (spoken && filling));
        spurts += spoken && filling ? 1 : 0;
        filling = !spoken;
    }
    QCOMPARE(spurts, 2);
}

void MediaSendingTest::holdIsAGapInSending()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(200ms);
    media::MediaParameters parameters = rig.parametersFor(rig.peer);
    parameters.send = false;
    session->setParameters(parameters);
    QVERIFY(session->play(ramp(320)).ok());
    const std::size_t before = rig.peer.heard.size();
    const rtp::RtpHeader last = rig.peer.heard.back().header;
    rig.advance(3s);
    QCOMPARE(rig.peer.heard.size(), before);
    QCOMPARE(session->queuedMs(), 40); // it waits
    parameters.send = true;
    session->setParameters(parameters);
    rig.advance(100ms);
    const HeardPacket& first = rig.peer.heard[before];
    QCOMPARE(first.header.sequence, static_cast<std::uint16_t>(last.sequence + 1));
    const base::Duration gap = first.at - rig.peer.heard[before - 1].at;
    QCOMPARE(first.header.timestamp - last.timestamp,
             static_cast<std::uint32_t>(gap / 1ms * 8)); // as time does
    QVERIFY(first.header.marker);
    QVERIFY(!isSilent(first));
}

void MediaSendingTest::lateTickSendsWhatIsDue()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(100ms);
    const std::size_t before = rig.peer.heard.size();
    const base::TimePoint last = rig.peer.heard.back().at;
    rig.scheduler.advance(last + 60ms - rig.now());
    rig.engine.runOnce();
    rig.scheduler.runDue();
    QCOMPARE(rig.peer.heard.size(), before + 3);
    QVERIFY(!rig.peer.heard.back().header.marker);
    rig.advance(20ms);
    QCOMPARE(rig.peer.heard.size(), before + 4);
    QCOMPARE(rig.peer.heard.back().at, last + 80ms); // back on the grid
}

void MediaSendingTest::veryLateTickLeavesOut()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    QVERIFY(session->play(ramp(16000)).ok());
    rig.advance(100ms);
    const std::size_t before = rig.peer.heard.size();
    const HeardPacket last = rig.peer.heard.back();
    rig.scheduler.advance(1s);
    rig.engine.runOnce();
    rig.scheduler.runDue();
    QCOMPARE(rig.peer.heard.size(), before + 1);
    rig.advance(100ms);
    const HeardPacket& next = rig.peer.heard[before];
    QCOMPARE(next.header.sequence, static_cast<std::uint16_t>(last.header.sequence + 1));
    QVERIFY(next.header.marker);
    const std::uint32_t samples = next.header.timestamp - last.header.timestamp;
    QVERIFY(samples > 7800 && samples < 8200 && samples % 160 == 0);
    QCOMPARE((rig.peer.heard[before + 1].at - last.at) % 20ms, base::Duration(0));
    // The audio was held back, not dropped.
    auto all = heardBy(rig.peer);
    auto expected = throughAlaw(ramp(16000));
    expected.resize(all.size());
    QVERIFY(all == expected);
}

void MediaSendingTest::nowhereToSend_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<int>("port");
    QTest::newRow("RFC 3264 8.4: 0.0.0.0 is a hold") << QByteArray("0.0.0.0") << 4000;
    QTest::newRow("::") << QByteArray("::") << 4000;
    QTest::newRow("port 0") << QByteArray("198.51.100.7") << 0;
    QTest::newRow("multicast") << QByteArray("224.1.2.3") << 4000;
    QTest::newRow("IPv6 multicast") << QByteArray("ff02::1") << 4000;
    QTest::newRow("broadcast") << QByteArray("255.255.255.255") << 4000;
}

void MediaSendingTest::nowhereToSend()
{
    QFETCH(QByteArray, address);
    QFETCH(int, port);
    MediaRig rig;
    int sent = 0;
    rig.network.setTrace([&](const VirtualDatagram&) { ++sent; });
    {
        const auto session = rig.open();
        media::MediaParameters parameters;
        parameters.remoteRtp = endpoint(address.constData(), port);
        session->setParameters(parameters);
        session->start();
        rig.advance(20s);
    }
    rig.advance(20ms);
    QCOMPARE(sent, 0);
}

void MediaSendingTest::resumeAfterNowhere()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    for (int i = 0; i < 10; ++i) {
        rig.peer.send();
        rig.advance(20ms);
    }
    media::MediaParameters held = rig.parametersFor(rig.peer);
    held.remoteRtp = endpoint("0.0.0.0", 4000);
    session->setParameters(held);
    rig.advance(20ms);
    const std::size_t before = rig.peer.heard.size();
    rig.advance(10s);
    QCOMPARE(rig.peer.heard.size(), before);
    session->setParameters(rig.parametersFor(rig.peer));
    rig.advance(100ms);
    QCOMPARE(rig.peer.heard.size(), before + 5);
    QVERIFY(rig.peer.heard[before].header.marker); // after a gap, though it only fills
    QVERIFY(isSilent(rig.peer.heard[before]));
    QVERIFY(!rig.peer.heard[before + 1].header.marker);
}

void MediaSendingTest::musicStopsWithoutAClick()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    session->playMusic(std::make_shared<const media::HoldMusic>(
        std::vector<std::int16_t>(media::HoldMusic::fullRate, std::int16_t(8000))));
    rig.advance(500ms);
    session->playMusic(nullptr);
    rig.advance(100ms);
    session->playMusic(std::make_shared<const media::HoldMusic>(
        std::vector<std::int16_t>(media::HoldMusic::fullRate, std::int16_t(8000))));
    rig.advance(200ms);
    const auto heard = heardBy(rig.peer);
    QVERIFY(std::ranges::max(heard) > 7500);
    for (std::size_t i = 1; i < heard.size(); ++i) {
        QVERIFY2(std::abs(heard[i] - heard[i - 1]) < 1000, qPrintable(QString::number(i)));
    }
}

QTEST_GUILESS_MAIN(MediaSendingTest)
#include "tst_media_sending.moc"
