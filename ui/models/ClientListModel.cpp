#include "ui/models/ClientListModel.h"

#include "ui/Formatting.h"
#include "ui/models/SortedMerge.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace hs::ui {

struct ClientListModel::Sink {
    ClientListModel& model;

    void insertRows(int row, const QList<model::Client>& added)
    {
        model.beginInsertRows({}, row, row + int(added.size()) - 1);
        for (qsizetype i = 0; i < added.size(); ++i) {
            model.m_clients.insert(row + i, added[i]);
        }
        model.endInsertRows();
    }
    void removeRows(int row, int count)
    {
        model.beginRemoveRows({}, row, row + count - 1);
        model.m_clients.remove(row, count);
        model.endRemoveRows();
    }
    void replaceRow(int row, const model::Client& client) { model.replaceRow(row, client); }
};

ClientListModel::ClientListModel(std::function<qint64()> now, QObject* parent)
    : QAbstractTableModel(parent)
    , m_now(std::move(now))
{
}

void ClientListModel::setClients(QList<model::Client> clients)
{
    const auto before = [](const model::Client& a, const model::Client& b) { return a.id < b.id; };
    std::sort(clients.begin(), clients.end(), before);
    Sink sink{*this};
    mergeSorted(m_clients, 0, int(m_clients.size()), clients, before, sink);
}

void ClientListModel::replaceRow(int row, const model::Client& client)
{
    const model::Client old = std::exchange(m_clients[row], client);
    for (int column = 0; column < clientColumnCount; ++column) {
        const auto which = ClientColumn(column);
        const QList<int> roles = changedRoles(cell(which, old), cell(which, client));
        if (!roles.isEmpty()) {
            Q_EMIT dataChanged(index(row, column), index(row, column), roles);
        }
    }
}

QString ClientListModel::sample(ClientColumn column)
{
    switch (column) {
    case ClientColumn::Name:
        return QStringLiteral("127.0.0.1:40312") + QStringLiteral("MM");
    case ClientColumn::Protocol:
        return QStringLiteral("protocol");
    case ClientColumn::Program:
        return QStringLiteral("python-websockets/10.4");
    case ClientColumn::Since:
        return QStringLiteral("22/12/2026 00:00:00");
    case ClientColumn::In:
    case ClientColumn::Out:
    case ClientColumn::Dropped:
        return QStringLiteral("1000.0 MB");
    }
    return {};
}

Cell ClientListModel::cell(ClientColumn column, const model::Client& client) const
{
    Cell cell;
    switch (column) {
    case ClientColumn::Name:
        cell.text = Formatting::plain(client.name, 80);
        cell.icon = QStringLiteral("program");
        break;
    case ClientColumn::Protocol:
        cell.text = Formatting::plain(client.protocol, 40);
        break;
    case ClientColumn::Program:
        cell.text = Formatting::plain(client.userAgent, 120);
        cell.toolTip = cell.text;
        break;
    case ClientColumn::Since:
        cell.text = Formatting::time(client.connectedAt, m_now());
        cell.sort = client.connectedAt;
        break;
    case ClientColumn::In:
        cell.text = Formatting::bytes(qint64(client.bytesIn));
        cell.sort = client.bytesIn;
        cell.alignRight = true;
        break;
    case ClientColumn::Out:
        cell.text = Formatting::bytes(qint64(client.bytesOut));
        cell.sort = client.bytesOut;
        cell.alignRight = true;
        break;
    case ClientColumn::Dropped:
        cell.text = QLocale().toString(client.framesDropped);
        cell.sort = client.framesDropped;
        cell.alignRight = true;
        if (client.framesDropped > 0) {
            cell.tone = Tone::Bad;
            cell.icon = QStringLiteral("warning");
            cell.toolTip = tr("Pieces of sound that were not sent because the program does not "
                              "read fast enough");
        }
        break;
    }
    return cell;
}

int ClientListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_clients.size());
}

int ClientListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : clientColumnCount;
}

QVariant ClientListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const model::Client& client = m_clients[index.row()];
    return role == IdRole ? QVariant(client.id)
                          : cellData(cell(ClientColumn(index.column()), client), role);
}

QVariant ClientListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= clientColumnCount) {
        return {};
    }
    const auto column = ClientColumn(section);
    if (role == Qt::TextAlignmentRole) {
        const bool right = column >= ClientColumn::In;
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (column) {
    case ClientColumn::Name:
        return tr("Program", "column: a program's address");
    case ClientColumn::Protocol:
        return tr("Protocol");
    case ClientColumn::Program:
        return tr("Calls itself", "column: what a program says that it is");
    case ClientColumn::Since:
        return tr("Since");
    case ClientColumn::In:
        return tr("Received");
    case ClientColumn::Out:
        return tr("Sent");
    case ClientColumn::Dropped:
        return tr("Dropped");
    }
    return {};
}

} // namespace hs::ui
