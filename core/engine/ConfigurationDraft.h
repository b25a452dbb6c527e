// ConfigurationDraft: the settings as far as they are known, while layer after layer of the
// configuration is laid upon them, and the values of which a layer may give only a part. Each set
// function returns nothing if the value was taken, else what is wrong with it and what to give
// instead. Thread: a value.
#pragma once

#include "engine/ConfigurationValues.h"

namespace hs::engine {

struct ConfigurationDraft {
    model::Settings settings;
    std::optional<std::uint16_t> serverPortAlone; // a server's port, while there is no server

    QString setServer(const QString& value); // HOST[:PORT]
    QString setServerHost(const QString& value); // keeps the port of the layer below
    QString setServerPort(const QString& value);
    QString setListenHost(const QString& value); // keeps the port
    QString setListenPort(const QString& value); // keeps the addresses
    QString setPortRange(const QString& value);
    QString setMaxCalls(const QString& value);
};

// What Settings::webSocketListen means when it is empty.
QList<base::Endpoint> listenOrDefault(const model::Settings& settings);

template <class Parsed, class Into>
QString take(const base::Result<Parsed>& parsed, Into& into)
{
    if (!parsed) {
        return parsed.error().text;
    }
    into = static_cast<Into>(*parsed);
    return {};
}

} // namespace hs::engine
