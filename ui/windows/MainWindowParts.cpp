// What the window is made of, and where it stands.
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
#include "ui/widgets/MessagesPanel.h"
#include "ui/widgets/ProgramsPanel.h"
#include "ui/widgets/RecordingsPanel.h"
#include "ui/widgets/SessionsView.h"
#include "ui/widgets/StatusBar.h"
#include "ui/widgets/Table.h"
#include "ui/windows/CompactMode.h"
#include "ui/windows/KeysDialog.h"
#include "ui/windows/MainMenu.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/Panes.h"

#include <QVBoxLayout>

namespace hs::ui {

void MainWindow::build()
{
    setWindowIcon(QIcon(QStringLiteral(":/icons/hookswitch.svg")));
    auto* centre = new QWidget(this);
    centre->setObjectName(QStringLiteral("console"));
    // Made in the order of the Tab key: where one starts, the calls, what can be done with them.
    // The panes' own, so that they have their room below buttons and banners.
    m_host = new QMainWindow(centre);
    m_host->setWindowFlags(Qt::Widget); // which its constructor does not take
    m_host->setObjectName(QStringLiteral("panes"));
    m_dial = new DialPanel(m_host);
    m_headset = new HeadsetCard(m_dial);
    m_dial->addBelow(m_headset);
    m_lamps = new LampsPanel(m_accounts.lampModel(), m_dial);
    m_dial->addBelow(m_lamps, 3);
    m_sessions = new SessionsView(m_callModel, m_host);
    m_host->setCentralWidget(m_sessions);
    m_actionBar = new ActionBar(m_actions, centre);
    m_banners = new BannerBar(centre);
    m_sessions->details()->setKeypad(m_actions.keypad());
    m_sessions->setMenu(m_actions.all() << m_actions.codec());
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(8, 8, 8, 6);
    column->setSpacing(8);
    column->addWidget(m_actionBar);
    column->addWidget(m_banners);
    column->addWidget(m_host, 1);
    setCentralWidget(centre);
}

void MainWindow::buildPanes()
{
    m_logPanel = new LogPanel(m_logModel, m_host);
    m_recordingsPanel = new RecordingsPanel(m_recordings, m_playback, m_recordingModel, m_host);
    m_programsPanel = new ProgramsPanel(m_clients, m_clientModel, m_host);
    m_messages = new MessagesPanel(m_accounts.messageModel(), m_host);
    m_panes = new Panes(*m_host);
    m_panes->add(Panes::Pane::Dial, m_dial, tr("Dial"));
    m_details = new DetailsPanel(m_host);
    m_details->addButton(m_actions.keypad(), QStringLiteral("keypad"));
    m_panes->add(Panes::Pane::Details, m_details, tr("Call"));
    m_panes->add(Panes::Pane::Log, m_logPanel, tr("Call log"));
    m_panes->add(Panes::Pane::Recordings, m_recordingsPanel, tr("Recordings"));
    m_panes->add(Panes::Pane::Programs, m_programsPanel, tr("Programs"));
    m_panes->add(Panes::Pane::Messages, m_messages, tr("Messages"));
    m_statusBar = new StatusBar(this); // last, also for the Tab key
    setStatusBar(m_statusBar);
    m_compact = new CompactMode({this, m_panes, m_actionBar, m_dial, m_sessions});
}

void MainWindow::buildMenu()
{
    auto* menu = m_menu = new MainMenu(*this, *m_panes, m_actions, m_lamps->pickUp(), m_theme);
    connect(menu, &MainMenu::dialFieldRequested, m_dial, &DialPanel::focusField);
    connect(menu, &MainMenu::rowRequested, m_sessions, &SessionsView::selectKey);
    connect(menu, &MainMenu::compactRequested, m_compact, &CompactMode::set);
    connect(m_compact, &CompactMode::changed, menu->compact(), &QAction::setChecked);
    connect(menu, &MainMenu::folderRequested, this, &MainWindow::openFolder);
    connect(menu, &MainMenu::layoutResetRequested, m_panes, &Panes::arrange);
    connect(menu, &MainMenu::keysRequested, this, [this] {
        if (!m_keys) {
            m_keys = new KeysDialog(this); // which deletes itself when it is closed
            m_keys->addActions(m_menu->everywhere());
        }
        m_keys->show();
        m_keys->raise();
        m_keys->activateWindow();
    });
    connect(menu, &MainMenu::searchRequested, this, [this] {
        if (m_panes->isSeen(Panes::Pane::Recordings)) {
            m_recordingsPanel->focusFilter();
        } else {
            m_panes->show(Panes::Pane::Log);
            m_logPanel->focusFilter();
        }
    });
}

} // namespace hs::ui
