// SymbolicIcon: our own one-colour drawings (resources/icons/NAME.svg), filled with whatever colour
// is wanted. A drawing always stands beside a word, so a system without Qt's SVG plugin loses
// decoration and nothing else. Thread: GUI.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace hs::ui {

// `size` in device-independent pixels. A null pixmap for a name that there is no drawing of.
QPixmap symbolicPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio);

// Follows the application's palette, also while it changes.
QIcon symbolicIcon(const QString& name);

} // namespace hs::ui
