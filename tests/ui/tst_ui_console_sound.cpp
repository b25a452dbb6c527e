#include "Console.h"
#include "ui/SoundState.h"
#include "ui/SoundWords.h"
#include "ui/widgets/BannerBar.h"
#include "ui/widgets/DeviceCombo.h"
#include "ui/widgets/LevelBar.h"
#include "ui/widgets/RingDevices.h"
#include "ui/widgets/VolumeSlider.h"
#include "ui/windows/SoundDialog.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>

using namespace hs;
using namespace Qt::Literals::StringLiterals;
using model::SoundCheck;
using Phase = model::SoundLevels::Phase;

// The Sound dialog and what else the window has of sound, in the real window.
class ConsoleSoundTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void opensByKeyAndByButton();
    void choosesAMicrophone();
    void showsTheChosenOneWhileItIsUnplugged();
    void ringsOnSeveral();
    void volumesAreOneInCardAndDialog();
    void switches_data();
    void switches();
    void checksTheSound();
    void triesTheRing();
    void tonesOfACountry();
    void saysWhatHappensToDevices_data();
    void saysWhatHappensToDevices();
    void saysWhyThereIsNoSound();
    void isRememberedFromOneStartToTheNext();
    void nonsenseInTheFileCountsAsAbsent();
    void everythingIsReachedByTab();

private:
    ui::SoundDialog* openDialog()
    {
        m_console->find<QAction>("soundAction")->trigger();
        test::Console::settle();
        auto* dialog = m_console->window->findChild<ui::SoundDialog*>();
        Q_ASSERT(dialog);
        return dialog;
    }
    template <class T>
    T* in(const char* name) const
    {
        return m_console->find<T>(name);
    }
    const model::SoundSettings& applied() const { return m_console->engine.sound().applied; }
    static model::SoundStatus plugged()
    {
        model::SoundStatus status;
        status.microphones = {{"card"_ba, u"Built-in microphone"_s}, {"usb"_ba, u"Headset"_s}};
        status.speakers = {{"out"_ba, u"Built-in speaker"_s}, {"usbOut"_ba, u"Headset"_s}};
        status.speaking = status.microphones.first();
        status.listening = status.speakers.first();
        status.ringing = {status.speakers.first()};
        return status;
    }

    std::unique_ptr<test::Console> m_console;
};

void ConsoleSoundTest::init()
{
    m_console = std::make_unique<test::Console>();
    m_console->engine.sound().set(plugged());
    QVERIFY(m_console->open());
}

void ConsoleSoundTest::opensByKeyAndByButton()
{
    QCOMPARE(m_console->engine.sound().checks, QList<SoundCheck>());
    m_console->key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    test::Console::settle();
    QPointer<ui::SoundDialog> dialog = m_console->window->findChild<ui::SoundDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    QVERIFY(in<ui::DeviceCombo>("microphone")->hasFocus());
    QCOMPARE(m_console->engine.sound().checks.takeLast(), SoundCheck::Level);
    QTest::keyClick(dialog, Qt::Key_Escape);
    test::Console::settle();
    QTRY_VERIFY(!dialog);
    QCOMPARE(m_console->engine.sound().checks.takeLast(), SoundCheck::Off);
    in<QToolButton>("cardSound")->click();
    test::Console::settle();
    QVERIFY(m_console->window->findChild<ui::SoundDialog*>()->isVisible());
}

void ConsoleSoundTest::choosesAMicrophone()
{
    openDialog();
    auto* combo = in<ui::DeviceCombo>("microphone");
    QCOMPARE(combo->count(), 3);
    QCOMPARE(combo->currentIndex(), 0);
    QVERIFY(applied().speak.followsDefault);
    QTest::keyClick(combo, Qt::Key_Down);
    QTest::keyClick(combo, Qt::Key_Down);
    QVERIFY(!applied().speak.followsDefault);
    QCOMPARE(applied().speak.remembered.first(), plugged().microphones.at(1));
    QCOMPARE(applied().speak.remembered.size(), 2); // the one passed by is the fall-back
    QTest::keyClick(combo, Qt::Key_Home);
    QVERIFY(applied().speak.followsDefault);
    QVERIFY(applied().listen.followsDefault);
}

void ConsoleSoundTest::showsTheChosenOneWhileItIsUnplugged()
{
    openDialog();
    auto* combo = in<ui::DeviceCombo>("speaker");
    QTest::keyClick(combo, Qt::Key_End);
    QCOMPARE(applied().listen.remembered.first().id, "usbOut"_ba);
    model::SoundStatus without = plugged();
    without.speakers.removeLast();
    m_console->engine.sound().set(without);
    QCOMPARE(combo->currentText(), u"Headset (not connected)"_s);
    bool told = false;
    for (const QLabel* label : m_console->window->findChildren<QLabel*>()) {
        told = told || label->text() == u"In use: Built-in speaker"_s;
    }
    QVERIFY(told);
    m_console->engine.sound().set(plugged());
    QCOMPARE(combo->currentText(), u"Headset"_s);
    QCOMPARE(combo->count(), 3);
}

void ConsoleSoundTest::ringsOnSeveral()
{
    openDialog();
    auto* ring = in<ui::RingDevices>("ringDevices");
    QCOMPARE(ring->count(), 3);
    QVERIFY(applied().ringsOnDefault);
    ring->setFocus();
    QTest::keyClick(ring, Qt::Key_End);
    QTest::keyClick(ring, Qt::Key_Space);
    QCOMPARE(applied().ringDevices, QList<model::SoundDevice>{plugged().speakers.at(1)});
    QTest::keyClick(ring, Qt::Key_Home);
    QTest::keyClick(ring, Qt::Key_Space);
    QVERIFY(!applied().ringsOnDefault);
    m_console->engine.sound().set({}); // all unplugged: what was ticked is still there
    QCOMPARE(ring->count(), 2);
    QCOMPARE(ring->item(1)->text(), u"Headset (not connected)"_s);
    QCOMPARE(ring->item(1)->checkState(), Qt::Checked);
}

void ConsoleSoundTest::volumesAreOneInCardAndDialog()
{
    openDialog();
    auto* inDialog = in<ui::VolumeSlider>("speakerVolume");
    auto* onCard = in<ui::VolumeSlider>("cardSpeakerVolume");
    QCOMPARE(inDialog->value(), 100);
    QTest::keyClick(onCard, Qt::Key_Right);
    QCOMPARE(applied().speakerPercent, 105);
    QCOMPARE(inDialog->value(), 105);
    QTest::keyClick(inDialog, Qt::Key_Home);
    QCOMPARE(applied().speakerPercent, 0);
    QCOMPARE(onCard->value(), 0);
    QTest::keyClick(in<ui::VolumeSlider>("cardMicrophoneVolume"), Qt::Key_End);
    QCOMPARE(applied().microphonePercent, 150);
    QTest::keyClick(in<ui::VolumeSlider>("ringVolume"), Qt::Key_Left);
    QCOMPARE(applied().ringPercent, 95);
}

void ConsoleSoundTest::switches_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("which");
    const char* names[] = {"cancelsEcho", "reducesNoise", "controlsGain", "callWaitingTone"};
    for (int i = 0; i < 4; ++i) {
        QTest::newRow(names[i]) << QByteArray(names[i]) << i;
    }
}

void ConsoleSoundTest::switches()
{
    openDialog();
    QFETCH(QByteArray, name);
    QFETCH(int, which);
    auto* box = in<QCheckBox>(name.constData());
    QVERIFY(box->isChecked());
    QTest::keyClick(box, Qt::Key_Space);
    const model::SoundSettings& now = applied();
    const QList<bool> switches{now.cancelsEcho, now.reducesNoise, now.controlsGain,
                               now.callWaitingTone};
    for (int i = 0; i < switches.size(); ++i) {
        QCOMPARE(switches.at(i), i != which);
    }
}

void ConsoleSoundTest::checksTheSound()
{
    openDialog();
    auto& sound = m_console->engine.sound();
    auto* record = in<QPushButton>("record");
    auto* level = in<ui::LevelBar>("microphoneLevel");
    QCOMPARE(level->percent(), 0);
    Q_EMIT sound.levels({Phase::Listening, 32767, 0});
    QCOMPARE(level->percent(), 100);
    QTest::keyClick(record, Qt::Key_Space);
    QCOMPARE(sound.checks.takeLast(), SoundCheck::Record);
    Q_EMIT sound.levels({Phase::Recording, 1000, 2300});
    QCOMPARE(record->text(), u"Sto&p"_s);
    Q_EMIT sound.levels({Phase::Playing, 1000, 900});
    QTest::keyClick(record, Qt::Key_Space);
    QCOMPARE(sound.checks.takeLast(), SoundCheck::Level); // broken off
    Q_EMIT sound.levels({Phase::Listening, 0, 0});
    QCOMPARE(record->text(), u"&Record and hear yourself"_s);
    Q_EMIT sound.levels({Phase::Listening, 0, 0, false, true}); // a call would hear it
    QVERIFY(!record->isEnabled());
    QVERIFY(!in<QPushButton>("tryRing")->isEnabled());
    Q_EMIT sound.levels({Phase::Listening, 0, 0});
    QVERIFY(record->isEnabled());
    QVERIFY(in<QPushButton>("tryRing")->isEnabled());
}

void ConsoleSoundTest::triesTheRing()
{
    QPointer<ui::SoundDialog> dialog = openDialog();
    QTest::keyClick(in<QPushButton>("tryRing"), Qt::Key_Space);
    QCOMPARE(m_console->engine.sound().ringChecks, QList<bool>{true});
    auto& sound = m_console->engine.sound();
    Q_EMIT sound.levels({Phase::Listening, 0, 0, false}); // was on its way when it was pressed
    QVERIFY(in<QPushButton>("tryRing")->isChecked());
    Q_EMIT sound.levels({Phase::Listening, 0, 0, true});
    Q_EMIT sound.levels({Phase::Listening, 0, 0, false}); // a call ended it
    QVERIFY(!in<QPushButton>("tryRing")->isChecked());
    QTest::keyClick(in<QPushButton>("tryRing"), Qt::Key_Space);
    sound.ringChecks = {true};
    dialog->close(); // and nothing rings on
    test::Console::settle();
    QTRY_VERIFY(!dialog);
    QCOMPARE(m_console->engine.sound().ringChecks, (QList<bool>{true, false}));
}

void ConsoleSoundTest::tonesOfACountry()
{
    openDialog();
    auto* country = in<QComboBox>("toneCountry");
    QCOMPARE(country->count(), 4);
    QCOMPARE(country->itemText(2), u"Taiwan"_s);
    QTest::keyClick(country, Qt::Key_Down);
    QCOMPARE(applied().toneCountry, u"de"_s);
}

void ConsoleSoundTest::saysWhatHappensToDevices_data()
{
    QTest::addColumn<model::SoundChange>("change");
    QTest::addColumn<QStringList>("words");
    using Cause = model::SoundChange::Cause;
    const QString a = u"A %2 <b>"_s;
    const QString b = u"B"_s;
    QTest::newRow("microphone gone")
        << model::SoundChange{model::SoundUse::Speak, Cause::FellBack, a, b}
        << QStringList{u"\"A %2 <b>\" is gone"_s, u"\"B\" meanwhile"_s};
    QTest::newRow("microphone back")
        << model::SoundChange{model::SoundUse::Speak, Cause::Returned, a, b}
        << QStringList{u"microphone \"B\" is back"_s};
    QTest::newRow("speaker gone") << model::SoundChange{model::SoundUse::Listen, Cause::FellBack, a,
                                                        b}
                                  << QStringList{u"\"A %2 <b>\" is gone"_s, u"\"B\" meanwhile"_s};
    QTest::newRow("speaker back") << model::SoundChange{model::SoundUse::Listen, Cause::Returned, b,
                                                        a}
                                  << QStringList{u"speaker \"A %2 <b>\" is back"_s};
    QTest::newRow("another default")
        << model::SoundChange{model::SoundUse::Listen, Cause::DefaultMoved, a, b}
        << QStringList{u"\"B\" now"_s, u"default"_s};
    QTest::newRow("ring gone") << model::SoundChange{model::SoundUse::Ring, Cause::FellBack, a, b}
                               << QStringList{u"gone"_s, u"ring on: B"_s};
}

void ConsoleSoundTest::saysWhatHappensToDevices()
{
    QFETCH(model::SoundChange, change);
    QFETCH(QStringList, words);
    Q_EMIT m_console->engine.sound().deviceChanged(change);
    const QString sentence = ui::SoundWords::sentence(change);
    for (const QString& word : words) {
        QVERIFY2(sentence.contains(word), qPrintable(sentence));
    }
    bool shown = false;
    for (const QLabel* label : m_console->window->findChildren<QLabel*>()) {
        shown = shown || (label->isVisible() && label->text() == sentence);
    }
    QVERIFY(shown);
}

void ConsoleSoundTest::saysWhyThereIsNoSound()
{
    openDialog();
    model::EngineStatus status;
    status.notices = {{model::NoticeKind::NoSoundDevice,
                       {},
                       u"There is no microphone and no speaker: connect a headset."_s}};
    m_console->engine.status().set(status);
    auto* problem = in<QLabel>("fieldProblem");
    QVERIFY(problem->isVisible());
    QVERIFY(problem->text().contains(u"connect a headset"_s));
    m_console->engine.status().set({});
    QVERIFY(!problem->isVisible());
}

void ConsoleSoundTest::isRememberedFromOneStartToTheNext()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"window.ini"_s);
    model::SoundSettings settings;
    settings.speak.choose({"alsa_input.usb-A, B;\"C\"=\xc3\xa9"_ba, u"Headset, \u8033\u6a5f"_s});
    settings.speak.choose({"other"_ba, u"Other"_s});
    settings.listen.choose({"x"_ba, u"X"_s});
    settings.listen.choose({});
    settings.ringsOnDefault = false;
    settings.ringDevices = {{"r1"_ba, u"R1"_s}, {"r2"_ba, {}}};
    settings.speakerPercent = 35;
    settings.microphonePercent = 120;
    settings.ringPercent = 0;
    settings.cancelsEcho = settings.controlsGain = settings.callWaitingTone = false;
    settings.toneCountry = u"tw"_s;
    settings.ringFile = u"/music/\u9234.ogg"_s;
    QVERIFY(ui::saveSound(settings, file));
    QCOMPARE(ui::loadSound(file), settings);
    m_console = std::make_unique<test::Console>();
    QVERIFY(m_console->open(file));
    QCOMPARE(applied(), settings); // at once, without a dialog
    QTest::keyClick(in<ui::VolumeSlider>("cardSpeakerVolume"), Qt::Key_Right);
    m_console.reset();
    settings.speakerPercent = 40;
    QCOMPARE(ui::loadSound(file), settings);
    m_console = std::make_unique<test::Console>();
}

void ConsoleSoundTest::nonsenseInTheFileCountsAsAbsent()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"window.ini"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[sound-1]\nspeakerPercent=loud\nmicrophonePercent=99999\nringPercent=-3\n"
               "speakFollowsDefault=false\nspeakIds=\nlistenIds=a, b, c, d, e, f, g, h\n"
               "listenFollowsDefault=false\ntoneCountry=elsewhere\n");
    file.close();
    const model::SoundSettings settings = ui::loadSound(path);
    QCOMPARE(settings.speakerPercent, 100);
    QCOMPARE(settings.microphonePercent, 150);
    QCOMPARE(settings.ringPercent, 0);
    QVERIFY(settings.speak.followsDefault); // there is nothing else
    QCOMPARE(settings.listen.remembered.size(), model::SoundChoice::mostRemembered);
    QVERIFY(!settings.listen.followsDefault);
    QCOMPARE(ui::loadSound({}), model::SoundSettings());
    QCOMPARE(ui::loadSound(folder.filePath(u"none.ini"_s)), model::SoundSettings());
}

void ConsoleSoundTest::everythingIsReachedByTab()
{
    ui::SoundDialog* dialog = openDialog();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QSet<QString> reached;
    for (int i = 0; i < 40; ++i) {
        if (const QWidget* focus = dialog->focusWidget()) {
            reached << focus->objectName();
        }
        QTest::keyClick(dialog, Qt::Key_Tab);
    }
    for (const char* name : {"microphone", "microphoneVolume", "speaker", "speakerVolume", "record",
                             "ringDevices", "ringVolume", "tryRing", "chooseRing", "cancelsEcho",
                             "reducesNoise", "controlsGain", "callWaitingTone", "toneCountry"}) {
        QVERIFY2(reached.contains(QLatin1String(name)), name);
    }
}

QTEST_MAIN(ConsoleSoundTest)
#include "tst_ui_console_sound.moc"
