#include "audio/FileAudioDevice.h"
#include "audio/NullAudioDevice.h"
#include "unit/audio/SoundFiles.h"
#include "unit/audio/Tone.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

class FileAudioDeviceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ringsAreTrimmedToTheNewest();
    void theMicrophoneRepeats();
    void theMicrophoneEnds();
    void theSpeakerIsCollected();
    void aClosedHeadsetIsSilent();
    void playsARecording();
    void pausesStopsAndSeeks();
    void saysWhatCannotBePlayed();
    void nullDoesNothing();

private:
    std::vector<std::int16_t> captured(audio::HeadsetRings& rings);
};

std::vector<std::int16_t> FileAudioDeviceTest::captured(audio::HeadsetRings& rings)
{
    std::vector<std::int16_t> samples(rings.capture.size());
    rings.capture.read(samples);
    return samples;
}

void FileAudioDeviceTest::ringsAreTrimmedToTheNewest()
{
    base::SpscRing<std::int16_t> ring(8192);
    std::vector<std::int16_t> samples(4800);
    ring.write(samples);
    QCOMPARE(audio::HeadsetRings::trim(ring), std::size_t(0));
    samples = {7};
    ring.write(samples);
    QCOMPARE(audio::HeadsetRings::trim(ring), std::size_t(4801 - 1920));
    samples.resize(1920);
    ring.read(samples);
    QCOMPARE(int(samples.back()), 7);
}

void FileAudioDeviceTest::theMicrophoneRepeats()
{
    const auto voice = test::tone(440, 8000, 100);
    audio::FileAudioDevice device(voice, audio::FileAudioDevice::Repeat::Forever);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    device.openHeadset(rings);
    device.advance(20);
    const auto heard = captured(*rings);
    QCOMPARE(heard.size(), std::size_t(960));
    for (std::size_t i = 0; i < heard.size(); ++i) {
        QCOMPARE(heard[i], voice[i % 100]);
    }
    device.advance(5);
    QCOMPARE(captured(*rings)[0], voice[960 % 100]);
}

void FileAudioDeviceTest::theMicrophoneEnds()
{
    audio::FileAudioDevice device(std::vector<std::int16_t>(100, 9),
                                  audio::FileAudioDevice::Repeat::Once);
    const auto rings = std::make_shared<audio::HeadsetRings>();
    device.openHeadset(rings);
    device.advance(100);
    auto expected = std::vector<std::int16_t>(100, 9);
    expected.resize(4800);
    QVERIFY(captured(*rings) == expected);
    audio::FileAudioDevice silent;
    silent.openHeadset(rings);
    silent.advance(20);
    QVERIFY(captured(*rings) == std::vector<std::int16_t>(960));
}

void FileAudioDeviceTest::theSpeakerIsCollected()
{
    audio::FileAudioDevice device;
    const auto rings = std::make_shared<audio::HeadsetRings>();
    device.openHeadset(rings);
    const auto voice = test::tone(440, 8000, 100);
    rings->playback.write(voice);
    device.advance(20);
    auto expected = voice;
    expected.resize(960); // dry: silence
    QVERIFY(device.takeHeard() == expected);
    QVERIFY(device.takeHeard().empty());
}

void FileAudioDeviceTest::aClosedHeadsetIsSilent()
{
    audio::FileAudioDevice device(std::vector<std::int16_t>(100, 9));
    const auto rings = std::make_shared<audio::HeadsetRings>();
    QVERIFY(!device.headsetOpen());
    device.openHeadset(rings);
    QVERIFY(device.headsetOpen());
    device.closeHeadset();
    device.advance(20);
    QVERIFY(captured(*rings).empty());
    QVERIFY(device.takeHeard().empty());
    device.setRinging(true);
    QVERIFY(device.ringing());
}

void FileAudioDeviceTest::playsARecording()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.wav"_s);
    QVERIFY(test::writeSound(path, 8000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                             std::vector<std::int16_t>(8000)));
    audio::FileAudioDevice device;
    std::vector<audio::PlaybackState> told;
    device.setListener({{}, [&](const audio::PlaybackState& state) { told.push_back(state); }});
    device.play(path);
    QCOMPARE(told.size(), std::size_t(1));
    QVERIFY(told.back().playing);
    QCOMPARE(told.back().durationMs, 1000);
    for (int i = 0; i < 60; ++i) {
        device.advance(20);
    }
    QCOMPARE(told.size(), std::size_t(11)); // ten a second
    QCOMPARE(told[5].positionMs, 500);
    QVERIFY(!told.back().playing);
    QCOMPARE(told.back().positionMs, 1000);
}

void FileAudioDeviceTest::pausesStopsAndSeeks()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.wav"_s);
    QVERIFY(test::writeSound(path, 8000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                             std::vector<std::int16_t>(8000)));
    audio::FileAudioDevice device;
    audio::PlaybackState last;
    device.setListener({{}, [&](const audio::PlaybackState& state) { last = state; }});
    device.play(path);
    device.advance(300);
    device.pause();
    device.advance(300);
    QVERIFY(!last.playing);
    QCOMPARE(last.positionMs, 300);
    device.play(path);
    QVERIFY(last.playing);
    QCOMPARE(last.positionMs, 300);
    device.seek(700);
    QCOMPARE(last.positionMs, 700);
    device.seek(5000);
    QCOMPARE(last.positionMs, 1000);
    device.stop();
    QVERIFY(!last.playing);
    QCOMPARE(last.positionMs, 0);
}

void FileAudioDeviceTest::saysWhatCannotBePlayed()
{
    audio::FileAudioDevice device;
    audio::PlaybackState last;
    device.setListener({{}, [&](const audio::PlaybackState& state) { last = state; }});
    device.play(u"/no/such.wav"_s);
    QVERIFY(!last.playing);
    QVERIFY(last.error.contains(u"/no/such.wav"_s));
}

void FileAudioDeviceTest::nullDoesNothing()
{
    audio::NullAudioDevice device;
    int told = 0;
    device.setListener(
        {[&](const QString&) { ++told; }, [&](const audio::PlaybackState&) { ++told; }});
    device.openHeadset(std::make_shared<audio::HeadsetRings>());
    device.setRinging(true);
    device.play(u"/no/such.wav"_s);
    device.seek(1);
    device.pause();
    device.stop();
    device.closeHeadset();
    QCOMPARE(told, 0);
}

QTEST_GUILESS_MAIN(FileAudioDeviceTest)
#include "tst_file_audio_device.moc"
