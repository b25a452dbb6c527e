// ControlServer: the WebSocket interface as a whole: its listening sockets, and what speaks at
// their paths ("/": the text protocol). The engine owns it. Thread: core, all of it; nothing here
// blocks.
#pragma once

#include "control/ControlSettings.h"
#include "control/HttpFront.h"
#include "control/TextServer.h"

namespace hs::control {

class ControlServer final : public QObject {
    Q_OBJECT
public:
    ControlServer(call::CallControl& control, media::AudioPorts& ports,
                  const ControlSettings& settings, base::Scheduler& scheduler,
                  QObject* parent = nullptr);
    ~ControlServer() override;

    // Errors name the address and port, and the key to change.
    base::Result<void> listen();
    QList<base::Endpoint> endpoints() const { return m_front.endpoints(); } // with their real ports

    QList<model::Client> clients() const { return m_text.clients(); }
    void disconnectClient(quint64 id) { m_text.disconnectClient(id); }

    // No new clients; the present ones are told (1001) and dropped a second later at the latest.
    // stopped() follows, never from within this function.
    void shutdown();

Q_SIGNALS:
    void clientsChanged(); // one came or went; the figures of clients() change without it
    void stopped();

private:
    ControlSettings m_settings;
    TextServer m_text;
    HttpFront m_front;
    bool m_shuttingDown = false;
};

} // namespace hs::control
