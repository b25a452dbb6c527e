#include "ui/models/MessageListModel.h"

#include "ui/DialText.h"
#include "ui/Formatting.h"

namespace hs::ui {

namespace {
constexpr int longestText = 2000; // in a tool tip; the whole stands below the list
} // namespace

MessageListModel::MessageListModel(std::function<qint64()> now, QObject* parent)
    : CellModel<model::TextMessage>(parent)
    , m_now(std::move(now))
{
}

QString MessageListModel::sender(const model::TextMessage& message)
{
    const QString number = Formatting::plain(message.number, 60).trimmed();
    const QString name = Formatting::plain(message.displayName, 60).trimmed();
    if (number.isEmpty() && name.isEmpty()) {
        const QString uri = Formatting::plain(message.uri, 80).trimmed();
        return uri.isEmpty() ? tr("Unknown sender") : uri;
    }
    if (number.isEmpty() || name.isEmpty() || name == number) {
        return number.isEmpty() ? name : number;
    }
    return number + QStringLiteral(" \u00b7 ") + name;
}

QString MessageListModel::key(const model::TextMessage& message) const
{
    return QString::number(message.at) + u'\n' + message.uri + u'\n' + message.text;
}

QString MessageListModel::number(const model::TextMessage& message) const
{
    return isDialNumber(message.number) || message.uri.isEmpty() ? message.number : message.uri;
}

QString MessageListModel::sample(MessageColumn column)
{
    switch (column) {
    case MessageColumn::Time:
        return QStringLiteral("22/12/2026 00:00:00");
    case MessageColumn::From:
        return QStringLiteral("0912 341 234 \u00b7 Lin Mei-Hua");
    case MessageColumn::For:
        return QStringLiteral("provider-2");
    case MessageColumn::Text:
        return QStringLiteral("a text of several words that ends");
    }
    return {};
}

Cell MessageListModel::cell(int column, const model::TextMessage& message) const
{
    Cell cell;
    switch (MessageColumn(column)) {
    case MessageColumn::Time:
        cell.text = Formatting::time(message.at, m_now());
        cell.sort = message.at;
        break;
    case MessageColumn::From:
        cell.text = sender(message);
        cell.icon = QStringLiteral("message");
        cell.toolTip = cell.text + QLatin1Char('\n') + Formatting::plain(message.uri, 200);
        break;
    case MessageColumn::For:
        cell.text = message.account.isEmpty() ? QStringLiteral("\u2014")
                                              : Formatting::plain(message.account, 64);
        break;
    case MessageColumn::Text:
        cell.text = Formatting::plain(message.text, longestText);
        cell.toolTip = cell.text;
        break;
    }
    return cell;
}

QVariant MessageListModel::data(const QModelIndex& index, int role) const
{
    if (role == WholeTextRole) {
        const model::TextMessage* message = row(index);
        return message != nullptr ? message->text : QString();
    }
    return CellModel::data(index, role);
}

int MessageListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : messageColumnCount;
}

QVariant MessageListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignLeft | Qt::AlignVCenter))
                                             : QVariant();
    }
    switch (MessageColumn(section)) {
    case MessageColumn::Time:
        return tr("Time");
    case MessageColumn::From:
        return tr("From", "column: who sent a text");
    case MessageColumn::For:
        return tr("For", "column: the account that a text came to");
    case MessageColumn::Text:
        return tr("Text");
    }
    return {};
}

} // namespace hs::ui
