// QtSocketFactory: the SocketFactory of the real network.
#pragma once

#include "base/DatagramSocket.h"

class QUdpSocket;

namespace hs::base {

class QtSocketFactory final : public SocketFactory {
public:
    Result<std::unique_ptr<NotifyingDatagramSocket>> bindNotifying(const Endpoint& local) override;
    Result<std::unique_ptr<DatagramSocket>> bindPolled(const Endpoint& local) override;
    IpAddress localAddressFor(const IpAddress& remote) override;
};

// Binds without sharing the port, with no proxy and a receive buffer of the given size. :: takes
// IPv6 only.
Result<void> bindUdp(QUdpSocket& socket, const Endpoint& local, int receiveBufferBytes);

} // namespace hs::base
