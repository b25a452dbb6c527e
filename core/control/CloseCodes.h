// Close codes that the control server sends: RFC 6455 7.4.1's, and of the private range (7.4.2).
// Thread: a pure function.
#pragma once

#include <QWebSocket>

namespace hs::control {

enum class CloseCode : quint16 {
    GoingAway = 1001, // we stop
    DisconnectedByOperator = 1008, // "policy violation" is the nearest that there is
    SlowClient = 4430, // does not read, or has shown no sign of life
};

inline void closeWith(QWebSocket& socket, CloseCode code, const QString& reason)
{
    // Qt's own enum names the codes of the RFC only; every 16-bit value is sent as it is.
    socket.close(static_cast<QWebSocketProtocol::CloseCode>(static_cast<quint16>(code)), reason);
}

} // namespace hs::control
