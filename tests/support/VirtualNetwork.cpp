#include "support/VirtualNetwork.h"

#include <algorithm>
#include <cstring>
#include <deque>

namespace hs::test {

class VirtualSocket final : public base::NotifyingDatagramSocket {
public:
    VirtualSocket(VirtualNetwork& network, const base::Endpoint& local)
        : m_network(network)
        , m_local(local)
    {
    }
    ~VirtualSocket() override { m_network.unbind(m_local); }

    std::size_t receive(std::span<base::IncomingDatagram> datagrams) override
    {
        std::size_t count = 0;
        for (; count < datagrams.size() && !m_waiting.empty(); ++count) {
            const VirtualDatagram& next = m_waiting.front();
            base::IncomingDatagram& slot = datagrams[count];
            const auto length = static_cast<std::size_t>(next.bytes.size());
            slot.size = std::min(length, slot.buffer.size());
            slot.truncated = length > slot.buffer.size();
            slot.source = next.source;
            slot.destination = next.destination.address();
            if (slot.size > 0) {
                std::memcpy(slot.buffer.data(), next.bytes.constData(), slot.size);
            }
            m_waiting.pop_front();
        }
        return count;
    }

    std::size_t send(std::span<const base::OutgoingDatagram> datagrams) override
    {
        std::size_t sent = 0;
        for (const base::OutgoingDatagram& out : datagrams) {
            if (m_network.localAddressFor(out.destination.address()).isNull()) {
                continue;
            }
            ++sent;
            const base::Endpoint source(m_network.sourceFor(m_local, out), m_local.port());
            m_network.transmit({source, out.destination,
                                QByteArray(reinterpret_cast<const char*>(out.bytes.data()),
                                           static_cast<qsizetype>(out.bytes.size()))});
        }
        return sent;
    }

    base::Endpoint localEndpoint() const override { return m_local; }
    int descriptor() const override { return -1; }
    void setReadable(std::function<void()> readable) override { m_readable = std::move(readable); }
    using Undelivered = std::function<void(const base::Endpoint&, base::Undelivered)>;
    void setUndelivered(Undelivered undelivered) override
    {
        m_undelivered = std::move(undelivered);
    }
    void tellUndelivered(const base::Endpoint& destination)
    {
        if (const auto undelivered = m_undelivered) {
            undelivered(destination, base::Undelivered::NobodyListens);
        }
    }

    void take(const VirtualDatagram& datagram)
    {
        m_waiting.push_back(datagram);
        if (m_readable) {
            const auto readable = m_readable; // which may destroy this socket
            readable();
        }
    }

private:
    VirtualNetwork& m_network;
    base::Endpoint m_local;
    std::deque<VirtualDatagram> m_waiting;
    std::function<void()> m_readable;
    Undelivered m_undelivered;
};

VirtualNetwork::VirtualNetwork(ManualScheduler& scheduler, std::uint64_t seed)
    : m_scheduler(scheduler)
    , m_random(seed)
    , m_ownV4(*base::IpAddress::parse("192.0.2.1"))
    , m_ownV6(*base::IpAddress::parse("2001:db8::1"))
{
}

VirtualNetwork::~VirtualNetwork() = default;

base::Result<std::unique_ptr<base::NotifyingDatagramSocket>>
VirtualNetwork::bindNotifying(const base::Endpoint& local)
{
    auto socket = bind(local);
    if (!socket) {
        return socket.error();
    }
    return std::unique_ptr<base::NotifyingDatagramSocket>(std::move(socket).value());
}

base::Result<std::unique_ptr<base::DatagramSocket>>
VirtualNetwork::bindPolled(const base::Endpoint& local)
{
    auto socket = bind(local);
    if (!socket) {
        return socket.error();
    }
    return std::unique_ptr<base::DatagramSocket>(std::move(socket).value());
}

base::IpAddress VirtualNetwork::localAddressFor(const base::IpAddress& remote)
{
    const auto route = m_routes.find(remote);
    if (route != m_routes.end() && !route->second) {
        return {};
    }
    if (remote.isLoopback()) {
        return remote.family() == base::IpAddress::Family::V4 ? base::IpAddress::loopbackV4()
                                                              : remote;
    }
    return remote.family() == base::IpAddress::Family::V4 ? m_ownV4 : m_ownV6;
}

void VirtualNetwork::setOwnAddress(const base::IpAddress& address)
{
    (address.family() == base::IpAddress::Family::V4 ? m_ownV4 : m_ownV6) = address;
}

void VirtualNetwork::setRoute(const base::IpAddress& remote, bool exists)
{
    m_routes[remote] = exists;
}

void VirtualNetwork::setPath(const base::IpAddress& destination, const NetworkPath& path)
{
    m_paths[destination] = path;
}

base::Result<std::unique_ptr<VirtualSocket>> VirtualNetwork::bind(const base::Endpoint& local)
{
    base::Endpoint wanted = local;
    while (wanted.port() == 0) {
        const base::Endpoint candidate(local.address(), m_nextEphemeral);
        m_nextEphemeral = m_nextEphemeral == 65535
            ? std::uint16_t(49152)
            : static_cast<std::uint16_t>(m_nextEphemeral + 1);
        if (!m_sockets.contains(candidate)) {
            wanted = candidate;
        }
    }
    if (m_sockets.contains(wanted)) {
        return base::Error{QStringLiteral("UDP %1: The bound address is already in use")
                               .arg(QString::fromLatin1(wanted.toString()))};
    }
    auto socket = std::make_unique<VirtualSocket>(*this, wanted);
    m_sockets[wanted] = socket.get();
    return socket;
}

VirtualSocket* VirtualNetwork::socketFor(const base::Endpoint& destination)
{
    auto found = m_sockets.find(destination);
    if (found == m_sockets.end()) {
        const auto any = destination.address().family() == base::IpAddress::Family::V4
            ? base::IpAddress::anyV4()
            : *base::IpAddress::parse("::");
        found = m_sockets.find({any, destination.port()});
    }
    return found == m_sockets.end() ? nullptr : found->second;
}

base::IpAddress VirtualNetwork::sourceFor(const base::Endpoint& local,
                                          const base::OutgoingDatagram& datagram)
{
    if (!datagram.source.isNull()) {
        return datagram.source;
    }
    return local.address().isAny() ? localAddressFor(datagram.destination.address())
                                   : local.address();
}

void VirtualNetwork::transmit(VirtualDatagram datagram)
{
    if (m_trace) {
        m_trace(datagram);
    }
    const auto route = m_routes.find(datagram.destination.address());
    const bool reachable = route == m_routes.end() || route->second;
    if (!reachable || datagram.source.isNull() || (m_rewrite && !m_rewrite(datagram))) {
        return;
    }
    if (const auto arrivals = m_carrier ? m_carrier(datagram) : std::nullopt) {
        for (const base::TimePoint arrival : *arrivals) {
            launch(datagram, arrival);
        }
        return;
    }
    const auto found = m_paths.find(datagram.destination.address());
    const NetworkPath& path = found == m_paths.end() ? m_defaultPath : found->second;
    if (happens(path.lossPermille)) {
        return;
    }
    base::TimePoint arrival = m_scheduler.clock().now() + path.delay;
    if (path.jitter > base::Duration(0)) {
        arrival += std::chrono::microseconds(m_random.below(static_cast<std::uint32_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(path.jitter).count())));
    }
    if (happens(path.reorderPermille)) {
        arrival += path.reorderDelay;
    } else {
        base::TimePoint& last = m_lastArrivals[{datagram.source, datagram.destination}];
        arrival = last = std::max(last, arrival);
    }
    launch(datagram, arrival);
    if (happens(path.duplicatePermille)) {
        launch(datagram, arrival);
    }
}

void VirtualNetwork::launch(const VirtualDatagram& datagram, base::TimePoint arrival)
{
    const std::uint64_t id = m_nextId++;
    m_inFlight[id] = {datagram, m_scheduler.at(arrival, [this, id] { arrive(id); })};
}

void VirtualNetwork::arrive(std::uint64_t id)
{
    const auto node = m_inFlight.extract(id);
    const VirtualDatagram& datagram = node.mapped().datagram;
    if (m_arrivals) {
        m_arrivals(datagram);
    }
    if (VirtualSocket* socket = socketFor(datagram.destination)) {
        socket->take(datagram);
    } else if (VirtualSocket* sender = socketFor(datagram.source); sender && m_reportsUndelivered) {
        sender->tellUndelivered(datagram.destination);
    }
}

} // namespace hs::test
