#include "audio/Resampler.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;

class ResamplerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsATone_data();
    void keepsATone();
    void stopsWhatTheLowerRateCannotCarry();
    void pieceByPieceIsTheSame();
    void stopsWhereTheOutputIsFull();
    void equalRatesPassThrough();
    void flushBeginsAnew();
    void refusesWhatIsNoRate_data();
    void refusesWhatIsNoRate();
};

void ResamplerTest::keepsATone_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::newRow("headset to call") << 48000 << 8000;
    QTest::newRow("call to headset") << 8000 << 48000;
    QTest::newRow("CD to call") << 44100 << 8000;
    QTest::newRow("call to CD") << 8000 << 44100;
    QTest::newRow("an odd rate") << 11025 << 8000;
    QTest::newRow("to wideband") << 8000 << 16000;
    QTest::newRow("nearly equal") << 8000 << 8001;
}

void ResamplerTest::keepsATone()
{
    QFETCH(int, from);
    QFETCH(int, to);
    auto resampler = audio::Resampler::create(from, to);
    QVERIFY(resampler.ok());
    const auto in = test::tone(1004, from, std::size_t(from));
    std::vector<std::int16_t> out;
    resampler->process(in, out);
    resampler->flush(out);
    QCOMPARE(out.size(), std::size_t(to)); // one second is one second
    // The edges, where the tone begins and ends at once, are no tone.
    const auto middle = std::span(out).subspan(out.size() / 10, out.size() * 8 / 10);
    const test::Heard heard = test::listen(middle, 1004, to);
    QVERIFY2(heard.snrDb > 60, qPrintable(QString::number(heard.snrDb)));
    QVERIFY2(std::abs(heard.amplitude - 10000) < 50, qPrintable(QString::number(heard.amplitude)));
    // No delay is left: the output is where the input was.
    const auto expected = test::tone(1004, to, out.size());
    for (std::size_t i = out.size() / 10; i < out.size() * 9 / 10; ++i) {
        QVERIFY2(std::abs(out[i] - expected[i]) < 200, qPrintable(QString::number(i)));
    }
}

void ResamplerTest::stopsWhatTheLowerRateCannotCarry()
{
    auto resampler = audio::Resampler::create(48000, 8000);
    std::vector<std::int16_t> out;
    resampler->process(test::tone(6000, 48000, 48000), out);
    const auto middle = std::span(out).subspan(500, 6000);
    QVERIFY(*std::max_element(middle.begin(), middle.end()) < 30); // it would alias to 2000 Hz
}

void ResamplerTest::pieceByPieceIsTheSame()
{
    const auto in = test::tone(440, 44100, 44100);
    auto whole = audio::Resampler::create(44100, 8000);
    std::vector<std::int16_t> expected;
    whole->process(in, expected);
    whole->flush(expected);
    auto pieces = audio::Resampler::create(44100, 8000);
    std::vector<std::int16_t> out;
    std::size_t position = 0;
    for (std::size_t size = 1; position < in.size(); size = size % 997 + 1) {
        const std::size_t count = std::min(size, in.size() - position);
        pieces->process(std::span(in).subspan(position, count), out);
        position += count;
    }
    pieces->flush(out);
    QVERIFY(out == expected);
}

void ResamplerTest::stopsWhereTheOutputIsFull()
{
    auto resampler = audio::Resampler::create(8000, 48000);
    const auto in = test::tone(440, 8000, 800);
    std::array<std::int16_t, 480> out{};
    const auto first = resampler->process(std::span(in), std::span(out));
    QCOMPARE(first.produced, out.size());
    QVERIFY(first.consumed >= 80);
    QVERIFY(first.consumed < 200);
    const auto none = resampler->process(std::span<const std::int16_t>(), std::span(out).first(0));
    QCOMPARE(none.consumed, std::size_t(0));
    QCOMPARE(none.produced, std::size_t(0));
}

void ResamplerTest::equalRatesPassThrough()
{
    auto resampler = audio::Resampler::create(8000, 8000);
    const auto in = test::tone(440, 8000, 100);
    std::vector<std::int16_t> out;
    resampler->process(in, out);
    resampler->flush(out);
    QVERIFY(out == in);
}

void ResamplerTest::flushBeginsAnew()
{
    auto resampler = audio::Resampler::create(48000, 8000);
    const auto in = test::tone(700, 48000, 4801);
    std::vector<std::int16_t> once;
    resampler->process(in, once);
    resampler->flush(once);
    QCOMPARE(once.size(), std::size_t(800));
    std::vector<std::int16_t> again;
    resampler->process(in, again);
    resampler->flush(again);
    QVERIFY(once == again);
    std::vector<std::int16_t> nothing;
    resampler->flush(nothing);
    QVERIFY(nothing.empty());
}

void ResamplerTest::refusesWhatIsNoRate_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<int>("quality");
    QTest::newRow("zero") << 0 << 8000 << 5;
    QTest::newRow("negative") << -8000 << 8000 << 5;
    QTest::newRow("to nothing") << 8000 << 1 << 5;
    QTest::newRow("beyond any card") << 8000 << 2000000000 << 5;
    QTest::newRow("quality 11") << 8000 << 48000 << 11;
    QTest::newRow("quality -1") << 8000 << 48000 << -1;
}

void ResamplerTest::refusesWhatIsNoRate()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(int, quality);
    const auto resampler = audio::Resampler::create(from, to, quality);
    QVERIFY(!resampler.ok());
    QVERIFY(!resampler.error().text.isEmpty());
}

QTEST_GUILESS_MAIN(ResamplerTest)
#include "tst_resampler.moc"
