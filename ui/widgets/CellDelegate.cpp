#include "ui/widgets/CellDelegate.h"

#include "ui/theme/Fonts.h"
#include "ui/theme/SymbolicIcon.h"

#include <QPainter>
#include <QWidget>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int gap = 6; // between a shape and its words
constexpr int accentBar = 3; // at the left edge of the selected row
constexpr int groupBar = 3; // beside it: one line along the rows that belong together

Cell::Style styleOf(const QModelIndex& index)
{
    return Cell::Style(index.data(StyleRole).toInt());
}

// The cell's middle line or lines, one above the other.
struct Lines {
    QRect first;
    QRect second;
};

struct SecondLine {
    QString shape;
    QColor color;
};

// A model that knows no tones says nothing of them.
SecondLine lookOfSecondLine(const QModelIndex& index, const Colors& colors)
{
    const QVariant told = index.data(SecondToneRole);
    return {index.data(SecondIconRole).toString(),
            told.isValid() ? toneColor(colors, Tone(told.toInt())) : colors.secondary};
}

Lines layOut(const QRect& content, const QFontMetrics& first, const QFontMetrics& second,
             bool twoLines)
{
    if (!twoLines) {
        return {content, {}};
    }
    const int height = first.height() + second.height();
    const int top = content.top() + (content.height() - height) / 2;
    return {QRect(content.left(), top, content.width(), first.height()),
            QRect(content.left(), top + first.height(), content.width(), second.height())};
}
} // namespace

int CellDelegate::rowHeight(const QFont& font, bool twoLines)
{
    const int line = QFontMetrics(font).height();
    return twoLines ? line + QFontMetrics(smaller(font)).height() + 12 : line + 10;
}

int CellDelegate::neededWidth(const QFont& font, const QModelIndex& index)
{
    const Cell::Style style = styleOf(index);
    if (style != Cell::Style::Plain && style != Cell::Style::Strong) {
        return 0; // the sample is as wide as they get
    }
    const QFontMetrics first(style == Cell::Style::Strong ? strong(font) : font);
    const QFontMetrics second(smaller(font));
    const QString brief = index.data(SecondBriefRole).toString();
    int below =
        second.horizontalAdvance(brief.isEmpty() ? index.data(SecondLineRole).toString() : brief);
    below += index.data(SecondIconRole).toString().isEmpty() ? 0 : second.ascent() + gap / 2;
    const int shape =
        index.data(IconRole).toString().isEmpty() ? 0 : qRound(first.ascent() * 0.86) + gap;
    const int above = first.horizontalAdvance(index.data().toString());
    return std::max(above, below) + shape + 2 * padding + 1;
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    const Colors& palette = colorsOf(cell.palette);
    if (styleOf(index) == Cell::Style::KeyCap) {
        // The row's place in the view, which no model knows.
        cell.text = index.row() < keyRows ? tr("Alt %1").arg(index.row() + 1) : QString();
    }
    painter->save();
    paintGround(*painter, cell, index, palette);
    switch (styleOf(index)) {
    case Cell::Style::KeyCap:
        paintKeyCap(*painter, cell, palette);
        break;
    case Cell::Style::Levels:
    case Cell::Style::Orders:
        break; // a delegate's that knows them
    case Cell::Style::Plain:
    case Cell::Style::Strong:
        paintLines(*painter, cell, index, palette);
        break;
    }
    painter->restore();
}

void CellDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index, const Colors& colors)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    painter.fillRect(option.rect,
                     selected      ? colors.selection
                         : hovered ? colors.hover
                                   : colors.panel);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     colors.border);
    if (const int group = index.column() == 0 ? index.data(GroupRole).toInt() : 0; group != 0) {
        const bool rightToLeft = option.direction == Qt::RightToLeft;
        const int x = rightToLeft ? option.rect.right() - accentBar - groupBar
                                  : option.rect.left() + accentBar + 1;
        const QRect bar(x, option.rect.top(), groupBar, option.rect.height());
        // The next group's is broken: not told apart by its colour alone.
        const bool isBroken = group % 2 == 0;
        const int piece = isBroken ? 6 : bar.height();
        for (int y = bar.top(); y <= bar.bottom(); y += piece + 4) {
            painter.fillRect(QRect(bar.left(), y, groupBar, std::min(piece, bar.bottom() + 1 - y)),
                             isBroken ? colors.text : colors.accent);
        }
    }
    if (selected && index.column() == 0) {
        const bool rightToLeft = option.direction == Qt::RightToLeft;
        const int x = rightToLeft ? option.rect.right() - accentBar + 1 : option.rect.left();
        // Strong while the keys go to this table.
        const bool focused = option.widget != nullptr && option.widget->hasFocus();
        painter.fillRect(QRect(x, option.rect.top(), accentBar, option.rect.height()),
                         focused ? colors.accent : colors.secondary);
    }
}

void CellDelegate::paintKeyCap(QPainter& painter, const QStyleOptionViewItem& option,
                               const Colors& colors)
{
    if (option.text.isEmpty()) {
        return;
    }
    const QFont font = smaller(option.font);
    const QFontMetrics metrics(font);
    QRect cap(0, 0, metrics.horizontalAdvance(option.text) + 8, metrics.height() + 2);
    const int aside = option.direction == Qt::RightToLeft ? -groupBar : groupBar;
    cap.moveCenter(option.rect.center() + QPoint(aside, 0));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.border);
    painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(font);
    painter.setPen(colors.secondary);
    painter.drawText(cap, Qt::AlignCenter, option.text);
}

void CellDelegate::paintLines(QPainter& painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index, const Colors& colors)
{
    const bool isStrong = styleOf(index) == Cell::Style::Strong;
    const QFont first = isStrong ? strong(option.font) : option.font;
    const QFont second = smaller(option.font);
    const QFontMetrics firstMetrics(first);
    const QString below = index.data(SecondLineRole).toString();
    const QColor color = toneColor(colors, Tone(index.data(ToneRole).toInt()));
    QRect content = option.rect.adjusted(padding, 0, -padding, -1);

    const QString shape = index.data(IconRole).toString();
    const bool alignRight = option.displayAlignment.testFlag(Qt::AlignRight);
    if (!shape.isEmpty()) {
        const int size = qRound(firstMetrics.ascent() * 0.86);
        const int used = alignRight
            ? std::min(content.width(), firstMetrics.horizontalAdvance(option.text) + size + gap)
            : content.width();
        const QRect line =
            layOut(content, firstMetrics, QFontMetrics(second), !below.isEmpty()).first;
        const QRect box(alignRight ? content.right() + 1 - used : content.left(),
                        line.top() + (line.height() - size) / 2, size, size);
        const QPixmap drawing =
            symbolicPixmap(shape, color, size, painter.device()->devicePixelRatioF());
        painter.drawPixmap(QStyle::visualRect(option.direction, option.rect, box).topLeft(),
                           drawing);
        content.setLeft(alignRight ? content.left() : content.left() + size + gap);
    }
    const Lines lines = layOut(content, firstMetrics, QFontMetrics(second), !below.isEmpty());
    const auto side =
        QStyle::visualAlignment(option.direction, alignRight ? Qt::AlignRight : Qt::AlignLeft);
    const int flags = int(side | Qt::AlignAbsolute | Qt::AlignVCenter) | Qt::TextSingleLine;
    // A number reads from left to right in every language, whatever the window does.
    painter.setLayoutDirection(Qt::LayoutDirectionAuto);
    const auto draw = [&](const QRect& where, const QFont& font, const QColor& pen,
                          const QString& text) {
        painter.setFont(font);
        painter.setPen(pen);
        const QString shown = QFontMetrics(font).elidedText(text, Qt::ElideRight, where.width());
        painter.drawText(QStyle::visualRect(option.direction, option.rect, where), flags, shown);
    };
    draw(lines.first, first, color, option.text);
    if (below.isEmpty()) {
        return;
    }
    const SecondLine look = lookOfSecondLine(index, colors);
    QRect where = lines.second;
    if (!look.shape.isEmpty()) {
        const int size = QFontMetrics(second).ascent();
        const QRect box(where.left(), where.top() + (where.height() - size) / 2, size, size);
        painter.drawPixmap(
            QStyle::visualRect(option.direction, option.rect, box).topLeft(),
            symbolicPixmap(look.shape, look.color, size, painter.device()->devicePixelRatioF()));
        where.setLeft(where.left() + size + gap / 2);
    }
    const QString brief = index.data(SecondBriefRole).toString();
    const bool fits =
        brief.isEmpty() || QFontMetrics(second).horizontalAdvance(below) <= where.width();
    draw(where, second, look.color, fits ? below : brief);
}

} // namespace hs::ui
