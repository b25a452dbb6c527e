#include "audio/CallTones.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;
using namespace hs::audio;

class CallTonesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cadence_data();
    void cadence();
    void level_data();
    void level();
    void nothingClicks();
    void everyCountryHasThemAll();
    void othersHaveTheUsual();
};

namespace {
std::vector<std::int16_t> samplesOf(const CallToneCadence& cadence, CallTone tone, int rate,
                                    int seconds)
{
    CallTonePlayer player(cadence, tone, rate);
    std::vector<std::int16_t> samples(static_cast<std::size_t>(rate) * std::size_t(seconds));
    // In pieces that fit no step.
    for (std::size_t at = 0; at < samples.size(); at += 147) {
        player.read(
            std::span(samples).subspan(at, std::min<std::size_t>(147, samples.size() - at)));
    }
    return samples;
}

// When it sounds, in steps of 10 ms: "on for 1000 ms, off for 4000 ms" is {1000, 4000, ...}.
std::vector<int> rhythm(std::span<const std::int16_t> samples, int rate)
{
    const auto frame = std::size_t(rate) / 100;
    std::vector<int> lengths;
    bool was = false;
    for (std::size_t at = 0; at + frame <= samples.size(); at += frame) {
        const bool is = std::ranges::any_of(samples.subspan(at, frame),
                                            [](std::int16_t sample) { return sample != 0; });
        if (lengths.empty() || is != was) {
            lengths.push_back(0);
        }
        lengths.back() += 10;
        was = is;
    }
    return lengths;
}
} // namespace

void CallTonesTest::cadence_data()
{
    QTest::addColumn<QByteArray>("country");
    QTest::addColumn<CallTone>("tone");
    QTest::addColumn<std::vector<int>>("lengths"); // ms, on and off by turns
    QTest::addColumn<double>("first");
    QTest::addColumn<double>("second");
    QTest::newRow("US rings") << QByteArray("us") << CallTone::Ringback
                              << std::vector{2000, 4000, 2000} << 440.0 << 480.0;
    QTest::newRow("US, capitals") << QByteArray("US") << CallTone::Busy
                                  << std::vector{500, 500, 500, 500} << 480.0 << 620.0;
    QTest::newRow("GB rings twice") << QByteArray("gb") << CallTone::Ringback
                                    << std::vector{400, 200, 400, 2000, 400} << 400.0 << 450.0;
    QTest::newRow("TW rings") << QByteArray("tw") << CallTone::Ringback
                              << std::vector{1000, 2000, 1000} << 440.0 << 480.0;
    QTest::newRow("DE is busy") << QByteArray("de") << CallTone::Busy
                                << std::vector{480, 480, 480, 480} << 425.0 << 0.0;
    QTest::newRow("FR waits") << QByteArray("fr") << CallTone::CallWaiting
                              << std::vector{300, 10000, 300} << 440.0 << 0.0;
}

void CallTonesTest::cadence()
{
    QFETCH(QByteArray, country);
    QFETCH(CallTone, tone);
    QFETCH(std::vector<int>, lengths);
    QFETCH(double, first);
    QFETCH(double, second);
    const auto known =
        callTone({country.constData(), static_cast<std::size_t>(country.size())}, tone);
    QVERIFY(known);
    for (const int rate : {8000, 16000, 48000}) {
        const auto samples = samplesOf(*known, tone, rate, 13);
        const std::vector<int> heard = rhythm(samples, rate);
        QVERIFY(heard.size() > lengths.size());
        for (std::size_t i = 0; i < lengths.size(); ++i) {
            QVERIFY2(std::abs(heard[i] - lengths[i]) <= 10,
                     qPrintable(QString::number(heard[i]) + u' ' + QString::number(lengths[i])));
        }
        const auto on = std::span(samples).subspan(
            std::size_t(rate) / 50, std::size_t(lengths[0] - 40) * std::size_t(rate) / 1000);
        QVERIFY(test::listen(on, first, rate).amplitude > 500);
        QVERIFY(second == 0 || test::listen(on, second, rate).amplitude > 500);
        QVERIFY(test::listen(on, 700, rate).amplitude < 100);
    }
}

void CallTonesTest::level_data()
{
    QTest::addColumn<CallTone>("tone");
    QTest::addColumn<double>("dbm0");
    QTest::newRow("E.180 5") << CallTone::Ringback << -10.0;
    QTest::newRow("over a voice") << CallTone::CallWaiting << -20.0;
}

void CallTonesTest::level()
{
    QFETCH(CallTone, tone);
    QFETCH(double, dbm0);
    for (const std::string_view country : {"us", "de"}) {
        const auto samples = samplesOf(*callTone(country, tone), tone, 8000, 1);
        double power = 0;
        constexpr std::size_t from = 200;
        constexpr std::size_t count = 1200; // 150 ms, all of them sound as long
        for (const std::int16_t sample : std::span(samples).subspan(from, count)) {
            power += double(sample) * sample;
        }
        const double is = 10 * std::log10(power / count / (32767.0 * 32767.0 / 2)) + 3.14;
        QVERIFY2(std::abs(is - dbm0) < 0.7, qPrintable(QString::number(is)));
    }
}

void CallTonesTest::nothingClicks()
{
    for (const std::string_view country : toneCountries()) {
        for (const CallTone tone : {CallTone::Ringback, CallTone::Busy, CallTone::CallWaiting}) {
            const auto samples = samplesOf(*callTone(country, tone), tone, 16000, 3);
            int steepest = 0;
            for (std::size_t i = 1; i < samples.size(); ++i) {
                steepest = std::max(steepest, std::abs(samples[i] - samples[i - 1]));
            }
            QVERIFY2(steepest < 4000, std::string(country).c_str()); // of 1400 Hz at -10 dBm0
        }
    }
}

void CallTonesTest::everyCountryHasThemAll()
{
    QVERIFY(toneCountries().size() >= 20);
    for (const std::string_view country : toneCountries()) {
        for (const CallTone tone :
             {CallTone::Ringback, CallTone::Busy, CallTone::Congestion, CallTone::CallWaiting}) {
            const auto cadence = callTone(country, tone);
            QVERIFY(cadence && cadence->count > 0 && cadence->hertz[0] > 0);
            for (std::size_t i = 0; i < cadence->count; ++i) {
                QVERIFY(cadence->steps[i].onMs >= 40 && cadence->steps[i].offMs >= 100);
            }
        }
    }
}

void CallTonesTest::othersHaveTheUsual()
{
    for (const std::string_view country : {"", "x", "xx", "usa", "\xff\xff"}) {
        QVERIFY(!callTone(country, CallTone::Busy));
        QCOMPARE(callToneOrUsual(country, CallTone::Busy).hertz[0], 425.0);
    }
}

QTEST_GUILESS_MAIN(CallTonesTest)
#include "tst_call_tones.moc"
