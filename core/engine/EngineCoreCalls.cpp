// The part of EngineCore that passes on what the calls tell beside their own pictures.
#include "base/LogCategories.h"
#include "engine/EngineCore.h"
#include "engine/EngineSettings.h"

namespace hs::engine {

void EngineCore::watchCalls()
{
    connect(
        m_calls.get(), &call::CallManager::recordingFailed, this, [this](const QString& problem) {
            setNotice(model::NoticeKind::RecordingFailed, m_options.settings.recordings, problem);
        });
    connect(m_calls.get(), &call::CallManager::messageReceived, m_logKeeper.get(),
            [this](const model::TextMessage& message) {
                m_logKeeper->keep(message);
                if (m_outputs.message) {
                    m_outputs.message(message);
                }
            });
    connect(m_calls.get(), &call::CallManager::referralRefused, this,
            [this](const model::RefusedReferral& referral) {
                if (m_outputs.referralRefused) {
                    m_outputs.referralRefused(referral);
                }
            });
    // The next one tells whether it is over.
    connect(m_calls.get(), &call::CallControl::changed, this,
            [this](const model::Call& now, const model::Call& before) {
                if (now.recording && !before.recording) {
                    clearNotice(model::NoticeKind::RecordingFailed);
                }
            });
}

void EngineCore::takeHoldMusic()
{
    const QString path = m_options.settings.holdMusic;
    auto music = loadHoldMusic(path);
    if (!music && !path.isEmpty()) {
        qCWarning(base::lcEngine).noquote()
            << "far ends on hold hear the built-in music instead:" << music.error().text
            << "Choose another with hold_music (HOLD_MUSIC_FILE), or 'none'.";
        setNotice(model::NoticeKind::HoldMusicFailed, path, music.error().text);
        music = loadHoldMusic({});
    }
    if (!music) { // a program without our sounds
        qCDebug(base::lcEngine).noquote() << "no hold music:" << music.error().text;
    }
    if (music) {
        m_holdMusic = std::move(music).value();
    }
}

} // namespace hs::engine
