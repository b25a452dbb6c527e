#include "ui/controllers/PlaybackController.h"

#include "engine/EngineFacade.h"

#include <algorithm>

namespace hs::ui {

PlaybackController::PlaybackController(engine::PlaybackFacade& playback, QObject* parent)
    : QObject(parent)
    , m_playback(playback)
{
    connect(&m_playback, &engine::PlaybackFacade::stateChanged, this, &PlaybackController::accept);
}

void PlaybackController::accept(const QString& path, bool playing, qint64 positionMs,
                                qint64 durationMs, const QString& error)
{
    const State state{path, playing, positionMs, durationMs, error};
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

void PlaybackController::play(const QString& path)
{
    m_playback.play(path);
}

void PlaybackController::pause()
{
    m_playback.pause();
}

void PlaybackController::stop()
{
    m_playback.stop();
}

void PlaybackController::seek(qint64 positionMs)
{
    m_playback.seek(std::clamp<qint64>(positionMs, 0, std::max<qint64>(0, m_state.durationMs)));
}

} // namespace hs::ui
