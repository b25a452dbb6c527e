#include "SpeechPackets.h"
#include "audio/OpusCodec.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <opus.h>

using namespace hs::audio;
using namespace hs::test;

class OpusCodecTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quality_data();
    void quality();
    void silenceIsNotSent();
    void speechAfterSilenceIsSent();
    void silenceIsSentWithoutDtx();
    void malformed_data();
    void malformed();
    void stereoIsMixedDown();
    void allFrameSizes_data();
    void allFrameSizes();
    void bitRate_data();
    void bitRate();
    void playbackRateBoundsTheBand();
};

namespace {
constexpr int rate = 48000;
constexpr std::size_t packetSize = 960; // 20 ms
// What the far end may send: by libopus itself, in any of its ways.
Payload packetOf(const Samples& samples, int channels, int application)
{
    OpusEncoder* encoder = opus_encoder_create(rate, channels, application, nullptr);
    Payload payload(4000);
    const int written =
        opus_encode(encoder, samples.data(), static_cast<int>(samples.size()) / channels,
                    reinterpret_cast<unsigned char*>(payload.data()), opus_int32(payload.size()));
    opus_encoder_destroy(encoder);
    payload.resize(std::size_t(std::max(written, 0)));
    return payload;
}
} // namespace

void OpusCodecTest::quality_data()
{
    QTest::addColumn<int>("bitRate");
    QTest::addColumn<double>("most"); // dB
    QTest::newRow("16 kbit/s") << 16000 << 3.0;
    QTest::newRow("32 kbit/s") << 32000 << 2.1;
    QTest::newRow("64 kbit/s") << 64000 << 1.4;
}

// Of what is heard, not of the waveform: the bands that Opus joins are shifted in phase.
void OpusCodecTest::quality()
{
    QFETCH(int, bitRate);
    QFETCH(double, most);
    EncoderWishes wishes;
    wishes.bitRate = bitRate;
    OpusSpeechEncoder encoder(wishes);
    OpusSpeechDecoder decoder;
    const Samples clean = speechLike(rate, 3000);
    const Samples heard = decodeAll(decoder, encodeAll(encoder, clean));
    QCOMPARE(heard.size(), clean.size());
    const int lag = bestLag(std::span(clean).first(20000), heard, 400);
    QVERIFY(lag > 100 && lag < 400); // 312 samples of look-ahead and what the bands' filters add
    const double distance = spectralDistanceDb(clean, heard, lag, rate);
    QVERIFY2(distance <= most, qPrintable(QString::number(distance)));
}

void OpusCodecTest::silenceIsNotSent()
{
    OpusSpeechEncoder encoder({});
    encodeAll(encoder, speechLike(rate, 1000));
    const auto payloads = encodeAll(encoder, silence(rate, 4000));
    std::size_t sent = 0;
    std::size_t octets = 0;
    for (const Payload& payload : payloads) {
        sent += payload.empty() ? 0U : 1U;
        octets += payload.size();
    }
    // RFC 7587 3.1.3: after some 200 ms of it a packet every 400 ms.
    QVERIFY2(sent <= 25 && sent >= 5, qPrintable(QString::number(sent)));
    QVERIFY2(octets < 1000, qPrintable(QString::number(octets)));
}

void OpusCodecTest::speechAfterSilenceIsSent()
{
    OpusSpeechEncoder encoder({});
    encodeAll(encoder, silence(rate, 1000));
    const auto payloads = encodeAll(encoder, speechLike(rate, 320));
    const auto empty = [](const Payload& payload) { return payload.empty(); };
    QVERIFY(std::ranges::count_if(payloads, empty) <= 1);
}

void OpusCodecTest::silenceIsSentWithoutDtx()
{
    EncoderWishes wishes;
    wishes.dtx = false;
    OpusSpeechEncoder encoder(wishes);
    for (const Payload& payload : encodeAll(encoder, silence(rate, 2000))) {
        QVERIFY(!payload.empty());
    }
}

void OpusCodecTest::malformed_data()
{
    QTest::addColumn<QByteArray>("payload");
    const QByteArray frame(20, 'x');
    QTest::newRow("6716 3.4 R1: empty") << QByteArray();
    QTest::newRow("6716 3.4 R2: a frame beyond 1275 octets")
        << QByteArray(1, 0x08) + QByteArray(1276, 'x');
    QTest::newRow("6716 3.4 R3: two equal frames of an odd sum") << QByteArray(1, 0x09) + "odd";
    QTest::newRow("6716 3.4 R4: a length without its second octet") << QByteArray::fromHex("0aff");
    QTest::newRow("6716 3.4 R4: the first frame is longer than all")
        << QByteArray::fromHex("0a30") + frame;
    QTest::newRow("6716 3.4 R5: code 3 of no frames") << QByteArray::fromHex("0b00") + frame;
    QTest::newRow("6716 3.4 R5: beyond 120 ms") << QByteArray::fromHex("1b03") + frame;
    QTest::newRow("6716 3.4 R6: no octet for the count") << QByteArray::fromHex("0b");
    QTest::newRow("6716 3.4 R6: padding beyond the end") << QByteArray::fromHex("0b41ffff01");
    QTest::newRow("6716 3.4 R7: frames beyond the end") << QByteArray::fromHex("0b83fafafa");
}

void OpusCodecTest::malformed()
{
    QFETCH(QByteArray, payload);
    const auto octets = std::as_bytes(std::span(payload.constData(), std::size_t(payload.size())));
    OpusSpeechDecoder decoder;
    Samples out(5760);
    QCOMPARE(decoder.samplesIn(octets), std::size_t(0));
    QCOMPARE(decoder.decode(octets, out), std::size_t(0));
    QCOMPARE(decoder.recover(octets, out), std::size_t(0));
}

// RFC 7587 3.4, 6.1: stereo may come whatever "stereo" says.
void OpusCodecTest::stereoIsMixedDown()
{
    const Samples mono = speechLike(rate, 20);
    for (const int application : {OPUS_APPLICATION_VOIP, OPUS_APPLICATION_AUDIO}) {
        Samples stereo;
        for (const std::int16_t sample : mono) {
            stereo.insert(stereo.end(), {sample, sample});
        }
        const Payload payload = packetOf(stereo, 2, application);
        QVERIFY(!payload.empty());
        OpusSpeechDecoder decoder;
        Samples out(packetSize);
        QCOMPARE(decoder.samplesIn(payload), packetSize);
        QCOMPARE(decoder.decode(payload, out), packetSize);
    }
}

void OpusCodecTest::allFrameSizes_data()
{
    QTest::addColumn<int>("tenthsOfMs");
    QTest::addColumn<int>("application");
    for (const int tenths : {25, 50, 100, 200, 400, 600, 800, 1000, 1200}) {
        QTest::addRow("6716 3.1: speech of %d.%d ms", tenths / 10, tenths % 10)
            << tenths << OPUS_APPLICATION_VOIP;
        QTest::addRow("6716 3.1: music of %d.%d ms", tenths / 10, tenths % 10)
            << tenths << OPUS_APPLICATION_RESTRICTED_LOWDELAY;
    }
}

void OpusCodecTest::allFrameSizes()
{
    QFETCH(int, tenthsOfMs);
    QFETCH(int, application);
    Samples samples = speechLike(rate, 200);
    samples.resize(std::size_t(tenthsOfMs) * 48 / 10);
    const Payload payload = packetOf(samples, 1, application);
    QVERIFY(!payload.empty());
    OpusSpeechDecoder decoder;
    Samples out(samples.size());
    QCOMPARE(decoder.samplesIn(payload), samples.size());
    QCOMPARE(decoder.decode(payload, out), samples.size());
}

void OpusCodecTest::bitRate_data()
{
    QTest::addColumn<int>("wanted");
    QTest::addColumn<bool>("constant");
    QTest::newRow("7587 6.1: maxaveragebitrate=12000") << 12000 << false;
    QTest::newRow("7587 6.1: maxaveragebitrate=40000") << 40000 << false;
    QTest::newRow("7587 6.1: cbr=1") << 24000 << true;
}

void OpusCodecTest::bitRate()
{
    QFETCH(int, wanted);
    QFETCH(bool, constant);
    EncoderWishes wishes;
    wishes.bitRate = wanted;
    wishes.constantBitRate = constant;
    OpusSpeechEncoder encoder(wishes);
    const auto payloads = encodeAll(encoder, speechLike(rate, 4000));
    std::size_t octets = 0;
    for (const Payload& payload : payloads) {
        octets += payload.size();
        QVERIFY(!constant || payload.size() == std::size_t(wanted / 400));
    }
    const double average = double(octets) * 8 / 4;
    QVERIFY2(average < wanted * 1.1 && average > wanted * 0.5,
             qPrintable(QString::number(average)));
}

void OpusCodecTest::playbackRateBoundsTheBand()
{
    EncoderWishes wishes;
    wishes.playbackRate = 8000;
    OpusSpeechEncoder encoder(wishes);
    for (const Payload& payload : encodeAll(encoder, speechLike(rate, 1000))) {
        QCOMPARE(opus_packet_get_bandwidth(reinterpret_cast<const unsigned char*>(payload.data())),
                 OPUS_BANDWIDTH_NARROWBAND);
    }
}

QTEST_GUILESS_MAIN(OpusCodecTest)
#include "tst_opus_codec.moc"
