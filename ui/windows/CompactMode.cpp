#include "ui/windows/CompactMode.h"

#include "ui/widgets/ActionBar.h"
#include "ui/widgets/DialPanel.h"
#include "ui/widgets/SessionsView.h"
#include "ui/windows/Panes.h"
#include "ui/windows/WindowState.h"

#include <QLayout>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QStatusBar>

namespace hs::ui {

namespace {
constexpr int firstHeight = 620;
}

CompactMode::CompactMode(const Parts& parts)
    : QObject(parts.window)
    , m_parts(parts)
{
}

void CompactMode::set(bool compact)
{
    if (compact == m_on) {
        return;
    }
    QMainWindow& window = *m_parts.window;
    const bool wasShown = window.isVisible();
    (m_on ? m_compactGeometry : m_wholeGeometry) = window.saveGeometry();
    m_on = compact;
    // A menu bar that is hidden takes its keys along; what they do hangs at the window too.
    for (QAction* menu : window.menuBar()->actions()) {
        window.addActions(menu->menu() != nullptr ? menu->menu()->actions() : QList<QAction*>());
    }
    window.menuBar()->setVisible(!compact);
    window.statusBar()->setVisible(!compact);
    m_parts.panes->setCompact(compact);
    m_parts.dial->setCompact(compact);
    m_parts.actionBar->setCompact(compact);
    m_parts.actionBar->layout()->activate();
    m_parts.sessions->setCompact(compact);
    window.setWindowFlag(Qt::WindowStaysOnTopHint, compact); // hides it
    const QByteArray& geometry = compact ? m_compactGeometry : m_wholeGeometry;
    // From the inside out, or it would not get as narrow as it may now.
    for (QWidget* part = m_parts.sessions; part != nullptr && part != window.parentWidget();
         part = part->parentWidget()) {
        part->layout()->invalidate();
        part->layout()->activate();
    }
    if (!window.restoreGeometry(geometry) && compact) {
        window.resize(mostWidth, firstHeight);
    }
    if (wasShown) {
        window.show();
    }
    Q_EMIT changed(compact);
}

void CompactMode::restore(const WindowState& state)
{
    m_compactGeometry = state.compactGeometry;
    set(state.isCompact);
}

void CompactMode::take(WindowState& state) const
{
    state.isCompact = m_on;
    state.compactGeometry = m_on ? m_parts.window->saveGeometry() : m_compactGeometry;
    if (m_on) {
        state.geometry = m_wholeGeometry;
    }
}

} // namespace hs::ui
