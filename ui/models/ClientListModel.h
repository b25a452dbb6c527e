// ClientListModel: the programs that are connected over WebSocket, in the order of their coming.
// Thread: GUI.
#pragma once

#include "model/Client.h"
#include "ui/models/Cell.h"

#include <QAbstractTableModel>

#include <functional>

namespace hs::ui {

enum class ClientColumn { Name, Protocol, Program, Since, In, Out, Dropped };
constexpr int clientColumnCount = 7;

class ClientListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ClientListModel(std::function<qint64()> now, QObject* parent = nullptr);

    void setClients(QList<model::Client> clients);
    static QString sample(ClientColumn column);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Sink;
    Cell cell(ClientColumn column, const model::Client& client) const;
    void replaceRow(int row, const model::Client& client);

    std::function<qint64()> m_now;
    QList<model::Client> m_clients; // by id
};

} // namespace hs::ui
