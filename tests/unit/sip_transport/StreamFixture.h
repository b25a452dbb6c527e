// StreamFixture: a StreamTransport on loopback whose time a test moves, and raw peers that connect
// to it or are connected to. What comes is written down.
#pragma once

#include "base/QtSocketFactory.h"
#include "sip/transport/StreamTransport.h"
#include "support/ManualScheduler.h"

#include <QStringList>
#include <QTcpServer>

namespace hs::test {

// Turns the event loop until it is so; false if it never is within that time.
bool waitUntil(const std::function<bool()>& condition,
               std::chrono::milliseconds most = std::chrono::seconds(10));

// A far end by a socket: what it receives is kept.
class RawPeer {
public:
    explicit RawPeer(std::unique_ptr<QTcpSocket> socket = std::make_unique<QTcpSocket>());

    bool connectTo(std::uint16_t port);
    void send(const QByteArray& bytes);
    bool waitFor(const QByteArray& text);
    bool waitForEnd();

    std::unique_ptr<QTcpSocket> socket;
    QByteArray received;
};

// Accepts on loopback, one peer after the other.
class RawServer {
public:
    RawServer();
    std::unique_ptr<RawPeer> accept(); // null: nobody came
    base::Endpoint endpoint() const;
    sip::Hop hop(sip::TransportKind kind = sip::TransportKind::Tcp) const;

    QTcpServer server;
};

class StreamFixture : public sip::TransportReceiver {
public:
    explicit StreamFixture(const sip::TlsCredentials& tls = {});
    ~StreamFixture() override;

    std::uint16_t port() const { return streams.listeningPort(sip::TransportKind::Tcp); }
    // Sends, and writes down why it failed if it does.
    bool send(const QByteArray& bytes, const sip::Hop& to);
    void advance(base::Duration by); // in small steps, the event loop turning
    bool waitForRequests(qsizetype count);

    ManualScheduler scheduler;
    base::QtSocketFactory sockets;
    base::Random random{5};
    sip::StreamTransport streams;

    QList<sip::ParsedRequest> requests;
    QList<sip::Response> responses;
    QList<sip::Hop> hops; // of either
    QStringList failures;
    QStringList closed;
    QList<QByteArray> unreadable; // why

    void onRequest(sip::ParsedRequest&& request, const sip::Hop& from) override;
    void onResponse(sip::Response&& response, const sip::Hop& from) override;
    void onUnreadable(const base::Endpoint& from, const QByteArray& why) override;
    void onConnectionClosed(const sip::Hop& hop, const QString& why) override;
};

// A whole OPTIONS with that Call-ID, of a peer whose sent-by is 127.0.0.1 and that port.
QByteArray optionsOf(const QByteArray& callId, std::uint16_t port = 5060);
// As somebody answers it.
QByteArray okTo(const QByteArray& request);

} // namespace hs::test
