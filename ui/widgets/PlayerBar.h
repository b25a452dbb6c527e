// PlayerBar: play or pause, stop, and the place in the recording that is loaded. Thread: GUI.
#pragma once

#include "ui/controllers/PlaybackController.h"

#include <QWidget>

class QAction;
class QLabel;

namespace hs::ui {

class ActionButton;
class SeekSlider;

class PlayerBar : public QWidget {
    Q_OBJECT
public:
    explicit PlayerBar(QWidget* parent = nullptr);

    // `title` is what the loaded recording is called, in words; `playable`: one is chosen to play.
    void setState(const PlaybackController::State& state, const QString& title, bool playable);

Q_SIGNALS:
    void playRequested();
    void pauseRequested();
    void stopRequested();
    void seekRequested(qint64 positionMs);

private:
    QAction* m_play;
    QAction* m_stop;
    ActionButton* m_playButton;
    SeekSlider* m_slider;
    QLabel* m_time;
    QLabel* m_title;
    bool m_playing = false;
};

} // namespace hs::ui
