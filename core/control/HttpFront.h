// HttpFront: the listening sockets of the control server. Reads each request's head, answers what
// is not for a WebSocket itself (RFC 9110), and hands upgrades to QWebSocketServer with nothing of
// them consumed: that class alone can check nothing but the Origin. Thread: the event loop's.
// Nothing that a peer sends can fail here.
#pragma once

#include "base/Endpoint.h"
#include "control/AccessPolicy.h"
#include "control/LingeringClose.h"
#include "control/WebSocketService.h"

#include <QTcpServer>
#include <QWebSocketServer>

#include <memory>
#include <variant>
#include <vector>

namespace hs::control {

class HttpConnection;

class HttpFront final : public QObject {
    Q_OBJECT
public:
    HttpFront(const AccessPolicy& policy, base::Scheduler& scheduler, QObject* parent = nullptr);
    ~HttpFront() override;

    void addService(const QByteArray& path, WebSocketService& service);

    // Without endpoints 127.0.0.1:8080 and, where the machine has IPv6, [::1]:8080. Port 0 is any
    // free one. All of them or an error that names the one that failed.
    base::Result<void> listen(const QList<base::Endpoint>& endpoints);
    QList<base::Endpoint> endpoints() const;
    // Stops listening, and drops who has not become a client.
    void close();

private:
    using Decision = std::variant<HttpResponse, WebSocketService*>;

    base::Result<void> listenAt(const base::Endpoint& endpoint, bool optional);
    void acceptFrom(QTcpServer& server);
    void pauseAccepting(QTcpServer& server);
    void decideOn(HttpConnection& connection);
    Decision decide(const HttpRequest& request, const base::Endpoint& local) const;
    Decision decideUpgrade(const HttpRequest& request, WebSocketService& service) const;
    void finishUpgrades();
    void remove(HttpConnection* connection);
    WebSocketService* serviceAt(QByteArrayView path) const;
    bool isFull() const;

    AccessPolicy m_policy;
    base::Scheduler& m_scheduler;
    QWebSocketServer m_upgrader; // never listens itself
    LingeringClose m_lingering;
    std::vector<std::pair<QByteArray, WebSocketService*>> m_services;
    std::vector<std::unique_ptr<QTcpServer>> m_servers;
    std::vector<std::unique_ptr<HttpConnection>> m_connections;
    base::Timer m_resume;
};

} // namespace hs::control
