#include "audio/LossConcealer.h"
#include "base/Random.h"
#include "support/SpeechQuality.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;

class LossConcealerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goodFramesPassUntouched();
    void nothingBeforeTheFirstFrame();
    void fadesWithin60Ms_data();
    void fadesWithin60Ms();
    void goesOnAsItWas_data();
    void goesOnAsItWas();
    void noiseStaysBehindALongLoss();
    void aToneIsNoBackground();
    void nothingClicks_data();
    void nothingClicks();
    void aCutIsBlended();
    void aSecondLossBeginsLoudAgain();
    void betterThanSilenceAndRepetition_data();
    void betterThanSilenceAndRepetition();
    void framesOfAnyLength();
};

namespace {
using Samples = std::vector<std::int16_t>;

int largestStep(std::span<const std::int16_t> samples)
{
    int largest = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        largest = std::max(largest, std::abs(samples[i] - samples[i - 1]));
    }
    return largest;
}

double rms(std::span<const std::int16_t> samples)
{
    double sum = 0;
    for (const std::int16_t sample : samples) {
        sum += double(sample) * sample;
    }
    return std::sqrt(sum / double(samples.size()));
}

// As it is heard when some of the frames of 20 ms are lost.
Samples heard(std::span<const std::int16_t> sent, std::span<const int> lost, int rate = 8000)
{
    audio::LossConcealer concealer(rate);
    const auto frame = static_cast<std::size_t>(rate / 50);
    Samples result;
    for (std::size_t at = 0; at + frame <= sent.size(); at += frame) {
        Samples out(frame);
        if (std::find(lost.begin(), lost.end(), int(at / frame)) != lost.end()) {
            concealer.conceal(out);
        } else {
            std::copy_n(sent.begin() + std::ptrdiff_t(at), frame, out.begin());
            concealer.good(out);
        }
        result.insert(result.end(), out.begin(), out.end());
    }
    return result;
}

Samples only(const Samples& samples, std::span<const int> frames, std::size_t size)
{
    Samples result;
    for (const int frame : frames) {
        const auto at = samples.begin() + std::ptrdiff_t(std::size_t(frame) * size);
        result.insert(result.end(), at, at + std::ptrdiff_t(size));
    }
    return result;
}

void addRates()
{
    QTest::addColumn<int>("rate");
    for (const int rate : {8000, 16000, 48000}) {
        QTest::addRow("%d Hz", rate) << rate;
    }
}
} // namespace

void LossConcealerTest::goodFramesPassUntouched()
{
    const auto sent = test::tone(440, 8000, 8000);
    QVERIFY(heard(sent, {}) == sent);
}

void LossConcealerTest::nothingBeforeTheFirstFrame()
{
    audio::LossConcealer concealer;
    std::array<std::int16_t, 160> out;
    out.fill(99);
    concealer.conceal(out);
    QCOMPARE(std::count(out.begin(), out.end(), 0), 160);
}

void LossConcealerTest::fadesWithin60Ms_data()
{
    addRates();
}

void LossConcealerTest::fadesWithin60Ms()
{
    QFETCH(int, rate);
    const auto perMs = static_cast<std::size_t>(rate / 1000);
    const auto sent = test::tone(440, rate, 200 * perMs);
    const std::array lost{5, 6, 7, 8, 9};
    const auto out = heard(sent, lost, rate);
    // G.711 Appendix I: 10 ms as loud as before, then 20 % less each 10 ms.
    const auto part = [&](std::size_t ms) {
        return std::span(out).subspan(ms * perMs, 10 * perMs);
    };
    const double whole = rms(std::span(sent).first(100 * perMs));
    QVERIFY(rms(part(100)) > 0.9 * whole);
    for (int i = 1; i < 5; ++i) {
        const double share = rms(part(100 + std::size_t(i) * 10)) / whole;
        QVERIFY2(std::abs(share - (1.1 - 0.2 * i)) < 0.12, qPrintable(QString::number(share)));
    }
    for (std::size_t i = 160 * perMs; i < out.size(); ++i) {
        QCOMPARE(int(out[i]), 0); // nothing is known of the background
    }
}

void LossConcealerTest::goesOnAsItWas_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<double>("hz");
    for (const int rate : {8000, 16000, 48000}) {
        for (const double hz : {110.0, 317.0, 941.0}) {
            QTest::addRow("%d Hz at %d", int(hz), rate) << rate << hz;
        }
    }
}

void LossConcealerTest::goesOnAsItWas()
{
    QFETCH(int, rate);
    QFETCH(double, hz);
    const auto sent = test::tone(hz, rate, static_cast<std::size_t>(rate));
    const std::array lost{20};
    const auto out = heard(sent, lost, rate);
    const auto perMs = static_cast<std::size_t>(rate / 1000);
    const auto began = std::span(out).subspan(400 * perMs, 10 * perMs);
    const auto was = std::span(sent).subspan(400 * perMs, 10 * perMs);
    double noise = 0;
    for (std::size_t i = 0; i < began.size(); ++i) {
        noise += std::pow(began[i] - was[i], 2);
    }
    const double snr = 20 * std::log10(rms(was) / std::sqrt(noise / double(was.size()) + 1));
    QVERIFY2(snr > 8, qPrintable(QString::number(snr)));
}

void LossConcealerTest::noiseStaysBehindALongLoss()
{
    base::Random random(3);
    Samples sent(8000 * 6);
    for (std::int16_t& sample : sent) {
        sample = static_cast<std::int16_t>(int(random.below(200)) - 100);
    }
    const double level = rms(sent);
    std::vector<int> lost(100);
    for (int i = 0; i < 100; ++i) {
        lost[std::size_t(i)] = 200 + i;
    }
    const auto out = heard(sent, lost);
    for (std::size_t frame = 200; frame < 300; ++frame) {
        const double share = rms(std::span(out).subspan(frame * 160, 160)) / level;
        QVERIFY2(share > 0.5 && share < 1.6, qPrintable(QString::number(share)));
    }
}

void LossConcealerTest::aToneIsNoBackground()
{
    const auto sent = test::tone(425, 8000, 8000 * 3, 200);
    const std::array lost{140, 141, 142, 143, 144, 145};
    const auto out = heard(sent, lost);
    QCOMPARE(rms(std::span(out).subspan(144 * 160, 160)), 0.0);
}

void LossConcealerTest::nothingClicks_data()
{
    addRates();
}

void LossConcealerTest::nothingClicks()
{
    QFETCH(int, rate);
    const std::array lost{3, 10, 11, 20, 21, 22, 23, 24, 30, 32, 34, 40, 42, 43, 44, 45, 46, 47};
    for (const double hz : {110.0, 317.0, 941.0}) {
        const auto sent = test::tone(hz, rate, static_cast<std::size_t>(rate));
        QVERIFY(largestStep(heard(sent, lost, rate)) <= largestStep(sent) * 5 / 3);
    }
    const auto spoken = test::speech(rate, 8000);
    QCOMPARE(test::clicks(spoken, rate), 0);
    base::Random random(5);
    std::vector<int> many;
    for (int i = 10; i < 400; ++i) {
        if (random.below(10) == 0) {
            many.push_back(i);
        }
    }
    QCOMPARE(test::clicks(heard(spoken, many, rate), rate), 0);
    // The measure sees what a careless replacement does.
    Samples holes = spoken;
    for (const int frame : many) {
        const auto size = static_cast<std::size_t>(rate / 50);
        std::fill_n(holes.begin() + std::ptrdiff_t(std::size_t(frame) * size), size,
                    std::int16_t(0));
    }
    QVERIFY(test::clicks(holes, rate) > 0);
}

void LossConcealerTest::aCutIsBlended()
{
    audio::LossConcealer concealer;
    auto before = test::tone(200, 8000, 810);
    auto after = test::tone(200, 8000, 800);
    concealer.good(before);
    concealer.cut();
    for (std::int16_t& sample : after) {
        sample = static_cast<std::int16_t>(-sample + 3000);
    }
    concealer.good(after);
    before.insert(before.end(), after.begin(), after.end());
    QVERIFY(largestStep(before) < 2500);
}

void LossConcealerTest::aSecondLossBeginsLoudAgain()
{
    const auto sent = test::tone(440, 8000, 8000);
    const std::array lost{5, 6, 7, 8, 9, 12};
    const auto out = heard(sent, lost);
    QVERIFY(test::listen(std::span(out).subspan(12 * 160, 160), 440, 8000).amplitude > 7000);
}

void LossConcealerTest::betterThanSilenceAndRepetition_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("lossPercent");
    for (const int rate : {8000, 16000, 48000}) {
        for (const int percent : {5, 10}) {
            QTest::addRow("%d Hz, %d %%", rate, percent) << rate << percent;
        }
    }
}

void LossConcealerTest::betterThanSilenceAndRepetition()
{
    QFETCH(int, rate);
    QFETCH(int, lossPercent);
    const auto sent = test::speech(rate, 9000);
    base::Random random(11);
    const auto frame = static_cast<std::size_t>(rate / 50);
    std::vector<int> lost;
    Samples silent = sent;
    Samples repeated = sent;
    for (std::size_t i = 1; (i + 1) * frame <= sent.size(); ++i) {
        if (random.below(100) < static_cast<unsigned>(lossPercent)) {
            lost.push_back(int(i));
            const auto at = std::ptrdiff_t(i * frame);
            std::fill_n(silent.begin() + at, frame, std::int16_t(0));
            std::copy_n(repeated.begin() + at - std::ptrdiff_t(frame), frame,
                        repeated.begin() + at);
        }
    }
    // The waveform of what was lost itself; the spectrum of all, with the seams.
    const auto measure = [&](const Samples& samples) {
        test::Quality result = test::quality(sent, samples, rate);
        result.segmentalSnrDb =
            test::quality(only(sent, lost, frame), only(samples, lost, frame), rate).segmentalSnrDb;
        return result;
    };
    const auto ours = measure(heard(sent, lost, rate));
    const auto without = measure(silent);
    const auto again = measure(repeated);
    const auto line = [](const char* name, const test::Quality& is) {
        qInfo("%-10s segmental SNR %5.2f dB, spectral distance %5.2f dB", name, is.segmentalSnrDb,
              is.spectralDistanceDb);
    };
    line("concealed", ours);
    line("silent", without);
    line("repeated", again);
    QVERIFY(ours.segmentalSnrDb > without.segmentalSnrDb);
    QVERIFY(ours.segmentalSnrDb > again.segmentalSnrDb);
    QVERIFY(ours.spectralDistanceDb < without.spectralDistanceDb);
    QVERIFY(ours.spectralDistanceDb < again.spectralDistanceDb);
}

void LossConcealerTest::framesOfAnyLength()
{
    audio::LossConcealer concealer;
    auto sent = test::tone(440, 8000, 1000);
    for (const std::size_t length : {0U, 1U, 7U, 400U, 1000U}) {
        auto frame = std::span(sent).first(length);
        concealer.good(frame);
        Samples out(length);
        concealer.conceal(out);
    }
    concealer.reset();
    std::array<std::int16_t, 80> out;
    out.fill(5);
    concealer.conceal(out);
    QCOMPARE(int(out[0]), 0);
}

QTEST_GUILESS_MAIN(LossConcealerTest)
#include "tst_loss_concealer.moc"
