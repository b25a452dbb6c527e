#include "audio/BackgroundNoise.h"
#include "base/Random.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;
using audio::BackgroundNoise;

class BackgroundNoiseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silentUntilItKnows();
    void learnsLevelAndColour_data();
    void learnsLevelAndColour();
    void aVoiceOverItIsNotLearnt();
    void tonesAndLoudSoundsAreNone();
};

namespace {
using Samples = std::vector<std::int16_t>;

double rms(std::span<const std::int16_t> samples)
{
    double sum = 0;
    for (const std::int16_t sample : samples) {
        sum += double(sample) * sample;
    }
    return std::sqrt(sum / double(samples.size()));
}

// How much a sample is like the one before: 1 is a rumble, 0 a hiss, below 0 a sharper hiss.
double softness(std::span<const std::int16_t> samples)
{
    double with = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        with += double(samples[i]) * samples[i - 1];
    }
    return with / (std::pow(rms(samples), 2) * double(samples.size()));
}

// Noise through a filter of one pole.
Samples hiss(std::size_t count, double amplitude, double pole)
{
    base::Random random(4);
    Samples samples(count);
    double value = 0;
    for (std::int16_t& sample : samples) {
        value = pole * value + (random.u32() / 2147483648.0 - 1) * amplitude;
        sample = static_cast<std::int16_t>(value);
    }
    return samples;
}

} // namespace

void BackgroundNoiseTest::silentUntilItKnows()
{
    BackgroundNoise noise(8000);
    Samples out(160, 7);
    noise.generate(out);
    QVERIFY(!noise.isKnown() && rms(out) == 0);
    noise.learn(hiss(4000, 100, 0)); // half a second: perhaps it is a word
    QVERIFY(!noise.isKnown());
    QVERIFY(noise.covers(Samples(160, 3)));
    QVERIFY(!noise.covers(hiss(160, 100, 0)));
}

void BackgroundNoiseTest::learnsLevelAndColour_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<double>("pole");
    for (const int rate : {8000, 16000, 48000}) {
        QTest::addRow("white at %d", rate) << rate << 0.0;
        QTest::addRow("soft at %d", rate) << rate << 0.7;
        QTest::addRow("sharp at %d", rate) << rate << -0.5;
    }
}

void BackgroundNoiseTest::learnsLevelAndColour()
{
    QFETCH(int, rate);
    QFETCH(double, pole);
    const Samples heard = hiss(static_cast<std::size_t>(rate * 3), 90, pole);
    BackgroundNoise noise(rate);
    noise.learn(heard);
    Samples out(static_cast<std::size_t>(rate));
    noise.generate(out);
    QVERIFY2(std::abs(rms(out) / rms(heard) - 1) < 0.25, qPrintable(QString::number(rms(out))));
    QVERIFY2(std::abs(softness(out) - softness(heard)) < 0.1,
             qPrintable(QString::number(softness(out))));
    QVERIFY(noise.covers(heard));
    QVERIFY(!noise.covers(hiss(160, 400, pole)));
}

void BackgroundNoiseTest::aVoiceOverItIsNotLearnt()
{
    BackgroundNoise noise(8000);
    for (int word = 0; word < 10; ++word) {
        noise.learn(test::tone(200, 8000, 4000, 5000));
        noise.learn(hiss(2400, 60, 0));
    }
    QVERIFY2(noise.level() > 20 && noise.level() < 60, qPrintable(QString::number(noise.level())));
}

void BackgroundNoiseTest::tonesAndLoudSoundsAreNone()
{
    BackgroundNoise tone(8000);
    tone.learn(test::tone(425, 8000, 40000, 200));
    QVERIFY(!tone.isKnown());
    BackgroundNoise loud(8000);
    loud.learn(hiss(40000, 5000, 0));
    QVERIFY(!loud.isKnown());
}

QTEST_GUILESS_MAIN(BackgroundNoiseTest)
#include "tst_background_noise.moc"
