#include "engine/SipStack.h"

namespace hs::engine {

namespace {
sip::ParserLimits limits()
{
    sip::ParserLimits limits;
    limits.messageBytes = mostMessageBytes;
    return limits;
}

// Any address out there will do: only the route is asked for.
base::IpAddress somewhere(base::IpAddress::Family family)
{
    return *base::IpAddress::parse(family == base::IpAddress::Family::V4 ? "8.8.8.8"
                                                                         : "2001:4860:4860::8888");
}

sip::SipResolverSettings resolverSettings(const sip::Transport& transport,
                                          base::SocketFactory& sockets,
                                          const QList<base::Endpoint>& dnsServers)
{
    sip::SipResolverSettings settings;
    settings.supports = [&transport](auto kind, auto family) {
        return transport.supports(kind, family);
    };
    settings.ipv6First = [&sockets] { // RFC 6724: where there is a route
        return !sockets.localAddressFor(somewhere(base::IpAddress::Family::V6)).isNull();
    };
    settings.dns.servers = dnsServers;
    return settings;
}
} // namespace

SipStack::SipStack(std::unique_ptr<base::NotifyingDatagramSocket> socket,
                   base::SocketFactory& sockets, base::Scheduler& scheduler, base::Random& random,
                   const QList<base::Endpoint>& dnsServers)
    : m_sockets(sockets)
    , m_transport(std::move(socket), sockets, scheduler.clock(), limits())
    , m_transactions(m_transport, scheduler, random)
    , m_resolver(scheduler.clock(), random, resolverSettings(m_transport, sockets, dnsServers))
    , m_core{scheduler, m_transactions, random, m_resolver, "Hookswitch/" HS_VERSION}
    , m_userAgent(m_core)
{
    m_transport.setReceiver(&m_transactions);
}

SipStack::~SipStack()
{
    m_transport.setReceiver(nullptr);
}

base::Endpoint SipStack::address() const
{
    const base::Endpoint bound = m_transport.localEndpoint();
    if (!bound.address().isAny()) {
        return bound;
    }
    const base::IpAddress routed = m_sockets.localAddressFor(somewhere(bound.address().family()));
    return {routed.isNull() ? base::IpAddress::loopbackV4() : routed, bound.port()};
}

} // namespace hs::engine
