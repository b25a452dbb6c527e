#include "DigitCall.h"
#include "audio/DtmfDetector.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using media::DigitMethod;

// The digits that a call sends, as telephone-events (RFC 4733 2.5.1) and as tones.
class MediaDigitsSentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void packetsOfADigit();
    void timestampsGoOn();
    void numberOfTheFarEnd();
    void durationsOfAnotherClock();
    void packetTimes_data();
    void packetTimes();
    void pauses();
    void queueBehindWhatIsQueued();
    void stopped();
    void refused_data();
    void refused();
    void holdDropsThem();
    void noLongerTaken();
    void otherAudioWaits();
    void toldWhenItBegins();
    void tones_data();
    void tones();
    void toneTakesThePlaceOfAudio();
    void toneEndsWithItsRate();
};

namespace {
QByteArray heardTones(const RtpPeer& peer, audio::CodecKind codec)
{
    audio::DtmfDetector detector;
    QByteArray digits;
    for (const HeardPacket& packet : peer.heard) {
        std::vector<std::int16_t> samples(packet.payload.size());
        if (codec == audio::CodecKind::Pcma) {
            audio::decodeAlaw(packet.payload, samples);
        } else {
            audio::decodeUlaw(packet.payload, samples);
        }
        detector.add(samples);
        while (const auto digit = detector.take()) {
            digits.append(digit->digit);
        }
    }
    return digits;
}

// When each digit began, since the first.
QList<int> beginnings(const std::vector<HeardPacket>& events)
{
    QList<int> all;
    for (const HeardPacket& event : events) {
        if (event.header.marker) {
            all.append(static_cast<int>((event.at - events.front().at) / 1ms));
        }
    }
    return all;
}
} // namespace

void MediaDigitsSentTest::packetsOfADigit()
{
    DigitCall call;
    QVERIFY(call.session->sendDigits("#", DigitMethod::Rfc4733));
    call.rig.advance(500ms);
    const auto events = call.events();
    QCOMPARE(events.size(), std::size_t(7));
    const QList<int> durations{160, 320, 480, 640, 800, 800, 800};
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto event = rtp::TelephoneEvent::parse(events[i].payload);
        QVERIFY(event && events[i].payload.size() == 4);
        QCOMPARE(event->event, std::uint8_t(11));
        QCOMPARE(int(event->duration), durations[static_cast<qsizetype>(i)]);
        QCOMPARE(event->isEnd, i >= 4);
        QCOMPARE(event->volume, std::uint8_t(10));
        QCOMPARE(events[i].header.marker, i == 0);
        QCOMPARE(events[i].header.timestamp, events[0].header.timestamp);
        QCOMPARE(events[i].header.sequence, std::uint16_t(events[0].header.sequence + i));
        QCOMPARE(events[i].at - events[0].at, base::Duration(i * 20ms));
        QCOMPARE(events[i].header.ssrc, call.rig.peer.heard[0].header.ssrc);
    }
}

// 2.5.1.1: the audio's timestamps are those that it would have had.
void MediaDigitsSentTest::timestampsGoOn()
{
    DigitCall call;
    QVERIFY(call.session->sendDigits("12", DigitMethod::Rfc4733));
    call.rig.advance(1s);
    const auto& heard = call.rig.peer.heard;
    int audio = 0;
    for (std::size_t i = 1; i < heard.size(); ++i) {
        QCOMPARE(heard[i].header.sequence, std::uint16_t(heard[0].header.sequence + i));
        QCOMPARE(heard[i].at - heard[i - 1].at, base::Duration(20ms)); // one packet a slot
        if (heard[i].header.payloadType == 8) {
            ++audio;
            QCOMPARE(heard[i].header.timestamp, heard[0].header.timestamp + 160 * i);
            QVERIFY(!heard[i].header.marker);
        }
    }
    QVERIFY(audio > 30);
    QCOMPARE(call.session->stats().packetsSent, heard.size());
}

void MediaDigitsSentTest::numberOfTheFarEnd()
{
    DigitCall call;
    call.session->setParameters(withEvents(call.rig.parametersFor(call.rig.peer), 96));
    QVERIFY(call.session->sendDigits("5", DigitMethod::Rfc4733));
    call.rig.advance(300ms);
    QCOMPARE(call.events().size(), std::size_t(0));
    QCOMPARE(std::ranges::count_if(call.rig.peer.heard,
                                   [](const auto& one) { return one.header.payloadType == 96; }),
             7);
}

// RFC 4733 2.1: beside Opus, for a far end that knows digits of 8000 alone.
void MediaDigitsSentTest::durationsOfAnotherClock()
{
    DigitCall call;
    auto parameters = withEvents(call.rig.parametersFor(call.rig.peer));
    parameters.codec = audio::CodecKind::Opus;
    parameters.payloadType = 96;
    parameters.eventClock = 8000;
    call.session->setParameters(parameters);
    QVERIFY(call.session->sendDigits("12", DigitMethod::Rfc4733, 100, 60));
    call.rig.advance(400ms);
    const auto events = call.events();
    QCOMPARE(events.size(), std::size_t(14));
    QCOMPARE(int(rtp::TelephoneEvent::parse(events[0].payload)->duration), 160);
    QCOMPARE(int(rtp::TelephoneEvent::parse(events[6].payload)->duration), 800);
    // Timestamps are the stream's: 160 ms.
    QCOMPARE(events[7].header.timestamp - events[0].header.timestamp, 48U * 160);
}

void MediaDigitsSentTest::packetTimes_data()
{
    QTest::addColumn<int>("ms");
    QTest::addColumn<int>("packets");
    QTest::newRow("10 ms") << 10 << 12;
    QTest::newRow("30 ms") << 30 << 6;
    QTest::newRow("60 ms") << 60 << 4;
}

void MediaDigitsSentTest::packetTimes()
{
    QFETCH(int, ms);
    QFETCH(int, packets);
    DigitCall call;
    auto parameters = withEvents(call.rig.parametersFor(call.rig.peer));
    parameters.packetMs = ms;
    call.session->setParameters(parameters);
    QVERIFY(call.session->sendDigits("5", DigitMethod::Rfc4733));
    call.rig.advance(1s);
    const auto events = call.events();
    QCOMPARE(events.size(), static_cast<std::size_t>(packets));
    QCOMPARE(int(rtp::TelephoneEvent::parse(events.back().payload)->duration), 800);
}

void MediaDigitsSentTest::pauses()
{
    DigitCall call;
    QVERIFY(call.session->sendDigits("1w2,3", DigitMethod::Rfc4733, 60, 100));
    call.rig.advance(4s);
    // Each digit 60 ms and 100 ms behind it, then the pause.
    QCOMPARE(beginnings(call.events()), (QList<int>{0, 160 + 500, 160 + 500 + 160 + 2000}));
    QCOMPARE(call.told.sent, QByteArray("123"));
}

void MediaDigitsSentTest::queueBehindWhatIsQueued()
{
    DigitCall call;
    QVERIFY(call.session->sendDigits("11", DigitMethod::Rfc4733));
    QVERIFY(call.session->sendDigits("", DigitMethod::Rfc4733));
    QVERIFY(call.session->sendDigits("a", DigitMethod::Rfc4733, 40, 40));
    call.rig.advance(1s);
    QCOMPARE(beginnings(call.events()), (QList<int>{0, 200, 400}));
    QCOMPARE(call.told.sent, QByteArray("11A"));
}

void MediaDigitsSentTest::stopped()
{
    DigitCall call;
    QVERIFY(call.session->sendDigits("123", DigitMethod::Rfc4733, 1000, 100));
    call.rig.advance(100ms);
    call.session->stopDigits();
    call.rig.advance(2s);
    const auto events = call.events();
    QVERIFY(events.size() <= 9);
    const auto last = rtp::TelephoneEvent::parse(events.back().payload);
    QVERIFY(last->isEnd && last->duration <= 1120);
    QCOMPARE(call.told.sent, QByteArray("1"));
    QVERIFY(call.session->sendDigits("4", DigitMethod::Rfc4733));
    call.rig.advance(500ms);
    QCOMPARE(call.told.sent, QByteArray("14"));
}

void MediaDigitsSentTest::refused_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<bool>("inBand");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("no digit") << QByteArray("12x") << false << QByteArray("'x'");
    QTest::newRow("no digit as a tone") << QByteArray("1 2") << true << QByteArray("' '");
    QTest::newRow("no tone for the flash") << QByteArray("!") << true << QByteArray("'!'");
    QTest::newRow("2.4.1: the far end takes no flash")
        << QByteArray("1!") << false << QByteArray("'!'");
    QTest::newRow("too many") << QByteArray(257, '1') << false << QByteArray("257");
    QTest::newRow("garbage") << QByteArray("\xff\x00", 2) << false << QByteArray("can't be sent");
}

void MediaDigitsSentTest::refused()
{
    QFETCH(QByteArray, digits);
    QFETCH(bool, inBand);
    QFETCH(QByteArray, why);
    DigitCall call;
    const auto sent =
        call.session->sendDigits(digits, inBand ? DigitMethod::InBand : DigitMethod::Rfc4733);
    QVERIFY(!sent);
    QVERIFY2(sent.error().text.contains(QString::fromLatin1(why)), qPrintable(sent.error().text));
    call.rig.advance(500ms);
    QCOMPARE(call.told.sent, QByteArray());
    QCOMPARE(call.events().size(), std::size_t(0));
}

void MediaDigitsSentTest::holdDropsThem()
{
    DigitCall call;
    QVERIFY(call.session->sendDigits("123456", DigitMethod::Rfc4733));
    call.rig.advance(300ms);
    auto held = withEvents(call.rig.parametersFor(call.rig.peer));
    held.send = false;
    call.session->setParameters(held);
    QVERIFY(!call.session->sendDigits("7", DigitMethod::Rfc4733));
    call.rig.advance(1s);
    held.send = true;
    call.session->setParameters(held);
    call.rig.advance(2s);
    QCOMPARE(call.told.sent, QByteArray("12"));
}

void MediaDigitsSentTest::noLongerTaken()
{
    DigitCall call;
    QVERIFY(call.session->sendDigits("123456", DigitMethod::Rfc4733));
    QVERIFY(call.session->sendDigits("78", DigitMethod::InBand));
    call.rig.advance(300ms);
    const std::size_t before = call.events().size();
    call.session->setParameters(call.rig.parametersFor(call.rig.peer));
    QVERIFY(!call.session->sendDigits("9", DigitMethod::Rfc4733));
    call.rig.advance(2s);
    QCOMPARE(call.events().size(), before);
    QCOMPARE(call.told.sent, QByteArray("1278")); // tones it still hears
}

void MediaDigitsSentTest::otherAudioWaits()
{
    DigitCall call;
    const auto audio = ramp(3200);
    QVERIFY(call.session->play(audio));
    QVERIFY(call.session->sendDigits("12", DigitMethod::Rfc4733));
    call.rig.advance(1s);
    std::vector<std::byte> all;
    for (const HeardPacket& packet : call.rig.peer.heard) {
        if (packet.header.payloadType == 8
            && !std::ranges::all_of(packet.payload, [](std::byte code) {
                   return code == std::byte(audio::alawSilence);
               })) {
            all.insert(all.end(), packet.payload.begin(), packet.payload.end());
        }
    }
    QVERIFY(decoded(all) == throughAlaw(audio)); // whole, with the digits in between
}

void MediaDigitsSentTest::toldWhenItBegins()
{
    DigitCall call;
    QVERIFY(call.session->sendDigits("12", DigitMethod::Rfc4733));
    call.rig.advance(25ms);
    QCOMPARE(call.told.sent, QByteArray("1"));
    QCOMPARE(call.events().size(), std::size_t(1));
    call.rig.advance(500ms);
    QCOMPARE(call.told.sent, QByteArray("12"));
}

void MediaDigitsSentTest::tones_data()
{
    QTest::addColumn<audio::CodecKind>("codec");
    QTest::newRow("A-law") << audio::CodecKind::Pcma;
    QTest::newRow("mu-law") << audio::CodecKind::Pcmu;
}

void MediaDigitsSentTest::tones()
{
    QFETCH(audio::CodecKind, codec);
    DigitCall call;
    auto parameters = call.rig.parametersFor(call.rig.peer);
    parameters.codec = codec;
    call.session->setParameters(parameters);
    QVERIFY(call.session->sendDigits("0123456789*#ABCD11", DigitMethod::InBand, 80, 80));
    call.rig.advance(4s);
    QCOMPARE(heardTones(call.rig.peer, codec), QByteArray("0123456789*#ABCD11"));
    QCOMPARE(call.told.sent, QByteArray("0123456789*#ABCD11"));
    QCOMPARE(call.events().size(), std::size_t(0));
}

void MediaDigitsSentTest::toneTakesThePlaceOfAudio()
{
    DigitCall call;
    QVERIFY(call.session->play(std::vector<std::int16_t>(16000, 12000)));
    QVERIFY(call.session->sendDigits("55", DigitMethod::InBand));
    call.rig.advance(1s);
    QCOMPARE(heardTones(call.rig.peer, audio::CodecKind::Pcma), QByteArray("55"));
    call.session->stopDigits();
    QVERIFY(call.session->sendDigits("1", DigitMethod::InBand, 10000, 100));
    call.rig.advance(200ms);
    call.session->stopDigits();
    call.rig.advance(200ms);
    QCOMPARE(heardTones(call.rig.peer, audio::CodecKind::Pcma), QByteArray("551"));
}

void MediaDigitsSentTest::toneEndsWithItsRate()
{
    DigitCall call;
    auto parameters = call.rig.parametersFor(call.rig.peer);
    parameters.codec = audio::CodecKind::G722;
    parameters.payloadType = 9;
    call.session->setParameters(parameters);
    QVERIFY(call.session->sendDigits("1", DigitMethod::InBand, 2000, 500));
    call.rig.advance(200ms);
    call.session->setParameters(call.rig.parametersFor(call.rig.peer));
    call.rig.peer.heard.clear();
    call.rig.advance(400ms);
    const auto gap = heardBy(call.rig.peer);
    QVERIFY(gap.size() >= 3040);
    QVERIFY(std::ranges::all_of(gap, [](auto sample) { return std::abs(sample) <= 8; }));
}

QTEST_GUILESS_MAIN(MediaDigitsSentTest)
#include "tst_media_digits_sent.moc"
