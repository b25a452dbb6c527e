#include "engine/SipStack.h"

#include "base/LoopbackAddress.h"

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

SipStack::Opened SipStack::open(const Parts& parts, const model::Settings& settings)
{
    sip::TransportLayer::Settings wanted;
    wanted.local = {settings.sipAddress, settings.sipPort};
    wanted.tcp = settings.sipTcp;
    wanted.tlsPort = settings.tlsPort;
    wanted.tlsCertificate = settings.tlsCertificate;
    wanted.tlsKey = settings.tlsKey;
    wanted.tlsAuthorities = settings.tlsAuthorities;
    wanted.limits = limits();
    auto transport = sip::TransportLayer::open(parts, wanted);
    if (!transport) {
        return transport.error();
    }
    auto stack = std::unique_ptr<SipStack>(
        new SipStack(parts, std::move(transport).value(), settings.dnsServers));
    stack->m_core.sessionTimer.interval = settings.sessionTimer;
    stack->m_core.nat.setPublicAddress(settings.publicAddress.value_or(base::IpAddress()));
    return stack;
}

SipStack::SipStack(const Parts& parts, std::unique_ptr<sip::TransportLayer> transport,
                   const QList<base::Endpoint>& dnsServers)
    : m_sockets(parts.sockets)
    , m_transport(std::move(transport))
    , m_transactions(*m_transport, parts.scheduler, parts.random)
    , m_resolver(parts.scheduler.clock(), parts.random,
                 resolverSettings(*m_transport, parts.sockets, dnsServers))
    , m_core{parts.scheduler, m_transactions, parts.random, m_resolver, "Hookswitch/" HS_VERSION}
    , m_userAgent(m_core)
{
    m_transport->setReceiver(&m_transactions);
}

SipStack::~SipStack()
{
    m_transport->setReceiver(nullptr);
}

base::Endpoint SipStack::address() const
{
    const base::Endpoint bound = m_transport->localEndpoint();
    if (!bound.address().isAny()) {
        return bound;
    }
    const base::IpAddress routed = m_sockets.localAddressFor(somewhere(bound.address().family()));
    return {routed.isNull() ? base::loopbackOf(bound.address().family()) : routed, bound.port()};
}

} // namespace hs::engine
