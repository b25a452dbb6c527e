// EventedUdpSocket: a UDP socket that tells an event loop when it can be read, knows to which of
// our addresses each datagram came (RFC 3542 packet information), and what did not get where it was
// sent (ICMP). For SIP: few, large datagrams. Not a QUdpSocket: that one stops reading for good
// after an error that came without a datagram.
#pragma once

#include "base/DatagramSocket.h"
#include "base/UndeliveredQueue.h"

#include <QSocketNotifier>

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
    void setUndelivered(std::function<void(const Endpoint&, Undelivered)> undelivered) override;
    ~EventedUdpSocket() override;

private:
    EventedUdpSocket(int descriptor, const Endpoint& local);
    bool receiveOne(IncomingDatagram& slot);
    bool sendOne(const OutgoingDatagram& outgoing);
    void takeReports();
    void tellReports();

    int m_descriptor;
    Endpoint m_local;
    QSocketNotifier m_notifier;
    std::function<void()> m_readable;
    std::function<void(const Endpoint&, Undelivered)> m_undelivered;
    std::vector<UndeliveredQueue::Entry> m_reports; // not told yet
};

} // namespace hs::base
