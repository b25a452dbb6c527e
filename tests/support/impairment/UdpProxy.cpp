#include "UdpProxy.h"

namespace hs::test {

namespace {

constexpr int mostTries = 200; // for two ports in a row

base::Endpoint shifted(const base::Endpoint& rtp, std::size_t which)
{
    return rtp.isNull()
        ? rtp
        : base::Endpoint(rtp.address(), static_cast<std::uint16_t>(rtp.port() + which));
}

} // namespace

UdpProxy::UdpProxy(base::SocketFactory& sockets, base::Scheduler& scheduler, const Options& options)
    : m_sockets(sockets)
    , m_scheduler(scheduler)
    , m_options(options)
    , m_toNear(options.toNear, 2 * options.seed)
    , m_toFar(options.toFar, 2 * options.seed + 1)
{
    if (options.nat) {
        m_nat.emplace(
            *options.nat, [this](const base::Endpoint&) { return open(); },
            [this](const base::Endpoint& outside) { m_outside.erase(outside); });
    }
}

UdpProxy::~UdpProxy() = default;

base::Result<std::unique_ptr<UdpProxy>>
UdpProxy::make(base::SocketFactory& sockets, base::Scheduler& scheduler, const Options& options)
{
    std::unique_ptr<UdpProxy> proxy(new UdpProxy(sockets, scheduler, options));
    for (Pair* pair : {&proxy->m_near, &proxy->m_far}) {
        if (const auto bound = proxy->bind(*pair); !bound) {
            return bound.error();
        }
    }
    UdpProxy* self = proxy.get();
    for (const std::size_t which : {0U, 1U}) {
        self->read(self->m_near[which],
                   [self, which](const base::Endpoint&, std::span<const std::byte> bytes) {
                       self->fromNear(which, bytes);
                   });
        self->read(self->m_far[which],
                   [self, which](const base::Endpoint& source, std::span<const std::byte> bytes) {
                       self->fromFar(which, source, bytes);
                   });
    }
    return proxy;
}

base::Result<void> UdpProxy::bind(Pair& pair)
{
    base::Error error;
    for (int tries = 0; tries < mostTries; ++tries) {
        auto rtp = m_sockets.bindNotifying({m_options.host, 0});
        if (!rtp) {
            return rtp.error();
        }
        const base::Endpoint own = rtp.value()->localEndpoint();
        if (own.port() % 2 != 0) {
            continue; // RTP has the even one (RFC 3550 11)
        }
        auto rtcp = m_sockets.bindNotifying(shifted(own, 1));
        if (rtcp) {
            pair = {std::move(rtp).value(), std::move(rtcp).value()};
            return {};
        }
        error = rtcp.error();
    }
    return error;
}

base::Endpoint UdpProxy::open()
{
    auto bound = m_sockets.bindNotifying({m_options.host, 0});
    if (!bound) {
        return {};
    }
    const Socket socket(std::move(bound).value());
    const base::Endpoint outside = socket->localEndpoint();
    m_outside[outside] = socket;
    read(socket, [this, outside](const base::Endpoint& source, std::span<const std::byte> bytes) {
        fromOutside(outside, source, bytes);
    });
    return outside;
}

void UdpProxy::read(const Socket& socket, const Receive& receive)
{
    const std::weak_ptr<base::NotifyingDatagramSocket> weak = socket;
    socket->setReadable([weak, receive] {
        std::array<std::byte, 4096> buffer;
        base::IncomingDatagram slot{buffer};
        // Receiving may close it.
        for (Socket self = weak.lock(); self && self->receive({&slot, 1}) == 1;) {
            receive(slot.source, slot.bytes());
        }
    });
}

void UdpProxy::fromFar(std::size_t which, const base::Endpoint& source,
                       std::span<const std::byte> bytes)
{
    const base::Endpoint to = shifted(m_nearEnd, which);
    if (to.isNull() || (which == 1 && !m_options.carriesRtcp)) {
        return;
    }
    Socket from = m_near[which];
    if (m_nat) {
        m_insides[source] = which;
        const auto outside = m_outside.find(m_nat->outgoing(source, to, m_scheduler.clock().now()));
        if (outside == m_outside.end()) {
            return;
        }
        from = outside->second;
    }
    carry(m_toNear, from, to, bytes);
}

void UdpProxy::fromNear(std::size_t which, std::span<const std::byte> bytes)
{
    const base::Endpoint to = shifted(m_farEnd, which);
    if (!m_nat && !to.isNull() && (which == 0 || m_options.carriesRtcp)) {
        carry(m_toFar, m_far[which], to, bytes);
    }
}

void UdpProxy::fromOutside(const base::Endpoint& outside, const base::Endpoint& source,
                           std::span<const std::byte> bytes)
{
    const auto inside = m_nat->incoming(outside, source, m_scheduler.clock().now());
    if (inside) {
        carry(m_toFar, m_far[whichOf(*inside)], *inside, bytes);
    }
}

std::size_t UdpProxy::whichOf(const base::Endpoint& inside) const
{
    const auto known = m_insides.find(inside);
    return known == m_insides.end() ? 0 : known->second;
}

void UdpProxy::carry(ImpairedLine& line, const Socket& from, const base::Endpoint& to,
                     std::span<const std::byte> bytes)
{
    for (const base::TimePoint arrival : line.carry(m_scheduler.clock().now())) {
        const std::uint64_t id = m_nextFlight++;
        m_flights[id] = m_scheduler.at(
            arrival, [this, id, from, to, copy = std::vector(bytes.begin(), bytes.end())] {
                const base::OutgoingDatagram out{copy, to, {}};
                from->send({&out, 1});
                m_flights.erase(id); // this function with it: the last that is done
            });
    }
}

} // namespace hs::test
