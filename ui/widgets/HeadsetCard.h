// HeadsetCard: which call the operator's headset is on, how loud each side is and is to be: who
// hears me is the one thing that must never be in doubt. Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace hs::ui {

class LevelBar;
class VolumeSlider;

class HeadsetCard : public QFrame {
    Q_OBJECT
public:
    explicit HeadsetCard(QWidget* parent = nullptr);
    // Those that it is on: one, or in a conference all whom the operator hears.
    void setCalls(const QList<model::Call>& calls, qint64 now);
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
