// RecordingsController: the list of recordings between the engine and its model. One question is
// out at a time; a new filter overtakes it. Thread: GUI.
#pragma once

#include "model/Recording.h"

#include <QObject>

namespace hs::engine {
class RecordingsFacade;
}

namespace hs::ui {

class RecordingListModel;

class RecordingsController : public QObject {
    Q_OBJECT
public:
    static constexpr int mostShown = 1000;

    // Facade and model outlive the controller. Asks for the list at once.
    RecordingsController(engine::RecordingsFacade& recordings, RecordingListModel& model,
                         QObject* parent = nullptr);

    const QString& filter() const { return m_filter; }
    void setFilter(const QString& text);
    // Nobody looks: what has changed is asked for once somebody does.
    void setWatched(bool watched);
    QString folder() const;

Q_SIGNALS:
    void listed(); // after the model has it
    void failed(const QString& problem); // they can't be read; what is listed stays

private:
    void ask();
    void refresh();
    void accept(quint64 requestId, const QList<model::Recording>& recordings);

    engine::RecordingsFacade& m_recordings;
    RecordingListModel& m_model;
    QString m_filter;
    quint64 m_lastId = 0;
    bool m_waiting = false;
    bool m_again = false;
    bool m_watched = false;
    bool m_stale = false; // something changed that nobody looked at
};

} // namespace hs::ui
