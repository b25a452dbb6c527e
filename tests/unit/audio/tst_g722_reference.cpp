// Reference tones through G.722 at 64 kbit/s: what they lose by frequency (50 to 7000 Hz), what
// noise stands beside them by level, an idle channel and overload. 0 dBm0 is 9 dB below the largest
// tone (the overload point of G.722 2.2). That the codec does what another one does, to the bit, is
// in tst_g722_codec.
#include "Reference.h"
#include "audio/G722Codec.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

class G722ReferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gainByFrequency_data();
    void gainByFrequency();
    void distortionByLevel_data();
    void distortionByLevel();
    void gainByLevel_data();
    void gainByLevel();
    void idleChannel();
    void overload();
};

namespace {

using Samples = std::vector<std::int16_t>;
constexpr int rate = 16000;
constexpr std::size_t settling = 3200; // until the predictors have found the tone

double amplitudeAt(double dBm0)
{
    return 32767 * std::pow(10, (dBm0 - 9) / 20);
}

Samples through(const Samples& samples)
{
    audio::G722Encoder encoder;
    audio::G722Decoder decoder;
    Samples result;
    std::array<std::byte, 160> payload{};
    std::array<std::int16_t, 320> frame{};
    for (std::size_t at = 0; at + frame.size() <= samples.size(); at += frame.size()) {
        const std::size_t octets =
            encoder.encode(std::span(samples).subspan(at, frame.size()), payload);
        const std::size_t count = decoder.decode(std::span(payload).first(octets), frame);
        result.insert(result.end(), frame.begin(), frame.begin() + std::ptrdiff_t(count));
    }
    return result;
}

Heard heardTone(double hz, double amplitude)
{
    const Samples samples = through(tone(hz, rate, settling + rate, amplitude));
    return listen(std::span(samples).subspan(settling), hz, rate);
}

} // namespace

void G722ReferenceTest::gainByFrequency_data()
{
    QTest::addColumn<double>("hz");
    QTest::addColumn<double>("tolerance");
    for (const double hz :
         {50.0, 100.0, 200.0, 300.0, 500.0, 1000.0, 1020.0, 2000.0, 3000.0, 3400.0, 3800.0}) {
        QTest::addRow("lower band, %g Hz", hz) << hz << 0.5;
    }
    for (const double hz : {3950.0, 4050.0}) { // where the bands meet
        QTest::addRow("both bands, %g Hz", hz) << hz << 1.0;
    }
    for (const double hz : {4200.0, 5000.0, 6000.0, 6500.0, 7000.0}) {
        QTest::addRow("upper band, %g Hz", hz) << hz << 1.0;
    }
}

void G722ReferenceTest::gainByFrequency()
{
    QFETCH(double, hz);
    QFETCH(double, tolerance);
    const double amplitude = amplitudeAt(-10);
    WITHIN(dB(heardTone(hz, amplitude).amplitude / amplitude), 0.0, tolerance);
}

void G722ReferenceTest::distortionByLevel_data()
{
    QTest::addColumn<double>("hz");
    QTest::addColumn<double>("dBm0");
    QTest::addColumn<double>("leastDb");
    for (const double level : {6.0, 0.0, -10.0, -20.0, -30.0}) {
        QTest::addRow("lower band, 6 bits, %g dBm0", level) << 1020.0 << level << 30.0;
        QTest::addRow("upper band, 2 bits, %g dBm0", level) << 6020.0 << level << 10.0;
    }
    QTest::newRow("lower band, -40 dBm0") << 1020.0 << -40.0 << 25.0;
    QTest::newRow("lower band, -50 dBm0") << 1020.0 << -50.0 << 15.0;
}

void G722ReferenceTest::distortionByLevel()
{
    QFETCH(double, hz);
    QFETCH(double, dBm0);
    QFETCH(double, leastDb);
    const double snr = heardTone(hz, amplitudeAt(dBm0)).snrDb;
    AT_LEAST(snr, leastDb);
}

void G722ReferenceTest::gainByLevel_data()
{
    QTest::addColumn<double>("dBm0");
    QTest::addColumn<double>("tolerance");
    for (const double level : {6.0, 0.0, -10.0, -20.0, -30.0, -40.0}) {
        QTest::addRow("%g dBm0", level) << level << 0.3;
    }
    QTest::newRow("-50 dBm0") << -50.0 << 0.6;
}

void G722ReferenceTest::gainByLevel()
{
    QFETCH(double, dBm0);
    QFETCH(double, tolerance);
    const double amplitude = amplitudeAt(dBm0);
    WITHIN(dB(heardTone(1020, amplitude).amplitude / amplitude), 0.0, tolerance);
}

void G722ReferenceTest::idleChannel()
{
    const Samples samples = through(Samples(2 * rate));
    double power = 0;
    for (const std::int16_t sample : std::span(samples).subspan(settling)) {
        power += double(sample) * sample / double(samples.size() - settling);
    }
    const double dBm0 = 10 * std::log10(std::max(power, 1e-6) / std::pow(amplitudeAt(0), 2) * 2);
    QVERIFY2(dBm0 <= -66, qPrintable(QString::number(dBm0)));
}

// A tone at the limit comes through without a wrap, which would be as loud as the tone itself.
void G722ReferenceTest::overload()
{
    for (const double hz : {300.0, 1020.0, 3000.0}) {
        AT_LEAST(heardTone(hz, 32767).snrDb, 25.0);
    }
}

QTEST_GUILESS_MAIN(G722ReferenceTest)
#include "tst_g722_reference.moc"
