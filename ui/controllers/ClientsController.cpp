#include "ui/controllers/ClientsController.h"

#include "engine/EngineFacade.h"
#include "ui/models/ClientListModel.h"

namespace hs::ui {

ClientsController::ClientsController(engine::ClientsFacade& clients, ClientListModel& model,
                                     QObject* parent)
    : QObject(parent)
    , m_clients(clients)
    , m_model(model)
{
    connect(&m_clients, &engine::ClientsFacade::changed, this, &ClientsController::accept);
}

void ClientsController::accept(const QList<model::Client>& clients)
{
    m_model.setClients(clients);
    if (clients.size() != m_count) {
        m_count = int(clients.size());
        Q_EMIT countChanged(m_count);
    }
}

void ClientsController::disconnectClient(quint64 id)
{
    m_clients.disconnectClient(id);
}

} // namespace hs::ui
