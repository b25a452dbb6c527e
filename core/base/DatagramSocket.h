// DatagramSocket: a bound UDP socket that never blocks, reading and writing many datagrams at a
// time into and from memory of the caller's. SocketFactory makes them; tests put a virtual network
// in its place. Thread: a socket belongs to one thread at a time.
#pragma once

#include "base/Endpoint.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

namespace hs::base {

struct IncomingDatagram {
    std::span<std::byte> buffer; // the caller's; longer datagrams are cut
    std::size_t size = 0;
    bool truncated = false;
    Endpoint source{};
    IpAddress destination{}; // to which of our addresses it came; null where the socket can't tell

    std::span<const std::byte> bytes() const { return buffer.first(size); }
};

struct OutgoingDatagram {
    std::span<const std::byte> bytes;
    Endpoint destination{};
    IpAddress source{}; // from which of our addresses; null: the route decides
};

class DatagramSocket {
public:
    virtual ~DatagramSocket() = default;

    // How many were filled; 0 when nothing is waiting.
    virtual std::size_t receive(std::span<IncomingDatagram> datagrams) = 0;
    // How many were handed to the system. One that is lost for want of buffers counts, as UDP may
    // lose it anywhere; one that can never get there (no route, forbidden) does not.
    virtual std::size_t send(std::span<const OutgoingDatagram> datagrams) = 0;
    virtual Endpoint localEndpoint() const = 0;
    // For a poll set; -1 if there is none behind this socket.
    virtual int descriptor() const = 0;
};

// What the network says of a datagram that we sent.
enum class Undelivered { NobodyListens, NoWay };

// A socket whose owner runs an event loop: called when something can be received.
class NotifyingDatagramSocket : public DatagramSocket {
public:
    virtual void setReadable(std::function<void()> readable) = 0;
    // Called, never from within send() or receive(), when the network reports (ICMP) that something
    // did not get there. Anybody can forge such a report, and many networks send none.
    virtual void setUndelivered(std::function<void(const Endpoint& destination, Undelivered what)>)
    {
    }
};

class SocketFactory {
public:
    virtual ~SocketFactory() = default;
    // Port 0: any free one. The error names address and port and says what is wrong with them.
    virtual Result<std::unique_ptr<NotifyingDatagramSocket>>
    bindNotifying(const Endpoint& local) = 0;
    virtual Result<std::unique_ptr<DatagramSocket>> bindPolled(const Endpoint& local) = 0;
    // Which of our addresses a datagram to `remote` leaves from; null if there is no route.
    virtual IpAddress localAddressFor(const IpAddress& remote) = 0;
};

} // namespace hs::base
