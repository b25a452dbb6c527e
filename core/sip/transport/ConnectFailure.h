// ConnectFailure: why a connection could not be opened, in the words of an operator. Thread: pure
// functions.
#pragma once

#include "sip/transport/Transport.h"

#include <QAbstractSocket>
#include <QSslError>

namespace hs::sip {

QLatin1String nameOf(TransportKind kind); // "UDP", "TCP", "TLS"

// "connecting to 192.0.2.1:5061 over TLS failed: the certificate expired on 2026-01-02"
QString connectFailure(const base::Endpoint& remote, TransportKind kind, const QString& why);
QString reasonOf(const QAbstractSocket& socket);
// Of several the one that says most about what to do.
QString reasonOf(const QList<QSslError>& errors);

} // namespace hs::sip
