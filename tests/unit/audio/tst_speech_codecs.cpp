#include "SpeechPackets.h"
#include "audio/G711.h"

#include <QTest>

#include <array>

using namespace hs::audio;
using namespace hs::test;

Q_DECLARE_METATYPE(hs::audio::CodecKind)

// What holds for every codec.
class SpeechCodecsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void formats_data();
    void formats();
    void names();
    void packetTimes_data();
    void packetTimes();
    void roundTrip_data() { kinds(); }
    void roundTrip();
    void g711IsThatOfTheTables();
    void survivesAnyOctets_data() { kinds(); }
    void survivesAnyOctets();
    void refusesWhatHasNoRoom_data() { kinds(); }
    void refusesWhatHasNoRoom();
    void resetForgets_data() { kinds(); }
    void resetForgets();
    void twoAreIndependent_data() { kinds(); }
    void twoAreIndependent();

private:
    static void kinds();
};

namespace {
constexpr int packetMs = 20;
} // namespace

void SpeechCodecsTest::kinds()
{
    QTest::addColumn<CodecKind>("kind");
    for (const AudioFormat& format : audioFormats()) {
        QTest::newRow(format.name.data()) << format.kind;
    }
}

void SpeechCodecsTest::formats_data()
{
    QTest::addColumn<CodecKind>("kind");
    QTest::addColumn<int>("samples"); // a second
    QTest::addColumn<int>("units");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("number");
    QTest::newRow("3551 6: PCMA") << CodecKind::Pcma << 8000 << 8000 << 1 << 8;
    QTest::newRow("3551 6: PCMU") << CodecKind::Pcmu << 8000 << 8000 << 1 << 0;
    QTest::newRow("3551 4.5.2: G722 has the clock 8000")
        << CodecKind::G722 << 16000 << 8000 << 1 << 9;
    QTest::newRow("7587 4.1, 7: opus/48000/2") << CodecKind::Opus << 48000 << 48000 << 2 << -1;
}

void SpeechCodecsTest::formats()
{
    QFETCH(CodecKind, kind);
    QFETCH(int, samples);
    QFETCH(int, units);
    const AudioFormat& format = formatOf(kind);
    QCOMPARE(format.kind, kind);
    QCOMPARE(format.sampleRate, samples);
    QCOMPARE(format.clockRate, units);
    QTEST(format.channels, "channels");
    QTEST(format.staticPayloadType, "number");
    QCOMPARE(format.samplesOf(packetMs), std::size_t(samples / 50));
    QCOMPARE(format.timestampUnits(format.samplesOf(packetMs)), std::uint32_t(units / 50));
    QCOMPARE(makeDecoder(kind)->sampleRate(), samples);
    QCOMPARE(makeEncoder(kind)->sampleRate(), samples);
}

void SpeechCodecsTest::names()
{
    for (const AudioFormat& format : audioFormats()) {
        QCOMPARE(codecNamed(format.name), std::optional(format.kind));
    }
    QCOMPARE(codecNamed("OPUS"), std::optional(CodecKind::Opus));
    QCOMPARE(codecNamed("g722"), std::optional(CodecKind::G722));
    QVERIFY(!codecNamed("G729"));
    QVERIFY(!codecNamed(""));
    QVERIFY(!codecNamed("opus "));
}

void SpeechCodecsTest::packetTimes_data()
{
    QTest::addColumn<CodecKind>("kind");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<int>("ms");
    const auto row = [](const char* name, CodecKind kind, int wanted, int ms) {
        QTest::addRow("%s %d", name, wanted) << kind << wanted << ms;
    };
    row("PCMA", CodecKind::Pcma, 30, 30);
    row("PCMA", CodecKind::Pcma, 1, 10);
    row("PCMA", CodecKind::Pcma, 100, 60);
    row("G722", CodecKind::G722, 25, 25);
    row("opus", CodecKind::Opus, 5, 10);
    row("opus", CodecKind::Opus, 19, 10);
    row("opus", CodecKind::Opus, 20, 20);
    row("opus", CodecKind::Opus, 30, 20);
    row("opus", CodecKind::Opus, 50, 40);
    row("opus", CodecKind::Opus, 60, 60);
    row("opus", CodecKind::Opus, 120, 60);
}

void SpeechCodecsTest::packetTimes()
{
    QFETCH(CodecKind, kind);
    QFETCH(int, wanted);
    const int ms = packetMsFor(kind, wanted);
    QTEST(ms, "ms");
    // The encoder makes a packet of it.
    const auto encoder = makeEncoder(kind);
    const std::vector<std::byte> payload =
        encodeOne(*encoder, speechLike(encoder->sampleRate(), ms));
    QCOMPARE(makeDecoder(kind)->samplesIn(payload), formatOf(kind).samplesOf(ms));
}

void SpeechCodecsTest::roundTrip()
{
    QFETCH(CodecKind, kind);
    const auto encoder = makeEncoder(kind);
    const auto decoder = makeDecoder(kind);
    const Samples clean = speechLike(encoder->sampleRate(), 2000);
    const Samples heard = decodeAll(*decoder, encodeAll(*encoder, clean));
    QCOMPARE(heard.size(), clean.size());
    const int lag = bestLag(std::span(clean).first(8000), heard, 400);
    const double likeness = correlation(clean, std::span(heard).subspan(std::size_t(lag)));
    QVERIFY2(likeness > (kind == CodecKind::Opus ? 0.85 : 0.99),
             qPrintable(QString::number(likeness)));
    QVERIFY(std::abs(levelDb(heard) - levelDb(clean)) < 1);
}

void SpeechCodecsTest::g711IsThatOfTheTables()
{
    const std::array<std::byte, 3> payload{std::byte{0xaa}, std::byte{0x55}, std::byte{0x00}};
    std::array<std::int16_t, 3> out{};
    QCOMPARE(makeDecoder(CodecKind::Pcma)->decode(payload, out), std::size_t(3));
    QCOMPARE(out[0], decodeAlaw(0xaa));
    QCOMPARE(out[2], decodeAlaw(0x00));
    QCOMPARE(makeDecoder(CodecKind::Pcmu)->decode(payload, out), std::size_t(3));
    QCOMPARE(out[0], decodeUlaw(0xaa));
    std::array<std::byte, 3> back{};
    QCOMPARE(makeEncoder(CodecKind::Pcmu)->encode(out, back), std::size_t(3));
    QCOMPARE(back, payload);
}

void SpeechCodecsTest::survivesAnyOctets()
{
    QFETCH(CodecKind, kind);
    const auto decoder = makeDecoder(kind);
    Samples out(5760);
    for (std::uint32_t seed = 0; seed < 3000; ++seed) {
        const std::vector<std::byte> payload = anyOctets(1 + seed % 400, seed);
        const std::size_t count = decoder->samplesIn(payload);
        QVERIFY(count <= out.size());
        QCOMPARE(decoder->recover(payload, std::span(out).first(960)) % 960, std::size_t(0));
        QCOMPARE(decoder->decode(payload, out), count);
        const std::size_t concealed = decoder->conceal(std::span(out).first(1 + seed % 2000));
        QVERIFY(concealed == 0 || concealed == 1 + seed % 2000);
    }
    QCOMPARE(decoder->samplesIn({}), std::size_t(0));
    QCOMPARE(decoder->decode({}, out), std::size_t(0));
    QCOMPARE(decoder->recover({}, out), std::size_t(0));
    QCOMPARE(decoder->conceal({}), std::size_t(0));
    // After all that it decodes as one that has seen nothing.
    decoder->reset();
    const auto encoder = makeEncoder(kind);
    const auto payloads = encodeAll(*encoder, speechLike(encoder->sampleRate(), 400));
    QCOMPARE(decodeAll(*decoder, payloads), decodeAll(*makeDecoder(kind), payloads));
}

void SpeechCodecsTest::refusesWhatHasNoRoom()
{
    QFETCH(CodecKind, kind);
    const auto encoder = makeEncoder(kind);
    const auto decoder = makeDecoder(kind);
    const Samples clean = speechLike(encoder->sampleRate(), packetMs);
    std::array<std::byte, 1> little{};
    QCOMPARE(encoder->encode(clean, little), std::size_t(0));
    QCOMPARE(encoder->encode({}, little), std::size_t(0));
    encoder->reset();
    const std::vector<std::byte> payload = encodeOne(*encoder, clean);
    Samples out(decoder->samplesIn(payload) - 1);
    QCOMPARE(decoder->decode(payload, out), std::size_t(0));
}

void SpeechCodecsTest::resetForgets()
{
    QFETCH(CodecKind, kind);
    const auto encoder = makeEncoder(kind);
    const auto decoder = makeDecoder(kind);
    encoder->setExpectedLoss(10);
    const Samples clean = speechLike(encoder->sampleRate(), 500);
    const auto first = encodeAll(*encoder, clean);
    const Samples heard = decodeAll(*decoder, first);
    encoder->reset();
    decoder->reset();
    const auto second = encodeAll(*encoder, clean);
    QVERIFY(second == first);
    QCOMPARE(decodeAll(*decoder, second), heard);
}

void SpeechCodecsTest::twoAreIndependent()
{
    QFETCH(CodecKind, kind);
    const auto alone = makeEncoder(kind);
    const auto one = makeEncoder(kind);
    const auto other = makeEncoder(kind);
    const Samples speech = speechLike(alone->sampleRate(), 400);
    const auto expected = encodeAll(*alone, speech);
    const Samples heard = decodeAll(*makeDecoder(kind), expected);
    const Samples noise = decodeAll(*makeDecoder(CodecKind::Pcmu), {anyOctets(speech.size(), 1)});
    const auto size = formatOf(kind).samplesOf(packetMs);
    const auto oneDecoder = makeDecoder(kind);
    const auto otherDecoder = makeDecoder(kind);
    Samples out(size);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto payload = encodeOne(*one, std::span(speech).subspan(i * size, size));
        const auto loud = encodeOne(*other, std::span(noise).subspan(i * size, size));
        QVERIFY(payload == expected[i]);
        otherDecoder->decode(loud, out);
        QCOMPARE(oneDecoder->decode(payload, out), size);
        QVERIFY(std::equal(out.begin(), out.end(), heard.begin() + std::ptrdiff_t(i * size)));
    }
}

QTEST_GUILESS_MAIN(SpeechCodecsTest)
#include "tst_speech_codecs.moc"
