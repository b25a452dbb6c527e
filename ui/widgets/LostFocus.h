// isFocusLost: whether what has a window's focus was just disabled or hidden. Qt then moves the
// focus to the next widget, which may be a button that hangs up; a window of ours asks this in
// focusNextPrevChild() and takes it to a place where no key does harm. Thread: GUI.
#pragma once

#include <QWidget>

namespace hs::ui {

inline bool isFocusLost(const QWidget& window)
{
    const QWidget* focused = window.focusWidget();
    return window.isVisible() && focused != nullptr
        && (!focused->isEnabled() || !focused->isVisible());
}

} // namespace hs::ui
