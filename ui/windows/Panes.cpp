#include "ui/windows/Panes.h"

#include <QAction>
#include <QDockWidget>
#include <QFrame>
#include <QLayout>
#include <QMetaEnum>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int stateVersion = 1;
constexpr int dialWidth = 240;
constexpr int detailsWidth = 270;
constexpr int roomForDetails = 1200; // beside the calls, of the window's width
constexpr double lowerShare = 0.44; // of the window's height

QString nameOf(Panes::Pane pane)
{
    return QLatin1String(QMetaEnum::fromType<Panes::Pane>().valueToKey(int(pane)));
}

Qt::DockWidgetArea areaOf(Panes::Pane pane)
{
    switch (pane) {
    case Panes::Pane::Dial:
        return Qt::LeftDockWidgetArea;
    case Panes::Pane::Details:
        return Qt::RightDockWidgetArea;
    default:
        return Qt::BottomDockWidgetArea;
    }
}

QWidget* framed(QWidget* content)
{
    auto* frame = new QFrame(content->parentWidget());
    frame->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(content);
    return frame;
}
} // namespace

Panes::Panes(QMainWindow& window)
    : QObject(&window)
    , m_window(window)
{
    window.setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks
                          | QMainWindow::GroupedDragging);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    window.setDocumentMode(true);
}

void Panes::add(Pane pane, QWidget* content, const QString& title)
{
    auto* dock = new QDockWidget(title, &m_window);
    dock->setObjectName(QStringLiteral("pane") + nameOf(pane));
    dock->setWidget(pane == Pane::Dial ? content : framed(content));
    dock->toggleViewAction()->setObjectName(QStringLiteral("show") + nameOf(pane));
    if (pane == Pane::Dial) {
        dock->setFeatures(QDockWidget::DockWidgetClosable); // the place where one begins
    }
    m_docks[pane] = dock;
    for (const auto signal : {&QDockWidget::topLevelChanged, &QDockWidget::visibilityChanged}) {
        connect(dock, signal, this, &Panes::look, Qt::QueuedConnection);
    }
    connect(dock, &QDockWidget::dockLocationChanged, this, &Panes::look, Qt::QueuedConnection);
    place(pane);
}

// Behind those that are there already.
void Panes::place(Pane pane)
{
    m_window.addDockWidget(areaOf(pane), dock(pane));
    if (areaOf(pane) == Qt::BottomDockWidgetArea && pane != Pane::Log && dock(Pane::Log)) {
        m_window.tabifyDockWidget(dock(Pane::Log), dock(pane));
        dock(Pane::Log)->raise();
    }
}

void Panes::setTitle(Pane pane, const QString& title)
{
    if (QDockWidget* at = dock(pane); at != nullptr && at->windowTitle() != title) {
        at->setWindowTitle(title);
    }
}

QString Panes::title(Pane pane) const
{
    return dock(pane)->windowTitle();
}

QAction* Panes::toggle(Pane pane) const
{
    return dock(pane)->toggleViewAction();
}

void Panes::show(Pane pane)
{
    dock(pane)->show();
    dock(pane)->raise();
}

bool Panes::isSeen(Pane pane) const
{
    return dock(pane)->isVisible() && !dock(pane)->visibleRegion().isEmpty();
}

void Panes::arrange()
{
    if (isCompact()) {
        return;
    }
    for (QDockWidget* each : std::as_const(m_docks)) {
        each->setFloating(false);
        m_window.removeDockWidget(each);
    }
    for (auto at = m_docks.begin(); at != m_docks.end(); ++at) {
        place(at.key());
        at.value()->show();
    }
    QList<QDockWidget*> beside{dock(Pane::Dial)};
    QList<int> widths{std::min(dialWidth, m_window.width() / 4)};
    if (QDockWidget* details = dock(Pane::Details)) {
        if (m_window.width() < roomForDetails) {
            m_window.tabifyDockWidget(dock(Pane::Log), details);
        } else {
            beside << details;
            widths << detailsWidth;
        }
    }
    m_window.resizeDocks(beside, widths, Qt::Horizontal);
    m_window.resizeDocks({dock(Pane::Log)}, {int(m_window.height() * lowerShare)}, Qt::Vertical);
    dock(Pane::Log)->raise();
    tidy();
}

void Panes::setCompact(bool compact)
{
    if (compact == isCompact()) {
        return;
    }
    if (compact) {
        m_beforeCompact = m_window.saveState(stateVersion);
        for (QDockWidget* each : std::as_const(m_docks)) {
            each->hide();
        }
        m_window.addDockWidget(Qt::TopDockWidgetArea, dock(Pane::Dial));
        dock(Pane::Dial)->show();
    } else {
        const QByteArray before = std::exchange(m_beforeCompact, {});
        m_window.restoreState(before, stateVersion);
    }
    tidy();
}

QByteArray Panes::state() const
{
    return isCompact() ? m_beforeCompact : m_window.saveState(stateVersion);
}

QStringList Panes::names() const
{
    QStringList names;
    for (auto at = m_docks.begin(); at != m_docks.end(); ++at) {
        names << nameOf(at.key());
    }
    return names;
}

void Panes::restore(const QByteArray& state, const QStringList& names)
{
    if (!m_window.isVisible()) {
        m_window.resize(m_window.window()->size()); // nearly what it will have
        m_window.layout()->setGeometry(m_window.rect());
    }
    if (state.isEmpty() || !m_window.restoreState(state, stateVersion)) {
        arrange();
        return;
    }
    for (auto at = m_docks.begin(); at != m_docks.end(); ++at) {
        if (!names.contains(nameOf(at.key()))) {
            place(at.key());
            at.value()->show();
        }
    }
    // Whoever closed the place where one dials would not find it again.
    dock(Pane::Dial)->show();
    tidy();
}

void Panes::look()
{
    tidy();
    for (auto at = m_docks.begin(); at != m_docks.end(); ++at) {
        const bool seen = isSeen(at.key());
        if (seen != m_seen.contains(at.key())) {
            if (seen) {
                m_seen.insert(at.key());
            } else {
                m_seen.remove(at.key());
            }
            Q_EMIT seenChanged(at.key(), seen);
        }
    }
}

// A pane that has a tab needs no title besides.
void Panes::tidy()
{
    for (auto at = m_docks.begin(); at != m_docks.end(); ++at) {
        QDockWidget* each = at.value();
        const bool named = at.key() != Pane::Dial
            && (each->isFloating() || m_window.tabifiedDockWidgets(each).isEmpty());
        if (named != (each->titleBarWidget() == nullptr)) {
            QWidget* none = named ? nullptr : new QWidget(each);
            QWidget* former = each->titleBarWidget();
            each->setTitleBarWidget(none);
            delete former;
        }
    }
    for (QTabBar* bar : m_window.findChildren<QTabBar*>(Qt::FindDirectChildrenOnly)) {
        bar->setFocusPolicy(Qt::TabFocus);
        bar->setAccessibleName(tr("Lists"));
        bar->setExpanding(false);
    }
}

} // namespace hs::ui
