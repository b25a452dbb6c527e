// Arrangement: takes the window's geometry, splitters, column widths and tab into a WindowState and
// puts them back. Parts go by their object names; what does not fit is left as it is. Thread: GUI.
#pragma once

#include "ui/windows/WindowState.h"

class QMainWindow;

namespace hs::ui {

void resetArrangement(QMainWindow& window); // splitters as at the first start
void restoreArrangement(QMainWindow& window, const WindowState& state);
void takeArrangement(const QMainWindow& window, WindowState& state);

} // namespace hs::ui
