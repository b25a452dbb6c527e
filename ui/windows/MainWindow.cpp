#include "ui/windows/MainWindow.h"

#include "engine/EngineFacade.h"
#include "ui/CallWords.h"
#include "ui/theme/StyleSheet.h"
#include "ui/widgets/ActionBar.h"
#include "ui/widgets/AutoAnswerButton.h"
#include "ui/widgets/BannerBar.h"
#include "ui/widgets/CallDetails.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/DialPanel.h"
#include "ui/widgets/DigitPad.h"
#include "ui/widgets/HeadsetCard.h"
#include "ui/widgets/LampsPanel.h"
#include "ui/widgets/LogPanel.h"
#include "ui/widgets/LostFocus.h"
#include "ui/widgets/MessagesPanel.h"
#include "ui/widgets/ProgramsPanel.h"
#include "ui/widgets/RecordingsPanel.h"
#include "ui/widgets/SessionsView.h"
#include "ui/widgets/StatusBar.h"
#include "ui/widgets/Table.h"
#include "ui/widgets/TransferBar.h"
#include "ui/windows/Arrangement.h"
#include "ui/windows/CompactMode.h"
#include "ui/windows/KeysDialog.h"
#include "ui/windows/MainMenu.h"
#include "ui/windows/Panes.h"
#include "ui/windows/WindowState.h"

#include <QAccessible>
#include <QApplication>
#include <QCloseEvent>

#include <algorithm>

namespace hs::ui {

MainWindow::MainWindow(engine::EngineFacade& engine, Theme& theme, const ConsoleOptions& options)
    : m_options(options.completed(this))
    , m_theme(theme)
    , m_logModel(m_options.now)
    , m_recordingModel(m_options.now)
    , m_clientModel(m_options.now)
    , m_calls(engine.calls(), m_callModel, m_options.now)
    , m_choice(m_calls)
    , m_log(engine.log(), m_logModel)
    , m_recordings(engine.recordings(), m_recordingModel)
    , m_playback(engine.playback())
    , m_clients(engine.clients(), m_clientModel)
    , m_status(engine.status())
    , m_accounts(engine.accounts(), m_calls, m_options.now)
    , m_sound(engine.sound(), m_options.stateFile)
    , m_actions(m_calls, m_choice, this)
{
    build();
    buildPanes();
    buildMenu();
    connectCalls();
    connectTransfers();
    connectDigits();
    connectLists();
    connectStatus();
    m_accounts.connectTo(
        {this, m_menu, m_dial, m_sessions, m_lamps, m_messages, m_panes, m_banners, m_statusBar});
    m_sound.connectTo({this, m_menu, m_headset, m_banners, &m_status});
    const auto restyle = [this] { setStyleSheet(ui::styleSheet(colors(m_theme.scheme()))); };
    connect(&m_theme, &Theme::schemeChanged, this, restyle);
    restyle();
    restore();
    refreshCalls();
    refreshStatus();
    m_dial->focusField();
    // A program that is told to stop does not always close its windows first.
    connect(qApp, &QCoreApplication::aboutToQuit, this, &MainWindow::save);
}

MainWindow::~MainWindow()
{
    hide(); // while those live whom its panels tell of it
}

void MainWindow::connectCalls()
{
    connect(m_dial, &DialPanel::dialRequested, &m_calls, &CallController::dial);
    connect(&m_calls, &CallController::callsChanged, this, &MainWindow::refreshCalls);
    connectChoice();
    connect(m_sessions, &SessionsView::answerRequested, this, [this](model::CallId id) {
        m_calls.answer(id);
        m_choice.choose(id);
    });
    connect(m_sessions, &SessionsView::orderRequested, this,
            [this](model::CallId id, RowOrder order) {
                m_choice.choose(id);
                m_actions.update();
                m_actions.of(order)->trigger();
            });
    connect(&m_actions, &CallActions::answered, &m_choice, &CallChoice::choose);
    connect(&m_actions, &CallActions::taken, &m_choice, &CallChoice::choose);
    connect(&m_calls, &CallController::dialled, this, [this](model::CallId id) {
        m_choice.choose(id);
        m_dial->accepted();
        if (!m_calls.lastDialled().isEmpty()) {
            m_dial->setRedial(m_calls.lastDialled());
        }
    });
    // Asks for attention without taking the focus from what the operator types elsewhere.
    connect(&m_calls, &CallController::startedRinging, this, [this] {
        QApplication::alert(this);
        QAccessibleEvent event(m_sessions, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    });
    connect(&m_calls, &CallController::refused, this,
            [this](model::CallId id, const QString& reason) {
                if (id != 0 && m_sessions->transferBar()->call() == id) {
                    m_sessions->transferBar()->showMessage(reason);
                } else if (id == 0) {
                    m_dial->showMessage(reason);
                } else {
                    m_banners->showMessage(reason);
                }
            });
    connect(&m_calls, &CallController::noticed, m_banners, &BannerBar::showMessage);
    for (QAction* action : m_actions.all()) {
        connect(action, &QAction::triggered, m_banners, &BannerBar::clearMessage);
    }
    connect(m_sessions, &SessionsView::typed, m_dial, &DialPanel::type);
    for (Table* table :
         {m_logPanel->table(), m_recordingsPanel->table(), m_programsPanel->table()}) {
        connect(table, &Table::typed, m_dial, &DialPanel::type);
    }
}

void MainWindow::connectChoice()
{
    const auto update = [this] {
        m_actions.update();
        refreshDetails();
    };
    connect(m_sessions, &SessionsView::selectedChanged, this,
            [this, update](std::optional<model::CallId> id) {
                m_choice.setSelected(id);
                m_actions.setSelection(m_sessions->selection());
                update();
            });
    connect(&m_choice, &CallChoice::selectRequested, m_sessions, &SessionsView::select);
    connect(&m_choice, &CallChoice::chosen, this, update);
    // A menu that was opened for one call must not act on another.
    connect(&m_choice, &CallChoice::movedByItself, this, [] {
        if (QWidget* popup = QApplication::activePopupWidget()) {
            popup->close();
        }
    });
}

void MainWindow::connectTransfers()
{
    TransferBar* bar = m_sessions->transferBar();
    connect(&m_actions, &CallActions::transferRequested, this,
            [this, bar](const model::Call& call) {
                activateWindow(); // the key may have been pressed in another one
                bar->open(call);
                bar->update(m_callModel.calls());
            });
    connect(bar, &TransferBar::transferRequested, &m_calls, &CallController::transfer);
    connect(bar, &TransferBar::transferToCallRequested, &m_calls, &CallController::transferToCall);
    connect(bar, &TransferBar::closed, m_sessions->table(), qOverload<>(&QWidget::setFocus));
    connect(&m_calls, &CallController::callsChanged, bar,
            [this, bar] { bar->update(m_callModel.calls()); });
}

void MainWindow::connectDigits()
{
    connect(m_sessions, &SessionsView::digitsTyped, &m_calls, &CallController::sendDigits);
    connect(&m_actions, &CallActions::keypadRequested, this, [this](const model::Call& call) {
        if (!m_pad || m_pad->call() != call.id) {
            delete m_pad;
            m_pad = new DigitPad(call, this);
            connect(m_pad, &DigitPad::digitsRequested, &m_calls, &CallController::sendDigits);
            m_pad->addActions(m_menu->everywhere());
        }
        m_pad->show();
        m_pad->raise();
        m_pad->activateWindow();
    });
}

// The call that is chosen, or else who waits longest.
void MainWindow::refreshDetails()
{
    const auto chosen = m_choice.shown();
    const auto call = chosen ? chosen : m_calls.longestWaiting();
    m_sessions->details()->setElsewhere(m_panes->isSeen(Panes::Pane::Details));
    m_sessions->details()->setCall(call, m_callModel.now());
    m_details->setCall(call, call ? m_events.of(call->id) : QList<CallEvents::Event>(),
                       m_callModel.now());
}

void MainWindow::connectLists()
{
    connect(m_logPanel, &LogPanel::callBackRequested, m_dial, &DialPanel::setText);
    connect(&m_log, &LogController::failed, m_banners, &BannerBar::showMessage);
    connect(&m_recordings, &RecordingsController::failed, m_banners, &BannerBar::showMessage);
    connect(m_logPanel, &LogPanel::missedSeen, &m_log, &LogController::markMissedSeen);
    connect(m_logPanel, &LogPanel::playRequested, this, [this](const QString& path) {
        m_panes->show(Panes::Pane::Recordings);
        m_recordingsPanel->play(path);
    });
    connect(&m_logModel, &CallLogModel::missedTotalChanged, this, [this](int missed) {
        m_panes->setTitle(Panes::Pane::Log,
                          //: %1 is how many calls were missed
                          missed > 0 ? tr("Call log (%1 missed)").arg(missed) : tr("Call log"));
        m_statusBar->setMissed(missed);
    });
    connect(&m_logModel, &CallLogModel::pageAccepted, this, [this] {
        if (m_calls.lastDialled().isEmpty() && m_logModel.filter().isEmpty()) {
            m_dial->setRedial(m_logModel.lastDialled());
        }
    });
    connect(m_statusBar, &StatusBar::missedRequested, this, &MainWindow::showMissed);
    connect(m_panes, &Panes::seenChanged, this, [this](Panes::Pane pane, bool seen) {
        if (pane == Panes::Pane::Recordings) {
            m_recordings.setWatched(seen);
        } else if (pane == Panes::Pane::Details) {
            refreshDetails();
        }
    });
    connect(m_recordingsPanel, &RecordingsPanel::folderRequested, this, &MainWindow::openFolder);
}

void MainWindow::connectStatus()
{
    connect(&m_status, &StatusController::changed, this, &MainWindow::refreshStatus);
    connect(&m_clients, &ClientsController::countChanged, m_sessions, &SessionsView::setPrograms);
    connect(&m_clients, &ClientsController::countChanged, m_statusBar, &StatusBar::setPrograms);
    connect(&m_clients, &ClientsController::countChanged, this, [this](int count) {
        m_panes->setTitle(Panes::Pane::Programs,
                          count > 0 ? tr("Programs (%1)").arg(count) : tr("Programs"));
    });
    connect(m_actionBar->autoAnswer(), &AutoAnswerButton::chosen, &m_calls,
            &CallController::setAutoAnswer);
}

void MainWindow::refreshCalls()
{
    m_events.see(m_callModel.calls(), m_callModel.now());
    m_choice.update();
    m_actions.update();
    m_sessions->refreshSummary();
    refreshDetails();
    if (const auto called = m_pad ? m_callModel.find(m_pad->call()) : std::nullopt) {
        m_pad->setCall(*called);
    } else if (m_pad) {
        m_pad->close();
    }
    m_headset->setCalls(m_calls.callsOnHeadset(), m_callModel.now());
    const auto ringing = m_calls.longestWaiting();
    setWindowTitle(ringing ? tr("%1 rings \u2014 Hookswitch").arg(CallWords::number(*ringing))
                           : tr("Hookswitch"));
}

void MainWindow::refreshStatus()
{
    const model::EngineStatus& status = m_status.status();
    m_statusBar->setStatus(status);
    m_banners->setNotices(status.notices);
    m_logModel.setSipServer(status.sipServer);
    m_sessions->setAddress(status.sipAddress);
    m_programsPanel->setAddress(status.webSocketAddress);
    m_dial->setReach(!status.sipAddress.isEmpty(), status.canDialNumbers);
    m_actionBar->autoAnswer()->setState(status.autoAnswerAfter, m_status.rememberedAutoAnswer());
}

void MainWindow::showMissed()
{
    m_panes->show(Panes::Pane::Log);
    m_logPanel->showMissed();
    m_logPanel->table()->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::openFolder()
{
    m_options.openUrl(QUrl::fromLocalFile(m_recordings.folder()));
}

void MainWindow::prefill(const QString& target)
{
    m_dial->setText(target);
}

void MainWindow::comeToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

bool MainWindow::mayQuit() const
{
    const auto live = std::ranges::count_if(m_callModel.calls(), &model::Call::isAlive);
    return live == 0 || m_options.confirmQuit(int(live));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    event->setAccepted(mayQuit());
    if (event->isAccepted()) {
        save();
    }
}

// The list of the calls: there Space does nothing, and Enter only answers what rings. In the dial
// field Enter would call the last number again.
bool MainWindow::focusNextPrevChild(bool next)
{
    if (isFocusLost(*this)) {
        m_sessions->table()->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return QMainWindow::focusNextPrevChild(next);
}

void MainWindow::restore()
{
    const WindowState state = WindowState::load(m_options.stateFile);
    restoreArrangement(*this, *m_panes, state);
    m_compact->restore(state);
    m_status.rememberAutoAnswer(state.autoAnswerSeconds);
    const auto theme = Theme::choiceFromWord(state.theme);
    if (theme && !m_options.themeGiven) {
        m_theme.setChoice(*theme);
    }
    m_themeWord = theme ? state.theme : QString();
    connect(&m_theme, &Theme::choiceChanged, this,
            [this](Theme::Choice choice) { m_themeWord = Theme::toWord(choice); });
}

void MainWindow::save() const
{
    WindowState state;
    takeArrangement(*this, *m_panes, state);
    m_compact->take(state);
    state.theme = m_themeWord;
    state.autoAnswerSeconds = m_status.rememberedAutoAnswer();
    state.save(m_options.stateFile);
}

} // namespace hs::ui
