// EventedUdpSocket: a QUdpSocket that tells an event loop when it can be read and knows to which of
// our addresses each datagram came (RFC 3542 packet information). For SIP: few, large datagrams.
#pragma once

#include "base/DatagramSocket.h"

#include <QUdpSocket>

namespace hs::base {

class EventedUdpSocket final : public QObject, public NotifyingDatagramSocket {
    Q_OBJECT
public:
    static Result<std::unique_ptr<NotifyingDatagramSocket>> bind(const Endpoint& local);

    std::size_t receive(std::span<IncomingDatagram> datagrams) override;
    std::size_t send(std::span<const OutgoingDatagram> datagrams) override;
    Endpoint localEndpoint() const override;
    int descriptor() const override;
    void setReadable(std::function<void()> readable) override;

private:
    EventedUdpSocket();

    QUdpSocket m_socket;
    std::function<void()> m_readable;
};

} // namespace hs::base
