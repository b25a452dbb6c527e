#include "DigitCall.h"
#include "HeardCall.h"
#include "PcapFile.h"
#include "WavFile.h"
#include "audio/DtmfTone.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using media::DigitMethod;

// The digits that a call hears (RFC 4733 2.5.2), and that their packets are no audio.
class MediaDigitsHeardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachOnce();
    void beforeAnyAudio();
    void otherNumbers();
    void notNegotiated();
    void notWhileOnHold();
    void capturesOfSipp_data();
    void capturesOfSipp();
    void areNoAudio();
    void recordingStaysAligned();
    void tonesWhenWanted();
    void tonesNotBesideEvents();
    void toneWithALostPacket();
    void toneThatNeverEnds();
    void endToEnd_data();
    void endToEnd();
};

namespace {
void say(DigitCall& call, const std::vector<std::int16_t>& samples)
{
    for (std::size_t at = 0; at + 160 <= samples.size(); at += 160) {
        std::vector<std::byte> codes(160);
        audio::encodeAlaw(std::span(samples).subspan(at, 160), codes);
        call.rig.peer.send(codes);
        call.rig.advance(20ms);
    }
}

std::vector<std::int16_t> tone(char digit, int ms)
{
    audio::DtmfTone tone;
    tone.start(digit, ms * 8);
    std::vector<std::int16_t> samples(static_cast<std::size_t>(ms) * 8 + 800);
    tone.read(samples);
    return samples;
}
} // namespace

void MediaDigitsHeardTest::eachOnce()
{
    DigitCall call;
    call.talk(10);
    call.dial('1');
    call.talk(5);
    call.dial('1', 10);
    call.dial('!');
    call.talk(5);
    QCOMPARE(call.told.received, (QByteArrayList{"1:100", "1:200", "!:100"}));
    call.rig.advance(300ms);
    QCOMPARE(call.session->stats().packetsLost, 0U);
    QVERIFY(call.session->stats().jitterUs < 100);
}

void MediaDigitsHeardTest::beforeAnyAudio()
{
    DigitCall call;
    int first = 0;
    call.dial('4');
    call.session->setEvents({.firstPacket = [&] { ++first; }});
    call.rig.advance(100ms);
    QCOMPARE(call.told.received, QByteArrayList{"4:100"});
    QCOMPARE(first, 0); // nothing was heard yet
    call.talk(3);
    QCOMPARE(first, 1);
}

// Our number and the far end's own one.
void MediaDigitsHeardTest::otherNumbers()
{
    DigitCall call;
    auto parameters = call.rig.parametersFor(call.rig.peer);
    parameters.eventType = 97;
    parameters.receivedEventTypes = {97, 101};
    call.session->setParameters(parameters);
    call.talk(3);
    call.dial('4');
    // RFC 4733 2.1: theirs may be of the other clock that both have listed.
    parameters.receivedEventTypes = {102, -1};
    parameters.eventClock = 48000;
    parameters.otherEventTypes = {101, -1};
    parameters.otherEventClock = 8000;
    call.session->setParameters(parameters);
    call.talk(3);
    call.dial('5');
    QCOMPARE(call.told.received, (QByteArrayList{"4:100", "5:100"}));
}

void MediaDigitsHeardTest::notNegotiated()
{
    DigitCall call;
    call.session->setParameters(call.rig.parametersFor(call.rig.peer));
    call.talk(3);
    call.dial('4');
    call.talk(10);
    QCOMPARE(call.told.received, QByteArrayList{});
    call.rig.advance(300ms);
    QCOMPARE(call.session->stats().packetsLost, 0U);
}

void MediaDigitsHeardTest::notWhileOnHold()
{
    DigitCall call;
    auto held = withEvents(call.rig.parametersFor(call.rig.peer));
    held.receive = false;
    call.session->setParameters(held);
    call.dial('4');
    QCOMPARE(call.told.received, QByteArrayList{});
}

// They have one number for their three end packets, 16 kHz durations, and the same numbers in each
// run; here each digit is dialled twice.
void MediaDigitsHeardTest::capturesOfSipp_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<char>("digit");
    for (int i = 0; i <= 9; ++i) {
        QTest::addRow("%d", i) << QString::number(i) << static_cast<char>('0' + i);
    }
    QTest::newRow("star") << QStringLiteral("star") << '*';
    QTest::newRow("pound") << QStringLiteral("pound") << '#';
}

void MediaDigitsHeardTest::capturesOfSipp()
{
    QFETCH(QString, name);
    QFETCH(char, digit);
    const auto capture =
        readPcap(QStringLiteral("/usr/share/sip-tester/dtmf_2833_%1.pcap").arg(name));
    QVERIFY2(capture, "Debian's package sip-tester");
    DigitCall call;
    call.talk(5);
    for (int run = 0; run < 2; ++run) {
        const base::TimePoint start = call.rig.now();
        for (const CapturedDatagram& datagram : *capture) {
            while (call.rig.now() - start < datagram.at) {
                call.rig.advance(5ms);
            }
            call.rig.peer.sendRaw(datagram.bytes);
        }
        call.rig.advance(200ms);
    }
    QCOMPARE(call.told.digits, QByteArray(2, digit));
    call.talk(5);
    call.rig.advance(300ms);
    QCOMPARE(call.session->stats().packetsLost, 0U);
}

void MediaDigitsHeardTest::areNoAudio()
{
    DigitCall call;
    Ear ear;
    call.rig.engine.addTap(ear);
    call.session->setListeners(1, 1);
    call.talk(20);
    const std::size_t before = call.rig.peer.said.size();
    call.dial('5', 10);
    call.talk(20);
    call.rig.advance(200ms);
    QVERIFY(payloads(ear) == call.rig.peer.said); // packets: the audio and nothing else
    std::vector<std::int16_t> heard;
    for (const HeardFrame& frame : ear.frames) {
        if (frame.kind == media::TapFrame::Kind::Pcm) {
            const auto samples = frame.samples();
            heard.insert(heard.end(), samples.begin(), samples.end());
        }
    }
    // Samples: what was said, silence in the place of the digit's 240 ms (of which a frame may go
    // to make the delay shorter; what follows is blended in for 10 ms), what was said.
    const auto said = decoded(call.rig.peer.said);
    const auto until = said.begin() + static_cast<long>(before);
    const auto start = std::search(heard.begin(), heard.end(), said.begin() + 1600, until);
    QVERIFY(start != heard.end());
    const auto gap = start + (until - said.begin() - 1600);
    const auto next = std::search(gap, heard.end(), until + 80, said.end());
    QVERIFY(next != heard.end());
    const auto silence = next - 80 - gap;
    QVERIFY2(silence == 12 * 160 || silence == 11 * 160, qPrintable(QString::number(silence)));
    QVERIFY(std::all_of(gap + 80, gap + silence, [](auto sample) { return sample == 0; }));
}

void MediaDigitsHeardTest::recordingStaysAligned()
{
    DigitCall call;
    const QString path = call.rig.path("digits.wav");
    call.session->startRecording({path, true});
    call.talk(50);
    const std::size_t before = call.rig.peer.said.size();
    call.dial('5', 20);
    QVERIFY(call.session->sendDigits("7", DigitMethod::Rfc4733));
    call.talk(50);
    call.session->stopRecording();
    call.rig.advance(200ms);
    const WavFile wav(path);
    const auto left = wav.left;
    const auto said = decoded(call.rig.peer.said);
    auto expected = std::vector(said.begin(), said.begin() + static_cast<long>(before));
    expected.insert(expected.end(), 22 * 160, 0); // no noise, and nothing made up either
    expected.insert(expected.end(), said.begin() + static_cast<long>(before), said.end());
    QVERIFY(std::search(left.begin(), left.end(), expected.begin(), expected.end()) != left.end());
    const auto right = wav.right;
    QVERIFY(std::ranges::all_of(right, [](int sample) { return std::abs(sample) <= 8; }));
}

void MediaDigitsHeardTest::tonesWhenWanted()
{
    DigitCall call;
    call.talk(3);
    say(call, tone('7', 100));
    QCOMPARE(call.told.received, QByteArrayList{}); // off at first
    call.session->setInBandDetection(true);
    say(call, tone('7', 100));
    say(call, tone('7', 200));
    QCOMPARE(call.told.digits, QByteArray("77"));
    QVERIFY(call.told.received[0].startsWith("7~"));
    const int ms = call.told.received[1].sliced(2).toInt();
    QVERIFY(ms >= 170 && ms <= 230);
    call.session->setInBandDetection(false);
    say(call, tone('8', 200));
    QCOMPARE(call.told.digits, QByteArray("77"));
}

// A gateway that leaves the tone in the audio and sends events besides.
void MediaDigitsHeardTest::tonesNotBesideEvents()
{
    DigitCall call;
    call.session->setInBandDetection(true);
    call.talk(3);
    auto samples = tone('3', 60); // the tone begins before the events do
    samples.resize(480);
    say(call, samples);
    call.dial('3');
    say(call, tone('3', 100));
    call.talk(5);
    call.dial('4');
    QCOMPARE(call.told.received, (QByteArrayList{"3:100", "4:100"}));
}

void MediaDigitsHeardTest::toneWithALostPacket()
{
    DigitCall call;
    call.session->setInBandDetection(true);
    call.talk(3);
    const auto samples = tone('6', 200);
    say(call, {samples.begin(), samples.begin() + 800});
    call.rig.peer.lose();
    call.rig.advance(20ms);
    say(call, {samples.begin() + 960, samples.end()});
    call.rig.advance(200ms);
    QCOMPARE(call.told.digits, QByteArray("6"));
}

void MediaDigitsHeardTest::toneThatNeverEnds()
{
    DigitCall call;
    call.session->setInBandDetection(true);
    auto samples = tone('2', 200);
    samples.resize(1120);
    say(call, samples);
    QCOMPARE(call.told.digits, QByteArray());
    call.rig.advance(300ms); // nothing more comes
    QCOMPARE(call.told.digits, QByteArray("2"));
    call.rig.advance(1s);
    QCOMPARE(call.told.digits.size(), 1);
}

void MediaDigitsHeardTest::endToEnd_data()
{
    QTest::addColumn<DigitMethod>("method");
    QTest::addColumn<audio::CodecKind>("codec");
    QTest::addColumn<unsigned>("lossPermille");
    const auto events = DigitMethod::Rfc4733;
    const auto tones = DigitMethod::InBand;
    QTest::newRow("events") << events << audio::CodecKind::Pcma << 0U;
    QTest::newRow("events, 10 % loss") << events << audio::CodecKind::Pcma << 100U;
    QTest::newRow("events, 20 % loss") << events << audio::CodecKind::Pcmu << 200U;
    QTest::newRow("tones, A-law") << tones << audio::CodecKind::Pcma << 0U;
    QTest::newRow("tones, mu-law") << tones << audio::CodecKind::Pcmu << 0U;
    QTest::newRow("tones, A-law, 1 % loss") << tones << audio::CodecKind::Pcma << 10U;
}

// Two calls of one engine talk to each other.
void MediaDigitsHeardTest::endToEnd()
{
    QFETCH(DigitMethod, method);
    QFETCH(audio::CodecKind, codec);
    QFETCH(unsigned, lossPermille);
    MediaRig rig;
    const auto a = rig.open(1);
    const auto b = rig.open(2);
    Told toldA(*a);
    Told toldB(*b);
    for (const auto& [own, other] : {std::pair(a.get(), b.get()), std::pair(b.get(), a.get())}) {
        media::MediaParameters parameters;
        parameters.remoteRtp = other->localRtp();
        parameters.codec = codec;
        parameters.payloadType = codec == audio::CodecKind::Pcma ? 8 : 0;
        own->setParameters(method == DigitMethod::Rfc4733 ? withEvents(parameters) : parameters);
        own->setInBandDetection(true);
        own->start();
    }
    rig.advance(200ms);
    rig.network.setPath(*base::IpAddress::parse(MediaRig::ownAddress),
                        {.delay = 30ms, .jitter = 20ms, .lossPermille = lossPermille});
    const QByteArray fromA = "1123581321345589144233377610987*#ABCD0000000000";
    const QByteArray fromB = "31415926535897932384626433832795028841971693993";
    QVERIFY(a->sendDigits(fromA, method, 100, 80));
    QVERIFY(b->sendDigits(fromB, method, 100, 80));
    rig.advance(10s);
    QCOMPARE(toldB.digits, fromA);
    QCOMPARE(toldA.digits, fromB);
    QCOMPARE(toldA.sent, fromA);
    const char mark = method == DigitMethod::Rfc4733 ? ':' : '~';
    for (const QByteArray& one : toldB.received) {
        QVERIFY(one.at(1) == mark);
        QVERIFY(one.sliced(2).toInt() >= 40 && one.sliced(2).toInt() <= 130);
    }
}

QTEST_GUILESS_MAIN(MediaDigitsHeardTest)
#include "tst_media_digits_heard.moc"
