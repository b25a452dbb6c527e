#include "audio/TimeStretcher.h"
#include "base/Random.h"
#include "support/SpeechQuality.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;
using audio::TimeStretcher;

class TimeStretcherTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aVoiceLosesWholePeriods_data();
    void aVoiceLosesWholePeriods();
    void aVoiceGainsWholePeriods_data();
    void aVoiceGainsWholePeriods();
    void limitsAreKept();
    void loudNoiseIsRefused();
    void quietNoiseTakesAnyLength();
    void tooShortIsRefused();
    void speechStaysSpeech_data();
    void speechStaysSpeech();
};

namespace {
using Samples = std::vector<std::int16_t>;

void addVoices()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<double>("hz");
    for (const int rate : {8000, 16000, 48000}) {
        for (const double hz : {80.0, 120.0, 210.0, 390.0}) {
            QTest::addRow("%d Hz at %d", int(hz), rate) << rate << hz;
        }
    }
}

// A buzz: 40 harmonics or as many as fit.
Samples buzz(double hz, int rate, std::size_t count)
{
    Samples samples(count);
    for (std::size_t i = 0; i < count; ++i) {
        double value = 0;
        for (int k = 1; k <= 40 && k * hz < rate * 0.4; ++k) {
            value += std::sin(2 * std::numbers::pi * hz * k * double(i) / rate) / k;
        }
        samples[i] = static_cast<std::int16_t>(4000 * value);
    }
    return samples;
}

Samples noise(std::size_t count, unsigned amplitude)
{
    base::Random random(9);
    Samples samples(count);
    for (std::int16_t& sample : samples) {
        sample = static_cast<std::int16_t>(int(random.below(2 * amplitude)) - int(amplitude));
    }
    return samples;
}

int largestStep(std::span<const std::int16_t> samples)
{
    int largest = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        largest = std::max(largest, std::abs(samples[i] - samples[i - 1]));
    }
    return largest;
}
} // namespace

void TimeStretcherTest::aVoiceLosesWholePeriods_data()
{
    addVoices();
}

void TimeStretcherTest::aVoiceLosesWholePeriods()
{
    QFETCH(int, rate);
    QFETCH(double, hz);
    const auto ms = static_cast<std::size_t>(rate / 1000);
    const Samples sent = buzz(hz, rate, 100 * ms);
    Samples samples = sent;
    const TimeStretcher stretcher(rate);
    const auto removed = stretcher.shrink(std::span(samples).first(30 * ms), {15 * ms});
    const double periods = double(removed) * hz / rate;
    QVERIFY2(removed > 0 && std::abs(periods - std::round(periods)) < 0.05,
             qPrintable(QString::number(periods)));
    samples.erase(samples.begin() + std::ptrdiff_t(30 * ms - removed),
                  samples.begin() + std::ptrdiff_t(30 * ms));
    QCOMPARE(samples.size(), sent.size() - removed);
    QVERIFY(largestStep(samples) <= largestStep(sent) * 5 / 4);
    // What follows is what it was, so much earlier.
    QVERIFY(std::equal(samples.end() - std::ptrdiff_t(60 * ms), samples.end(),
                       sent.end() - std::ptrdiff_t(60 * ms)));
}

void TimeStretcherTest::aVoiceGainsWholePeriods_data()
{
    addVoices();
}

void TimeStretcherTest::aVoiceGainsWholePeriods()
{
    QFETCH(int, rate);
    QFETCH(double, hz);
    const auto ms = static_cast<std::size_t>(rate / 1000);
    const Samples sent = buzz(hz, rate, 40 * ms);
    Samples samples = sent;
    samples.resize(60 * ms);
    const TimeStretcher stretcher(rate);
    const auto added = stretcher.stretch(samples, 20 * ms, 40 * ms, {15 * ms});
    samples.resize(40 * ms + added);
    const double periods = double(added) * hz / rate;
    QVERIFY2(added > 0 && std::abs(periods - std::round(periods)) < 0.05,
             qPrintable(QString::number(periods)));
    QVERIFY(largestStep(samples) <= largestStep(sent) * 5 / 4);
    QVERIFY(std::equal(sent.begin(), sent.begin() + std::ptrdiff_t(20 * ms), samples.begin()));
    QVERIFY(std::equal(sent.begin() + std::ptrdiff_t(20 * ms), sent.end(),
                       samples.begin() + std::ptrdiff_t(20 * ms + added)));
}

void TimeStretcherTest::limitsAreKept()
{
    Samples samples = buzz(80, 8000, 400);
    const TimeStretcher stretcher(8000);
    QCOMPARE(stretcher.shrink(samples, {0}), std::size_t(0));
    QCOMPARE(stretcher.shrink(samples, {10}), std::size_t(0)); // below 2.5 ms nothing is looked for
    QVERIFY(stretcher.shrink(samples, {60, 0.1F}) <= 60);
    QVERIFY(stretcher.stretch(samples, 160, 390, {100, 0.1F}) <= 10); // the room there is
}

void TimeStretcherTest::loudNoiseIsRefused()
{
    Samples samples = noise(480, 5000);
    const Samples before = samples;
    const TimeStretcher stretcher(8000);
    QCOMPARE(stretcher.shrink(std::span(samples).first(240), {120}), std::size_t(0));
    QCOMPARE(stretcher.stretch(samples, 160, 320, {120}), std::size_t(0));
    QVERIFY(samples == before);
}

void TimeStretcherTest::quietNoiseTakesAnyLength()
{
    const TimeStretcher stretcher(8000);
    Samples samples = noise(480, 20);
    QCOMPARE(stretcher.shrink(std::span(samples).first(160), {100, 0.85F, true}), std::size_t(100));
    QCOMPARE(stretcher.shrink(std::span(samples).first(160), {1000, 0.85F, true}),
             std::size_t(120)); // the fade is left
    QCOMPARE(stretcher.stretch(samples, 160, 320, {77, 0.85F, true}), std::size_t(77));
    QCOMPARE(stretcher.stretch(samples, 160, 300, {1000, 0.85F, true}), std::size_t(140));
}

void TimeStretcherTest::tooShortIsRefused()
{
    const TimeStretcher stretcher(8000);
    for (std::size_t count = 0; count <= 40; ++count) {
        Samples samples = buzz(400, 8000, 100);
        QVERIFY(stretcher.shrink(std::span(samples).first(count), {120}) <= count / 2);
        QVERIFY(stretcher.stretch(samples, 0, count, {120}) == 0);
        QVERIFY(stretcher.shrink(std::span(samples).first(count), {120, 0.85F, true}) <= count);
    }
}

void TimeStretcherTest::speechStaysSpeech_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<bool>("shrinks");
    for (const int rate : {8000, 16000, 48000}) {
        QTest::addRow("faster at %d", rate) << rate << true;
        QTest::addRow("slower at %d", rate) << rate << false;
    }
}

void TimeStretcherTest::speechStaysSpeech()
{
    QFETCH(int, rate);
    QFETCH(bool, shrinks);
    const auto ms = static_cast<std::size_t>(rate / 1000);
    const Samples sent = test::speech(rate, 8000);
    const TimeStretcher stretcher(rate);
    Samples out(sent.begin(), sent.begin() + std::ptrdiff_t(40 * ms));
    std::size_t changed = 0;
    for (std::size_t at = 40 * ms; at + 200 * ms < sent.size(); at += 200 * ms) {
        Samples piece(out.end() - std::ptrdiff_t(20 * ms), out.end());
        piece.insert(piece.end(), sent.begin() + std::ptrdiff_t(at),
                     sent.begin() + std::ptrdiff_t(at + 200 * ms));
        const std::size_t count = piece.size();
        piece.resize(count + 20 * ms);
        std::size_t now = count;
        if (shrinks) {
            now -= stretcher.shrink(std::span(piece).subspan(20 * ms, 200 * ms), {15 * ms});
        } else {
            now += stretcher.stretch(piece, 20 * ms, count, {15 * ms});
        }
        changed += now > count ? now - count : count - now;
        out.insert(out.end(), piece.begin() + std::ptrdiff_t(20 * ms),
                   piece.begin() + std::ptrdiff_t(now));
    }
    QVERIFY2(changed > 50 * ms, qPrintable(QString::number(changed / ms))); // of 39 pieces
    QCOMPARE(test::clicks(out, rate), 0);
}

QTEST_GUILESS_MAIN(TimeStretcherTest)
#include "tst_time_stretcher.moc"
