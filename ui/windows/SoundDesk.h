// SoundDesk: all that the window has of the operator's sound, put together: the volumes on the
// headset card, sentences about devices that come and go, the dialog. Thread: GUI. What it is given
// outlives it.
#pragma once

#include "ui/controllers/SoundController.h"

#include <QPointer>

class QWidget;

namespace hs::ui {

class BannerBar;
class HeadsetCard;
class MainMenu;
class SoundDialog;
class StatusController;

class SoundDesk : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QWidget* window;
        MainMenu* menu;
        HeadsetCard* card;
        BannerBar* banners;
        StatusController* status;
    };

    SoundDesk(engine::SoundFacade& sound, const QString& stateFile);
    ~SoundDesk() override;

    void connectTo(const Parts& parts); // once

private:
    void refreshProblem();
    void showDialog();
    void refresh();

    SoundController m_sound;
    Parts m_parts{};
    QPointer<SoundDialog> m_dialog; // deletes itself when it is closed
    QString m_problem; // why there is no sound
};

} // namespace hs::ui
