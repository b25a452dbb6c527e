#include "ui/theme/ConsoleStyle.h"

#include "ui/theme/Palettes.h"
#include "ui/theme/SymbolicIcon.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace hs::ui {

ConsoleStyle::ConsoleStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

int ConsoleStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                            QStyleHintReturn* returned) const
{
    return hint == SH_DialogButtonBox_ButtonsHaveIcons
        ? 0
        : QProxyStyle::styleHint(hint, option, widget, returned);
}

void ConsoleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                 QPainter* painter, const QWidget* widget) const
{
    if (element != PE_IndicatorCheckBox) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const Colors& colors = colorsOf(option->palette);
    const bool on = option->state.testFlag(State_On);
    const bool enabled = option->state.testFlag(State_Enabled);
    const QColor frame = !enabled                      ? colors.faint
        : option->state.testFlag(State_HasFocus) || on ? colors.accent
        : option->state.testFlag(State_MouseOver)      ? colors.text
                                                       : colors.secondary;
    const QColor ground = on ? (enabled ? colors.accent : colors.faint) : colors.field;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(frame);
    painter->setBrush(ground);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (on) {
        const int size = option->rect.width() - 4;
        painter->drawPixmap(option->rect.topLeft() + QPoint(2, 2),
                            symbolicPixmap(QStringLiteral("check"), colors.onAccent, size,
                                           painter->device()->devicePixelRatioF()));
    }
    painter->restore();
}

} // namespace hs::ui
