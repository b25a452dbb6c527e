#include "ui/windows/Arrangement.h"

#include "ui/widgets/Table.h"

#include <QMainWindow>
#include <QScreen>
#include <QSplitter>
#include <QTabWidget>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr QSize firstSize{1280, 800};
constexpr int dialWidth = 240;
constexpr double sessionsShare = 0.54; // of the height: six calls and their header
} // namespace

void resetArrangement(QMainWindow& window)
{
    for (QSplitter* splitter : window.findChildren<QSplitter*>()) {
        if (splitter->orientation() == Qt::Horizontal) {
            splitter->setSizes({std::min(dialWidth, window.width() / 5), window.width()});
        } else {
            const int upper = int(window.height() * sessionsShare);
            splitter->setSizes({upper, window.height() - upper});
        }
    }
}

void restoreArrangement(QMainWindow& window, const WindowState& state)
{
    window.resize(firstSize.boundedTo(window.screen()->availableSize()));
    resetArrangement(window);
    window.restoreGeometry(state.geometry);
    for (QSplitter* splitter : window.findChildren<QSplitter*>()) {
        const QList<int> sizes = state.sizes.value(splitter->objectName());
        if (sizes.size() == splitter->count() && !sizes.contains(0)) {
            splitter->setSizes(sizes);
        }
    }
    for (Table* table : window.findChildren<Table*>()) {
        table->setWidths(state.sizes.value(table->objectName()));
    }
    for (QTabWidget* tabs : window.findChildren<QTabWidget*>()) {
        tabs->setCurrentIndex(std::min(state.tab, tabs->count() - 1));
    }
}

void takeArrangement(const QMainWindow& window, WindowState& state)
{
    state.geometry = window.saveGeometry();
    for (const QSplitter* splitter : window.findChildren<QSplitter*>()) {
        state.sizes[splitter->objectName()] = splitter->sizes();
    }
    for (const Table* table : window.findChildren<Table*>()) {
        state.sizes[table->objectName()] = table->widths();
    }
    for (const QTabWidget* tabs : window.findChildren<QTabWidget*>()) {
        state.tab = tabs->currentIndex();
    }
}

} // namespace hs::ui
