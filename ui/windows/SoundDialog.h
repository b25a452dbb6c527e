// SoundDialog: microphone, speaker and ring to be chosen, set and tried: what is changed is in
// force at once. While it is open the microphone is, to show its level. Not modal: it can stay open
// beside a call. Thread: GUI.
#pragma once

#include "ui/controllers/SoundController.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace hs::ui {

class DeviceCombo;
class LevelBar;
class RingDevices;
class VolumeSlider;

class SoundDialog : public QDialog {
    Q_OBJECT
public:
    explicit SoundDialog(SoundController& sound, QWidget* parent = nullptr);
    ~SoundDialog() override;

    // Why there is no sound, empty if there is.
    void setProblem(const QString& problem);

private:
    using Edit = std::function<void(model::SoundSettings&)>;

    void addMicrophone(QFormLayout& form);
    void addSpeaker(QFormLayout& form);
    void addRing(QFormLayout& form);
    void addRingSound(QFormLayout& form);
    void addVoice(QFormLayout& form);
    void addTones(QFormLayout& form);
    void addCheck(QFormLayout& form);
    QCheckBox* addSwitch(QFormLayout& form, const char* name, const QString& text,
                         const QString& meaning, bool model::SoundSettings::*which);
    VolumeSlider* addVolume(QFormLayout& form, const char* name, const QString& text, int most,
                            int model::SoundSettings::*which);
    QLabel* addNote(QFormLayout& form, const char* name);
    void change(const Edit& edit);
    void refresh();
    void refreshInUse();
    void chooseRingFile();
    void showLevels(const model::SoundLevels& levels);

    SoundController& m_sound;
    DeviceCombo* m_microphone = nullptr;
    DeviceCombo* m_speaker = nullptr;
    QLabel* m_problem;
    QLabel* m_microphoneNote = nullptr;
    QLabel* m_speakerNote = nullptr;
    LevelBar* m_level = nullptr;
    RingDevices* m_ring = nullptr;
    QLabel* m_ringFile = nullptr;
    QPushButton* m_usualRing = nullptr;
    QComboBox* m_country = nullptr;
    QPushButton* m_record = nullptr;
    QLabel* m_recordNote = nullptr;
    QPushButton* m_tryRing = nullptr;
    QList<std::function<void()>> m_refreshers; // of switches and sliders
    bool m_ringIsTried = false; // as the engine has it
    model::SoundLevels::Phase m_phase = model::SoundLevels::Phase::Listening;
};

} // namespace hs::ui
