// ProgramsPanel: the programs that are connected over WebSocket, and a way to put one out.
// Thread: GUI.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace hs::ui {

class ClientListModel;
class ClientsController;
class Table;

class ProgramsPanel : public QWidget {
    Q_OBJECT
public:
    ProgramsPanel(ClientsController& clients, ClientListModel& model, QWidget* parent = nullptr);

    Table* table() const { return m_table; }
    void setAddress(const QString& webSocketAddress);

private:
    ClientsController& m_clients;
    QLabel* m_address;
    QToolButton* m_disconnect;
    Table* m_table;
};

} // namespace hs::ui
