// PolledUdpSocket: a descriptor that a QUdpSocket has bound and set options on, and that whoever
// polls it reads and writes in batches (recvmmsg), without allocation. The QUdpSocket is gone by
// then: its notifier would stay in the event loop of the thread that bound it. For RTP and RTCP.
#pragma once

#include "base/DatagramSocket.h"

namespace hs::base {

class PolledUdpSocket final : public DatagramSocket {
public:
    static Result<std::unique_ptr<DatagramSocket>> bind(const Endpoint& local);

    ~PolledUdpSocket() override;
    std::size_t receive(std::span<IncomingDatagram> datagrams) override;
    std::size_t send(std::span<const OutgoingDatagram> datagrams) override;
    Endpoint localEndpoint() const override { return m_local; }
    int descriptor() const override { return m_descriptor; }

private:
    PolledUdpSocket() = default;

    Endpoint m_local;
    int m_descriptor = -1;
};

} // namespace hs::base
