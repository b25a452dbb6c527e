// Arrangement: takes the window's geometry, panes and column widths into a WindowState and puts
// them back. Tables go by their object names; what does not fit is left as it is. Thread: GUI.
#pragma once

#include "ui/windows/WindowState.h"

class QMainWindow;

namespace hs::ui {

class Panes;

void restoreArrangement(QMainWindow& window, Panes& panes, const WindowState& state);
void takeArrangement(const QMainWindow& window, const Panes& panes, WindowState& state);

} // namespace hs::ui
