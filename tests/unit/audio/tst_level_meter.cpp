#include "audio/LevelMeter.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;

class LevelMeterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silenceAndNothing();
    void aTone();
    void fullScale();
    void takingBeginsAnew();
    void decibels();
};

void LevelMeterTest::silenceAndNothing()
{
    audio::LevelMeter meter;
    QCOMPARE(meter.take(), audio::Level());
    meter.add(std::vector<std::int16_t>(160));
    QCOMPARE(meter.take(), audio::Level());
}

void LevelMeterTest::aTone()
{
    audio::LevelMeter meter;
    const auto samples = test::tone(400, 8000, 8000, 16384);
    for (std::size_t i = 0; i < samples.size(); i += 160) {
        meter.add(std::span(samples).subspan(i, 160));
    }
    const audio::Level level = meter.take();
    QVERIFY(std::abs(level.peak - 0.5F) < 0.001F);
    QVERIFY(std::abs(level.rms - 0.35355F) < 0.001F); // a sine: 3 dB below its peak
}

void LevelMeterTest::fullScale()
{
    audio::LevelMeter meter;
    meter.add(std::vector<std::int16_t>(100000, -32768));
    QCOMPARE(meter.take(), (audio::Level{1, 1}));
}

void LevelMeterTest::takingBeginsAnew()
{
    audio::LevelMeter meter;
    meter.add(std::vector<std::int16_t>(160, 20000));
    meter.take();
    meter.add(std::vector<std::int16_t>(160, 8192));
    QCOMPARE(meter.take(), (audio::Level{0.25F, 0.25F}));
}

void LevelMeterTest::decibels()
{
    QCOMPARE(audio::toDecibels(1), 0.0F);
    QVERIFY(std::abs(audio::toDecibels(0.5F) + 6.02F) < 0.01F);
    QCOMPARE(audio::toDecibels(0), -96.0F);
    QCOMPARE(audio::toDecibels(-1), -96.0F);
    QCOMPARE(audio::toDecibels(2), 0.0F);
}

QTEST_GUILESS_MAIN(LevelMeterTest)
#include "tst_level_meter.moc"
