// PlaybackController: the player between the engine and the window: what is loaded, whether it
// plays, and where. Thread: GUI.
#pragma once

#include <QObject>
#include <QString>

namespace hs::engine {
class PlaybackFacade;
}

namespace hs::ui {

class PlaybackController : public QObject {
    Q_OBJECT
public:
    struct State {
        QString path; // empty: nothing is loaded
        bool playing = false;
        qint64 positionMs = 0;
        qint64 durationMs = 0;
        QString error; // empty or a sentence
        friend bool operator==(const State&, const State&) = default;
    };

    // The facade outlives the controller.
    explicit PlaybackController(engine::PlaybackFacade& playback, QObject* parent = nullptr);

    const State& state() const { return m_state; }
    void play(const QString& path); // from its start, or on where it was paused
    void pause();
    void stop();
    void seek(qint64 positionMs);

Q_SIGNALS:
    void stateChanged();

private:
    void accept(const QString& path, bool playing, qint64 positionMs, qint64 durationMs,
                const QString& error);

    engine::PlaybackFacade& m_playback;
    State m_state;
};

} // namespace hs::ui
