#include "audio/G711.h"
#include "media/PeakMeter.h"

#include <QTest>

#include <cmath>

using namespace hs;
using namespace hs::media;

class PeakMeterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCodeByItself_data();
    void everyCodeByItself();
    void loudestOfMany();
    void ofTheLastFourRolls();
};

void PeakMeterTest::everyCodeByItself_data()
{
    QTest::addColumn<bool>("isPcma");
    QTest::newRow("PCMA") << true;
    QTest::newRow("PCMU") << false;
}

void PeakMeterTest::everyCodeByItself()
{
    QFETCH(bool, isPcma);
    for (int code = 0; code < 256; ++code) {
        PeakMeter meter;
        const std::array<std::byte, 1> codes{static_cast<std::byte>(code)};
        meter.add(isPcma ? audio::CodecKind::Pcma : audio::CodecKind::Pcmu, codes);
        const auto byte = static_cast<std::uint8_t>(code);
        const int sample = isPcma ? audio::decodeAlaw(byte) : audio::decodeUlaw(byte);
        QCOMPARE(int(meter.roll()), std::abs(sample));
    }
}

void PeakMeterTest::loudestOfMany()
{
    std::vector<std::int16_t> samples(160);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<std::int16_t>(std::lround(9000 * std::sin(double(i))));
    }
    samples[77] = -12'345;
    std::vector<std::byte> codes(160);
    audio::encodeUlaw(samples, codes);
    PeakMeter meter;
    meter.add(audio::CodecKind::Pcmu, codes);
    QVERIFY(std::abs(meter.roll() - 12'345) < 260);
}

void PeakMeterTest::ofTheLastFourRolls()
{
    PeakMeter meter;
    const std::array<std::byte, 1> loud{static_cast<std::byte>(audio::encodeAlaw(8000))};
    meter.add(audio::CodecKind::Pcma, loud);
    for (int i = 0; i < 4; ++i) {
        QVERIFY(meter.roll() > 7000);
    }
    QCOMPARE(meter.roll(), std::uint16_t(0));
}

QTEST_GUILESS_MAIN(PeakMeterTest)
#include "tst_peak_meter.moc"
