#include "audio/G711.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace hs;

class G711Test : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void alawDecodesAsTable1a();
    void ulawDecodesAsTable2a();
    void alawEncodesAsG191();
    void ulawEncodesAsG191();
    void knownCodes();
    void everyCodeSurvivesARoundTrip();
    void transcodingGoesThroughLinear();
    void spansDoAsSingleSamples();
    void theShorterSpanDecides();
};

namespace {

// G.711 table 1a/1b, by its decision values: segments of 16 steps, the first two of 16 units in 13
// bits of magnitude, each further one of twice that; the output is the middle of the step.
int alawByTheTable(int code)
{
    const int bits = code ^ 0x55;
    const int segment = (bits >> 4) & 7;
    const int step = bits & 15;
    const double width = segment < 2 ? 1 : std::pow(2, segment - 1);
    const double start = segment == 0 ? 0 : 16 * std::pow(2, segment - 1);
    const double middle = start + width * step + width / 2;
    return int(middle * 16) * ((bits & 0x80) != 0 ? 1 : -1);
}

// G.711 table 2a/2b: 14 bits; segment s begins at 2^(s+5) - 33, its 16 steps are 2^(s+1) wide.
int ulawByTheTable(int code)
{
    const int bits = ~code & 0xff;
    const int segment = (bits >> 4) & 7;
    const int step = bits & 15;
    const double width = std::pow(2, segment + 1);
    const double start = std::pow(2, segment + 5) - 33;
    const double value = start + width * step + width / 2;
    return int(value * 4) * ((code & 0x80) != 0 ? 1 : -1);
}

// The reference of ITU-T G.191, restated step by step.
int referenceAlaw(int sample)
{
    int x = sample < 0 ? (~sample) >> 4 : sample >> 4;
    if (x > 15) {
        int exponent = 1;
        while (x > 16 + 15) {
            x >>= 1;
            exponent++;
        }
        x -= 16;
        x += exponent << 4;
    }
    if (sample >= 0) {
        x |= 0x80;
    }
    return x ^ 0x55;
}

int referenceUlaw(int sample)
{
    int absolute = sample < 0 ? ((~sample) >> 2) + 33 : (sample >> 2) + 33;
    if (absolute > 0x1fff) {
        absolute = 0x1fff;
    }
    int segment = 1;
    for (int i = absolute >> 6; i != 0; i >>= 1) {
        segment++;
    }
    const int high = 8 - segment;
    const int low = 15 - ((absolute >> segment) & 15);
    return ((high << 4) | low) | (sample >= 0 ? 0x80 : 0);
}

} // namespace

void G711Test::alawDecodesAsTable1a()
{
    for (int code = 0; code < 256; ++code) {
        QCOMPARE(int(audio::decodeAlaw(std::uint8_t(code))), alawByTheTable(code));
    }
}

void G711Test::ulawDecodesAsTable2a()
{
    for (int code = 0; code < 256; ++code) {
        QCOMPARE(int(audio::decodeUlaw(std::uint8_t(code))), ulawByTheTable(code));
    }
}

void G711Test::alawEncodesAsG191()
{
    for (int sample = -32768; sample < 32768; ++sample) {
        QCOMPARE(int(audio::encodeAlaw(std::int16_t(sample))), referenceAlaw(sample));
    }
}

void G711Test::ulawEncodesAsG191()
{
    for (int sample = -32768; sample < 32768; ++sample) {
        QCOMPARE(int(audio::encodeUlaw(std::int16_t(sample))), referenceUlaw(sample));
    }
}

void G711Test::knownCodes()
{
    QCOMPARE(int(audio::encodeAlaw(0)), int(audio::alawSilence));
    QCOMPARE(int(audio::encodeUlaw(0)), int(audio::ulawSilence));
    QCOMPARE(int(audio::decodeAlaw(0xd5)), 8);
    QCOMPARE(int(audio::decodeAlaw(0x55)), -8);
    QCOMPARE(int(audio::decodeAlaw(0xaa)), 32256);
    QCOMPARE(int(audio::decodeAlaw(0x2a)), -32256);
    QCOMPARE(int(audio::decodeUlaw(0xff)), 0);
    QCOMPARE(int(audio::decodeUlaw(0x7f)), 0);
    QCOMPARE(int(audio::decodeUlaw(0x80)), 32124);
    QCOMPARE(int(audio::decodeUlaw(0x00)), -32124);
}

void G711Test::everyCodeSurvivesARoundTrip()
{
    for (int code = 0; code < 256; ++code) {
        const auto byte = std::uint8_t(code);
        QCOMPARE(int(audio::encodeAlaw(audio::decodeAlaw(byte))), code);
        if (code != 0x7f) { // negative zero, which linear does not have
            QCOMPARE(int(audio::encodeUlaw(audio::decodeUlaw(byte))), code);
        }
    }
}

void G711Test::transcodingGoesThroughLinear()
{
    for (int code = 0; code < 256; ++code) {
        const auto byte = std::uint8_t(code);
        QCOMPARE(audio::alawToUlaw(byte), audio::encodeUlaw(audio::decodeAlaw(byte)));
        QCOMPARE(audio::ulawToAlaw(byte), audio::encodeAlaw(audio::decodeUlaw(byte)));
    }
}

void G711Test::spansDoAsSingleSamples()
{
    std::vector<std::byte> codes(256);
    std::vector<std::int16_t> samples(256);
    for (int code = 0; code < 256; ++code) {
        codes[std::size_t(code)] = std::byte(code);
    }
    std::vector<std::byte> back(256);
    audio::decodeAlaw(codes, samples);
    audio::encodeAlaw(samples, back);
    QVERIFY(back == codes);
    QCOMPARE(samples[3], audio::decodeAlaw(3));
    audio::decodeUlaw(codes, samples);
    QCOMPARE(samples[3], audio::decodeUlaw(3));
    audio::encodeUlaw(samples, back);
    QCOMPARE(back[3], std::byte(3));
    audio::alawToUlaw(codes, back);
    QCOMPARE(std::uint8_t(back[200]), audio::alawToUlaw(200));
    audio::ulawToAlaw(codes, back);
    QCOMPARE(std::uint8_t(back[200]), audio::ulawToAlaw(200));
}

void G711Test::theShorterSpanDecides()
{
    const std::array<std::byte, 2> codes{std::byte(0xaa), std::byte(0xaa)};
    std::array<std::int16_t, 4> samples{1, 2, 3, 4};
    audio::decodeAlaw(codes, std::span(samples).first(1));
    QCOMPARE(samples[1], std::int16_t(2));
    audio::decodeAlaw(codes, samples);
    QCOMPARE(samples[1], std::int16_t(32256));
    QCOMPARE(samples[2], std::int16_t(3));
}

QTEST_GUILESS_MAIN(G711Test)
#include "tst_g711.moc"
