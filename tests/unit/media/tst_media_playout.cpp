#include "MediaRig.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

// What a call says: greeting, clients, microphone.
class MediaPlayoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clientAudioInOrderAndWhole();
    void greetingGoesFirst();
    void greetingStops();
    void secondGreetingReplacesTheFirst();
    void pauseHoldsTheQueueNotTheGreeting();
    void clearEmptiesTheQueue();
    void queuedMsCountsDown();
    void queueIsBounded();
    void everyNodeComesHome();
    void headsetIsHeardInsteadOfTheQueue();
    void mutedHeadsetIsSilent();
    void whatWasSaidBeforeConnectingIsNotSent();
    void driedUpMicrophone();
    void fastMicrophoneIsCutBack();
    void holdForgetsTheMicrophone();
    void headsetHearsTheFarEnd();
};

namespace {

constexpr int headsetRate = audio::HeadsetRings::sampleRate;
constexpr int wide = headsetRate / 8000;

std::vector<std::int16_t> withoutSilence(std::vector<std::int16_t> all)
{
    const std::int16_t silence = audio::decodeAlaw(audio::alawSilence);
    std::erase(all, silence);
    return all;
}

// What was said, without the silence around it.
std::vector<std::int16_t> spoken(const RtpPeer& peer)
{
    return withoutSilence(heardBy(peer));
}

std::vector<std::int16_t> resampled(const std::vector<std::int16_t>& samples, int from, int to)
{
    audio::BlockResampler resampler(from, to);
    std::vector<std::int16_t> result(resampler.outFor(samples.size()));
    resampler.process(samples, result);
    return result;
}

// What comes of so much that say() has said.
std::vector<std::int16_t> fromMicrophone(int samples)
{
    return withoutSilence(throughAlaw(resampled(ramp(samples * wide), headsetRate, 8000)));
}

std::vector<std::int16_t> joined(std::vector<std::int16_t> a, const std::vector<std::int16_t>& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

auto greeting(int samples)
{
    return std::make_shared<const audio::Clip>(audio::Clip{8000, ramp(samples, 1000)});
}

// So long as that many samples at 8000 Hz.
void say(audio::HeadsetRings& rings, int samples, int from = 1)
{
    rings.capture.write(ramp(samples * wide, (from - 1) * wide + 1));
}

} // namespace

void MediaPlayoutTest::clientAudioInOrderAndWhole()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    rig.advance(60ms);
    std::vector<std::int16_t> all;
    for (const int length : {1, 7, 160, 161, 999, 320, 53}) {
        const auto piece = ramp(length, static_cast<int>(all.size()) + 1);
        QVERIFY(session->play(piece).ok());
        all = joined(all, piece);
    }
    rig.advance(1s);
    QVERIFY(spoken(rig.peer) == throughAlaw(all));
}

void MediaPlayoutTest::greetingGoesFirst()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    QVERIFY(session->play(ramp(400)).ok());
    session->playGreeting(greeting(1000));
    rig.advance(1s);
    // Without a seam: the client's audio begins in the packet in which the greeting ends.
    auto all = heardBy(rig.peer);
    all.resize(1400);
    QVERIFY(all == throughAlaw(joined(ramp(1000, 1000), ramp(400))));
}

void MediaPlayoutTest::greetingStops()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    session->playGreeting(greeting(8000));
    QVERIFY(session->play(ramp(160)).ok());
    rig.advance(200ms);
    session->stopGreeting();
    const auto sent = static_cast<int>(rig.peer.heard.size()) * 160;
    rig.advance(200ms);
    QVERIFY(spoken(rig.peer) == throughAlaw(joined(ramp(sent, 1000), ramp(160))));
}

void MediaPlayoutTest::secondGreetingReplacesTheFirst()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    session->playGreeting(greeting(8000));
    session->playGreeting(std::make_shared<const audio::Clip>(audio::Clip{8000, ramp(320)}));
    session->playGreeting(nullptr);
    session->playGreeting(std::make_shared<const audio::Clip>());
    rig.advance(200ms);
    QVERIFY(spoken(rig.peer) == throughAlaw(ramp(320)));
}

void MediaPlayoutTest::pauseHoldsTheQueueNotTheGreeting()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    session->setQueuePaused(true);
    QVERIFY(session->play(ramp(320)).ok());
    session->playGreeting(greeting(160));
    rig.advance(500ms);
    QVERIFY(spoken(rig.peer) == throughAlaw(ramp(160, 1000)));
    QCOMPARE(session->queuedMs(), 40);
    session->setQueuePaused(false);
    rig.advance(100ms);
    QVERIFY(spoken(rig.peer) == throughAlaw(joined(ramp(160, 1000), ramp(320))));
}

void MediaPlayoutTest::clearEmptiesTheQueue()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    QVERIFY(session->play(ramp(8000)).ok());
    rig.advance(100ms);
    const auto sent = static_cast<int>(rig.peer.heard.size()) * 160;
    session->clear();
    QCOMPARE(session->queuedMs(), 0); // at once
    QVERIFY(session->play(ramp(160, 1000)).ok());
    QCOMPARE(session->queuedMs(), 20);
    rig.advance(100ms);
    QCOMPARE(session->queuedMs(), 0);
    QVERIFY(spoken(rig.peer) == throughAlaw(joined(ramp(sent), ramp(160, 1000))));
}

void MediaPlayoutTest::queuedMsCountsDown()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    QVERIFY(session->play(ramp(8000)).ok());
    QCOMPARE(session->queuedMs(), 1000);
    rig.advance(500ms);
    QCOMPARE(session->queuedMs(), 500);
    QVERIFY(session->play(ramp(4000)).ok());
    QCOMPARE(session->queuedMs(), 1000);
    rig.advance(2s);
    QCOMPARE(session->queuedMs(), 0);
}

void MediaPlayoutTest::queueIsBounded()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const std::vector<std::int16_t> minute(60 * 8000, 100);
    QVERIFY(session->play(minute).ok());
    QVERIFY(session->play(minute).ok());
    const auto refused = session->play(ramp(8));
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().text.contains(u"120000 ms"));
    rig.advance(100ms);
    QVERIFY(session->play(ramp(8)).ok());
    QVERIFY(!session->play(minute).ok());
    session->clear();
    QVERIFY(session->play(minute).ok());
}

void MediaPlayoutTest::everyNodeComesHome()
{
    MediaRig rig;
    auto audio = greeting(160);
    auto rings = std::make_shared<audio::HeadsetRings>();
    const std::weak_ptr watched = audio;
    auto session = rig.call(rig.peer);
    session->playGreeting(std::move(audio));
    session->connectHeadset(rings);
    rig.advance(40ms);
    QVERIFY(!watched.expired()); // the headset speaks, the greeting waits
    QVERIFY(rings.use_count() > 1);
    session->disconnectHeadset();
    rig.advance(500ms);
    QVERIFY(watched.expired());
    QCOMPARE(rings.use_count(), 1);
    // What is still in use comes home with the call.
    session->connectHeadset(rings);
    rig.advance(20ms);
    session.reset();
    rig.advance(20ms);
    QCOMPARE(rings.use_count(), 1);
}

void MediaPlayoutTest::headsetIsHeardInsteadOfTheQueue()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    QVERIFY(session->play(ramp(160, 1000)).ok());
    session->connectHeadset(rings);
    rig.advance(5ms);
    rig.peer.heard.clear();
    for (int i = 0; i < 10; ++i) {
        say(*rings, 160, i * 160 + 1);
        rig.advance(20ms);
    }
    rig.advance(100ms);
    // A packet's worth stays in the ring against the two threads' unequal steps, to the last.
    QVERIFY(spoken(rig.peer) == fromMicrophone(1600));
    QCOMPARE(session->queuedMs(), 20);
    session->disconnectHeadset();
    rig.advance(100ms);
    QVERIFY(spoken(rig.peer) == joined(fromMicrophone(1600), throughAlaw(ramp(160, 1000))));
}

void MediaPlayoutTest::mutedHeadsetIsSilent()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    session->connectHeadset(rings);
    session->setMuted(true);
    rig.advance(5ms);
    for (int i = 0; i < 10; ++i) {
        say(*rings, 160, 1000);
        rig.advance(20ms);
    }
    QCOMPARE(spoken(rig.peer).size(), std::size_t(0));
    QVERIFY(rings->capture.size() <= 320 * wide); // not kept for later
    session->setMuted(false);
    for (int i = 0; i < 5; ++i) {
        say(*rings, 160);
        rig.advance(20ms);
    }
    QVERIFY(spoken(rig.peer).size() >= 600);
}

void MediaPlayoutTest::whatWasSaidBeforeConnectingIsNotSent()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    say(*rings, 4000, 1000);
    session->connectHeadset(rings);
    rig.advance(100ms);
    QCOMPARE(spoken(rig.peer).size(), std::size_t(0));
}

void MediaPlayoutTest::driedUpMicrophone()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    session->connectHeadset(rings);
    rig.advance(5ms);
    say(*rings, 400); // two packets and a half
    rig.advance(200ms);
    QVERIFY(spoken(rig.peer) == fromMicrophone(320));
    QCOMPARE(rig.peer.heard.back().header.marker, false);
    say(*rings, 400, 401);
    rig.advance(200ms);
    QVERIFY(spoken(rig.peer) == fromMicrophone(800)); // nothing is lost over it
}

void MediaPlayoutTest::fastMicrophoneIsCutBack()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    session->connectHeadset(rings);
    rig.advance(5ms);
    for (int i = 0; i < 500; ++i) {
        say(*rings, 170);
        rig.advance(20ms);
        QVERIFY(rings->capture.size() < 1200 * wide);
    }
}

void MediaPlayoutTest::holdForgetsTheMicrophone()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    session->connectHeadset(rings);
    media::MediaParameters parameters = rig.parametersFor(rig.peer);
    parameters.send = false;
    session->setParameters(parameters);
    rig.advance(100ms);
    say(*rings, 4000, 1000);
    rig.advance(100ms);
    parameters.send = true;
    session->setParameters(parameters);
    rig.advance(100ms);
    QCOMPARE(spoken(rig.peer).size(), std::size_t(0));
}

void MediaPlayoutTest::headsetHearsTheFarEnd()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    session->connectHeadset(rings);
    for (int i = 0; i < 50; ++i) {
        rig.peer.send();
        rig.advance(20ms);
    }
    std::vector<std::int16_t> heard(rings->playback.size());
    rings->playback.read(heard);
    QVERIFY(heard.size() >= 7840 * wide);
    const auto said = resampled(decoded(rig.peer.said), 8000, headsetRate);
    const auto start = std::search(heard.begin(), heard.end(), said.begin(), said.begin() + 600);
    QVERIFY(start != heard.end());
    QVERIFY(start - heard.begin() <= 480 * wide); // the jitter buffer's delay
    QVERIFY(std::equal(start, heard.end(), said.begin()));
}

QTEST_GUILESS_MAIN(MediaPlayoutTest)
#include "tst_media_playout.moc"
