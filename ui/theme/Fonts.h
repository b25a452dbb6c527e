// Fonts: the system's font, larger, smaller or stronger; whether it is given in points or pixels.
// Thread: GUI (pure functions).
#pragma once

#include <QFont>

namespace hs::ui {

inline QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0) {
        font.setPointSizeF(font.pointSizeF() * factor);
    } else {
        font.setPixelSize(qRound(font.pixelSize() * factor));
    }
    return font;
}

inline QFont smaller(const QFont& font)
{
    return scaled(font, 0.88);
}
inline QFont larger(const QFont& font)
{
    return scaled(font, 1.15);
}

inline QFont strong(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace hs::ui
