#include "engine/ConfigurationDraft.h"

namespace hs::engine {

using base::Endpoint;
using model::Settings;

QString ConfigurationDraft::setServer(const QString& value)
{
    serverPortAlone.reset();
    return take(parseServer(value), settings.sipServer);
}

QString ConfigurationDraft::setServerHost(const QString& value)
{
    const auto server = parseServer(value);
    if (!server) {
        return server.error().text;
    }
    if (*server && (*server)->port != 0) {
        return QStringLiteral("'%1' has a port; put that into SIP_SERVER_PORT").arg(value);
    }
    const std::uint16_t port = settings.sipServer ? settings.sipServer->port : 0;
    settings.sipServer = *server;
    if (settings.sipServer) {
        settings.sipServer->port = port;
    }
    return {};
}

QString ConfigurationDraft::setServerPort(const QString& value)
{
    if (settings.sipServer) {
        return take(parsePortValue(value, 1), settings.sipServer->port);
    }
    return take(parsePortValue(value, 1), serverPortAlone);
}

// What webSocketListen means when it is empty.
QList<Endpoint> listenOrDefault(const Settings& settings)
{
    return settings.webSocketListen.isEmpty()
        ? parseListenList(QStringLiteral("localhost:8080")).value()
        : settings.webSocketListen;
}

QString ConfigurationDraft::setListenHost(const QString& value)
{
    const auto addresses = parseListenAddress(value);
    if (!addresses) {
        return addresses.error().text;
    }
    const std::uint16_t port = listenOrDefault(settings).constFirst().port();
    settings.webSocketListen.clear();
    for (const base::IpAddress& address : *addresses) {
        settings.webSocketListen << Endpoint(address, port);
    }
    return {};
}

QString ConfigurationDraft::setListenPort(const QString& value)
{
    const auto port = parsePortValue(value);
    if (!port) {
        return port.error().text;
    }
    QList<Endpoint> endpoints;
    for (const Endpoint& endpoint : listenOrDefault(settings)) {
        endpoints << Endpoint(endpoint.address(), *port);
    }
    settings.webSocketListen = endpoints;
    return {};
}

QString ConfigurationDraft::setPortRange(const QString& value)
{
    const auto range = parsePortRange(value);
    if (!range) {
        return range.error().text;
    }
    settings.rtpPortFirst = range->first;
    settings.rtpPortLast = range->last;
    return {};
}

QString ConfigurationDraft::setMaxCalls(const QString& value)
{
    if (value == QStringLiteral("ports")) {
        settings.maxCalls.reset();
        return {};
    }
    const auto number = parseNumber(value, 1, 10000);
    if (!number) {
        return number.error().text + QStringLiteral(", or 'ports' for as many as there are ports");
    }
    settings.maxCalls = *number;
    return {};
}

} // namespace hs::engine
