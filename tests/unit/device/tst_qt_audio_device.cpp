#include "device/QtAudioDevice.h"
#include "unit/audio/SoundFiles.h"
#include "unit/device/Operator.h"
#include "unit/device/PulseServer.h"

#include <QElapsedTimer>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int soon = 20000; // long enough for a busy machine; met in a fraction of it
}

// On a sound server that works: one device for all of it, as Qt keeps one connection per process.
class QtAudioDeviceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theHeadsetPlaysTheCall();
    void theHeadsetHearsTheMicrophone();
    void theServerIsToldWhoPlaysAndThatItIsAPhone();
    void followsTheDefaultSpeaker();
    void followsTheDefaultMicrophone();
    void survivesTheSpeakerUnplugged();
    void saysThatAllDevicesAreGone();
    void theDummyOutputIsNoSpeaker();
    void saysThatTheMicrophoneDoesNotMove();
    void saysThatTheRingFileIsBad();
    void aRingFileThatHangsHoldsUpNoCall();
    void closesTheMicrophone();
    void rings();
    void playsARecording();
    void pausesSeeksAndStops();
    void saysWhatCannotBePlayed();
    void noCallHearsARecording();
    void endsAtOnce();

private:
    // Ours: the remapped microphone has a stream of its own.
    bool microphoneOpen() { return streams(u"source-outputs"_s).contains("Telephone call"); }
    bool speakerOpen()
    {
        const QByteArray open = streams(u"sink-inputs"_s);
        return open.contains("Telephone call") || open.contains("Telephone ring")
            || open.contains("Recording of a call");
    }
    QByteArray streams(const QString& kind) { return m_pulse.pactl({u"list"_s, kind}); }
    void plug(const QString& module, const QStringList& arguments)
    {
        QVERIFY(!m_pulse.pactl(QStringList{u"load-module"_s, module} + arguments).isEmpty());
    }
    void unplugAll(const QString& module) { m_pulse.pactl({u"unload-module"_s, module}); }
    QString recording(std::size_t samples);

    test::PulseServer m_pulse;
    QTemporaryDir m_folder;
    test::Operator m_operator;
    std::unique_ptr<device::QtAudioDevice> m_device;
};

void QtAudioDeviceTest::initTestCase()
{
    QVERIFY2(m_pulse.start(), qPrintable(m_pulse.problem()));
    const QString ring = m_folder.filePath(u"ring.wav"_s);
    QVERIFY(test::writeSound(ring, 44100, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                             test::tone(1300, 44100, 4410)));
    device::announceAsPhone();
    m_device = std::make_unique<device::QtAudioDevice>(ring);
    m_device->setListener(m_operator.listener());
    m_device->setSettings(test::unprocessed());
}

QString QtAudioDeviceTest::recording(std::size_t samples)
{
    std::vector<std::int16_t> interleaved;
    for (const std::int16_t sample : test::tone(900, 8000, samples)) {
        interleaved.insert(interleaved.end(), {sample, 0});
    }
    const QString path = m_folder.filePath(u"recording%1.wav"_s.arg(samples));
    return test::writeSound(path, 8000, 2, SF_FORMAT_WAV | SF_FORMAT_PCM_16, interleaved)
        ? path
        : QString();
}

void QtAudioDeviceTest::theHeadsetPlaysTheCall()
{
    test::TestCall call(440);
    test::SinkEar ear(u"ear"_s);
    m_device->openHeadset(call.rings());
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    QTRY_VERIFY_WITH_TIMEOUT(ear.clarity(440) > 30, soon); // half a second without a hole
    call.setFrequency(700);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 700.0, soon);
    m_device->closeHeadset();
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 0.0, soon);
    QCOMPARE(m_operator.problem(), QString());
}

void QtAudioDeviceTest::theHeadsetHearsTheMicrophone()
{
    test::TestCall call(0);
    m_device->openHeadset(call.rings());
    const test::SinkVoice voice(u"ear"_s, 600);
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 600.0, soon);
    m_device->closeHeadset();
    QTRY_VERIFY_WITH_TIMEOUT(!microphoneOpen(), soon);
}

void QtAudioDeviceTest::theServerIsToldWhoPlaysAndThatItIsAPhone()
{
    test::TestCall call(0);
    m_device->openHeadset(call.rings());
    QTRY_VERIFY_WITH_TIMEOUT(streams(u"sink-inputs"_s).contains("media.role = \"phone\""), soon);
    // Not "QtPulseAudio:1234", which nobody knows in a mixer.
    QVERIFY(streams(u"sink-inputs"_s).contains("application.name = \"Hookswitch\""));
    m_device->closeHeadset();
}

void QtAudioDeviceTest::followsTheDefaultSpeaker()
{
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    plug(u"module-null-sink"_s, {u"norewinds=1"_s, u"sink_name=other"_s});
    test::SinkEar other(u"other"_s);
    m_pulse.pactl({u"set-default-sink"_s, u"other"_s});
    QTRY_COMPARE_WITH_TIMEOUT(other.hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 0.0, soon);
    m_pulse.pactl({u"set-default-sink"_s, u"ear"_s});
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    m_device->closeHeadset();
    QCOMPARE(m_operator.problem(), QString());
}

void QtAudioDeviceTest::followsTheDefaultMicrophone()
{
    // Two voices, one for each microphone.
    plug(u"module-remap-source"_s, {u"source_name=mic2"_s, u"master=other.monitor"_s});
    const test::SinkVoice first(u"ear"_s, 600);
    const test::SinkVoice second(u"other"_s, 1100);
    m_pulse.pactl({u"set-default-source"_s, u"mic2"_s});
    test::TestCall call(0);
    m_device->openHeadset(call.rings());
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 1100.0, soon);
    m_pulse.pactl({u"set-default-source"_s, u"mic"_s});
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 600.0, soon);
    m_pulse.pactl({u"set-default-source"_s, u"mic2"_s});
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 1100.0, soon);
    m_device->closeHeadset();
    QCOMPARE(m_operator.problem(), QString());
}

void QtAudioDeviceTest::survivesTheSpeakerUnplugged()
{
    test::TestCall call(440);
    m_pulse.pactl({u"set-default-sink"_s, u"other"_s});
    m_device->openHeadset(call.rings());
    {
        test::SinkEar other(u"other"_s);
        QTRY_COMPARE_WITH_TIMEOUT(other.hears(), 440.0, soon);
    }
    // Their monitors go with them, and the microphones on those.
    unplugAll(u"module-null-sink"_s);
    plug(u"module-null-sink"_s, {u"norewinds=1"_s, u"sink_name=ear"_s});
    plug(u"module-remap-source"_s, {u"source_name=mic"_s, u"master=ear.monitor"_s});
    test::SinkEar again(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(again.hears(), 440.0, soon);
    const test::SinkVoice voice(u"ear"_s, 600);
    call.setFrequency(0);
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 600.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
    m_device->closeHeadset();
}

void QtAudioDeviceTest::saysThatAllDevicesAreGone()
{
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    test::SinkEar before(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(before.hears(), 440.0, soon);
    unplugAll(u"module-remap-source"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.problem().contains(u"no microphone"_s), soon);
    unplugAll(u"module-null-sink"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.problem().contains(u"no speaker"_s), soon);
    m_device->closeHeadset();
    m_device->play(recording(800));
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().error.contains(u"no speaker"_s), soon);
    QVERIFY(!m_operator.state().playing);
    m_device->openHeadset(call.rings());
    plug(u"module-null-sink"_s, {u"norewinds=1"_s, u"sink_name=ear"_s});
    plug(u"module-remap-source"_s, {u"source_name=mic"_s, u"master=ear.monitor"_s});
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
    test::SinkEar after(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(after.hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 440.0, soon);
    m_device->closeHeadset();
}

// PulseAudio and PipeWire offer it while there is no speaker.
void QtAudioDeviceTest::theDummyOutputIsNoSpeaker()
{
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    unplugAll(u"module-remap-source"_s);
    unplugAll(u"module-null-sink"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.problem().contains(u"no microphone and no"_s), soon);
    plug(u"module-null-sink"_s, {u"norewinds=1"_s, u"sink_name=auto_null"_s});
    plug(u"module-remap-source"_s, {u"source_name=mic"_s, u"master=auto_null.monitor"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!m_operator.problem().contains(u"no microphone"_s), soon);
    QCOMPARE(m_operator.problem(), u"There is no speaker: connect a headset."_s);
    unplugAll(u"module-remap-source"_s);
    unplugAll(u"module-null-sink"_s);
    plug(u"module-null-sink"_s, {u"norewinds=1"_s, u"sink_name=ear"_s});
    plug(u"module-remap-source"_s, {u"source_name=mic"_s, u"master=ear.monitor"_s});
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
    m_device->closeHeadset();
}

// The one that there is opens and gives nothing, not even silence.
void QtAudioDeviceTest::saysThatTheMicrophoneDoesNotMove()
{
    m_pulse.pactl({u"suspend-source"_s, u"mic"_s, u"1"_s});
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.problem().contains(u"does not move"_s), soon);
    m_pulse.pactl({u"suspend-source"_s, u"mic"_s, u"0"_s});
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
    m_device->closeHeadset();
    QTRY_VERIFY_WITH_TIMEOUT(!microphoneOpen(), soon);
}

void QtAudioDeviceTest::saysThatTheRingFileIsBad()
{
    model::SoundSettings settings = test::unprocessed();
    settings.ringFile = u"/no/such/bell.wav"_s;
    m_device->setSettings(settings);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_operator.problem(),
        u"The ring sound \"bell.wav\" can't be played; the built-in one rings."_s, soon);
    test::SinkEar ear(u"ear"_s);
    m_device->setRinging(true);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 1300.0, soon);
    m_device->setRinging(false);
    m_device->setSettings(test::unprocessed());
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
}

void QtAudioDeviceTest::aRingFileThatHangsHoldsUpNoCall()
{
    const QByteArray pipe = m_folder.filePath(u"pipe.wav"_s).toUtf8();
    QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
    model::SoundSettings settings = test::unprocessed();
    settings.ringFile = QString::fromUtf8(pipe);
    m_device->setSettings(settings);
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    m_device->closeHeadset();
    m_device->setSettings(test::unprocessed());
    m_device->setRinging(true);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 1300.0, soon);
    m_device->setRinging(false);
    const int end = ::open(pipe.constData(), O_RDWR | O_NONBLOCK); // whoever reads it goes on
    QVERIFY(end >= 0);
    ::close(end);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
}

void QtAudioDeviceTest::closesTheMicrophone()
{
    test::TestCall call(0);
    m_device->openHeadset(call.rings());
    QTRY_VERIFY_WITH_TIMEOUT(microphoneOpen(), soon);
    QTRY_VERIFY_WITH_TIMEOUT(speakerOpen(), soon);
    m_device->closeHeadset();
    QTRY_VERIFY_WITH_TIMEOUT(!speakerOpen(), soon);
    QTRY_VERIFY_WITH_TIMEOUT(!microphoneOpen(), soon);
}

void QtAudioDeviceTest::rings()
{
    test::SinkEar ear(u"ear"_s);
    m_device->setRinging(true);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 1300.0, soon); // a tenth of a second, over and over
    m_device->setRinging(false);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 0.0, soon);
    QTRY_VERIFY_WITH_TIMEOUT(!speakerOpen(), soon);
}

void QtAudioDeviceTest::playsARecording()
{
    const QString path = recording(16000);
    test::SinkEar ear(u"ear"_s);
    const std::size_t before = m_operator.states().size();
    m_device->play(path);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 900.0, soon);
    QVERIFY(m_operator.state().playing);
    QCOMPARE(m_operator.state().path, path);
    QCOMPARE(m_operator.state().durationMs, 2000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_operator.state().playing, soon);
    QCOMPARE(m_operator.state().positionMs, 2000);
    QCOMPARE(m_operator.state().error, QString());
    const auto states = m_operator.states();
    QVERIFY(states.size() - before >= 10);
    for (std::size_t i = before + 1; i < states.size(); ++i) {
        QVERIFY(states[i].positionMs >= states[i - 1].positionMs);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!speakerOpen(), soon);
}

void QtAudioDeviceTest::pausesSeeksAndStops()
{
    const QString path = recording(80000);
    m_device->play(path);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().path == path && m_operator.state().positionMs > 300,
                             soon);
    m_device->pause();
    QTRY_VERIFY_WITH_TIMEOUT(!m_operator.state().playing, soon);
    const auto paused = m_operator.state().positionMs;
    QVERIFY(paused > 100 && paused < 9000);
    m_device->seek(5000);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.state().positionMs, 5000, soon);
    QVERIFY(!m_operator.state().playing);
    m_device->play(path);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().playing && m_operator.state().positionMs > 5200,
                             soon);
    m_device->seek(9900);
    QTRY_VERIFY_WITH_TIMEOUT(!m_operator.state().playing, soon);
    QCOMPARE(m_operator.state().positionMs, 10000);
    m_device->play(path); // at the end: from the start
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().playing && m_operator.state().positionMs > 0, soon);
    QVERIFY(m_operator.state().positionMs < 9000);
    m_device->stop();
    QTRY_VERIFY_WITH_TIMEOUT(!m_operator.state().playing && m_operator.state().positionMs == 0,
                             soon);
}

void QtAudioDeviceTest::saysWhatCannotBePlayed()
{
    m_device->play(u"/no/such/recording.wav"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().error.contains(u"/no/such/recording.wav"_s), soon);
    QVERIFY(!m_operator.state().playing);
}

void QtAudioDeviceTest::noCallHearsARecording()
{
    const QString path = recording(80000);
    m_device->play(path);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().path == path && m_operator.state().positionMs > 300,
                             soon);
    test::TestCall call(0);
    m_device->openHeadset(call.rings());
    QTRY_VERIFY_WITH_TIMEOUT(!m_operator.state().playing, soon);
    const auto paused = m_operator.state().positionMs;
    QVERIFY(paused > 100 && paused < 9000);
    QCOMPARE(m_operator.state().error, QString());
    QTRY_VERIFY_WITH_TIMEOUT(!streams(u"sink-inputs"_s).contains("Recording of a call"), soon);

    m_device->play(path);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().error.contains(u"during a call"_s), soon);
    QVERIFY(!m_operator.state().playing);
    QTRY_VERIFY_WITH_TIMEOUT(call.captured() > audio::HeadsetRings::sampleRate, soon);
    QCOMPARE(call.microphoneHears(), 0.0);
    m_device->closeHeadset();
    m_device->play(path); // on from there
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.state().playing && m_operator.state().positionMs > paused,
                             soon);
    QCOMPARE(m_operator.state().error, QString());
    m_device->stop();
    QTRY_VERIFY_WITH_TIMEOUT(!m_operator.state().playing, soon);
}

void QtAudioDeviceTest::endsAtOnce()
{
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    m_device->setRinging(true);
    QTRY_VERIFY_WITH_TIMEOUT(call.played() > audio::HeadsetRings::sampleRate, soon);
    QElapsedTimer timer;
    timer.start();
    m_device.reset();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(call.rings().use_count(), 1L); // and holds on to nothing
}

QTEST_GUILESS_MAIN(QtAudioDeviceTest)
#include "tst_qt_audio_device.moc"
