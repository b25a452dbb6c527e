// CellDelegate: draws a Cell: a shape in the colour of its tone, a line, a smaller line below, a
// key cap. Everything in sizes of the font, so that it follows the system's.
// Thread: GUI.
#pragma once

#include "ui/models/Cell.h"

#include <QStyledItemDelegate>

namespace hs::ui {

class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int padding = 8; // left and right of a cell, in pixels
    static constexpr int keyRows = 9; // rows that Alt and a digit select

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

    static int rowHeight(const QFont& font, bool twoLines);
    // Of what the cell says, in its brief form, without cutting it; 0: whatever there is.
    static int neededWidth(const QFont& font, const QModelIndex& index);

private:
    static void paintGround(QPainter& painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index, const Colors& colors);
    static void paintKeyCap(QPainter& painter, const QStyleOptionViewItem& option,
                            const Colors& colors);
    static void paintLines(QPainter& painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index, const Colors& colors);
};

} // namespace hs::ui
