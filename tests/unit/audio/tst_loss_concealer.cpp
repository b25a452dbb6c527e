#include "audio/LossConcealer.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;

class LossConcealerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goodFramesPassUntouched();
    void nothingBeforeTheFirstFrame();
    void fadesToSilenceWithin60Ms();
    void repeatsWhatWasHeard();
    void nothingClicks_data();
    void nothingClicks();
    void aSecondLossBeginsLoudAgain();
    void framesOfAnyLength();
};

namespace {

int largestStep(std::span<const std::int16_t> samples)
{
    int largest = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        largest = std::max(largest, std::abs(samples[i] - samples[i - 1]));
    }
    return largest;
}

// A second of a tone in frames of 20 ms, as it is heard when some frames are lost.
std::vector<std::int16_t> heard(std::span<const std::int16_t> sent, std::span<const int> lost)
{
    audio::LossConcealer concealer;
    std::vector<std::int16_t> result;
    for (std::size_t frame = 0; frame * 160 < sent.size(); ++frame) {
        std::array<std::int16_t, 160> out{};
        if (std::find(lost.begin(), lost.end(), int(frame)) != lost.end()) {
            concealer.conceal(out);
        } else {
            std::copy_n(sent.begin() + std::ptrdiff_t(frame * 160), 160, out.begin());
            concealer.good(out);
        }
        result.insert(result.end(), out.begin(), out.end());
    }
    return result;
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

void LossConcealerTest::fadesToSilenceWithin60Ms()
{
    const auto sent = test::tone(440, 8000, 1600);
    const std::array lost{5, 6, 7, 8, 9};
    const auto out = heard(sent, lost);
    for (std::size_t i = 5 * 160 + 480; i < out.size(); ++i) {
        QCOMPARE(int(out[i]), 0);
    }
    const auto first = test::listen(std::span(out).subspan(5 * 160, 160), 440, 8000);
    const auto third = test::listen(std::span(out).subspan(7 * 160, 160), 440, 8000);
    QVERIFY(first.amplitude > 7000);
    QVERIFY(third.amplitude < 2500);
}

void LossConcealerTest::repeatsWhatWasHeard()
{
    const auto sent = test::tone(500, 8000, 8000);
    const std::array lost{20};
    const auto out = heard(sent, lost);
    QVERIFY(test::listen(std::span(out).subspan(20 * 160, 160), 500, 8000).snrDb > 10);
}

void LossConcealerTest::nothingClicks_data()
{
    QTest::addColumn<double>("hz");
    QTest::newRow("a low voice") << 110.0;
    QTest::newRow("a high voice") << 317.0;
    QTest::newRow("DTMF") << 941.0;
}

void LossConcealerTest::nothingClicks()
{
    QFETCH(double, hz);
    const auto sent = test::tone(hz, 8000, 8000);
    const std::array lost{3, 10, 11, 20, 21, 22, 23, 24, 30, 32, 34};
    QVERIFY(largestStep(heard(sent, lost)) <= largestStep(sent) * 3 / 2);
}

void LossConcealerTest::aSecondLossBeginsLoudAgain()
{
    const auto sent = test::tone(440, 8000, 8000);
    const std::array lost{5, 6, 7, 8, 9, 12};
    const auto out = heard(sent, lost);
    QVERIFY(test::listen(std::span(out).subspan(12 * 160, 160), 440, 8000).amplitude > 7000);
}

void LossConcealerTest::framesOfAnyLength()
{
    audio::LossConcealer concealer;
    auto sent = test::tone(440, 8000, 1000);
    for (const std::size_t length : {0U, 1U, 7U, 400U}) {
        auto frame = std::span(sent).first(length);
        concealer.good(frame);
        std::vector<std::int16_t> out(length);
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
