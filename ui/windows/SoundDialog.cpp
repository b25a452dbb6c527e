#include "ui/windows/SoundDialog.h"

#include "ui/Formatting.h"
#include "ui/SoundWords.h"
#include "ui/widgets/DeviceCombo.h"
#include "ui/widgets/LevelBar.h"
#include "ui/widgets/RingDevices.h"
#include "ui/widgets/VolumeSlider.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace hs::ui {

using Phase = model::SoundLevels::Phase;

namespace {

constexpr int mostRingPercent = 100;

QFormLayout* makeForm()
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(5);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return form;
}

void addTitle(QFormLayout& form, const QString& text, QWidget* parent)
{
    auto* title = new QLabel(text, parent);
    title->setObjectName(QStringLiteral("panelTitle"));
    if (form.rowCount() > 0) {
        title->setContentsMargins(0, 7, 0, 0);
    }
    form.addRow(title);
}

QHBoxLayout* row(std::initializer_list<QWidget*> widgets)
{
    auto* box = new QHBoxLayout;
    box->setSpacing(6);
    for (QWidget* widget : widgets) {
        box->addWidget(widget);
    }
    return box;
}

} // namespace

SoundDialog::SoundDialog(SoundController& sound, QWidget* parent)
    : QDialog(parent)
    , m_sound(sound)
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Sound"));
    setObjectName(QStringLiteral("soundDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_problem->setObjectName(QStringLiteral("fieldProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    // Each field is made where it stands, left side first: that is the order of the Tab key.
    auto* left = makeForm();
    auto* right = makeForm();
    addMicrophone(*left);
    addSpeaker(*left);
    addCheck(*left);
    addRing(*right);
    showLevels({}); // of a check and of the ring
    addVoice(*right);
    addTones(*right);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(28);
    sides->addLayout(left, 1);
    sides->addLayout(right, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 10);
    column->setSpacing(10);
    column->addWidget(m_problem);
    column->addLayout(sides);
    column->addStretch(1);
    column->addWidget(buttons);
    connect(&m_sound, &SoundController::settingsChanged, this, &SoundDialog::refresh);
    connect(&m_sound, &SoundController::statusChanged, this, &SoundDialog::refresh);
    connect(&m_sound, &SoundController::levels, this, &SoundDialog::showLevels);
    setProblem({});
    refresh();
    m_microphone->setFocus();
    m_sound.setCheck(model::SoundCheck::Level);
}

SoundDialog::~SoundDialog()
{
    m_sound.setCheck(model::SoundCheck::Off);
    if (m_tryRing->isChecked()) {
        m_sound.setRingCheck(false);
    }
}

void SoundDialog::setProblem(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void SoundDialog::change(const Edit& edit)
{
    model::SoundSettings settings = m_sound.settings();
    edit(settings);
    m_sound.set(settings);
}

QLabel* SoundDialog::addNote(QFormLayout& form, const char* name)
{
    auto* note = new QLabel(this);
    note->setObjectName(QStringLiteral("secondary"));
    note->setProperty("note", QLatin1String(name));
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    form.addRow(QString(), note);
    return note;
}

VolumeSlider* SoundDialog::addVolume(QFormLayout& form, const char* name, const QString& text,
                                     int most, int model::SoundSettings::*which)
{
    auto* slider = new VolumeSlider(QString(text).remove(QLatin1Char('&')), most, this);
    slider->setObjectName(QLatin1String(name));
    auto* percent = new QLabel(this);
    percent->setMinimumWidth(fontMetrics().horizontalAdvance(SoundWords::percent(150)));
    percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* label = new QLabel(text, this);
    label->setBuddy(slider);
    form.addRow(label, row({slider, percent}));
    connect(slider, &VolumeSlider::moved, this, [this, which](int now) {
        change([which, now](model::SoundSettings& settings) { settings.*which = now; });
    });
    m_refreshers << [this, slider, percent, which] {
        slider->show(m_sound.settings().*which);
        percent->setText(SoundWords::percent(m_sound.settings().*which));
    };
    return slider;
}

QCheckBox* SoundDialog::addSwitch(QFormLayout& form, const char* name, const QString& text,
                                  const QString& meaning, bool model::SoundSettings::*which)
{
    auto* box = new QCheckBox(text, this);
    box->setObjectName(QLatin1String(name));
    box->setToolTip(Formatting::toolTip(meaning));
    box->setAccessibleDescription(meaning);
    form.addRow(box);
    connect(box, &QCheckBox::toggled, this, [this, which](bool on) {
        change([which, on](model::SoundSettings& settings) { settings.*which = on; });
    });
    m_refreshers << [this, box, which] { box->setChecked(m_sound.settings().*which); };
    return box;
}

void SoundDialog::addMicrophone(QFormLayout& form)
{
    addTitle(form, tr("You speak"), this);
    m_microphone = new DeviceCombo(this);
    m_microphone->setObjectName(QStringLiteral("microphone"));
    form.addRow(tr("&Microphone"), m_microphone);
    m_microphoneNote = addNote(form, "microphone");
    connect(m_microphone, &DeviceCombo::chosen, this, [this](const model::SoundDevice& device) {
        change([device](model::SoundSettings& settings) { settings.speak.choose(device); });
    });
    addVolume(form, "microphoneVolume", tr("V&olume of your voice"),
              model::SoundSettings::mostPercent, &model::SoundSettings::microphonePercent);
    m_level = new LevelBar(this);
    m_level->setObjectName(QStringLiteral("microphoneLevel"));
    m_level->setAccessibleName(tr("Sound level of your microphone"));
    form.addRow(tr("Level"), m_level);
}

void SoundDialog::addSpeaker(QFormLayout& form)
{
    addTitle(form, tr("You hear"), this);
    m_speaker = new DeviceCombo(this);
    m_speaker->setObjectName(QStringLiteral("speaker"));
    form.addRow(tr("&Speaker"), m_speaker);
    m_speakerNote = addNote(form, "speaker");
    connect(m_speaker, &DeviceCombo::chosen, this, [this](const model::SoundDevice& device) {
        change([device](model::SoundSettings& settings) { settings.listen.choose(device); });
    });
    addVolume(form, "speakerVolume", tr("&Volume"), model::SoundSettings::mostPercent,
              &model::SoundSettings::speakerPercent);
}

void SoundDialog::addCheck(QFormLayout& form)
{
    addTitle(form, tr("Sound check"), this);
    m_record = new QPushButton(tr("&Record and hear yourself"), this);
    m_record->setObjectName(QStringLiteral("record"));
    m_record->setAutoDefault(false);
    connect(m_record, &QPushButton::clicked, this, [this] {
        m_sound.setCheck(m_phase == Phase::Listening ? model::SoundCheck::Record
                                                     : model::SoundCheck::Level);
    });
    form.addRow(m_record);
    m_recordNote = new QLabel(this);
    m_recordNote->setObjectName(QStringLiteral("secondary"));
    m_recordNote->setTextFormat(Qt::PlainText);
    m_recordNote->setWordWrap(true);
    // Room for two lines, lest the dialog jump when one becomes two.
    m_recordNote->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_recordNote->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    form.addRow(m_recordNote);
}

void SoundDialog::addRing(QFormLayout& form)
{
    addTitle(form, tr("Calls ring"), this);
    m_ring = new RingDevices(this);
    m_ring->setObjectName(QStringLiteral("ringDevices"));
    m_ring->setAccessibleName(tr("Devices on which calls ring"));
    auto* label = new QLabel(tr("R&ing on"), this);
    label->setBuddy(m_ring);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    form.addRow(label, m_ring);
    connect(m_ring, &RingDevices::ticked, this, [this] {
        change([this](model::SoundSettings& settings) {
            settings.ringsOnDefault = m_ring->onDefault();
            settings.ringDevices = m_ring->devices();
        });
    });
    addVolume(form, "ringVolume", tr("Volume of the rin&g"), mostRingPercent,
              &model::SoundSettings::ringPercent);
    addRingSound(form);
}

void SoundDialog::addRingSound(QFormLayout& form)
{
    m_ringFile = new QLabel(this);
    m_ringFile->setObjectName(QStringLiteral("ringFile"));
    m_ringFile->setTextFormat(Qt::PlainText);
    m_tryRing = new QPushButton(tr("&Try"), this);
    m_tryRing->setObjectName(QStringLiteral("tryRing"));
    m_tryRing->setCheckable(true);
    auto* choose = new QPushButton(tr("&Choose..."), this);
    choose->setObjectName(QStringLiteral("chooseRing"));
    m_usualRing = new QPushButton(tr("&Built-in"), this);
    m_usualRing->setObjectName(QStringLiteral("usualRing"));
    for (QPushButton* button : {m_tryRing, choose, m_usualRing}) {
        button->setAutoDefault(false);
    }
    form.addRow(tr("Ring sound"), m_ringFile);
    auto* buttons = row({m_tryRing, choose, m_usualRing});
    buttons->addStretch(1);
    form.addRow(QString(), buttons);
    connect(m_tryRing, &QPushButton::toggled, &m_sound, &SoundController::setRingCheck);
    connect(choose, &QPushButton::clicked, this, &SoundDialog::chooseRingFile);
    connect(m_usualRing, &QPushButton::clicked, this,
            [this] { change([](model::SoundSettings& settings) { settings.ringFile.clear(); }); });
}

void SoundDialog::addVoice(QFormLayout& form)
{
    addTitle(form, tr("Your voice"), this);
    addSwitch(form, "cancelsEcho", tr("Cancel &echo"),
              tr("Takes what your speaker says out of what your microphone hears."),
              &model::SoundSettings::cancelsEcho);
    addSwitch(form, "reducesNoise", tr("Reduce &noise"),
              tr("Fans, traffic and hiss are heard less."), &model::SoundSettings::reducesNoise);
    addSwitch(form, "controlsGain", tr("Even out &loudness"),
              tr("A quiet voice is made louder, a loud one is not cut off."),
              &model::SoundSettings::controlsGain);
}

void SoundDialog::addTones(QFormLayout& form)
{
    addTitle(form, tr("Tones"), this);
    addSwitch(form, "callWaitingTone", tr("Soft tone when another call &waits"),
              tr("In the middle of a call no other call rings aloud."),
              &model::SoundSettings::callWaitingTone);
    m_country = new QComboBox(this);
    m_country->setObjectName(QStringLiteral("toneCountry"));
    //: %1 is a country; ringing, busy and other tones are as there
    m_country->addItem(
        m_sound.usualCountry().isEmpty()
            ? tr("As known everywhere")
            : tr("As the system (%1)").arg(SoundWords::country(m_sound.usualCountry())),
        QString());
    QMap<QString, QString> codes; // by name
    for (const QString& code : m_sound.toneCountries()) {
        codes.insert(SoundWords::country(code), code);
    }
    for (auto it = codes.cbegin(); it != codes.cend(); ++it) {
        m_country->addItem(it.key(), it.value());
    }
    form.addRow(tr("Tones &as in"), m_country);
    connect(m_country, &QComboBox::activated, this, [this] {
        change([this](model::SoundSettings& settings) {
            settings.toneCountry = m_country->currentData().toString();
        });
    });
}

void SoundDialog::refresh()
{
    const model::SoundSettings& settings = m_sound.settings();
    m_microphone->show(m_sound.status().microphones, settings.speak);
    m_speaker->show(m_sound.status().speakers, settings.listen);
    m_ring->show(m_sound.status().speakers, settings);
    for (const auto& refreshOne : std::as_const(m_refreshers)) {
        refreshOne();
    }
    const QString file = QFileInfo(settings.ringFile).fileName();
    m_ringFile->setText(file.isEmpty() ? tr("Built-in", "ring sound")
                                       : Formatting::plain(file, 40));
    m_ringFile->setToolTip(settings.ringFile);
    m_usualRing->setEnabled(!settings.ringFile.isEmpty());
    m_country->setCurrentIndex(std::max(0, m_country->findData(settings.toneCountry)));
    refreshInUse();
}

void SoundDialog::refreshInUse()
{
    const auto show = [](QLabel* note, const model::SoundDevice& used) {
        note->setText(used.id.isEmpty()
                          ? tr("None is there.")
                          : tr("In use: %1").arg(Formatting::plain(used.description)));
    };
    show(m_microphoneNote, m_sound.status().speaking);
    show(m_speakerNote, m_sound.status().listening);
}

void SoundDialog::chooseRingFile()
{
    auto* picker = new QFileDialog(this, tr("Ring sound"), m_sound.settings().ringFile,
                                   tr("Sound files (*.wav *.flac *.ogg *.opus *.mp3 *.aiff *.au);;"
                                      "All files (*)"));
    picker->setObjectName(QStringLiteral("ringPicker"));
    picker->setAttribute(Qt::WA_DeleteOnClose);
    picker->setFileMode(QFileDialog::ExistingFile);
    connect(picker, &QFileDialog::fileSelected, this, [this](const QString& file) {
        change([file](model::SoundSettings& settings) { settings.ringFile = file; });
    });
    picker->open();
}

void SoundDialog::showLevels(const model::SoundLevels& levels)
{
    m_level->setPeak(levels.microphone);
    const int seconds = (levels.leftMs + 999) / 1000;
    switch (levels.phase) {
    case Phase::Listening:
        m_recordNote->setText(
            levels.isInCall
                ? tr("During a call nothing is recorded and no ring tried: the call would hear it.")
                : tr("Speak as in a call: a few seconds are recorded, then you hear what others "
                     "hear."));
        break;
    case Phase::Recording:
        m_recordNote->setText(tr("Recording: speak now (%1 s).").arg(seconds));
        break;
    case Phase::Playing:
        m_recordNote->setText(tr("This is how others hear you (%1 s).").arg(seconds));
        break;
    }
    if (m_ringIsTried && !levels.triesRing) {
        m_tryRing->setChecked(false); // a call began
    }
    m_ringIsTried = levels.triesRing;
    m_record->setDisabled(levels.isInCall);
    m_tryRing->setDisabled(levels.isInCall);
    if (levels.phase != m_phase) {
        m_phase = levels.phase;
        m_record->setText(m_phase == Phase::Listening ? tr("&Record and hear yourself")
                                                      : tr("Sto&p"));
    }
}

} // namespace hs::ui
