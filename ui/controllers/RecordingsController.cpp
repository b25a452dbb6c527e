#include "ui/controllers/RecordingsController.h"

#include "engine/EngineFacade.h"
#include "ui/models/RecordingListModel.h"

#include <utility>

namespace hs::ui {

RecordingsController::RecordingsController(engine::RecordingsFacade& recordings,
                                           RecordingListModel& model, QObject* parent)
    : QObject(parent)
    , m_recordings(recordings)
    , m_model(model)
{
    connect(&m_recordings, &engine::RecordingsFacade::listed, this, &RecordingsController::accept);
    connect(&m_recordings, &engine::RecordingsFacade::failed, this,
            [this](quint64 requestId, const QString& problem) {
                if (requestId == m_lastId) {
                    m_waiting = false;
                    m_again = false;
                    Q_EMIT failed(problem);
                }
            });
    connect(&m_recordings, &engine::RecordingsFacade::listChanged, this,
            &RecordingsController::refresh);
    ask();
}

void RecordingsController::setFilter(const QString& text)
{
    if (text != m_filter) {
        m_filter = text;
        ask();
    }
}

void RecordingsController::setWatched(bool watched)
{
    m_watched = watched;
    if (watched && std::exchange(m_stale, false)) {
        refresh();
    }
}

QString RecordingsController::folder() const
{
    return m_recordings.folder();
}

void RecordingsController::refresh()
{
    if (!m_watched) {
        m_stale = true;
    } else if (m_waiting) {
        m_again = true;
    } else {
        ask();
    }
}

void RecordingsController::ask()
{
    m_waiting = true;
    m_recordings.query(++m_lastId, m_filter, mostShown);
}

void RecordingsController::accept(quint64 requestId, const QList<model::Recording>& recordings)
{
    if (requestId != m_lastId) {
        return; // the answer to a filter that is no more
    }
    m_waiting = false;
    m_model.setRecordings(recordings);
    Q_EMIT listed();
    if (std::exchange(m_again, false)) {
        ask();
    }
}

} // namespace hs::ui
