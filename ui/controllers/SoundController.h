// SoundController: the operator's sound between the engine and the window: the settings, kept in
// the console's state file, and what the engine tells of devices. Thread: GUI.
#pragma once

#include "model/SoundSettings.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

namespace hs::engine {
class SoundFacade;
}

namespace hs::ui {

class SoundController : public QObject {
    Q_OBJECT
public:
    // The facade outlives the controller. Applies what the file holds. `country`: whose tones are
    // heard while the settings name none, ISO 3166 in lower case.
    SoundController(engine::SoundFacade& sound, const QString& stateFile, const QString& country,
                    QObject* parent = nullptr);
    ~SoundController() override;

    const model::SoundSettings& settings() const { return m_settings; }
    const model::SoundStatus& status() const { return m_status; }
    QStringList toneCountries() const;
    const QString& usualCountry() const { return m_country; }

    void set(const model::SoundSettings& settings); // in force at once
    void setCheck(model::SoundCheck check);
    void setRingCheck(bool ringing);

Q_SIGNALS:
    void settingsChanged();
    void statusChanged();
    void deviceChanged(const hs::model::SoundChange& change);
    void levels(const hs::model::SoundLevels& levels);
    void notSaved(const QString& path);

private:
    void apply();
    void save();

    engine::SoundFacade& m_sound;
    QString m_stateFile;
    QString m_country;
    model::SoundSettings m_settings;
    model::SoundStatus m_status;
    QTimer m_save; // a slider moves many times
};

} // namespace hs::ui
