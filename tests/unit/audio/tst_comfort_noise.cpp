#include "SpeechSignals.h"
#include "audio/ComfortNoise.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace hs::audio;
using namespace hs::test;

class ComfortNoiseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void hasTheLevel_data();
    void hasTheLevel();
    void hasTheSpectrum_data();
    void hasTheSpectrum();
    void goesOverWithoutAStep();
    void spectrumGoesOverAtItsLevel();
    void silentUntilToldOfNoise();
    void anyLengthIsTheSameNoise();
    void survivesAnyOctets();
};

namespace {
std::vector<std::byte> payloadOf(const QByteArray& octets)
{
    const auto bytes = std::as_bytes(std::span(octets.constData(), std::size_t(octets.size())));
    return {bytes.begin(), bytes.end()};
}

Samples take(ComfortNoise& noise, std::size_t count)
{
    Samples samples(count);
    noise.generate(samples);
    return samples;
}

// The energy beyond half of `rate` / 2 over that below it, dB: of the differences and the sums of
// neighbours.
double tiltDb(const Samples& samples)
{
    double high = 0;
    double low = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        high += std::pow(double(samples[i]) - samples[i - 1], 2);
        low += std::pow(double(samples[i]) + samples[i - 1], 2);
    }
    return 10 * std::log10(high / low);
}
} // namespace

void ComfortNoiseTest::parses_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("level");
    QTest::addColumn<QList<double>>("reflection");
    const auto row = [](const char* name, const char* hex, int level, QList<double> reflection) {
        QTest::newRow(name) << QByteArray::fromHex(hex) << level << reflection;
    };
    row("3389 3.1: a level alone", "28", -40, {});
    row("3389 3.1: the loudest", "00", 0, {});
    row("3389 3.1: the softest", "7f", -127, {});
    row("3389 3.1: the unused bit is set", "a8", -40, {});
    row("3389 3.2: 127 is 0", "287f", -40, {0});
    row("3389 3.2: the ends", "2800fe", -40, {-258.0 * 127 / 32768, 258.0 * 127 / 32768});
    row("3389 3.2: 255 is none of the codes", "28ff", -40, {258.0 * 127 / 32768});
    row("3389 3: an order beyond ours is cut off", "28000102030405060708090a0b0c0d0e0f10111213",
        -40, QList<double>(16));
}

void ComfortNoiseTest::parses()
{
    QFETCH(QByteArray, payload);
    QFETCH(QList<double>, reflection);
    const auto description = NoiseDescription::parse(payloadOf(payload));
    QVERIFY(description);
    QTEST(description->levelDbov, "level");
    QCOMPARE(description->order, std::size_t(reflection.size()));
    for (std::size_t i = 0; i < description->order && i < 2; ++i) {
        if (reflection.size() <= 2) {
            QVERIFY(std::abs(description->reflection[i] - reflection.at(qsizetype(i))) < 1e-5);
        }
    }
    QVERIFY(!NoiseDescription::parse({}));
}

void ComfortNoiseTest::hasTheLevel_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("noiseRate");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<double>("level");
    for (const int rate : {8000, 16000, 48000, 44100}) {
        for (const int level : {30, 45, 60, 78}) {
            QTest::addRow("3389 3.1: -%d dBov at %d Hz", level, rate)
                << rate << 8000 << QByteArray(1, char(level)) << -double(level);
        }
        QTest::addRow("3389 3.2: with a spectrum, at %d Hz", rate)
            << rate << 8000 << QByteArray::fromHex("2d20c0907040") << -45.0;
    }
    QTest::newRow("3389 4: wideband noise")
        << 16000 << 16000 << QByteArray::fromHex("2d20c0") << -45.0;
    QTest::newRow("3389 3.1: nearly nothing")
        << 8000 << 8000 << QByteArray::fromHex("7f") << -120.0;
}

void ComfortNoiseTest::hasTheLevel()
{
    QFETCH(int, rate);
    QFETCH(int, noiseRate);
    QFETCH(QByteArray, payload);
    QFETCH(double, level);
    ComfortNoise noise(rate, noiseRate);
    QVERIFY(noise.update(payloadOf(payload)));
    take(noise, std::size_t(rate) / 5);
    const double measured = levelDb(take(noise, std::size_t(rate) * 3));
    QVERIFY2(level <= -110 ? measured < level : std::abs(measured - level) < 0.6,
             qPrintable(QString::number(measured)));
}

void ComfortNoiseTest::hasTheSpectrum_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<double>("least"); // tilt, dB
    QTest::addColumn<double>("most");
    // For one coefficient the neighbours' correlation is -k, so the tilt is (1 + k) / (1 - k).
    QTest::newRow("3389 3.2: white") << QByteArray::fromHex("28") << -0.5 << 0.5;
    QTest::newRow("3389 3.2: low") << QByteArray::fromHex("2813") << -11.4 << -10.4; // k = -0.85
    QTest::newRow("3389 3.2: high") << QByteArray::fromHex("28eb") << 10.4 << 11.4; // k = 0.85
}

void ComfortNoiseTest::hasTheSpectrum()
{
    QFETCH(QByteArray, payload);
    QFETCH(double, least);
    QFETCH(double, most);
    ComfortNoise noise(8000);
    noise.update(payloadOf(payload));
    take(noise, 1000);
    const double tilt = tiltDb(take(noise, 40000));
    QVERIFY2(tilt >= least && tilt <= most, qPrintable(QString::number(tilt)));
}

void ComfortNoiseTest::goesOverWithoutAStep()
{
    ComfortNoise noise(8000);
    noise.update(payloadOf(QByteArray::fromHex("3c"))); // -60
    Samples before = take(noise, 8000);
    QVERIFY(std::abs(before.front()) <= 2); // it begins at nothing
    noise.update(payloadOf(QByteArray::fromHex("1e"))); // -30
    const double start = levelDb(take(noise, 20));
    QVERIFY2(start < -40, qPrintable(QString::number(start)));
    const double half = levelDb(take(noise, 80));
    take(noise, 800);
    const double end = levelDb(take(noise, 8000));
    QVERIFY(half > start && half < end);
    QVERIFY(std::abs(end + 30) < 0.6);
    noise.update(payloadOf(QByteArray::fromHex("3c")));
    QVERIFY(levelDb(take(noise, 80)) > -40);
    take(noise, 1600);
    QVERIFY(std::abs(levelDb(take(noise, 8000)) + 60) < 0.6);
}

// While the filter turns from low to high it is not louder than before or after.
void ComfortNoiseTest::spectrumGoesOverAtItsLevel()
{
    ComfortNoise noise(8000);
    noise.update(payloadOf(QByteArray::fromHex("28138090")));
    take(noise, 4000);
    for (int i = 0; i < 50; ++i) {
        noise.update(payloadOf(QByteArray::fromHex(i % 2 == 0 ? "28f07f7f" : "28138090")));
        const double level = levelDb(take(noise, 800));
        QVERIFY2(level > -44 && level < -36, qPrintable(QString::number(level)));
    }
}

void ComfortNoiseTest::silentUntilToldOfNoise()
{
    ComfortNoise noise(16000);
    QVERIFY(!noise.update(std::vector<std::byte>()));
    QCOMPARE(energy(take(noise, 1000)), 0.0);
    QVERIFY(noise.update(payloadOf(QByteArray::fromHex("28"))));
    QVERIFY(!noise.update(std::vector<std::byte>()));
    const Samples first = take(noise, 1000);
    QVERIFY(energy(first) > 0);
    noise.reset();
    QCOMPARE(energy(take(noise, 1000)), 0.0);
    noise.update(payloadOf(QByteArray::fromHex("28")));
    QCOMPARE(take(noise, 1000), first);
}

void ComfortNoiseTest::anyLengthIsTheSameNoise()
{
    for (const int rate : {8000, 48000}) {
        ComfortNoise whole(rate);
        ComfortNoise pieces(rate);
        whole.update(payloadOf(QByteArray::fromHex("2820a0")));
        pieces.update(payloadOf(QByteArray::fromHex("2820a0")));
        const Samples expected = take(whole, 5000);
        Samples got;
        for (std::size_t piece = 1; got.size() < expected.size(); piece = piece * 3 % 257) {
            const Samples more = take(pieces, std::min(piece, expected.size() - got.size()));
            got.insert(got.end(), more.begin(), more.end());
        }
        QCOMPARE(got, expected);
    }
}

void ComfortNoiseTest::survivesAnyOctets()
{
    ComfortNoise noise(8000);
    for (std::uint32_t seed = 0; seed < 2000; ++seed) {
        auto payload = anyOctets(1 + seed % 40, seed);
        payload.front() = std::byte{40}; // each with its own filter
        QVERIFY(noise.update(payload));
        const double level = levelDb(take(noise, 240));
        QVERIFY2(level < -20, qPrintable(QString::number(level)));
    }
    noise.update(payloadOf(QByteArray::fromHex("28")));
    take(noise, 8000);
    QVERIFY(std::abs(levelDb(take(noise, 16000)) + 40) < 0.6);
}

QTEST_GUILESS_MAIN(ComfortNoiseTest)
#include "tst_comfort_noise.moc"
