// SessionDelegate: draws what only the live sessions have: the level of either side as a bar, and
// the small buttons of a row. Thread: GUI.
#pragma once

#include "ui/models/RowOrder.h"
#include "ui/widgets/CellDelegate.h"

namespace hs::ui {

class SessionDelegate : public CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    // Where a row's button is within its cell; an empty rectangle: it has no such button.
    static QRect rectOf(RowOrder order, const QStyleOptionViewItem& option,
                        const QModelIndex& index);

Q_SIGNALS:
    void ordered(const QModelIndex& index, hs::ui::RowOrder order);

private:
    static std::optional<RowOrder> orderAt(const QPoint& point, const QStyleOptionViewItem& option,
                                           const QModelIndex& index);
    static void paintLevels(QPainter& painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index, const Colors& colors);
    static void paintAge(QPainter& painter, const QStyleOptionViewItem& option, int percent,
                         const Colors& colors);
    static void paintOrders(QPainter& painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index, const Colors& colors);
};

} // namespace hs::ui
