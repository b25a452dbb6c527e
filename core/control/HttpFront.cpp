#include "control/HttpFront.h"

#include "base/LogCategories.h"
#include "base/Text.h"
#include "control/ControlLimits.h"
#include "control/HttpConnection.h"

#include <QNetworkProxy>

#include <algorithm>

namespace hs::control {

using base::lcControl;

namespace {
constexpr std::uint16_t defaultPort = 8080;

HttpResponse plainPage()
{
    HttpResponse response;
    response.body = "This is Hookswitch " HS_VERSION ", a SIP relay. Programs connect to this "
                    "address with a WebSocket (ws://, path /).\n";
    return response;
}

HttpResponse health()
{
    HttpResponse response;
    response.body = "{\"status\":\"ok\",\"version\":\"" HS_VERSION "\"}\n";
    response.contentType = QByteArrayLiteral("application/json");
    return response;
}

void tune(QTcpSocket& socket)
{
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket.setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, limits::sendBufferBytes);
    socket.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption,
                           limits::receiveBufferBytes);
}

bool isWebSocketKey(QByteArrayView key) // RFC 6455 4.1: 16 bytes in base64
{
    const auto decoded =
        QByteArray::fromBase64Encoding(key.toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == 16;
}
} // namespace

HttpFront::HttpFront(const AccessPolicy& policy, base::Scheduler& scheduler, QObject* parent)
    : QObject(parent)
    , m_policy(policy)
    , m_scheduler(scheduler)
    , m_upgrader(QStringLiteral("Hookswitch"), QWebSocketServer::NonSecureMode)
    , m_lingering(scheduler)
{
    connect(&m_upgrader, &QWebSocketServer::newConnection, this, &HttpFront::finishUpgrades);
}

HttpFront::~HttpFront()
{
    close();
}

void HttpFront::addService(const QByteArray& path, WebSocketService& service)
{
    m_services.emplace_back(path, &service);
}

base::Result<void> HttpFront::listen(const QList<base::Endpoint>& endpoints)
{
    QList<base::Endpoint> all = endpoints;
    if (all.isEmpty()) {
        all = {{base::IpAddress::loopbackV4(), defaultPort},
               {*base::IpAddress::parse("::1"), defaultPort}};
    }
    for (const base::Endpoint& endpoint : std::as_const(all)) {
        // "localhost" is both loopback addresses, where there are both.
        const bool optional = endpoint.address() == *base::IpAddress::parse("::1")
            && all.contains(base::Endpoint(base::IpAddress::loopbackV4(), endpoint.port()));
        const base::Result<void> listening = listenAt(endpoint, optional);
        if (!listening) {
            close();
            return listening;
        }
    }
    return {};
}

base::Result<void> HttpFront::listenAt(const base::Endpoint& endpoint, bool optional)
{
    auto server = std::make_unique<QTcpServer>();
    server->setProxy(QNetworkProxy::NoProxy);
    if (!server->listen(endpoint.address().toQt(), endpoint.port())) {
        const auto error = server->serverError();
        // No such address, or no such family of addresses, on this machine.
        if (optional
            && (error == QAbstractSocket::SocketAddressNotAvailableError
                || error == QAbstractSocket::UnsupportedSocketOperationError)) {
            qCInfo(lcControl).noquote() << "no IPv6 here: programs connect to 127.0.0.1 only";
            return {};
        }
        return base::Error{QStringLiteral("cannot listen on %1 port %2 for WebSocket clients: %3; "
                                          "change ws_listen (WS_HOST, WS_PORT)")
                               .arg(QString::fromLatin1(endpoint.address().toString()))
                               .arg(endpoint.port())
                               .arg(server->errorString())};
    }
    QTcpServer& listening = *server;
    connect(&listening, &QTcpServer::newConnection, this,
            [this, &listening] { acceptFrom(listening); });
    connect(&listening, &QTcpServer::acceptError, this,
            [this, &listening] { pauseAccepting(listening); });
    m_servers.push_back(std::move(server));
    return {};
}

QList<base::Endpoint> HttpFront::endpoints() const
{
    QList<base::Endpoint> result;
    for (const auto& server : m_servers) {
        result.append({base::IpAddress::fromQt(server->serverAddress()), server->serverPort()});
    }
    return result;
}

void HttpFront::close()
{
    m_resume.cancel();
    m_servers.clear();
    m_connections.clear();
}

void HttpFront::acceptFrom(QTcpServer& server)
{
    while (QTcpSocket* socket = server.nextPendingConnection()) {
        const bool full = isFull();
        tune(*socket);
        m_lingering.watch(*socket);
        auto connection = std::make_unique<HttpConnection>(*socket, m_scheduler);
        connect(connection.get(), &HttpConnection::requestReceived, this,
                [this](HttpConnection* from) { decideOn(*from); });
        connect(connection.get(), &HttpConnection::finished, this, &HttpFront::remove);
        HttpConnection& added = *m_connections.emplace_back(std::move(connection));
        if (full) {
            added.answer(HttpResponse::refusal(
                503, QStringLiteral("There are too many connections; try again later."),
                QByteArrayLiteral("Retry-After: 5")));
        }
    }
}

bool HttpFront::isFull() const
{
    std::size_t clients = 0;
    for (const auto& [path, service] : m_services) {
        clients += service->clientCount();
    }
    return m_connections.size() >= limits::unfinishedHeads
        || m_connections.size() + clients >= limits::connections;
}

void HttpFront::pauseAccepting(QTcpServer& server)
{
    // Qt stopped accepting, or the event loop would spin; descriptors come back as calls end.
    qCWarning(lcControl).noquote()
        << "cannot accept a connection:" << server.errorString() << "- trying again in a second";
    m_resume = m_scheduler.after(std::chrono::seconds(1), [this] {
        for (const auto& each : m_servers) {
            each->resumeAccepting();
        }
    });
}

void HttpFront::decideOn(HttpConnection& connection)
{
    const Decision decision = decide(connection.request(), connection.local());
    if (const HttpResponse* response = std::get_if<HttpResponse>(&decision)) {
        if (response->status >= 400) {
            // The path alone: a query may hold a token.
            qCInfo(lcControl).noquote()
                << QStringLiteral("%1: %2 for %3")
                       .arg(QString::fromLatin1(connection.peer().toString()))
                       .arg(response->status)
                       .arg(base::printable(connection.request().path(), 100));
        }
        connection.answer(*response);
        return;
    }
    m_upgrader.handleConnection(&connection.beginUpgrade());
}

HttpFront::Decision HttpFront::decide(const HttpRequest& request, const base::Endpoint& local) const
{
    if (std::optional<HttpResponse> refusal = m_policy.refuseSite(request, local)) {
        return *refusal;
    }
    WebSocketService* service = serviceAt(request.path());
    const bool isHealth = request.path() == QByteArrayView("/health");
    if (!service && !isHealth) {
        return HttpResponse::refusal(404,
                                     QStringLiteral("There is nothing at this path; programs "
                                                    "connect to /."));
    }
    const bool isGet = request.method == QByteArrayView("GET");
    if (!isGet && request.method != QByteArrayView("HEAD")) {
        return HttpResponse::refusal(405, QStringLiteral("Only GET is understood here."),
                                     QByteArrayLiteral("Allow: GET, HEAD"));
    }
    if (isHealth) {
        return health();
    }
    if (isGet && request.hasToken("upgrade", "websocket")) {
        return decideUpgrade(request, *service);
    }
    if (request.path() == QByteArrayView("/")) {
        return plainPage();
    }
    return HttpResponse::refusal(426, QStringLiteral("Only WebSockets are served at this path."),
                                 QByteArrayLiteral("Upgrade: websocket"));
}

// RFC 6455 4.2.1. At least as strict as QWebSocketServer, which closes without an answer.
HttpFront::Decision HttpFront::decideUpgrade(const HttpRequest& request,
                                             WebSocketService& service) const
{
    if (request.value("sec-websocket-version") != QByteArrayView("13")
        || request.count("sec-websocket-version") != 1) {
        return HttpResponse::refusal(426, QStringLiteral("Only WebSocket version 13 is spoken."),
                                     QByteArrayLiteral("Sec-WebSocket-Version: 13"));
    }
    const bool wellFormed = request.minorVersion == 1 && request.count("upgrade") == 1
        && base::equalsIgnoreCase(request.value("upgrade"), "websocket")
        && request.count("connection") == 1 && request.hasToken("connection", "upgrade")
        && request.count("sec-websocket-key") == 1
        && isWebSocketKey(request.value("sec-websocket-key"));
    if (!wellFormed) {
        return HttpResponse::refusal(
            400,
            QStringLiteral("This is no WebSocket handshake: it needs "
                           "HTTP/1.1, Upgrade: websocket, Connection: "
                           "Upgrade and a Sec-WebSocket-Key of 16 bytes."));
    }
    if (std::optional<HttpResponse> refusal = m_policy.refuseToken(request)) {
        return *refusal;
    }
    if (std::optional<HttpResponse> refusal = service.refuse(request)) {
        return *refusal;
    }
    return &service;
}

void HttpFront::finishUpgrades()
{
    while (std::unique_ptr<QWebSocket> socket{m_upgrader.nextPendingConnection()}) {
        const base::Endpoint peer(base::IpAddress::fromQt(socket->peerAddress()),
                                  socket->peerPort());
        const auto found =
            std::find_if(m_connections.begin(), m_connections.end(), [&](const auto& each) {
                return each->isUpgrading() && each->peer() == peer
                    && each->local().port() == socket->localPort();
            });
        if (found == m_connections.end()) {
            continue;
        }
        const std::unique_ptr<HttpConnection> connection = std::move(*found);
        m_connections.erase(found);
        QTcpSocket& transport = connection->socket();
        UpgradedClient client{std::move(socket), &transport, connection->request(), peer};
        transport.disconnect(connection.get());
        // Qt deletes it once it is disconnected, and forgets to where the QWebSocket goes first.
        transport.setParent(client.socket.get());
        serviceAt(client.request.path())->accept(std::move(client));
        putBack(transport, connection->behindHead());
        transport.setReadBufferSize(limits::readBufferBytes);
        if (!connection->behindHead().isEmpty()) {
            Q_EMIT transport.readyRead();
        }
    }
}

void HttpFront::remove(HttpConnection* connection)
{
    const auto found = std::find_if(m_connections.begin(), m_connections.end(),
                                    [=](const auto& each) { return each.get() == connection; });
    if (found != m_connections.end()) {
        found->release()->deleteLater();
        m_connections.erase(found);
    }
}

WebSocketService* HttpFront::serviceAt(QByteArrayView path) const
{
    const auto found = std::find_if(m_services.begin(), m_services.end(),
                                    [path](const auto& each) { return each.first == path; });
    return found == m_services.end() ? nullptr : found->second;
}

} // namespace hs::control
