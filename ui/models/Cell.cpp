#include "ui/models/Cell.h"

#include "ui/Formatting.h"

namespace hs::ui {

QVariant cellData(const Cell& cell, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.toolTip.isEmpty() ? QVariant() : Formatting::toolTip(cell.toolTip);
    case Qt::AccessibleTextRole:
        return cell.spoken.isEmpty() ? cell.text : cell.spoken;
    case Qt::TextAlignmentRole:
        return int((cell.alignRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SortRole:
        return cell.sort.isValid() ? cell.sort : QVariant(cell.text);
    case SecondLineRole:
        return cell.second;
    case SecondBriefRole:
        return cell.brief;
    case SecondToneRole:
        return int(cell.secondTone);
    case SecondIconRole:
        return cell.secondIcon;
    case ToneRole:
        return int(cell.tone);
    case IconRole:
        return cell.icon;
    case LevelsRole:
        return cell.levels.isValid() ? QVariant(cell.levels) : QVariant();
    case AgeRole:
        return cell.age < 0 ? QVariant() : QVariant(cell.age);
    case OrdersRole:
        return cell.orders.isEmpty() ? QVariant() : QVariant::fromValue(cell.orders);
    case StyleRole:
        return int(cell.style);
    default:
        return {};
    }
}

QList<int> changedRoles(const Cell& before, const Cell& after)
{
    QList<int> roles;
    for (const int role :
         {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole),
          int(Qt::TextAlignmentRole), int(SortRole), int(SecondLineRole), int(SecondBriefRole),
          int(SecondToneRole), int(SecondIconRole), int(ToneRole), int(IconRole), int(StyleRole),
          int(LevelsRole), int(AgeRole), int(OrdersRole)}) {
        if (cellData(before, role) != cellData(after, role)) {
            roles << role;
        }
    }
    return roles;
}

} // namespace hs::ui
