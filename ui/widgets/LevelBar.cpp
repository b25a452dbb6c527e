#include "ui/widgets/LevelBar.h"

#include "ui/Loudness.h"
#include "ui/theme/Palettes.h"

#include <QPainter>
#include <QStyle>

namespace hs::ui {

namespace {
constexpr int loudPercent = 94; // -3 dB: will soon be cut off
} // namespace

LevelBar::LevelBar(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LevelBar::setPeak(quint16 peak)
{
    const int percent = loudness(peak);
    if (percent != m_percent) {
        m_percent = percent;
        setAccessibleDescription(tr("%1 %").arg(percent));
        update();
    }
}

bool LevelBar::isLoud(int percent)
{
    return percent >= loudPercent;
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
    painter.setBrush(isLoud(m_percent) ? colors.ringing : colors.active);
    painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), rect(), filled), 3, 3);
}

} // namespace hs::ui
