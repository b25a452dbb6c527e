#include "ui/widgets/SessionDelegate.h"

#include "ui/theme/Fonts.h"
#include "ui/theme/SymbolicIcon.h"
#include "ui/widgets/LevelBar.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QWidget>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int gap = 4; // between buttons
constexpr int barHeight = 5;
constexpr int barGap = 4;
constexpr int ageHeight = 3;
constexpr int late = 50; // per cent

QList<RowOrder> ordersOf(const QModelIndex& index)
{
    return index.data(OrdersRole).value<QList<RowOrder>>();
}

Cell::Style styleOf(const QModelIndex& index)
{
    return Cell::Style(index.data(StyleRole).toInt());
}

// The most wanted one has its word.
int widthOf(RowOrder order, const QStyleOptionViewItem& option, int height)
{
    return order == RowOrder::Answer
        ? QFontMetrics(strong(option.font)).horizontalAdvance(RowOrders::words(order)) + 24
        : height + 4;
}
} // namespace

QRect SessionDelegate::rectOf(RowOrder order, const QStyleOptionViewItem& option,
                              const QModelIndex& index)
{
    const int height = std::min(QFontMetrics(option.font).height() + 10, option.rect.height() - 8);
    int left = option.rect.left() + padding / 2;
    for (const RowOrder each : ordersOf(index)) {
        const int width = widthOf(each, option, height);
        if (each == order) {
            const QRect button(left, option.rect.top() + (option.rect.height() - height) / 2, width,
                               height);
            return QStyle::visualRect(option.direction, option.rect, button);
        }
        left += width + gap;
    }
    return {};
}

std::optional<RowOrder> SessionDelegate::orderAt(const QPoint& point,
                                                 const QStyleOptionViewItem& option,
                                                 const QModelIndex& index)
{
    for (const RowOrder order : ordersOf(index)) {
        if (rectOf(order, option, index).contains(point)) {
            return order;
        }
    }
    return std::nullopt;
}

void SessionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    CellDelegate::paint(painter, option, index); // the ground, where there is no text
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    const Colors& colors = colorsOf(cell.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (styleOf(index) == Cell::Style::Levels) {
        paintLevels(*painter, cell, index, colors);
    } else if (styleOf(index) == Cell::Style::Orders) {
        paintOrders(*painter, cell, index, colors);
    } else if (const QVariant age = index.data(AgeRole); age.isValid()) {
        paintAge(*painter, cell, age.toInt(), colors);
    }
    painter->restore();
}

void SessionDelegate::paintLevels(QPainter& painter, const QStyleOptionViewItem& option,
                                  const QModelIndex& index, const Colors& colors)
{
    const QSize levels = index.data(LevelsRole).toSize(); // received above sent, in per cent
    if (!levels.isValid()) {
        return;
    }
    QRect bar(option.rect.left() + padding, option.rect.center().y() - barHeight - barGap / 2,
              option.rect.width() - 2 * padding, barHeight);
    painter.setPen(Qt::NoPen);
    for (const int percent : {levels.width(), levels.height()}) {
        painter.setBrush(colors.chip);
        painter.drawRoundedRect(bar, 2, 2);
        QRect filled(bar);
        filled.setWidth(bar.width() * percent / 100);
        painter.setBrush(LevelBar::isLoud(percent) ? colors.ringing : colors.active);
        painter.drawRoundedRect(QStyle::visualRect(option.direction, bar, filled), 2, 2);
        bar.translate(0, barHeight + barGap);
    }
}

void SessionDelegate::paintAge(QPainter& painter, const QStyleOptionViewItem& option, int percent,
                               const Colors& colors)
{
    const QRect bar(option.rect.left() + padding, option.rect.bottom() - ageHeight - 2,
                    option.rect.width() - 2 * padding, ageHeight);
    QRect filled(bar);
    filled.setWidth(std::max(1, bar.width() * percent / 100));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.chip);
    painter.drawRoundedRect(bar, 1, 1);
    painter.setBrush(percent >= 100        ? colors.bad
                         : percent >= late ? colors.ringing
                                           : colors.secondary);
    painter.drawRoundedRect(QStyle::visualRect(option.direction, bar, filled), 1, 1);
}

void SessionDelegate::paintOrders(QPainter& painter, const QStyleOptionViewItem& option,
                                  const QModelIndex& index, const Colors& colors)
{
    for (const RowOrder order : ordersOf(index)) {
        const QRect button = rectOf(order, option, index);
        const bool answers = order == RowOrder::Answer;
        painter.setPen(answers ? QPen(Qt::NoPen) : QPen(colors.border));
        painter.setBrush(answers ? colors.answer : colors.panel);
        painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        if (answers) {
            painter.setFont(strong(option.font));
            painter.setPen(colors.onAnswer);
            painter.drawText(button, Qt::AlignCenter, RowOrders::words(order));
            continue;
        }
        const bool ends = order == RowOrder::Decline || order == RowOrder::HangUp;
        const int size = QFontMetrics(option.font).ascent();
        const QPoint at(button.center().x() + 1 - size / 2, button.center().y() + 1 - size / 2);
        painter.drawPixmap(at,
                           symbolicPixmap(RowOrders::icon(order), ends ? colors.bad : colors.text,
                                          size, painter.device()->devicePixelRatioF()));
    }
}

bool SessionDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                  const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::MouseButtonRelease || styleOf(index) != Cell::Style::Orders) {
        return CellDelegate::editorEvent(event, model, option, index);
    }
    const auto* mouse = static_cast<QMouseEvent*>(event);
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    const auto order = orderAt(mouse->position().toPoint(), cell, index);
    if (mouse->button() == Qt::LeftButton && order) {
        Q_EMIT ordered(index, *order);
    }
    return order.has_value();
}

bool SessionDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() == QEvent::ToolTip && styleOf(index) == Cell::Style::Orders) {
        QStyleOptionViewItem cell(option);
        initStyleOption(&cell, index);
        if (const auto order = orderAt(event->pos(), cell, index)) {
            QToolTip::showText(event->globalPos(), RowOrders::words(*order), view);
            return true;
        }
    }
    return CellDelegate::helpEvent(event, view, option, index);
}

} // namespace hs::ui
