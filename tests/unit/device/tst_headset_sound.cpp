#include "device/EarSource.h"
#include "device/Mouth.h"
#include "unit/audio/Tone.h"

#include <QTest>

#include <random>

using namespace hs;
using namespace Qt::Literals::StringLiterals;
using audio::HeadsetRings;
using Samples = std::vector<std::int16_t>;
using Phase = model::SoundLevels::Phase;

namespace {

constexpr std::size_t ms = HeadsetRings::samplesPerMs;

int peak(std::span<const std::int16_t> samples)
{
    int most = 0;
    for (const std::int16_t sample : samples) {
        most = std::max(most, std::abs(int(sample)));
    }
    return most;
}

double level(std::span<const std::int16_t> samples) // dB below full scale
{
    double energy = 1e-9;
    for (const std::int16_t sample : samples) {
        energy += double(sample) * sample;
    }
    return 10 * std::log10(energy / double(samples.size()) / 32768 / 32768);
}

Samples noise(std::size_t count, double amplitude, unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> normal(0, amplitude);
    Samples samples(count);
    for (std::int16_t& sample : samples) {
        sample = std::int16_t(std::clamp(normal(random), -32000.0, 32000.0));
    }
    return samples;
}

// Syllables rather than a steady sound, which would be taken for a noise.
Samples voice(std::size_t count, double amplitude)
{
    Samples samples = test::tone(440, HeadsetRings::sampleRate, count, amplitude);
    for (std::size_t i = 0; i < count; ++i) {
        const double at = double(i % (250 * ms)) / double(250 * ms);
        samples[i] = std::int16_t(samples[i] * std::sin(std::numbers::pi * at));
    }
    return samples;
}

} // namespace

// What lies between the call and the devices: tones, volume, voice processing, the sound check.
class HeadsetSoundTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aToneSoundsOverTheCall();
    void aToneIsThatOfTheCountry_data();
    void aToneIsThatOfTheCountry();
    void theSpeakersVolume_data();
    void theSpeakersVolume();
    void theMicrophonesVolume();
    void nobodyIsHeardLate();
    void whatWaitsUnusedIsMadeUpFor();
    void anEchoIsCancelled_data();
    void anEchoIsCancelled();
    void noiseIsReduced_data();
    void noiseIsReduced();
    void theLevelIsEvened_data();
    void theLevelIsEvened();
    void theSoundCheckIsHeardAgain();
    void aSoundCheckIsBrokenOff();

private:
    static Samples ear(device::EarSource& source, std::size_t count)
    {
        Samples samples(count);
        const std::size_t got = source.read(samples);
        samples.resize(got);
        return samples;
    }
    // All of it through the mouth, 10 ms at a time, while `played` is played.
    static Samples said(const model::SoundSettings& settings, const Samples& heard,
                        const Samples& played = {});
};

Samples HeadsetSoundTest::said(const model::SoundSettings& settings, const Samples& heard,
                               const Samples& played)
{
    device::SoundCheckRun check;
    device::Mouth mouth(check);
    mouth.setSettings(settings);
    HeadsetRings rings;
    Samples all;
    for (std::size_t at = 0; at + 10 * ms <= heard.size(); at += 10 * ms) {
        mouth.played(played.empty() ? Samples(10 * ms)
                                    : Samples(played.begin() + std::ptrdiff_t(at),
                                              played.begin() + std::ptrdiff_t(at + 10 * ms)));
        mouth.heard(std::span(heard).subspan(at, 10 * ms), 40, &rings);
        Samples out(rings.capture.size());
        rings.capture.read(out);
        all.insert(all.end(), out.begin(), out.end());
    }
    return all;
}

void HeadsetSoundTest::aToneSoundsOverTheCall()
{
    device::SoundCheckRun check;
    device::EarSource source(check);
    QVERIFY(ear(source, 100).empty());
    const auto rings = std::make_shared<HeadsetRings>();
    source.setRings(rings);
    const Samples call = test::tone(900, HeadsetRings::sampleRate, 80 * ms, 8000);
    rings->playback.write(call);
    source.setTone(audio::CallTone::Ringback, "us");
    QVERIFY(source.hasTone());
    Samples both = ear(source, 80 * ms);
    QCOMPARE(both.size(), 80 * ms);
    QVERIFY(test::listen(both, 900, HeadsetRings::sampleRate).amplitude > 7500);
    for (std::size_t i = 0; i < both.size(); ++i) {
        both[i] = std::int16_t(both[i] - call[i]);
    }
    QVERIFY(test::listen(both, 440, HeadsetRings::sampleRate).amplitude > 2000);
    source.setTone(std::nullopt, "us");
    QVERIFY(!source.hasTone());
    QVERIFY(ear(source, 100).empty());
}

void HeadsetSoundTest::aToneIsThatOfTheCountry_data()
{
    QTest::addColumn<QByteArray>("country");
    QTest::addColumn<double>("hz");
    QTest::newRow("Taiwan is busy with 480 and 620 Hz") << "tw"_ba << 480.0;
    QTest::newRow("Germany with 425 Hz") << "de"_ba << 425.0;
    QTest::newRow("a country that is not known as Europe") << "zz"_ba << 425.0;
}

void HeadsetSoundTest::aToneIsThatOfTheCountry()
{
    QFETCH(QByteArray, country);
    QFETCH(double, hz);
    device::SoundCheckRun check;
    device::EarSource source(check);
    source.setTone(audio::CallTone::Busy, country.toStdString());
    const Samples tone = ear(source, 200 * ms);
    QVERIFY(test::listen(tone, hz, HeadsetRings::sampleRate).amplitude > 2000);
}

void HeadsetSoundTest::theSpeakersVolume_data()
{
    QTest::addColumn<int>("percent");
    QTest::addColumn<int>("peak");
    QTest::newRow("nothing") << 0 << 0;
    QTest::newRow("half is an eighth, as an ear has it") << 50 << 1250;
    QTest::newRow("as it came") << 100 << 10000;
    QTest::newRow("louder, and cut off at full scale") << 150 << 32767;
}

void HeadsetSoundTest::theSpeakersVolume()
{
    QFETCH(int, percent);
    device::SoundCheckRun check;
    device::EarSource source(check);
    const auto rings = std::make_shared<HeadsetRings>();
    source.setRings(rings);
    source.setVolume(percent);
    Samples played;
    source.setListener([&](std::span<const std::int16_t> samples) {
        played.assign(samples.begin(), samples.end());
    });
    rings->playback.write(Samples(60 * ms, 10000));
    const Samples heard = ear(source, 50 * ms);
    QFETCH(int, peak);
    QVERIFY2(std::abs(::peak(heard) - peak) <= 1, qPrintable(QString::number(::peak(heard))));
    QCOMPARE(played, heard); // the echo canceller knows what is really played
}

void HeadsetSoundTest::theMicrophonesVolume()
{
    model::SoundSettings settings;
    settings.cancelsEcho = settings.reducesNoise = settings.controlsGain = false;
    const Samples spoken = voice(1000 * ms, 8000);
    QCOMPARE(said(settings, spoken), spoken); // untouched
    settings.microphonePercent = 50;
    const int half = peak(said(settings, spoken));
    QVERIFY2(half > 950 && half < 1050, qPrintable(QString::number(half)));
}

void HeadsetSoundTest::nobodyIsHeardLate()
{
    device::SoundCheckRun check;
    device::Mouth mouth(check);
    HeadsetRings rings;
    mouth.heard(Samples(1000 * ms, 5), 0, &rings);
    QCOMPARE(rings.capture.size(), 200 * ms);
    mouth.heard(Samples(1000 * ms, 5), 0, nullptr); // no call takes it
    QCOMPARE(rings.capture.size(), 200 * ms);
}

void HeadsetSoundTest::whatWaitsUnusedIsMadeUpFor()
{
    device::SoundCheckRun check;
    device::Mouth mouth(check);
    mouth.setSettings([] {
        model::SoundSettings plain;
        plain.cancelsEcho = plain.reducesNoise = plain.controlsGain = false;
        return plain;
    }());
    HeadsetRings rings;
    rings.capture.write(Samples(60 * ms, 5));
    Samples out(10 * ms);
    for (int frame = 0; frame < 1000; ++frame) { // ten seconds of a loud voice
        mouth.heard(Samples(10 * ms, 9000), 0, &rings);
        rings.capture.read(out);
    }
    QCOMPARE(rings.capture.size(), 60 * ms);
    for (int frame = 0; frame < 6000; ++frame) { // a minute of silence
        mouth.heard(Samples(10 * ms, 9), 0, &rings);
        QCOMPARE(rings.capture.read(out), out.size());
    }
    QVERIFY2(rings.capture.size() < 10 * ms, qPrintable(QString::number(rings.capture.size())));
    rings.capture.write(Samples(60 * ms, 5));
    for (int frame = 0; frame < 2500; ++frame) { // and of a fan, with a word at whiles
        mouth.heard(Samples(10 * ms, frame % 100 < 20 ? 9000 : 900), 0, &rings);
        QCOMPARE(rings.capture.read(out), out.size());
    }
    QVERIFY2(rings.capture.size() < 10 * ms, qPrintable(QString::number(rings.capture.size())));
}

void HeadsetSoundTest::anEchoIsCancelled_data()
{
    QTest::addColumn<bool>("on");
    QTest::addColumn<double>("leastDb");
    QTest::addColumn<double>("mostDb");
    QTest::newRow("on") << true << 12.0 << 100.0;
    QTest::newRow("off") << false << -1.0 << 3.0;
}

void HeadsetSoundTest::anEchoIsCancelled()
{
    QFETCH(bool, on);
    model::SoundSettings settings;
    settings.cancelsEcho = on;
    settings.reducesNoise = settings.controlsGain = false;
    const std::size_t all = 6000 * ms;
    Samples played = noise(all, 2500, 1);
    for (std::size_t i = 0; i < all; ++i) { // words and pauses
        played[i] = std::int16_t(i / (300 * ms) % 3 == 2 ? 0 : played[i]);
    }
    Samples echo(all);
    for (std::size_t i = 45 * ms; i < all; ++i) {
        echo[i] = std::int16_t(played[i - 45 * ms] / 4 + played[i - 42 * ms] / 8);
    }
    const Samples left = said(settings, echo, played);
    const auto late = [&](const Samples& samples) { return std::span(samples).subspan(all / 2); };
    const double down = level(late(echo)) - level(late(left));
    QFETCH(double, leastDb);
    QFETCH(double, mostDb);
    QVERIFY2(down > leastDb && down < mostDb, qPrintable(QString::number(down)));
}

void HeadsetSoundTest::noiseIsReduced_data()
{
    QTest::addColumn<bool>("on");
    QTest::addColumn<double>("leastDb");
    QTest::addColumn<double>("mostDb");
    QTest::newRow("on") << true << 10.0 << 40.0;
    QTest::newRow("off") << false << -1.0 << 3.0;
}

void HeadsetSoundTest::noiseIsReduced()
{
    QFETCH(bool, on);
    model::SoundSettings settings;
    settings.reducesNoise = on;
    settings.cancelsEcho = settings.controlsGain = false;
    const Samples fan = noise(6000 * ms, 150, 2);
    const Samples left = said(settings, fan);
    const double down =
        level(fan) - level(std::span<const std::int16_t>(left).subspan(left.size() / 2));
    QFETCH(double, leastDb);
    QFETCH(double, mostDb);
    QVERIFY2(down > leastDb && down < mostDb, qPrintable(QString::number(down)));
}

void HeadsetSoundTest::theLevelIsEvened_data()
{
    QTest::addColumn<bool>("on");
    QTest::addColumn<double>("leastDb");
    QTest::addColumn<double>("mostDb");
    QTest::newRow("on") << true << 6.0 << 20.0;
    QTest::newRow("off") << false << -1.0 << 1.0;
}

void HeadsetSoundTest::theLevelIsEvened()
{
    QFETCH(bool, on);
    model::SoundSettings settings;
    settings.controlsGain = on;
    settings.cancelsEcho = settings.reducesNoise = false;
    const Samples quiet = voice(6000 * ms, 500);
    const Samples out = said(settings, quiet);
    const double up =
        level(std::span<const std::int16_t>(out).subspan(out.size() / 2)) - level(quiet);
    QFETCH(double, leastDb);
    QFETCH(double, mostDb);
    QVERIFY2(up > leastDb && up < mostDb, qPrintable(QString::number(up)));
}

void HeadsetSoundTest::theSoundCheckIsHeardAgain()
{
    device::SoundCheckRun check;
    QVERIFY(!check.wantsMicrophone());
    check.set(model::SoundCheck::Level);
    QVERIFY(check.wantsMicrophone() && !check.wantsSpeaker());
    check.heard(Samples(20 * ms, 1000));
    check.heard(Samples(20 * ms, -9000));
    const int level = check.takeLevels().microphone;
    QVERIFY(level >= 8999 && level <= 9000);
    QCOMPARE(int(check.takeLevels().microphone), 0); // since the last time
    check.set(model::SoundCheck::Record);
    Samples spoken = test::tone(700, HeadsetRings::sampleRate, 5000 * ms);
    check.heard(std::span(spoken).first(1000 * ms));
    QCOMPARE(check.takeLevels().phase, Phase::Recording);
    QCOMPARE(check.takeLevels().leftMs, 3000);
    check.heard(std::span(spoken).subspan(1000 * ms));
    QVERIFY(check.wantsSpeaker() && !check.wantsMicrophone());
    device::EarSource source(check);
    const Samples again = ear(source, 3000 * ms);
    QCOMPARE(again, Samples(spoken.begin(), spoken.begin() + std::ptrdiff_t(3000 * ms)));
    QCOMPARE(check.takeLevels().phase, Phase::Playing);
    QCOMPARE(check.takeLevels().leftMs, 1000);
    QCOMPARE(ear(source, 3000 * ms).size(), 1000 * ms);
    QCOMPARE(check.takeLevels().phase, Phase::Listening);
    QVERIFY(!check.wantsSpeaker() && check.wantsMicrophone());
}

void HeadsetSoundTest::aSoundCheckIsBrokenOff()
{
    device::SoundCheckRun check;
    device::EarSource source(check);
    check.set(model::SoundCheck::Record);
    check.heard(Samples(4000 * ms, 7));
    QVERIFY(check.wantsSpeaker());
    check.set(model::SoundCheck::Level);
    QVERIFY(ear(source, 100).empty());
    check.set(model::SoundCheck::Off);
    check.heard(Samples(20 * ms, 1000));
    QCOMPARE(int(check.takeLevels().microphone), 0);
    QVERIFY(!check.wantsMicrophone());
}

QTEST_GUILESS_MAIN(HeadsetSoundTest)
#include "tst_headset_sound.moc"
