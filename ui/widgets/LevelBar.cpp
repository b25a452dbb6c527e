#include "ui/widgets/LevelBar.h"

#include "ui/theme/Palettes.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace hs::ui {

namespace {
constexpr double floorDb = -50.0;
constexpr int loudPercent = 94; // -3 dB: will soon be cut off
} // namespace

LevelBar::LevelBar(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LevelBar::setPeak(quint16 peak)
{
    const double db = peak == 0 ? floorDb : 20.0 * std::log10(peak / 32767.0);
    const int percent = int(std::clamp(100.0 * (db - floorDb) / -floorDb, 0.0, 100.0));
    if (percent != m_percent) {
        m_percent = percent;
        setAccessibleDescription(tr("%1 %").arg(percent));
        update();
    }
}

void LevelBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const Colors& colors = colorsOf(palette());
    painter.setBrush(colors.chip);
    painter.drawRoundedRect(rect(), 3, 3);
    QRect filled(rect());
    filled.setWidth(width() * m_percent / 100);
    painter.setBrush(m_percent >= loudPercent ? colors.ringing : colors.active);
    painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), rect(), filled), 3, 3);
}

} // namespace hs::ui
