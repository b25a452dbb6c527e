#include "device/QtAudioDevice.h"
#include "unit/audio/SoundFiles.h"
#include "unit/device/Operator.h"
#include "unit/device/PulseServer.h"

#include <QTest>

using namespace hs;
using namespace Qt::Literals::StringLiterals;
using Cause = model::SoundChange::Cause;
using Changes = QList<model::SoundChange>;

namespace {
constexpr int soon = 20000; // long enough for a busy machine; met in a fraction of it
}

// Three devices beside the default one, on a sound server of the test's own: what is chosen is
// used, what is pulled out is replaced, what is back is used again, and the operator is told.
class SoundDevicesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void speaksListensAndRingsOnThreeDevices();
    void ringsOnSeveral();
    void theChosenSpeakerIsPulledOutAndPluggedInAgain();
    void fallsBackToTheOneBefore();
    void theStreamsHaveNames();
    void aToneInTheEar();
    void theSoundCheck();
    void fallsBackFromASpeakerThatDoesNotMove();
    void ringsElsewhereIfTheDeviceDoesNotMove();
    void aCallEndsTheChecks();
    void noCheckBeginsInACall();
    void theServerRestartsInMidCall();
    void noDeviceIsBlamedForTheRestart();
    void theCheckEndsWithoutAMicrophone();
    void theCheckEndsWithoutASpeaker();

private:
    void plugSpeaker(const QString& name);
    void unplug(const QString& name);
    QByteArray streams(const QString& kind) { return m_pulse.pactl({u"list"_s, kind}); }
    static model::SoundDevice named(const QString& id)
    {
        return {id.toLatin1(), u"The speaker of old"_s};
    }
    void apply() { m_device->setSettings(m_settings); }
    void restartWith(test::TestCall& call);

    test::PulseServer m_pulse;
    QTemporaryDir m_folder;
    test::Operator m_operator;
    model::SoundSettings m_settings;
    std::unique_ptr<device::QtAudioDevice> m_device;
    QHash<QString, QString> m_modules; // by the name of what they brought
};

void SoundDevicesTest::initTestCase()
{
    QVERIFY2(m_pulse.start(), qPrintable(m_pulse.problem()));
    for (const QString& name : {u"left"_s, u"right"_s}) {
        plugSpeaker(name);
    }
    m_pulse.pactl({u"load-module"_s, u"module-remap-source"_s, u"source_name=mic2"_s,
                   u"master=left.monitor"_s});
    m_pulse.pactl({u"set-default-sink"_s, u"ear"_s});
    m_pulse.pactl({u"set-default-source"_s, u"mic"_s});
    const QString ring = m_folder.filePath(u"ring.wav"_s);
    QVERIFY(test::writeSound(ring, 48000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                             test::tone(1300, 48000, 4800)));
    m_device = std::make_unique<device::QtAudioDevice>(ring);
    m_device->setListener(m_operator.listener());
    cleanup();
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.status().speakers.size(), 3, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.status().microphones.size(), 2, soon);
    QCOMPARE(m_operator.status().listening.id, "ear"_ba);
    QVERIFY(!m_operator.status().listening.description.isEmpty());
}

void SoundDevicesTest::cleanup()
{
    m_settings = test::unprocessed();
    apply();
    m_device->closeHeadset();
    m_device->setTone(std::nullopt);
    m_operator.takeChanges();
}

void SoundDevicesTest::plugSpeaker(const QString& name)
{
    const QByteArray module = m_pulse.pactl(
        {u"load-module"_s, u"module-null-sink"_s, u"norewinds=1"_s, u"sink_name="_s + name});
    QVERIFY(!module.isEmpty());
    m_modules[name] = QString::fromLatin1(module.trimmed());
}

void SoundDevicesTest::unplug(const QString& name)
{
    m_pulse.pactl({u"unload-module"_s, m_modules.take(name)});
}

void SoundDevicesTest::speaksListensAndRingsOnThreeDevices()
{
    m_settings.speak.choose({"mic2"_ba, {}});
    m_settings.listen.choose(named(u"right"_s));
    m_settings.ringsOnDefault = false;
    m_settings.ringDevices = {named(u"left"_s)};
    apply();
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    test::SinkEar right(u"right"_s);
    test::SinkEar left(u"left"_s);
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(right.hears(), 440.0, soon);
    m_device->setRinging(true);
    QTRY_COMPARE_WITH_TIMEOUT(left.hears(), 1300.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 1300.0, soon); // mic2 stands at the left
    QCOMPARE(ear.hears(), 0.0);
    m_device->setRinging(false);
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 0.0, soon);
    QCOMPARE(m_operator.problem(), QString());
    QCOMPARE(m_operator.takeChanges(), Changes());
}

void SoundDevicesTest::ringsOnSeveral()
{
    m_settings.ringDevices = {named(u"left"_s), named(u"right"_s)};
    m_settings.ringPercent = 80;
    apply();
    test::SinkEar left(u"left"_s);
    test::SinkEar right(u"right"_s);
    test::SinkEar ear(u"ear"_s);
    m_device->setRingCheck(true);
    QTRY_COMPARE_WITH_TIMEOUT(left.hears(), 1300.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(right.hears(), 1300.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 1300.0, soon);
    QVERIFY(streams(u"sink-inputs"_s).contains("media.role = \"event\""));
    m_device->setRingCheck(false);
    QTRY_COMPARE_WITH_TIMEOUT(right.hears(), 0.0, soon);
}

void SoundDevicesTest::theChosenSpeakerIsPulledOutAndPluggedInAgain()
{
    m_settings.listen.choose(named(u"right"_s));
    apply();
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    {
        test::SinkEar right(u"right"_s);
        QTRY_COMPARE_WITH_TIMEOUT(right.hears(), 440.0, soon);
    }
    const QString name = m_operator.status().listening.description;
    unplug(u"right"_s);
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    const QString other = m_operator.status().listening.description;
    QCOMPARE(m_operator.takeChanges(),
             Changes({{model::SoundUse::Listen, Cause::FellBack, name, other}}));
    plugSpeaker(u"right"_s);
    test::SinkEar again(u"right"_s);
    QTRY_COMPARE_WITH_TIMEOUT(again.hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 0.0, soon);
    QCOMPARE(m_operator.takeChanges(),
             Changes({{model::SoundUse::Listen, Cause::Returned, other, name}}));
    QCOMPARE(m_operator.problem(), QString());
}

void SoundDevicesTest::fallsBackToTheOneBefore()
{
    m_settings.listen.choose(named(u"left"_s));
    m_settings.listen.choose(named(u"right"_s));
    apply();
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    test::SinkEar left(u"left"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.status().listening.id, "right"_ba, soon);
    unplug(u"right"_s);
    QTRY_COMPARE_WITH_TIMEOUT(left.hears(), 440.0, soon);
    plugSpeaker(u"right"_s);
    QTRY_COMPARE_WITH_TIMEOUT(left.hears(), 0.0, soon);
}

void SoundDevicesTest::theStreamsHaveNames()
{
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    for (const QString& kind : {u"sink-inputs"_s, u"source-outputs"_s}) {
        QTRY_VERIFY_WITH_TIMEOUT(streams(kind).contains("media.name = \"Telephone call\""), soon);
        QVERIFY(streams(kind).contains("media.role = \"phone\""));
        QVERIFY(!streams(kind).contains("QtmPulse"));
    }
}

void SoundDevicesTest::aToneInTheEar()
{
    m_settings.toneCountry = u"de"_s;
    apply();
    test::SinkEar ear(u"ear"_s);
    m_device->setTone(audio::CallTone::Ringback);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 430.0, soon); // 425 Hz, in steps of 10
    QVERIFY(!streams(u"source-outputs"_s).contains("Telephone call")); // nobody listens yet
    m_device->setTone(std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 0.0, soon);
    m_settings.callWaitingTone = false;
    apply();
    m_device->setTone(audio::CallTone::CallWaiting);
    test::TestCall call(700);
    m_device->openHeadset(call.rings());
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 700.0, soon);
    QTRY_VERIFY_WITH_TIMEOUT(ear.clarity(700) > 30, soon);
}

void SoundDevicesTest::theSoundCheck()
{
    m_settings.speak.choose({"mic2"_ba, {}});
    apply();
    test::SinkEar ear(u"ear"_s);
    {
        const test::SinkVoice voice(u"left"_s, 600);
        m_device->setSoundCheck(model::SoundCheck::Level);
        QTRY_VERIFY_WITH_TIMEOUT(m_operator.levels().microphone > 5000, soon);
        m_device->setSoundCheck(model::SoundCheck::Record);
        QTRY_COMPARE_WITH_TIMEOUT(m_operator.levels().phase, model::SoundLevels::Phase::Playing,
                                  soon);
    }
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 600.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.levels().phase, model::SoundLevels::Phase::Listening,
                              soon);
    m_device->setSoundCheck(model::SoundCheck::Off);
    QTRY_VERIFY_WITH_TIMEOUT(!streams(u"source-outputs"_s).contains("Telephone call"), soon);
    QTRY_VERIFY_WITH_TIMEOUT(!streams(u"sink-inputs"_s).contains("Telephone call"), soon);
}

// It opens and takes nothing.
void SoundDevicesTest::fallsBackFromASpeakerThatDoesNotMove()
{
    m_settings.listen.choose(named(u"right"_s));
    apply();
    m_pulse.pactl({u"suspend-sink"_s, u"right"_s, u"1"_s});
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    test::SinkEar ear(u"ear"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    m_settings.speakerPercent = 90; // no other choice: nothing is torn
    apply();
    m_settings.speakerPercent = 100;
    apply();
    QTRY_VERIFY_WITH_TIMEOUT(ear.clarity(440) > 30, soon);
    QCOMPARE(m_operator.status().listening.id, "ear"_ba);
    QCOMPARE(m_operator.problem(), QString());
    m_pulse.pactl({u"suspend-sink"_s, u"right"_s, u"0"_s});
}

void SoundDevicesTest::ringsElsewhereIfTheDeviceDoesNotMove()
{
    m_settings.ringsOnDefault = false;
    m_settings.ringDevices = {named(u"left"_s)};
    apply();
    m_pulse.pactl({u"suspend-sink"_s, u"left"_s, u"1"_s});
    test::SinkEar ear(u"ear"_s);
    m_device->setRinging(true);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 1300.0, soon);
    m_device->setRinging(false);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 0.0, soon);
    m_device->setRinging(true); // remembered: there is no wait for it again
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 1300.0, 3000);
    m_device->setRinging(false);
    m_pulse.pactl({u"suspend-sink"_s, u"left"_s, u"0"_s});
}

void SoundDevicesTest::aCallEndsTheChecks()
{
    test::SinkEar ear(u"ear"_s);
    m_device->setSoundCheck(model::SoundCheck::Record);
    m_device->setRingCheck(true);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 1300.0, soon);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.levels().triesRing, soon);
    QVERIFY(m_operator.levels().phase != model::SoundLevels::Phase::Listening);
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    QTRY_VERIFY_WITH_TIMEOUT(ear.clarity(440) > 30, soon);
    QVERIFY(!m_operator.levels().triesRing);
    QCOMPARE(m_operator.levels().phase, model::SoundLevels::Phase::Listening);
    m_device->setSoundCheck(model::SoundCheck::Off);
}

void SoundDevicesTest::noCheckBeginsInACall()
{
    test::SinkEar ear(u"ear"_s);
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    m_device->setSoundCheck(model::SoundCheck::Record);
    m_device->setRingCheck(true);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.levels().isInCall, soon);
    QCOMPARE(m_operator.levels().phase, model::SoundLevels::Phase::Listening);
    QVERIFY(!m_operator.levels().triesRing);
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    QTRY_VERIFY_WITH_TIMEOUT(ear.clarity(440) > 30, soon);
    m_device->closeHeadset();
    QTRY_VERIFY_WITH_TIMEOUT(!m_operator.levels().isInCall, soon);
    QVERIFY(!m_operator.levels().triesRing);
    m_device->setSoundCheck(model::SoundCheck::Off);
}

// The call is heard on "right", which the new server does not have yet.
void SoundDevicesTest::restartWith(test::TestCall& call)
{
    m_settings.listen.choose(named(u"right"_s));
    apply();
    m_device->openHeadset(call.rings());
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.status().listening.id, "right"_ba, soon);
    m_pulse.kill();
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.problem().contains(u"no sound server"_s), soon);
    QVERIFY2(m_pulse.start(), qPrintable(m_pulse.problem()));
}

void SoundDevicesTest::theServerRestartsInMidCall()
{
    test::TestCall call(440);
    restartWith(call);
    test::SinkEar ear(u"ear"_s); // the only one that this server has yet
    QTRY_COMPARE_WITH_TIMEOUT(ear.hears(), 440.0, soon);
    plugSpeaker(u"right"_s);
    test::SinkEar right(u"right"_s);
    QTRY_COMPARE_WITH_TIMEOUT(right.hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 0.0, soon); // hears the ear, silent again
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
    // Qt lists it under the number that it had, too.
    QCOMPARE(m_operator.status().speakers.size(), 2);
}

// Qt takes three seconds to come back, in which no device opens.
void SoundDevicesTest::noDeviceIsBlamedForTheRestart()
{
    test::TestCall call(440);
    restartWith(call);
    plugSpeaker(u"right"_s);
    plugSpeaker(u"left"_s);
    test::SinkEar right(u"right"_s);
    QTRY_COMPARE_WITH_TIMEOUT(right.hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.problem(), QString(), soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.status().speakers.size(), 3, soon);
    QCOMPARE(m_operator.status().listening.id, "right"_ba);
}

// What was told last would stand for ever: nothing is open any more that tells.
void SoundDevicesTest::theCheckEndsWithoutAMicrophone()
{
    const QStringList plug{u"load-module"_s, u"module-remap-source"_s, u"source_name=mic"_s,
                           u"master=ear.monitor"_s};
    const auto isLoud = [this] { return m_operator.levels().microphone > 5000; };
    const auto phase = [this] { return m_operator.levels().phase; };
    const test::SinkVoice voice(u"ear"_s, 600);
    m_device->setSoundCheck(model::SoundCheck::Level);
    QTRY_VERIFY_WITH_TIMEOUT(isLoud(), soon);
    m_device->setSoundCheck(model::SoundCheck::Record);
    QTRY_COMPARE_WITH_TIMEOUT(phase(), model::SoundLevels::Phase::Recording, soon);
    m_pulse.pactl({u"unload-module"_s, u"module-remap-source"_s});
    QTRY_COMPARE_WITH_TIMEOUT(phase(), model::SoundLevels::Phase::Listening, soon);
    QCOMPARE(m_operator.levels().microphone, 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.status().speaking.id.isEmpty(), soon);
    // Without one it does not begin, nor by itself once there is one.
    const std::size_t before = m_operator.levelsTold();
    m_device->setSoundCheck(model::SoundCheck::Record);
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.levelsTold() >= before + 2, soon); // begun, and ended
    QCOMPARE(phase(), model::SoundLevels::Phase::Listening);
    m_pulse.pactl(plug);
    QTRY_VERIFY_WITH_TIMEOUT(isLoud(), soon);
    QCOMPARE(phase(), model::SoundLevels::Phase::Listening);
    // The level is no more once nothing is heard.
    m_pulse.pactl({u"unload-module"_s, u"module-remap-source"_s});
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.levels().microphone, 0, soon);
    m_device->setSoundCheck(model::SoundCheck::Off);
    m_pulse.pactl(plug);
}

void SoundDevicesTest::theCheckEndsWithoutASpeaker()
{
    m_pulse.pactl({u"load-module"_s, u"module-null-source"_s, u"source_name=mic3"_s});
    m_settings.speak.choose({"mic3"_ba, {}});
    apply();
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.status().speaking.id, "mic3"_ba, soon);
    m_device->setSoundCheck(model::SoundCheck::Record);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.levels().phase, model::SoundLevels::Phase::Recording,
                              soon);
    m_pulse.pactl({u"unload-module"_s, u"module-remap-source"_s});
    m_pulse.pactl({u"unload-module"_s, u"module-null-sink"_s});
    m_modules.clear();
    QTRY_VERIFY_WITH_TIMEOUT(m_operator.problem().contains(u"no speaker"_s), soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_operator.levels().phase, model::SoundLevels::Phase::Listening,
                              soon);
    QVERIFY(m_operator.status().listening.id.isEmpty());
    m_device->setSoundCheck(model::SoundCheck::Off);
}

QTEST_GUILESS_MAIN(SoundDevicesTest)
#include "tst_sound_devices.moc"
