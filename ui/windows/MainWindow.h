// MainWindow: the operator's console: puts models, controllers and widgets together and connects
// them; decides nothing itself. Thread: GUI. The engine and the theme outlive it.
#pragma once

#include "ui/controllers/CallChoice.h"
#include "ui/controllers/CallController.h"
#include "ui/controllers/ClientsController.h"
#include "ui/controllers/LogController.h"
#include "ui/controllers/PlaybackController.h"
#include "ui/controllers/RecordingsController.h"
#include "ui/controllers/StatusController.h"
#include "ui/models/CallEvents.h"
#include "ui/models/CallListModel.h"
#include "ui/models/CallLogModel.h"
#include "ui/models/ClientListModel.h"
#include "ui/models/RecordingListModel.h"
#include "ui/theme/Theme.h"
#include "ui/windows/AccountsDesk.h"
#include "ui/windows/CallActions.h"
#include "ui/windows/ConsoleOptions.h"
#include "ui/windows/SoundDesk.h"

#include <QMainWindow>
#include <QPointer>

namespace hs::engine {
class EngineFacade;
}

namespace hs::ui {

class ActionBar;
class BannerBar;
class CompactMode;
class DetailsPanel;
class DialPanel;
class DigitPad;
class HeadsetCard;
class KeysDialog;
class LampsPanel;
class LogPanel;
class MainMenu;
class MessagesPanel;
class Panes;
class ProgramsPanel;
class RecordingsPanel;
class SessionsView;
class StatusBar;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(engine::EngineFacade& engine, Theme& theme, const ConsoleOptions& options);
    ~MainWindow() override;

    void prefill(const QString& target); // puts it into the dial field, dials nothing
    void comeToFront(); // when the program was started a second time

protected:
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void build();
    void buildPanes();
    void showMissed();
    void buildMenu();
    void connectCalls();
    void connectChoice();
    void connectTransfers();
    void connectDigits();
    void refreshDetails();
    void connectLists();
    void connectStatus();
    void refreshCalls();
    void refreshStatus();
    void openFolder();
    void restore();
    void save() const;
    bool mayQuit() const;

    ConsoleOptions m_options;
    Theme& m_theme;
    CallListModel m_callModel;
    CallLogModel m_logModel;
    RecordingListModel m_recordingModel;
    ClientListModel m_clientModel;
    CallController m_calls;
    CallChoice m_choice;
    LogController m_log;
    RecordingsController m_recordings;
    PlaybackController m_playback;
    ClientsController m_clients;
    StatusController m_status;
    AccountsDesk m_accounts;
    SoundDesk m_sound;
    CallActions m_actions;
    CallEvents m_events;
    QString m_themeWord; // the choice made in a console, now or before; empty: none

    QMainWindow* m_host; // of the panes and the live sessions
    Panes* m_panes;
    CompactMode* m_compact;
    MainMenu* m_menu;
    QPointer<DigitPad> m_pad;
    QPointer<KeysDialog> m_keys;
    ActionBar* m_actionBar;
    BannerBar* m_banners;
    DialPanel* m_dial;
    DetailsPanel* m_details;
    HeadsetCard* m_headset;
    SessionsView* m_sessions;
    LampsPanel* m_lamps;
    MessagesPanel* m_messages;
    LogPanel* m_logPanel;
    RecordingsPanel* m_recordingsPanel;
    ProgramsPanel* m_programsPanel;
    StatusBar* m_statusBar;
};

} // namespace hs::ui
