// What the tests of the control server share: a server over fake calls on free loopback ports, on a
// manual clock, and clients for it, one with Qt's WebSocket and one that writes raw bytes.
#pragma once

#include "control/ControlServer.h"
#include "support/FakeAudioPorts.h"
#include "support/FakeCallControl.h"
#include "support/ManualScheduler.h"

#include <QTcpSocket>
#include <QWebSocket>

#include <chrono>
#include <functional>

namespace hs::test {

// Runs the event loop until it holds, without a pause; false if it never does.
bool waitUntil(const std::function<bool()>& condition,
               std::chrono::milliseconds most = std::chrono::seconds(10));

class TextClient {
public:
    TextClient();

    // False if there is no 101.
    bool connectTo(const base::Endpoint& endpoint,
                   const QString& pathAndQuery = QStringLiteral("/"));
    void send(const QString& message) { socket.sendTextMessage(message); }
    // Everything that the server wrote until now has come.
    bool catchUp();
    bool waitForClose();
    // What came so far, and forgets it.
    QStringList take();
    QString name() const; // as the server calls it

    QWebSocket socket;
    QStringList messages;
    int pongs = 0;
};

// Speaks HTTP, or WebSocket by hand.
class RawClient {
public:
    bool connectTo(const base::Endpoint& endpoint);
    // Upgrades, and never reads a byte of what comes.
    bool fallAsleep(const base::Endpoint& endpoint, const QByteArray& target = "/");
    void wakeUp(); // reads everything
    // The answer once the server has closed.
    QByteArray request(const QByteArray& bytes);
    bool waitForBytes(qsizetype count);
    bool waitForEnd();

    QTcpSocket socket;
    QByteArray received;
};

// A client's frame (RFC 6455 5.2) of fewer than 126 bytes.
QByteArray maskedFrame(const QByteArray& payload, quint8 firstByte = 0x81);
QByteArray handshake(const base::Endpoint& endpoint, const QByteArray& target = "/",
                     const QByteArray& more = {});

struct ControlFixture {
    explicit ControlFixture(const control::ControlSettings& settings = onLoopback());
    static control::ControlSettings onLoopback();

    base::Endpoint endpoint() const { return server.endpoints().value(0); }
    bool connect(TextClient& client, const QString& pathAndQuery = QStringLiteral("/"));
    bool connectAsleep(RawClient& client);
    quint64 clientId(const TextClient& client) const;

    FakeCallControl calls;
    FakeAudioPorts ports;
    ManualScheduler scheduler;
    control::ControlServer server;
    bool listening = false;
};

} // namespace hs::test
