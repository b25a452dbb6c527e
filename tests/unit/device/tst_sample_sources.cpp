#include "device/HeadsetSource.h"
#include "device/RecordingSource.h"
#include "device/RingSource.h"
#include "unit/audio/SoundFiles.h"
#include "unit/audio/Tone.h"

#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

namespace {
constexpr std::size_t ms = audio::HeadsetRings::samplesPerMs;
}

class SampleSourcesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theHeadsetWaitsForACushion();
    void eachHoleMakesTheCushionThicker();
    void whatPilesUpIsDropped();
    void whatLiesThereUnusedIsDropped_data();
    void whatLiesThereUnusedIsDropped();
    void noCallIsSilent();
    void theRingGoesOnAndOn();
    void aRingThatIsNoSoundFile();
    void aRecordingPausesWhereItWasHeard();
    void aRecordingStartsOverAtTheEnd();
    void anotherRecordingStartsAtItsStart();
    void aRecordingFails();

private:
    static std::size_t read(device::SampleSource& source, std::size_t count)
    {
        std::vector<std::int16_t> samples(count);
        return source.read(samples);
    }
    QString recording(const QString& name, std::size_t samples);
    QTemporaryDir m_folder;
};

QString SampleSourcesTest::recording(const QString& name, std::size_t samples)
{
    const QString path = m_folder.filePath(name);
    return test::writeSound(path, 8000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                            test::tone(400, 8000, samples))
        ? path
        : QString();
}

void SampleSourcesTest::theHeadsetWaitsForACushion()
{
    device::HeadsetSource source;
    const auto rings = std::make_shared<audio::HeadsetRings>();
    source.setRings(rings);
    rings->playback.write(std::vector<std::int16_t>(20 * ms, 5));
    QCOMPARE(read(source, 5 * ms), std::size_t(0)); // one packet alone would soon run dry
    rings->playback.write(std::vector<std::int16_t>(20 * ms, 5));
    QCOMPARE(read(source, 5 * ms), 5 * ms);
    QCOMPARE(read(source, 30 * ms), 30 * ms); // once it has begun it is not held back
}

void SampleSourcesTest::eachHoleMakesTheCushionThicker()
{
    device::HeadsetSource source;
    const auto rings = std::make_shared<audio::HeadsetRings>();
    source.setRings(rings);
    std::size_t cushion = 25 * ms;
    for (int hole = 0; hole < 10; ++hole) {
        rings->playback.write(std::vector<std::int16_t>(cushion - 1));
        QCOMPARE(read(source, 5 * ms), std::size_t(0));
        rings->playback.write(std::vector<std::int16_t>(1));
        QCOMPARE(read(source, 90 * ms), cushion); // dry
        cushion = std::min(cushion + 10 * ms, 80 * ms);
    }
    source.setRings(rings); // another call begins as the first did
    rings->playback.write(std::vector<std::int16_t>(25 * ms));
    QCOMPARE(read(source, 5 * ms), 5 * ms);
}

void SampleSourcesTest::whatPilesUpIsDropped()
{
    device::HeadsetSource source;
    const auto rings = std::make_shared<audio::HeadsetRings>();
    source.setRings(rings);
    std::vector<std::int16_t> counted(125 * ms);
    std::iota(counted.begin(), counted.end(), std::int16_t(0));
    rings->playback.write(counted);
    std::array<std::int16_t, 40> out{};
    QCOMPARE(source.read(out), out.size());
    QCOMPARE(int(out[0]), int(125 * ms - 40 * ms)); // the newest 40 ms are kept
}

void SampleSourcesTest::whatLiesThereUnusedIsDropped_data()
{
    QTest::addColumn<int>("amplitude");
    QTest::addColumn<bool>("dropped");
    QTest::newRow("where it is quiet") << 20 << true;
    QTest::newRow("in a room with a fan") << 900 << true;
    QTest::newRow("never in the middle of a word") << 8000 << false;
}

void SampleSourcesTest::whatLiesThereUnusedIsDropped()
{
    QFETCH(int, amplitude);
    device::HeadsetSource source;
    const auto rings = std::make_shared<audio::HeadsetRings>();
    source.setRings(rings);
    rings->playback.write(std::vector<std::int16_t>(60 * ms, std::int16_t(amplitude)));
    for (int packet = 0; packet < 400; ++packet) { // eight seconds, 40 ms more than is needed
        rings->playback.write(std::vector<std::int16_t>(20 * ms, std::int16_t(amplitude)));
        QCOMPARE(read(source, 20 * ms), 20 * ms);
    }
    QFETCH(bool, dropped);
    QCOMPARE(rings->playback.size() < 45 * ms, dropped);
    for (int packet = 0; packet < 2000; ++packet) {
        rings->playback.write(std::vector<std::int16_t>(20 * ms, std::int16_t(amplitude)));
        QCOMPARE(read(source, 20 * ms), 20 * ms); // and never so much that a hole comes of it
    }
    QCOMPARE(rings->playback.size() <= 10 * ms, dropped);
}

void SampleSourcesTest::noCallIsSilent()
{
    device::HeadsetSource source;
    QCOMPARE(read(source, 40), std::size_t(0));
    const auto rings = std::make_shared<audio::HeadsetRings>();
    source.setRings(rings);
    source.setRings(nullptr);
    QCOMPARE(read(source, 40), std::size_t(0));
    QCOMPARE(rings.use_count(), 1L);
}

void SampleSourcesTest::theRingGoesOnAndOn()
{
    const QString path = m_folder.filePath(u"ring.wav"_s);
    const auto tone = test::tone(700, 48000, 1000);
    QVERIFY(test::writeSound(path, 48000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16, tone));
    device::RingSource ring;
    QCOMPARE(read(ring, 40), std::size_t(0)); // there is no tone yet
    const auto loaded = device::RingSource::load(path);
    QVERIFY(loaded.ok());
    ring.setTone(*loaded);
    std::vector<std::int16_t> out(2500);
    QCOMPARE(ring.read(out), out.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        QCOMPARE(out[i], tone[i % 1000]);
    }
    QCOMPARE(ring.read(std::span(out).first(1)), std::size_t(1));
    QCOMPARE(out[0], tone[500]);
    ring.rewind();
    ring.read(std::span(out).first(2));
    QCOMPARE(out[1], tone[1]);
    ring.rewind();
    ring.setVolume(50);
    ring.read(out);
    QVERIFY(std::abs(out[17] - tone[17] / 8) <= 1);
}

void SampleSourcesTest::aRingThatIsNoSoundFile()
{
    const auto loaded = device::RingSource::load(u"/no/such/ring.wav"_s);
    QVERIFY(!loaded.ok());
    QVERIFY(loaded.error().text.contains(u"/no/such/ring.wav"_s));
}

void SampleSourcesTest::aRecordingPausesWhereItWasHeard()
{
    device::RecordingSource source;
    const QString path = recording(u"a.wav"_s, 8000);
    source.play(path);
    QVERIFY(source.state().playing);
    QCOMPARE(source.state().durationMs, 1000);
    QCOMPARE(read(source, 4000), std::size_t(4000));
    source.updatePosition(100);
    QCOMPARE(source.state().positionMs, 400);
    source.pause(70);
    QCOMPARE(source.state().positionMs, 430);
    QVERIFY(!source.state().playing);
    QCOMPARE(read(source, 40), std::size_t(0));
    source.play(path); // on
    QCOMPARE(source.state().positionMs, 430);
    QCOMPARE(read(source, 8000), std::size_t(8000 - 430 * 8));
}

void SampleSourcesTest::aRecordingStartsOverAtTheEnd()
{
    device::RecordingSource source;
    const QString path = recording(u"a.wav"_s, 8000);
    source.play(path);
    QCOMPARE(read(source, 9000), std::size_t(8000));
    source.finish();
    QCOMPARE(source.state().positionMs, 1000);
    QVERIFY(!source.state().playing);
    source.play(path);
    QCOMPARE(source.state().positionMs, 0);
    QCOMPARE(read(source, 9000), std::size_t(8000));
    source.stop();
    QCOMPARE(source.state().positionMs, 0);
    QVERIFY(!source.state().playing);
}

void SampleSourcesTest::anotherRecordingStartsAtItsStart()
{
    device::RecordingSource source;
    source.play(recording(u"a.wav"_s, 8000));
    read(source, 4000);
    source.pause(0);
    source.play(recording(u"b.wav"_s, 4000));
    QCOMPARE(source.state().positionMs, 0);
    QCOMPARE(source.state().durationMs, 500);
    source.seek(250);
    QCOMPARE(read(source, 4000), std::size_t(2000));
}

void SampleSourcesTest::aRecordingFails()
{
    device::RecordingSource source;
    source.play(u"/no/such.wav"_s);
    QVERIFY(!source.state().playing);
    QVERIFY(source.state().error.contains(u"/no/such.wav"_s));
    QCOMPARE(read(source, 40), std::size_t(0));
    source.pause(0);
    source.seek(100);
    source.play(recording(u"a.wav"_s, 8000));
    QCOMPARE(source.state().error, QString());
    source.fail(u"No speaker."_s);
    QVERIFY(!source.state().playing);
    QCOMPARE(source.state().error, u"No speaker."_s);
    source.play(recording(u"a.wav"_s, 8000));
    QCOMPARE(source.state().error, QString());
}

QTEST_GUILESS_MAIN(SampleSourcesTest)
#include "tst_sample_sources.moc"
