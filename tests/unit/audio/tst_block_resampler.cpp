#include "audio/BlockResampler.h"
#include "unit/audio/Tone.h"

#include <QTest>

using namespace hs;
using audio::BlockResampler;

class BlockResamplerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachBlockGivesWhatTheRatesAskFor_data();
    void eachBlockGivesWhatTheRatesAskFor();
    void passesTheBand_data();
    void passesTheBand();
    void equalRatesChangeNothing();
    void forgets();
};

void BlockResamplerTest::eachBlockGivesWhatTheRatesAskFor_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    for (const int from : {8000, 16000, 48000}) {
        for (const int to : {8000, 16000, 48000}) {
            QTest::addRow("%d to %d", from, to) << from << to;
        }
    }
}

// Blocks of one length or another give, one behind the other, what one long block gives.
void BlockResamplerTest::eachBlockGivesWhatTheRatesAskFor()
{
    QFETCH(int, from);
    QFETCH(int, to);
    const auto in = test::tone(440, from, static_cast<std::size_t>(from));
    BlockResampler whole(from, to);
    std::vector<std::int16_t> atOnce(whole.outFor(in.size()));
    QCOMPARE(atOnce.size(), static_cast<std::size_t>(to));
    whole.process(in, atOnce);
    BlockResampler resampler(from, to);
    std::vector<std::int16_t> byBlocks;
    std::span<const std::int16_t> rest(in);
    for (std::size_t ms = 10; !rest.empty(); ms = ms % 60 + 10) {
        const std::size_t count = static_cast<std::size_t>(from) / 1000 * ms;
        const auto block = rest.first(std::min(count, rest.size()));
        std::vector<std::int16_t> out(resampler.outFor(block.size()), 32000);
        resampler.process(block, out);
        byBlocks.insert(byBlocks.end(), out.begin(), out.end());
        rest = rest.subspan(block.size());
    }
    QVERIFY(byBlocks == atOnce);
}

void BlockResamplerTest::passesTheBand_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<double>("hz");
    QTest::newRow("a voice's top to G.711") << 48000 << 8000 << 3400.0;
    QTest::newRow("from G.711 to a headset") << 8000 << 48000 << 3400.0;
    QTest::newRow("wideband from a headset") << 48000 << 16000 << 7000.0;
    QTest::newRow("wideband to a headset") << 16000 << 48000 << 7000.0;
}

void BlockResamplerTest::passesTheBand()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(double, hz);
    BlockResampler resampler(from, to);
    const auto in = test::tone(hz, from, static_cast<std::size_t>(from));
    std::vector<std::int16_t> out(resampler.outFor(in.size()));
    resampler.process(in, out);
    const test::Heard heard = test::listen(std::span(out).last(out.size() / 2), hz, to);
    QVERIFY2(std::abs(heard.amplitude - 10000) < 500, qPrintable(QString::number(heard.amplitude)));
    QVERIFY2(heard.snrDb > 40, qPrintable(QString::number(heard.snrDb)));
    // What is above the band of the lower rate does not come back as something else.
    if (to < from) {
        const auto high = test::tone(to * 0.6, from, static_cast<std::size_t>(from));
        resampler.process(high, out);
        const auto end = std::span(out).last(out.size() / 2);
        QVERIFY(*std::ranges::max_element(end) < 300);
    }
}

void BlockResamplerTest::equalRatesChangeNothing()
{
    BlockResampler resampler(16000, 16000);
    QVERIFY(resampler.isTransparent());
    const auto in = test::tone(7999, 16000, 321);
    std::vector<std::int16_t> out(in.size());
    resampler.process(in, out);
    QVERIFY(out == in);
}

void BlockResamplerTest::forgets()
{
    BlockResampler resampler(8000, 48000);
    std::vector<std::int16_t> out(960);
    resampler.process(std::vector<std::int16_t>(160, 20000), out);
    resampler.reset();
    resampler.process(std::vector<std::int16_t>(160), out);
    QVERIFY(std::ranges::all_of(out, [](std::int16_t sample) { return sample == 0; }));
}

QTEST_GUILESS_MAIN(BlockResamplerTest)
#include "tst_block_resampler.moc"
