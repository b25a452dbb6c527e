#include "ui/windows/SoundDesk.h"

#include "ui/NoticeWords.h"
#include "ui/SoundWords.h"
#include "ui/controllers/StatusController.h"
#include "ui/widgets/BannerBar.h"
#include "ui/widgets/HeadsetCard.h"
#include "ui/windows/MainMenu.h"
#include "ui/windows/SoundDialog.h"

#include <QLocale>

namespace hs::ui {

namespace {

QString systemCountry()
{
    return QLocale::territoryToCode(QLocale::system().territory()).toLower();
}

} // namespace

SoundDesk::SoundDesk(engine::SoundFacade& sound, const QString& stateFile)
    : m_sound(sound, stateFile, systemCountry())
{
}

// The dialog is the window's, which outlives this, and would tell of its end.
SoundDesk::~SoundDesk()
{
    delete m_dialog;
}

void SoundDesk::connectTo(const Parts& parts)
{
    m_parts = parts;
    connect(parts.menu, &MainMenu::soundRequested, this, &SoundDesk::showDialog);
    connect(parts.card, &HeadsetCard::soundRequested, this, &SoundDesk::showDialog);
    connect(parts.card, &HeadsetCard::microphoneVolumeMoved, this, [this](int percent) {
        model::SoundSettings settings = m_sound.settings();
        settings.microphonePercent = percent;
        m_sound.set(settings);
    });
    connect(parts.card, &HeadsetCard::speakerVolumeMoved, this, [this](int percent) {
        model::SoundSettings settings = m_sound.settings();
        settings.speakerPercent = percent;
        m_sound.set(settings);
    });
    connect(&m_sound, &SoundController::settingsChanged, this, &SoundDesk::refresh);
    connect(&m_sound, &SoundController::deviceChanged, this,
            [this](const model::SoundChange& change) {
                m_parts.banners->showMessage(SoundWords::sentence(change));
            });
    connect(&m_sound, &SoundController::notSaved, this, [this](const QString& path) {
        m_parts.banners->showMessage(
            tr("The sound settings are in force, but they could not be kept in %1.").arg(path));
    });
    connect(parts.status, &StatusController::changed, this, &SoundDesk::refreshProblem);
    refresh();
    refreshProblem();
}

void SoundDesk::refresh()
{
    m_parts.card->setVolumes(m_sound.settings().microphonePercent,
                             m_sound.settings().speakerPercent);
}

void SoundDesk::refreshProblem()
{
    m_problem.clear();
    for (const model::Notice& notice : m_parts.status->status().notices) {
        if (notice.kind == model::NoticeKind::NoSoundDevice) {
            m_problem = NoticeWords::title(notice);
        }
    }
    if (m_dialog) {
        m_dialog->setProblem(m_problem);
    }
}

void SoundDesk::showDialog()
{
    if (!m_dialog) {
        m_dialog = new SoundDialog(m_sound, m_parts.window);
        m_dialog->setProblem(m_problem);
        m_dialog->addActions(m_parts.menu->everywhere());
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace hs::ui
