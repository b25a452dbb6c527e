#include "SpeechSignals.h"
#include "audio/G722Codec.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace hs::audio;
using namespace hs::test;

// Held against what another implementation makes of the same (tests/vectors/g722/ORIGIN.txt).
class G722CodecTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void encodesAsAnother();
    void decodesAsAnother_data();
    void decodesAsAnother();
    void signalToNoise();
    void loudSpeechDoesNotWrap();
    void idleStaysQuiet();
};

namespace {
constexpr std::size_t speechSamples = 10000; // what the signal begins with
constexpr int delay = 22; // of the filters on both sides

QByteArray vectorFile(const char* name)
{
    QFile file(QStringLiteral(HS_VECTORS_DIR "/g722/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Samples samplesOf(const QByteArray& octets)
{
    Samples samples(std::size_t(octets.size()) / 2);
    std::memcpy(samples.data(), octets.constData(), samples.size() * 2); // little-endian, as we are
    return samples;
}

std::span<const std::byte> payloadOf(const QByteArray& octets)
{
    return std::as_bytes(std::span(octets.constData(), std::size_t(octets.size())));
}

// In packets of 20 ms, as a call has them.
QByteArray encoded(const Samples& samples)
{
    G722Encoder encoder;
    QByteArray result;
    std::array<std::byte, 160> payload{};
    for (std::size_t at = 0; at < samples.size(); at += 320) {
        const auto packet =
            std::span(samples).subspan(at, std::min<std::size_t>(320, samples.size() - at));
        const std::size_t octets = encoder.encode(packet, payload);
        result.append(reinterpret_cast<const char*>(payload.data()), qsizetype(octets));
    }
    return result;
}

Samples decoded(const QByteArray& octets, std::size_t packet = 160)
{
    G722Decoder decoder;
    Samples result(std::size_t(octets.size()) * 2);
    for (std::size_t at = 0; at < std::size_t(octets.size()); at += packet) {
        const auto payload =
            payloadOf(octets).subspan(at, std::min(packet, std::size_t(octets.size()) - at));
        decoder.decode(payload, std::span(result).subspan(2 * at));
    }
    return result;
}
} // namespace

void G722CodecTest::encodesAsAnother()
{
    const QByteArray expected = vectorFile("signal.g722");
    QCOMPARE(expected.size(), 9840);
    QCOMPARE(encoded(samplesOf(vectorFile("signal.s16"))), expected);
}

void G722CodecTest::decodesAsAnother_data()
{
    QTest::addColumn<int>("packet");
    QTest::newRow("packets of 10 ms") << 80;
    QTest::newRow("packets of 20 ms") << 160;
    QTest::newRow("packets of an odd length") << 33;
    QTest::newRow("at once") << 9840;
}

// To the bit, what is overdriven too: there the filter's result is cut off, not wrapped around.
void G722CodecTest::decodesAsAnother()
{
    QFETCH(int, packet);
    const Samples expected = samplesOf(vectorFile("decoded.s16"));
    const Samples heard = decoded(vectorFile("signal.g722"), std::size_t(packet));
    QCOMPARE(heard.size(), expected.size());
    const auto differs = std::ranges::mismatch(heard, expected);
    QCOMPARE(differs.in1 - heard.begin(), std::ptrdiff_t(expected.size()));
    QVERIFY(std::ranges::count(heard, 32767) > 50);
}

void G722CodecTest::signalToNoise()
{
    const Samples signal = samplesOf(vectorFile("signal.s16"));
    const Samples heard = decoded(encoded(signal));
    const auto speech = std::span(signal).first(speechSamples);
    QCOMPARE(bestLag(speech, heard, 40), delay);
    const double snr = snrDb(speech, heard, delay);
    QVERIFY2(snr >= 29.9, qPrintable(QString::number(snr)));
    const Samples other = speechLike(16000, 3000);
    const double second = snrDb(other, decoded(encoded(other)), delay);
    QVERIFY2(second >= 29.9, qPrintable(QString::number(second)));
}

void G722CodecTest::loudSpeechDoesNotWrap()
{
    Samples loud = speechLike(16000, 1000);
    for (std::int16_t& sample : loud) {
        sample = std::int16_t(std::clamp(sample * 8, -32768, 32767));
    }
    const Samples heard = decoded(encoded(loud));
    for (std::size_t i = delay; i < heard.size(); ++i) {
        const int difference = std::abs(heard[i] - loud[i - delay]);
        QVERIFY2(difference < 32768, qPrintable(QString::number(i)));
    }
}

void G722CodecTest::idleStaysQuiet()
{
    const Samples heard = decoded(encoded(silence(16000, 1000)));
    QVERIFY(std::ranges::all_of(std::span(heard).subspan(1000),
                                [](std::int16_t sample) { return std::abs(sample) <= 8; }));
}

QTEST_GUILESS_MAIN(G722CodecTest)
#include "tst_g722_codec.moc"
