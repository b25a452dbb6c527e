// HeadsetCard: which call the operator's headset is on, how loud each side is and is to be: who
// hears me is the one thing that must never be in doubt. Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QFrame>

#include <optional>

class QLabel;
class QToolButton;

namespace hs::ui {

class LevelBar;
class VolumeSlider;

class HeadsetCard : public QFrame {
    Q_OBJECT
public:
    explicit HeadsetCard(QWidget* parent = nullptr);
    // `together`: how many calls its conference has.
    void setCall(const std::optional<model::Call>& call, qint64 now, int together = 0);
    void setVolumes(int microphonePercent, int speakerPercent);

Q_SIGNALS:
    void microphoneVolumeMoved(int percent);
    void speakerVolumeMoved(int percent);
    void soundRequested();

private:
    void setTone(const QString& tone); // of the frame

    QLabel* m_title;
    QLabel* m_who;
    QLabel* m_state;
    QLabel* m_meCaption;
    QLabel* m_themCaption;
    LevelBar* m_me;
    LevelBar* m_them;
    VolumeSlider* m_microphoneVolume;
    VolumeSlider* m_speakerVolume;
    QToolButton* m_sound;
};

} // namespace hs::ui
