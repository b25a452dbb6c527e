// StyleSheet: the look of the console's own parts (panels, tabs, chips, fields) on top of Fusion,
// in one scheme's colours. Thread: pure.
#pragma once

#include "ui/theme/Palettes.h"

#include <QString>

namespace hs::ui {

QString styleSheet(const Colors& colors);

} // namespace hs::ui
