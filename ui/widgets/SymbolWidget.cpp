#include "ui/widgets/SymbolWidget.h"

#include "ui/theme/SymbolicIcon.h"

#include <QPainter>

#include <algorithm>

namespace hs::ui {

SymbolWidget::SymbolWidget(QString symbol, Tone tone, QWidget* parent)
    : QWidget(parent)
    , m_symbol(std::move(symbol))
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SymbolWidget::setSymbol(const QString& symbol, Tone tone)
{
    m_symbol = symbol;
    m_tone = tone;
    update();
}

QSize SymbolWidget::sizeHint() const
{
    const int size = fontMetrics().height();
    return {size, size};
}

void SymbolWidget::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int size = std::min(width(), height());
    painter.drawPixmap((width() - size) / 2, (height() - size) / 2,
                       symbolicPixmap(m_symbol, toneColor(colorsOf(palette()), m_tone), size,
                                      devicePixelRatioF()));
}

} // namespace hs::ui
