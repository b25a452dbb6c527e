#include "audio/DtmfDetector.h"
#include "audio/DtmfTone.h"
#include "audio/G711.h"

#include <QTest>

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

using namespace hs::audio;

// Digits as tones (ITU-T Q.23, Q.24), made and heard, through both laws.
class DtmfTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void frequencies_data();
    void frequencies();
    void fadesInAndOut();
    void stoppedEarly();
    void nothingIsNoDigit();
    void heard_data();
    void heard();
    void durations();
    void holesDoNotSplit();
    void pauseSplits();
    void endOfTheStreamEndsIt();
    void oneToneIsNoDigit();
    void noiseIsNoDigit();
    void manyUntakenOnes();
};

namespace {
using Samples = std::vector<std::int16_t>;

const QByteArray allDigits = "1234567890*#ABCD";

Samples toneOf(char digit, int ms)
{
    DtmfTone tone;
    tone.start(digit, ms * 8);
    Samples samples(static_cast<std::size_t>(ms) * 8);
    tone.read(samples);
    return samples;
}

void append(Samples& to, const Samples& more)
{
    to.insert(to.end(), more.begin(), more.end());
}

Samples lineOf(const QByteArray& digits, int ms, int gapMs)
{
    Samples line(400);
    for (const char digit : digits) {
        append(line, toneOf(digit, ms));
        append(line, Samples(static_cast<std::size_t>(gapMs) * 8));
    }
    return line;
}

QByteArray taken(DtmfDetector& detector, QList<int>* durations = nullptr)
{
    QByteArray digits;
    while (const auto digit = detector.take()) {
        digits.append(digit->digit);
        if (durations) {
            durations->append(digit->durationMs);
        }
    }
    return digits;
}

QByteArray hear(const Samples& line, QList<int>* durations = nullptr)
{
    DtmfDetector detector;
    QByteArray digits;
    for (std::size_t at = 0; at < line.size(); at += 160) {
        detector.add(std::span(line).subspan(at, std::min<std::size_t>(160, line.size() - at)));
        digits.append(taken(detector, durations));
    }
    return digits;
}

// The power of one frequency, as the amplitude of its sine.
double amplitudeOf(const Samples& samples, double hertz)
{
    double real = 0;
    double imaginary = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double angle = 2 * std::numbers::pi * hertz * static_cast<double>(i) / 8000;
        real += samples[i] * std::cos(angle);
        imaginary += samples[i] * std::sin(angle);
    }
    return 2 * std::hypot(real, imaginary) / static_cast<double>(samples.size());
}
} // namespace

void DtmfTest::frequencies_data()
{
    QTest::addColumn<char>("digit");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("Q.23 1") << '1' << 697.0 << 1209.0;
    QTest::newRow("Q.23 5") << '5' << 770.0 << 1336.0;
    QTest::newRow("Q.23 9") << '9' << 852.0 << 1477.0;
    QTest::newRow("Q.23 0") << '0' << 941.0 << 1336.0;
    QTest::newRow("Q.23 *") << '*' << 941.0 << 1209.0;
    QTest::newRow("Q.23 #") << '#' << 941.0 << 1477.0;
    QTest::newRow("Q.23 A") << 'A' << 697.0 << 1633.0;
    QTest::newRow("Q.23 d") << 'd' << 941.0 << 1633.0;
}

void DtmfTest::frequencies()
{
    QFETCH(char, digit);
    QFETCH(double, low);
    QFETCH(double, high);
    const Samples samples = toneOf(digit, 1000);
    QVERIFY(std::abs(amplitudeOf(samples, low) - 6434) < 100); // -11 dBm0
    QVERIFY(std::abs(amplitudeOf(samples, high) - 8100) < 100); // -9 dBm0
    QVERIFY(amplitudeOf(samples, 1100) < 100);
}

void DtmfTest::fadesInAndOut()
{
    const Samples samples = toneOf('5', 100);
    QCOMPARE(samples.front(), 0);
    for (const std::size_t start : {std::size_t(0), samples.size() - 10}) {
        for (std::size_t i = start; i < start + 10; ++i) {
            QVERIFY(std::abs(samples[i]) < 14534 / 4 + 1);
        }
    }
    DtmfTone tone;
    tone.start('5', 800);
    Samples longer(1000);
    tone.read(longer);
    QVERIFY(!tone.isSounding());
    QVERIFY(std::ranges::all_of(std::span(longer).subspan(800), [](int s) { return s == 0; }));
}

void DtmfTest::stoppedEarly()
{
    DtmfTone tone;
    tone.start('5', 8000);
    Samples samples(160);
    tone.read(samples);
    tone.stop();
    tone.read(samples);
    QVERIFY(!tone.isSounding());
    QVERIFY(samples[0] != 0 || samples[1] != 0);
    QVERIFY(std::ranges::all_of(std::span(samples).subspan(40), [](int s) { return s == 0; }));
}

void DtmfTest::nothingIsNoDigit()
{
    for (const char other : {'!', 'w', ',', 'E', ' ', '\0'}) {
        QVERIFY(!DtmfTone::exists(other));
        DtmfTone tone;
        tone.start(other, 800);
        QVERIFY(!tone.isSounding());
    }
    for (const char digit : allDigits) {
        QVERIFY(DtmfTone::exists(digit));
    }
}

void DtmfTest::heard_data()
{
    QTest::addColumn<bool>("alaw");
    QTest::addColumn<int>("ms");
    for (const int ms : {50, 80, 100, 300}) {
        QTest::addRow("Q.24, %d ms, A-law", ms) << true << ms;
        QTest::addRow("Q.24, %d ms, mu-law", ms) << false << ms;
    }
}

void DtmfTest::heard()
{
    QFETCH(bool, alaw);
    QFETCH(int, ms);
    Samples line = lineOf(allDigits + "1155", ms, 60);
    for (std::int16_t& sample : line) {
        sample = alaw ? decodeAlaw(encodeAlaw(sample)) : decodeUlaw(encodeUlaw(sample));
    }
    QCOMPARE(hear(line), allDigits + "1155");
}

void DtmfTest::durations()
{
    for (const int ms : {60, 100, 250, 1000}) {
        QList<int> durations;
        QCOMPARE(hear(lineOf("7", ms, 100), &durations), QByteArray("7"));
        QVERIFY2(std::abs(durations.first() - ms) <= 26, qPrintable(QString::number(durations[0])));
    }
}

// A packet that is lost in the middle of a digit.
void DtmfTest::holesDoNotSplit()
{
    const Samples line = lineOf("3", 140, 100);
    DtmfDetector detector;
    for (std::size_t at = 0; at + 160 <= line.size(); at += 160) {
        if (at == 960) {
            detector.addLost(160);
        } else {
            detector.add(std::span(line).subspan(at, 160));
        }
    }
    QCOMPARE(taken(detector), QByteArray("3"));
}

void DtmfTest::pauseSplits()
{
    QCOMPARE(hear(lineOf("333", 60, 50)), QByteArray("333"));
}

void DtmfTest::endOfTheStreamEndsIt()
{
    DtmfDetector detector;
    detector.add(toneOf('8', 500));
    QVERIFY(detector.isSounding());
    QVERIFY(!detector.take());
    detector.finish();
    const auto digit = detector.take();
    QVERIFY(digit);
    QCOMPARE(digit->digit, '8');
    QVERIFY(std::abs(digit->durationMs - 500) <= 26);
    QVERIFY(!detector.isSounding());
    detector.finish();
    QVERIFY(!detector.take());
}

void DtmfTest::oneToneIsNoDigit()
{
    Samples samples(8000);
    for (const double hertz : {697.0, 941.0, 1209.0, 1336.0, 425.0}) {
        for (std::size_t i = 0; i < samples.size(); ++i) {
            samples[i] = static_cast<std::int16_t>(
                8000 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / 8000));
        }
        QCOMPARE(hear(samples), QByteArray());
    }
}

void DtmfTest::noiseIsNoDigit()
{
    std::mt19937 random(3);
    Samples samples(8000 * 20);
    for (std::int16_t& sample : samples) {
        sample = static_cast<std::int16_t>(random() % 20000 - 10000);
    }
    QCOMPARE(hear(samples), QByteArray());
}

void DtmfTest::manyUntakenOnes()
{
    DtmfDetector detector;
    detector.add(lineOf("1234567890", 60, 60));
    QCOMPARE(taken(detector), QByteArray("34567890"));
}

QTEST_APPLESS_MAIN(DtmfTest)
#include "tst_dtmf.moc"
