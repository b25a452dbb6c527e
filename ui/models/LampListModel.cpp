#include "ui/models/LampListModel.h"

#include "ui/AccountWords.h"
#include "ui/CoreWords.h"
#include "ui/Formatting.h"

namespace hs::ui {

Cell LampListModel::cell(int column, const model::BusyLamp& lamp) const
{
    Cell cell;
    const QString extension = Formatting::plain(lamp.extension, 60);
    const QString word = AccountWords::lamp(lamp.state);
    const QString caller = Formatting::plain(lamp.caller, 60);
    QStringList told{word, caller, Formatting::plain(CoreWords::translated(lamp.problem), 300)};
    told.removeAll(QString());
    if (column == 0) {
        cell.text = extension;
        cell.icon = AccountWords::lampIcon(lamp.state);
        cell.tone = AccountWords::lampTone(lamp.state);
        cell.style =
            lamp.state == model::LampState::Ringing ? Cell::Style::Strong : Cell::Style::Plain;
        cell.spoken = extension + QStringLiteral(", ") + told.join(QStringLiteral(", "));
    } else {
        cell.text = caller.isEmpty() ? word : word + QStringLiteral(" \u00b7 ") + caller;
        cell.tone = AccountWords::lampTone(lamp.state);
    }
    cell.toolTip = extension + QLatin1Char('\n')
        + tr("via %1", "an account").arg(Formatting::plain(lamp.account, 64)) + QLatin1Char('\n')
        + told.join(QLatin1Char('\n'));
    return cell;
}

int LampListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 2;
}

} // namespace hs::ui
