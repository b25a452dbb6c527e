#include "ui/controllers/SoundController.h"

#include "engine/SoundFacade.h"
#include "ui/SoundState.h"

namespace hs::ui {

namespace {
constexpr auto restsFor = std::chrono::milliseconds(400);
}

SoundController::SoundController(engine::SoundFacade& sound, const QString& stateFile,
                                 const QString& country, QObject* parent)
    : QObject(parent)
    , m_sound(sound)
    , m_stateFile(stateFile)
    , m_country(country)
    , m_settings(loadSound(stateFile))
    , m_status(sound.status())
{
    m_save.setSingleShot(true);
    m_save.setInterval(restsFor);
    connect(&m_save, &QTimer::timeout, this, &SoundController::save);
    connect(&m_sound, &engine::SoundFacade::statusChanged, this,
            [this](const model::SoundStatus& status) {
                m_status = status;
                Q_EMIT statusChanged();
            });
    connect(&m_sound, &engine::SoundFacade::deviceChanged, this, &SoundController::deviceChanged);
    connect(&m_sound, &engine::SoundFacade::levels, this, &SoundController::levels);
    apply();
}

SoundController::~SoundController()
{
    if (m_save.isActive()) {
        saveSound(m_settings, m_stateFile);
    }
}

QStringList SoundController::toneCountries() const
{
    return m_sound.toneCountries();
}

void SoundController::apply()
{
    model::SoundSettings settings = m_settings;
    if (settings.toneCountry.isEmpty()) {
        settings.toneCountry = m_country;
    }
    m_sound.apply(settings);
}

void SoundController::set(const model::SoundSettings& settings)
{
    if (settings == m_settings) {
        return;
    }
    m_settings = settings;
    apply();
    m_save.start();
    Q_EMIT settingsChanged();
}

void SoundController::save()
{
    if (!saveSound(m_settings, m_stateFile)) {
        Q_EMIT notSaved(m_stateFile);
    }
}

void SoundController::setCheck(model::SoundCheck check)
{
    m_sound.setCheck(check);
}

void SoundController::setRingCheck(bool ringing)
{
    m_sound.setRingCheck(ringing);
}

} // namespace hs::ui
