#include "ui/windows/Arrangement.h"

#include "ui/widgets/Table.h"
#include "ui/windows/Panes.h"

#include <QMainWindow>
#include <QScreen>

namespace hs::ui {

namespace {
constexpr QSize firstSize{1280, 800};
}

void restoreArrangement(QMainWindow& window, Panes& panes, const WindowState& state)
{
    window.resize(firstSize.boundedTo(window.screen()->availableSize()));
    window.restoreGeometry(state.geometry);
    panes.restore(state.panes, state.paneNames);
    for (Table* table : window.findChildren<Table*>()) {
        table->setWidths(state.sizes.value(table->objectName()));
    }
}

void takeArrangement(const QMainWindow& window, const Panes& panes, WindowState& state)
{
    state.geometry = window.saveGeometry();
    state.panes = panes.state();
    state.paneNames = panes.names();
    for (const Table* table : window.findChildren<Table*>()) {
        state.sizes[table->objectName()] = table->widths();
    }
}

} // namespace hs::ui
