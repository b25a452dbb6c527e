#include "ui/windows/MainMenu.h"

#include "ui/widgets/CellDelegate.h"
#include "ui/windows/CallActions.h"
#include "ui/windows/Panes.h"

#include <QAction>
#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>

namespace hs::ui {

MainMenu::MainMenu(QMainWindow& window, Panes& panes, const CallActions& actions, QAction* pickUp,
                   Theme& theme)
    : QObject(&window)
    , m_window(window)
    , m_panes(panes)
    , m_theme(theme)
{
    addCallMenu(actions, pickUp);
    addViewMenu();
    addHelpMenu();
    addRowKeys();
}

QAction* MainMenu::add(QMenu& menu, const QString& text, const QKeySequence& key)
{
    QAction* action = menu.addAction(text);
    action->setShortcut(key);
    return action;
}

void MainMenu::addCallMenu(const CallActions& actions, QAction* pickUp)
{
    QMenu* menu = m_window.menuBar()->addMenu(tr("&Call"));
    QAction* dial = menu->addAction(tr("&Dial field"));
    dial->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_D));
    connect(dial, &QAction::triggered, this, &MainMenu::dialFieldRequested);
    menu->addSeparator();
    for (QAction* action : actions.all()) {
        menu->addAction(action);
    }
    menu->addAction(pickUp);
    m_everywhere << actions.all() << pickUp;
    menu->addSeparator();
    connect(add(*menu, tr("&Voice mail"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V)),
            &QAction::triggered, this, &MainMenu::voiceMailRequested);
    QAction* accounts =
        add(*menu, tr("&Accounts..."), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A));
    accounts->setObjectName(QStringLiteral("accountsAction"));
    connect(accounts, &QAction::triggered, this, &MainMenu::accountsRequested);
    QAction* sound = add(*menu, tr("S&ound..."), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    sound->setObjectName(QStringLiteral("soundAction"));
    connect(sound, &QAction::triggered, this, &MainMenu::soundRequested);
    menu->addSeparator();
    QAction* quit = menu->addAction(tr("&Quit"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    m_everywhere << quit;
    connect(quit, &QAction::triggered, &m_window, &QWidget::close);
}

void MainMenu::addViewMenu()
{
    QMenu* menu = m_window.menuBar()->addMenu(tr("&View"));
    QAction* search = menu->addAction(tr("&Search"));
    search->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F));
    connect(search, &QAction::triggered, this, &MainMenu::searchRequested);
    menu->addSeparator();
    addPaneKeys(*menu);
    connect(add(*menu, tr("&Extensions"), QKeySequence(Qt::CTRL | Qt::Key_E)), &QAction::triggered,
            this, &MainMenu::extensionsRequested);
    QAction* folder = menu->addAction(tr("Open &folder of the recordings"));
    connect(folder, &QAction::triggered, this, &MainMenu::folderRequested);
    menu->addSeparator();
    m_compact = add(*menu, tr("&Compact window"), QKeySequence(Qt::CTRL | Qt::Key_J));
    m_compact->setObjectName(QStringLiteral("compact"));
    m_compact->setCheckable(true);
    m_everywhere << m_compact;
    connect(m_compact, &QAction::triggered, this, &MainMenu::compactRequested);
    addThemeMenu(*menu);
    QAction* reset = menu->addAction(tr("Reset la&yout"));
    reset->setObjectName(QStringLiteral("resetLayout"));
    connect(reset, &QAction::triggered, this, &MainMenu::layoutResetRequested);
}

void MainMenu::addPaneKeys(QMenu& menu)
{
    using Pane = Panes::Pane;
    const struct {
        Pane pane;
        QString title;
    } panes[] = {{Pane::Log, tr("Call &log")},
                 {Pane::Recordings, tr("&Recordings")},
                 {Pane::Programs, tr("&Programs")},
                 {Pane::Messages, tr("&Messages")}};
    int number = 0;
    for (const auto& [pane, title] : panes) {
        QAction* show = add(menu, title, QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + number)));
        connect(show, &QAction::triggered, this, [this, pane = pane] { m_panes.show(pane); });
        ++number;
    }
    QMenu* shown = menu.addMenu(tr("Sho&w"));
    shown->addAction(m_panes.toggle(Pane::Details));
    for (const auto& [pane, title] : panes) {
        shown->addAction(m_panes.toggle(pane));
    }
}

void MainMenu::addThemeMenu(QMenu& menu)
{
    QMenu* themes = menu.addMenu(tr("&Theme"));
    auto* group = new QActionGroup(themes);
    const struct {
        Theme::Choice choice;
        QString title;
    } choices[] = {{Theme::Choice::System, tr("As the &system")},
                   {Theme::Choice::Light, tr("&Light")},
                   {Theme::Choice::Dark, tr("&Dark")}};
    for (const auto& [choice, title] : choices) {
        QAction* action = themes->addAction(title);
        action->setCheckable(true);
        action->setChecked(m_theme.choice() == choice);
        action->setObjectName(QStringLiteral("theme-") + Theme::toWord(choice));
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, choice = choice] { m_theme.setChoice(choice); });
        connect(
            &m_theme, &Theme::choiceChanged, action,
            [action, choice = choice](Theme::Choice now) { action->setChecked(now == choice); });
    }
}

void MainMenu::addHelpMenu()
{
    QMenu* menu = m_window.menuBar()->addMenu(tr("&Help"));
    QAction* keys = menu->addAction(tr("&Keys"));
    keys->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Slash));
    connect(keys, &QAction::triggered, this, &MainMenu::keysRequested);
    QAction* aboutAction = menu->addAction(tr("&About Hookswitch"));
    connect(aboutAction, &QAction::triggered, this, &MainMenu::about);
}

void MainMenu::addRowKeys()
{
    for (int number = 1; number <= CellDelegate::keyRows; ++number) {
        auto* row = new QAction(this);
        row->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_0 + number)));
        connect(row, &QAction::triggered, this, [this, number] { Q_EMIT rowRequested(number); });
        m_window.addAction(row);
        m_everywhere << row;
    }
}

void MainMenu::about()
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Hookswitch"),
                                tr("Hookswitch %1\n\nOperator softphone console and SIP relay for "
                                   "programs.\nLicence: Apache-2.0")
                                    .arg(QLatin1String(HS_VERSION)),
                                QMessageBox::Ok, &m_window);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace hs::ui
