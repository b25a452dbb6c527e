// MainMenu: the menu bar: every action of the window with its key, in words. Thread: GUI.
#pragma once

#include "ui/theme/Theme.h"

#include <QAction>
#include <QList>
#include <QObject>

class QKeySequence;
class QMainWindow;
class QMenu;

namespace hs::ui {

class CallActions;
class Panes;

class MainMenu : public QObject {
    Q_OBJECT
public:
    // Window, panes, actions and theme outlive the menu.
    MainMenu(QMainWindow& window, Panes& panes, const CallActions& actions, QAction* pickUp,
             Theme& theme);

    // What has a key that must work in each window of ours, whichever has the focus: a call rings
    // without asking. Such a window adds them to its own.
    QList<QAction*> everywhere() const { return m_everywhere; }
    QAction* compact() const { return m_compact; } // checked while it is so

Q_SIGNALS:
    void dialFieldRequested();
    void extensionsRequested();
    void voiceMailRequested();
    void accountsRequested();
    void soundRequested();
    void searchRequested();
    void compactRequested(bool compact);
    void rowRequested(int number); // 1 to 9
    void folderRequested();
    void layoutResetRequested();
    void keysRequested();

private:
    void addCallMenu(const CallActions& actions, QAction* pickUp);
    QAction* add(QMenu& menu, const QString& text, const QKeySequence& key);
    void addViewMenu();
    void addPaneKeys(QMenu& menu);
    void addThemeMenu(QMenu& menu);
    void addHelpMenu();
    void addRowKeys();
    void about();

    QMainWindow& m_window;
    Panes& m_panes;
    Theme& m_theme;
    QAction* m_compact = nullptr;
    QList<QAction*> m_everywhere;
};

} // namespace hs::ui
