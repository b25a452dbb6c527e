// HttpConnection: one accepted connection until it has been answered or has become a WebSocket.
// Reads the request head without consuming it, within limits::headBytes and limits::headTime.
// Thread: the event loop's.
#pragma once

#include "base/Endpoint.h"
#include "base/Scheduler.h"
#include "control/HttpRequest.h"
#include "control/HttpResponse.h"

#include <QTcpSocket>

namespace hs::control {

class HttpConnection final : public QObject {
    Q_OBJECT
public:
    // Owns the socket, as its parent, until something else becomes that.
    HttpConnection(QTcpSocket& socket, base::Scheduler& scheduler);

    const HttpRequest& request() const { return m_request; } // after requestReceived()
    base::Endpoint local() const;
    base::Endpoint peer() const;

    // Sends it and closes; finished() follows. Nothing more is read.
    void answer(const HttpResponse& response);

    // For QWebSocketServer::handleConnection(): a socket that holds the head and nothing else, so
    // that a frame that came right behind the head is not lost while nobody is connected to the
    // QWebSocket's signals yet.
    QTcpSocket& beginUpgrade();
    bool isUpgrading() const { return m_upgrading; }
    QTcpSocket& socket() { return m_socket; }
    const QByteArray& behindHead() const { return m_behindHead; }

Q_SIGNALS:
    void requestReceived(hs::control::HttpConnection* connection);
    void finished(hs::control::HttpConnection* connection);

private:
    void read();

    QTcpSocket& m_socket;
    base::Timer m_deadline;
    HttpRequest m_request;
    qsizetype m_headLength = 0;
    QByteArray m_behindHead;
    bool m_answered = false;
    bool m_upgrading = false;
};

// Puts bytes back before everything that the socket holds.
void putBack(QTcpSocket& socket, QByteArrayView bytes);

} // namespace hs::control
