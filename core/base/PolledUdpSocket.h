// PolledUdpSocket: a QUdpSocket that binds, sets options and owns the descriptor, while whoever
// polls the descriptor reads and writes it in batches (recvmmsg), without allocation and without
// waking any event loop for a packet. For RTP and RTCP.
#pragma once

#include "base/DatagramSocket.h"

#include <QUdpSocket>
#include <QVariant>

namespace hs::base {

class PolledUdpSocket final : public DatagramSocket {
public:
    static Result<std::unique_ptr<DatagramSocket>> bind(const Endpoint& local);

    std::size_t receive(std::span<IncomingDatagram> datagrams) override;
    std::size_t send(std::span<const OutgoingDatagram> datagrams) override;
    Endpoint localEndpoint() const override { return m_local; }
    int descriptor() const override { return m_descriptor; }

private:
    PolledUdpSocket() = default;

    QUdpSocket m_socket;
    Endpoint m_local;
    int m_descriptor = -1;
};

} // namespace hs::base
