// The reference signals of the ITU-T through G.711: the digital milliwatt (tables 5 and 6 of the
// Recommendation), tones by level, by frequency and beyond the limit, and an idle channel, against
// the limits that G.712 sets for whole channels. 0 dBm0 is 3.14 dB below the largest tone of the
// A-law, 3.17 dB below that of the µ-law (G.711 table 1 and 2, notes).
#include "Reference.h"
#include "audio/G711.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

enum class Law { A, Mu };
Q_DECLARE_METATYPE(Law)

class G711ReferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void digitalMilliwatt_data();
    void digitalMilliwatt();
    void distortionByLevel_data();
    void distortionByLevel();
    void gainByLevel_data();
    void gainByLevel();
    void gainByFrequency_data() { bothLaws(); }
    void gainByFrequency();
    void overload_data() { bothLaws(); }
    void overload();
    void idleChannel_data() { bothLaws(); }
    void idleChannel();

private:
    static void bothLaws()
    {
        QTest::addColumn<Law>("law");
        QTest::newRow("A-law") << Law::A;
        QTest::newRow("µ-law") << Law::Mu;
    }
};

namespace {

using Samples = std::vector<std::int16_t>;
constexpr int rate = 8000;

// Of a tone at 0 dBm0: the virtual decision value at the end of the scale is 4096 of 13 bits, 8159
// of 14 bits.
double milliwatt(Law law)
{
    return law == Law::A ? 4096 * 8 / std::pow(10, 3.14 / 20) : 8159 * 4 / std::pow(10, 3.17 / 20);
}

double amplitudeAt(Law law, double dBm0)
{
    return milliwatt(law) * std::pow(10, dBm0 / 20);
}

std::vector<std::byte> encoded(Law law, const Samples& samples)
{
    std::vector<std::byte> codes(samples.size());
    law == Law::A ? audio::encodeAlaw(samples, codes) : audio::encodeUlaw(samples, codes);
    return codes;
}

Samples decoded(Law law, const std::vector<std::byte>& codes)
{
    Samples samples(codes.size());
    law == Law::A ? audio::decodeAlaw(codes, samples) : audio::decodeUlaw(codes, samples);
    return samples;
}

Samples through(Law law, const Samples& samples)
{
    return decoded(law, encoded(law, samples));
}

} // namespace

void G711ReferenceTest::digitalMilliwatt_data()
{
    QTest::addColumn<Law>("law");
    QTest::addColumn<QByteArray>("period");
    QTest::newRow("G.711 table 5, A-law") << Law::A << QByteArray::fromHex("342121 34b4a1a1b4");
    QTest::newRow("G.711 table 6, µ-law") << Law::Mu << QByteArray::fromHex("1e0b0b1e 9e8b8b9e");
}

// "When this sequence is applied to the decoder, a tone of 1 kHz at 0 dBm0 should be there."
void G711ReferenceTest::digitalMilliwatt()
{
    QFETCH(Law, law);
    QFETCH(QByteArray, period);
    QCOMPARE(period.size(), 8);
    std::vector<std::byte> codes;
    for (int i = 0; i < rate; ++i) {
        codes.push_back(static_cast<std::byte>(period[i % 8]));
    }
    const Samples samples = decoded(law, codes);
    const Heard is = listen(samples, 1000, rate);
    WITHIN(dB(is.amplitude / milliwatt(law)), 0.0, 0.02);
    AT_LEAST(is.snrDb, 30.0);
    // And the other way: that tone, in that phase, gives these codes.
    Samples tone(codes.size());
    const double sign = samples.front() < 0 ? -1 : 1;
    for (std::size_t i = 0; i < tone.size(); ++i) {
        const double phase = 2 * std::numbers::pi * (double(i) + 0.5) / 8;
        tone[i] = static_cast<std::int16_t>(std::lround(sign * milliwatt(law) * std::sin(phase)));
    }
    QVERIFY(encoded(law, tone) == codes);
}

void G711ReferenceTest::distortionByLevel_data()
{
    QTest::addColumn<Law>("law");
    QTest::addColumn<double>("dBm0");
    QTest::addColumn<double>("leastDb");
    const std::array<std::pair<double, double>, 7> mask{
        {{3, 33}, {0, 33}, {-10, 33}, {-20, 33}, {-30, 33}, {-40, 27}, {-45, 22}}};
    for (const auto& [level, least] : mask) {
        QTest::addRow("G.712 total distortion, A-law, %g dBm0", level) << Law::A << level << least;
        QTest::addRow("G.712 total distortion, µ-law, %g dBm0", level) << Law::Mu << level << least;
    }
}

void G711ReferenceTest::distortionByLevel()
{
    QFETCH(Law, law);
    QFETCH(double, dBm0);
    QFETCH(double, leastDb);
    for (const double hz : {1004.0, 1020.0}) {
        const Samples signal = tone(hz, rate, rate, amplitudeAt(law, dBm0));
        AT_LEAST(listen(through(law, signal), hz, rate).snrDb, leastDb);
    }
}

void G711ReferenceTest::gainByLevel_data()
{
    QTest::addColumn<Law>("law");
    QTest::addColumn<double>("dBm0");
    QTest::addColumn<double>("tolerance");
    const std::array<std::pair<double, double>, 8> mask{{{3, 0.3},
                                                         {0, 0.3},
                                                         {-10, 0.3},
                                                         {-20, 0.3},
                                                         {-30, 0.3},
                                                         {-40, 0.3},
                                                         {-50, 0.6},
                                                         {-55, 1.6}}};
    for (const auto& [level, tolerance] : mask) {
        QTest::addRow("G.712 gain by level, A-law, %g dBm0", level) << Law::A << level << tolerance;
        QTest::addRow("G.712 gain by level, µ-law, %g dBm0", level)
            << Law::Mu << level << tolerance;
    }
}

void G711ReferenceTest::gainByLevel()
{
    QFETCH(Law, law);
    QFETCH(double, dBm0);
    QFETCH(double, tolerance);
    const double amplitude = amplitudeAt(law, dBm0);
    const Heard is = listen(through(law, tone(1020, rate, rate, amplitude)), 1020, rate);
    WITHIN(dB(is.amplitude / amplitude), 0.0, tolerance);
}

void G711ReferenceTest::gainByFrequency()
{
    QFETCH(Law, law);
    const double amplitude = amplitudeAt(law, -10);
    for (int hz = 205; hz < 3900; hz += 100) { // no divisors of the rate: those repeat few codes
        const Heard is = listen(through(law, tone(hz, rate, rate, amplitude)), hz, rate);
        WITHIN(dB(is.amplitude / amplitude), 0.0, 0.1);
        AT_LEAST(is.snrDb, 33.0);
    }
}

void G711ReferenceTest::overload()
{
    QFETCH(Law, law);
    const int largest = law == Law::A ? 32256 : 32124;
    Samples loud(rate);
    for (std::size_t i = 0; i < loud.size(); ++i) { // 9 dBm0, which 16 bits do not hold
        const double value =
            amplitudeAt(law, 9) * std::sin(2 * std::numbers::pi * double(i) / 7.87);
        loud[i] = static_cast<std::int16_t>(std::clamp(value, -32768.0, 32767.0));
    }
    const Samples heardSamples = through(law, loud);
    QCOMPARE(int(*std::ranges::max_element(heardSamples)), largest);
    QCOMPARE(int(*std::ranges::min_element(heardSamples)), -largest);
    for (std::size_t i = 0; i < loud.size(); ++i) {
        QVERIFY2(std::abs(loud[i] - heardSamples[i]) <= 1024, qPrintable(QString::number(loud[i])));
    }
}

void G711ReferenceTest::idleChannel()
{
    QFETCH(Law, law);
    Samples idle(rate);
    for (const int noise : {0, 1}) { // the smallest noise there is, too
        for (std::size_t i = 0; i < idle.size(); ++i) {
            idle[i] = static_cast<std::int16_t>(i * 7 / 3 % 2 == 0 ? noise : -noise);
        }
        double power = 0;
        for (const std::int16_t sample : through(law, idle)) {
            power += double(sample) * sample / double(idle.size());
        }
        const double dBm0 =
            10 * std::log10(std::max(power, 1e-6) / std::pow(milliwatt(law), 2) * 2);
        QVERIFY2(dBm0 <= -65, qPrintable(QString::number(dBm0))); // G.712: idle channel noise
    }
}

QTEST_GUILESS_MAIN(G711ReferenceTest)
#include "tst_g711_reference.moc"
