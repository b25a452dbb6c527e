// A stream whose codec changes, on either side, without anything else being agreed or by an
// agreement in mid-call.
#include "HeardCall.h"
#include "audio/SpeechCodecs.h"
#include "unit/audio/Tone.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <utility>

using namespace hs;
using namespace hs::test;
using audio::CodecKind;

class MediaCodecsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void farEndChangesWithAnyPacket();
    void latePacketOfTheCodecBeforeChangesNothing();
    void timestampsOfAnotherClockAreAnotherSource_data();
    void timestampsOfAnotherClockAreAnotherSource();
    void holdGoesOnWithTheSameEncoder();
    void greetingEndsInAnotherCodec();
    void holdOfAWideCallGivesNothing();
    void peaksAndSilenceOfWhatIsHeard();
};

namespace {

std::uint8_t typeOf(CodecKind kind)
{
    const int type = audio::formatOf(kind).staticPayloadType;
    return type < 0 ? 96 : static_cast<std::uint8_t>(type);
}

media::MediaParameters spokenIn(media::MediaParameters parameters, CodecKind kind)
{
    parameters.codec = kind;
    parameters.payloadType = typeOf(kind);
    parameters.received = {};
    for (std::size_t i = 0; i < audio::audioFormats().size(); ++i) {
        const CodecKind each = audio::audioFormats()[i].kind;
        parameters.received[i] = {typeOf(each), each};
    }
    return parameters;
}

// A far end that says a tone in any codec.
class Speaker {
public:
    explicit Speaker(HeardCall& call)
        : m_call(call)
    {
    }

    void say(CodecKind kind, int packets, double amplitude = 8000)
    {
        const audio::AudioFormat& format = audio::formatOf(kind);
        const auto encoder = audio::makeEncoder(kind);
        const std::size_t size = format.samplesOf(20);
        const auto all =
            tone(700, format.sampleRate, size * static_cast<std::size_t>(packets), amplitude);
        for (std::size_t at = 0; at < all.size(); at += size) {
            send(kind, *encoder, std::span(all).subspan(at, size));
            m_call.rig.advance(20ms);
        }
    }

    // A packet of each; the one of the codec before comes behind the other.
    void change(CodecKind before, CodecKind after)
    {
        rtp::RtpHeader& header = m_call.rig.peer.header;
        const rtp::RtpHeader late = header;
        m_call.rig.advance(20ms);
        ++header.sequence;
        header.timestamp += 160;
        sendOne(after);
        const rtp::RtpHeader next = std::exchange(header, late);
        sendOne(before);
        header = next;
        m_call.rig.advance(20ms);
    }

private:
    void sendOne(CodecKind kind)
    {
        const audio::AudioFormat& format = audio::formatOf(kind);
        send(kind, *audio::makeEncoder(kind), tone(700, format.sampleRate, format.samplesOf(20)));
    }
    void send(CodecKind kind, audio::SpeechEncoder& encoder, std::span<const std::int16_t> samples)
    {
        std::vector<std::byte> payload(audio::mostPayloadOctets);
        payload.resize(encoder.encode(samples, payload));
        RtpPeer& peer = m_call.rig.peer;
        peer.header.payloadType = typeOf(kind);
        const std::uint32_t timestamp = peer.header.timestamp;
        if (!payload.empty()) {
            peer.send(payload);
        }
        peer.header.timestamp = timestamp + audio::formatOf(kind).timestampUnits(samples.size());
    }

private:
    HeardCall& m_call;
};

std::vector<std::int16_t> lastHalf(const Ear& ear, media::TapFrame::Kind kind)
{
    std::vector<std::int16_t> all;
    for (const HeardFrame& frame : ear.frames) {
        if (frame.kind == kind) {
            const auto samples =
                kind == media::TapFrame::Kind::Pcm ? frame.samples() : decoded(frame.bytes);
            all.insert(all.end(), samples.begin(), samples.end());
        }
    }
    all.erase(all.begin(),
              all.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(all.size(), 4000)));
    return all;
}

} // namespace

// RFC 3264 6.1
void MediaCodecsTest::farEndChangesWithAnyPacket()
{
    HeardCall call;
    call.session->setListeners(1, 1);
    call.session->setParameters(spokenIn(MediaRig::parametersFor(call.rig.peer), CodecKind::Pcma));
    Speaker speaker(call);
    for (const CodecKind kind : {CodecKind::Pcma, CodecKind::Opus, CodecKind::G722, CodecKind::Pcma,
                                 CodecKind::G722, CodecKind::Opus}) {
        call.ear.frames.clear();
        speaker.say(kind, 50);
        for (const auto form : {media::TapFrame::Kind::Packet, media::TapFrame::Kind::Pcm}) {
            const auto heard = lastHalf(call.ear, form);
            QCOMPARE(heard.size(), std::size_t(4000));
            const Heard found = listen(heard, 700, 8000);
            QVERIFY2(found.amplitude > 6000, qPrintable(QString::number(found.amplitude)));
        }
    }
    QCOMPARE(call.session->stats().packetsLost, 0U);
}

void MediaCodecsTest::latePacketOfTheCodecBeforeChangesNothing()
{
    const auto quietLateLost = [](bool isReordered) {
        HeardCall call;
        call.session->setListeners(0, 1);
        call.session->setParameters(
            spokenIn(MediaRig::parametersFor(call.rig.peer), CodecKind::Pcma));
        Speaker speaker(call);
        speaker.say(CodecKind::Pcma, 50);
        call.ear.frames.clear();
        if (isReordered) {
            speaker.change(CodecKind::Pcma, CodecKind::G722);
        } else {
            speaker.say(CodecKind::Pcma, 1);
            speaker.say(CodecKind::G722, 1);
        }
        speaker.say(CodecKind::G722, 50);
        const model::MediaStats stats = call.session->stats();
        return std::array{
            static_cast<int>(std::ranges::count_if(
                call.ear.frames,
                [](const HeardFrame& frame) { return std::ranges::max(frame.samples()) < 1000; })),
            static_cast<int>(stats.packetsDiscarded), static_cast<int>(stats.packetsLost)};
    };
    const auto [usual, noneLate, noneLost] = quietLateLost(false);
    QCOMPARE(noneLate, 0);
    QCOMPARE(noneLost, 0);
    const auto [frames, late, lost] = quietLateLost(true);
    QCOMPARE(frames, usual); // the playout of the new one begins once
    QCOMPARE(late, 1);
    QCOMPARE(lost, 0);
}

void MediaCodecsTest::timestampsOfAnotherClockAreAnotherSource_data()
{
    QTest::addColumn<int>("after");
    QTest::addColumn<bool>("isSame");
    QTest::addColumn<int>("step");
    QTest::newRow("RFC 3551 4.5.2: G.722 counts as G.711 does")
        << int(CodecKind::G722) << true << 160;
    QTest::newRow("RFC 7160 4.1: Opus counts 48000") << int(CodecKind::Opus) << false << 960;
}

void MediaCodecsTest::timestampsOfAnotherClockAreAnotherSource()
{
    QFETCH(int, after);
    QFETCH(bool, isSame);
    QFETCH(int, step);
    HeardCall call;
    RtpPeer& peer = call.rig.peer;
    call.rig.advance(200ms);
    const std::uint32_t before = peer.heard.back().header.ssrc;
    media::MediaParameters parameters = spokenIn(MediaRig::parametersFor(peer), CodecKind(after));
    parameters.wishes.dtx = false;
    call.session->setParameters(parameters);
    peer.heard.clear();
    call.rig.advance(1s);
    QCOMPARE(peer.heard.size(), std::size_t(50));
    QCOMPARE(peer.heard.back().header.ssrc == before, isSame);
    QCOMPARE(peer.heard.front().header.marker, !isSame); // RFC 3551 4.1
    for (std::size_t i = 1; i < peer.heard.size(); ++i) {
        QCOMPARE(int(peer.heard[i].header.timestamp - peer.heard[i - 1].header.timestamp), step);
        QCOMPARE(peer.heard[i].header.payloadType, typeOf(CodecKind(after)));
    }
}

void MediaCodecsTest::holdGoesOnWithTheSameEncoder()
{
    HeardCall call;
    RtpPeer& peer = call.rig.peer;
    media::MediaParameters parameters = spokenIn(MediaRig::parametersFor(peer), CodecKind::G722);
    call.session->setParameters(parameters);
    call.rig.advance(100ms);
    const auto voice = tone(500, 8000, 8000);
    QVERIFY(call.session->play(voice).ok());
    peer.heard.clear();
    call.rig.advance(200ms);
    // As a session timer's refresh does, or a hold whose offer lists the same in another order.
    std::swap(parameters.received[0], parameters.received[2]);
    std::swap(parameters.noiseTypes[0], parameters.noiseTypes[1]);
    call.session->setParameters(parameters);
    call.rig.advance(200ms);
    // One decoder understands all of it: nothing began anew.
    const auto decoder = audio::makeDecoder(CodecKind::G722);
    std::vector<std::int16_t> heard;
    for (const HeardPacket& packet : peer.heard) {
        std::vector<std::int16_t> samples(320);
        QCOMPARE(decoder->decode(packet.payload, samples), samples.size());
        heard.insert(heard.end(), samples.begin(), samples.end());
    }
    QVERIFY(listen(std::span(heard).last(4800), 500, 16000).snrDb > 20);
}

// A change of codec while only the resampler's tail of it is left.
void MediaCodecsTest::greetingEndsInAnotherCodec()
{
    HeardCall call;
    RtpPeer& peer = call.rig.peer;
    call.session->setParameters(spokenIn(MediaRig::parametersFor(peer), CodecKind::G722));
    call.rig.advance(100ms);
    call.session->playGreeting(
        std::make_shared<const audio::Clip>(audio::Clip{8000, tone(700, 8000, 5 * 160 - 30)}));
    peer.heard.clear();
    while (peer.heard.size() < 5) {
        call.rig.advance(5ms);
    }
    call.session->setParameters(spokenIn(MediaRig::parametersFor(peer), CodecKind::Pcma));
    QVERIFY(call.session->play(tone(500, 8000, 1600)).ok());
    call.rig.advance(500ms);
    QCOMPARE(call.session->queuedMs(), 0);
}

void MediaCodecsTest::holdOfAWideCallGivesNothing()
{
    HeardCall call;
    media::MediaParameters parameters =
        spokenIn(MediaRig::parametersFor(call.rig.peer), CodecKind::G722);
    call.session->setParameters(parameters);
    Speaker speaker(call);
    speaker.say(CodecKind::G722, 20);
    QVERIFY(call.ear.frames.size() > 10);
    parameters.receive = false;
    call.session->setParameters(parameters);
    call.ear.frames.clear();
    speaker.say(CodecKind::G722, 20); // it speaks on all the same
    QCOMPARE(call.ear.frames.size(), std::size_t(0));
}

void MediaCodecsTest::peaksAndSilenceOfWhatIsHeard()
{
    HeardCall call;
    call.session->setParameters(spokenIn(MediaRig::parametersFor(call.rig.peer), CodecKind::Opus));
    Speaker speaker(call);
    speaker.say(CodecKind::Opus, 100);
    QVERIFY(std::abs(int(call.session->stats().peakReceived) - 8000) < 1500);
    QCOMPARE(call.session->stats().receivedQuietMs, 0);
    speaker.say(CodecKind::G722, 150, 0);
    QVERIFY(call.session->stats().peakReceived < 300);
    QVERIFY(call.session->stats().receivedQuietMs > 2000);
}

QTEST_GUILESS_MAIN(MediaCodecsTest)
#include "tst_media_codecs.moc"
