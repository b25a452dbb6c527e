// SoundState: the operator's sound settings in the console's state file, in a group of their own
// with its version; what makes no sense there counts as absent. Thread: pure functions.
#pragma once

#include "model/SoundSettings.h"

namespace hs::ui {

// An empty path loads nothing and saves nothing.
model::SoundSettings loadSound(const QString& path);
bool saveSound(const model::SoundSettings& settings, const QString& path); // false: not written

} // namespace hs::ui
