// ClientsController: the connected programs between the engine and their model. Thread: GUI.
#pragma once

#include "model/Client.h"

#include <QList>
#include <QObject>

namespace hs::engine {
class ClientsFacade;
}

namespace hs::ui {

class ClientListModel;

class ClientsController : public QObject {
    Q_OBJECT
public:
    // Facade and model outlive the controller.
    ClientsController(engine::ClientsFacade& clients, ClientListModel& model,
                      QObject* parent = nullptr);

    int count() const { return m_count; }
    void disconnectClient(quint64 id);

Q_SIGNALS:
    void countChanged(int count);

private:
    void accept(const QList<model::Client>& clients);

    engine::ClientsFacade& m_clients;
    ClientListModel& m_model;
    int m_count = 0;
};

} // namespace hs::ui
