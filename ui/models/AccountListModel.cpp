#include "ui/models/AccountListModel.h"

#include "ui/AccountWords.h"
#include "ui/Formatting.h"

namespace hs::ui {

namespace {
const auto dash = QStringLiteral("\u2014");

QString messages(const model::AccountState& state)
{
    if (state.newMessages < 0) {
        return dash;
    }
    return AccountListModel::tr("%1 new", "voice messages").arg(state.newMessages);
}
} // namespace

void AccountListModel::setNow(qint64 now)
{
    m_now = now;
    for (int i = 0; i < rows().size(); ++i) {
        if (rows()[i].state.state == model::RegistrationState::Failed) {
            const QModelIndex changed = index(i, int(AccountColumn::State));
            Q_EMIT dataChanged(changed, changed);
        }
    }
}

QString AccountListModel::sample(AccountColumn column)
{
    switch (column) {
    case AccountColumn::Name:
        return QStringLiteral("0223880112@pbx.example");
    case AccountColumn::State:
        return QStringLiteral("The server refused it: 403 Forbidden");
    case AccountColumn::Server:
        return QStringLiteral("192.168.100.200:5060 UDP");
    case AccountColumn::Messages:
        return QStringLiteral("Voice mail") + QStringLiteral("MM");
    }
    return {};
}

Cell AccountListModel::cell(int column, const AccountRow& row) const
{
    const model::AccountState& state = row.state;
    Cell cell;
    switch (AccountColumn(column)) {
    case AccountColumn::Name:
        cell.text = Formatting::plain(row.account.name, 64);
        cell.second = Formatting::plain(row.account.addressOfRecord(), 120);
        if (state.isDefault) {
            cell.second = tr("default", "account") + QStringLiteral(" \u00b7 ") + cell.second;
        }
        cell.style = Cell::Style::Strong;
        cell.spoken = cell.text + QStringLiteral(", ") + cell.second + QStringLiteral(", ")
            + AccountWords::state(state) + u' ' + AccountWords::detail(state, m_now);
        break;
    case AccountColumn::State:
        cell.text = AccountWords::state(state);
        cell.icon = AccountWords::icon(state.state);
        cell.tone = AccountWords::tone(state.state);
        cell.style = Cell::Style::Strong;
        cell.second = !row.account.registers && state.state != model::RegistrationState::Failed
            ? tr("does not register, calls only")
            : AccountWords::detail(state, m_now);
        cell.brief = AccountWords::reason(state);
        cell.toolTip = cell.second;
        cell.spoken = cell.text + u' ' + cell.second;
        break;
    case AccountColumn::Server:
        cell.text = state.server.isEmpty() ? dash : Formatting::plain(state.server, 80);
        cell.toolTip = cell.text;
        break;
    case AccountColumn::Messages:
        cell.text = messages(state);
        cell.style = state.newMessages > 0 ? Cell::Style::Strong : Cell::Style::Plain;
        cell.toolTip = row.account.voicemailNumber.isEmpty()
            ? QString()
            : tr("Heard by calling %1").arg(Formatting::plain(row.account.voicemailNumber, 60));
        break;
    }
    return cell;
}

int AccountListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : accountColumnCount;
}

QVariant AccountListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignLeft | Qt::AlignVCenter))
                                             : QVariant();
    }
    switch (AccountColumn(section)) {
    case AccountColumn::Name:
        return tr("Account");
    case AccountColumn::State:
        return tr("State");
    case AccountColumn::Server:
        return tr("Server");
    case AccountColumn::Messages:
        return tr("Voice mail");
    }
    return {};
}

} // namespace hs::ui
