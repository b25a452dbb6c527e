// WebSocketService: what speaks at one path of the control server, behind HttpFront. Thread: core.
#pragma once

#include "base/Endpoint.h"
#include "control/HttpRequest.h"
#include "control/HttpResponse.h"

#include <QTcpSocket>
#include <QWebSocket>

#include <memory>

namespace hs::control {

// A client that got its 101.
struct UpgradedClient {
    std::unique_ptr<QWebSocket> socket;
    QTcpSocket* transport = nullptr; // below it, and owned by it
    HttpRequest request;
    base::Endpoint peer;
};

class WebSocketService {
public:
    virtual ~WebSocketService() = default;
    // An answer instead of the upgrade, for a query that makes no sense.
    virtual std::optional<HttpResponse> refuse(const HttpRequest& request) const = 0;
    virtual void accept(UpgradedClient client) = 0;
    virtual std::size_t clientCount() const = 0;
};

} // namespace hs::control
