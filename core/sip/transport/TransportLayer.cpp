#include "sip/transport/TransportLayer.h"

#include "base/LogCategories.h"

namespace hs::sip {

namespace {
const base::IpAddress anyV6 = *base::IpAddress::parse("::");
constexpr int mostTries = 16; // for a port that is free in UDP and in TCP
} // namespace

TransportLayer::Opened TransportLayer::open(const Parts& parts, const Settings& settings)
{
    using Kind = TransportKind;
    using What = TransportFailure::What;
    auto tls =
        TlsCredentials::load(settings.tlsCertificate, settings.tlsKey, settings.tlsAuthorities);
    if (!tls) {
        return TransportFailure{What::Certificate, Kind::Tls, {}, tls.error().text};
    }
    if (settings.tlsPort && !tls->canListen()) {
        return TransportFailure{
            What::Certificate,
            Kind::Tls,
            {},
            QStringLiteral("sip_tls_port: to listen for TLS a certificate is needed; name it with "
                           "sip_tls_certificate, and its key with sip_tls_key")};
    }
    std::optional<TransportFailure> failure;
    for (int tries = 0; tries < mostTries; ++tries) {
        std::unique_ptr<TransportLayer> layer(new TransportLayer);
        failure = layer->bindAll(parts, settings, *tls);
        if (!failure) {
            return layer;
        }
        // A port that the system chose may be taken in TCP: then another one.
        if (settings.local.port() != 0 || failure->local.port() == 0
            || failure->kind == Kind::Tls) {
            break;
        }
    }
    return *failure;
}

std::optional<TransportFailure>
TransportLayer::bindAll(const Parts& parts, const Settings& settings, const TlsCredentials& tls)
{
    using What = TransportFailure::What;
    auto socket = parts.sockets.bindNotifying(settings.local);
    if (!socket) {
        return TransportFailure{What::Port, TransportKind::Udp, settings.local,
                                socket.error().text};
    }
    m_udp = std::make_unique<UdpTransport>(std::move(socket).value(), parts.sockets,
                                           parts.scheduler.clock(), settings.limits);
    const std::uint16_t port = localEndpoint().port();
    const base::IpAddress address = settings.local.address();
    // A machine without IPv6 has no way to its own loopback address.
    const bool withV6 = address == base::IpAddress::anyV4()
        && !parts.sockets.localAddressFor(*base::IpAddress::parse("::1")).isNull();
    if (withV6) {
        const base::Endpoint local(anyV6, port);
        auto second = parts.sockets.bindNotifying(local);
        if (!second) {
            return TransportFailure{What::Port, TransportKind::Udp, local, second.error().text};
        }
        m_udp6 = std::make_unique<UdpTransport>(std::move(second).value(), parts.sockets,
                                                parts.scheduler.clock(), settings.limits);
    }
    m_streams = std::make_unique<StreamTransport>(
        StreamTransport::Parts{parts.sockets, parts.scheduler, parts.random},
        StreamTransport::Settings{address, withV6, settings.tcp, port, settings.limits}, tls);
    std::optional<TransportFailure> failure;
    if (settings.tcp) {
        failure = listen(TransportKind::Tcp, {address, port});
    }
    if (!failure && settings.tlsPort) {
        failure = listen(TransportKind::Tls, {address, *settings.tlsPort});
    }
    return failure;
}

std::optional<TransportFailure> TransportLayer::listen(TransportKind kind,
                                                       const base::Endpoint& local)
{
    base::Result<void> listening = m_streams->listen(kind, local);
    base::Endpoint failed = local;
    if (listening && m_udp6) {
        failed = base::Endpoint(anyV6, m_streams->listeningPort(kind));
        listening = m_streams->listen(kind, failed);
    }
    if (listening) {
        return std::nullopt;
    }
    return TransportFailure{TransportFailure::What::Port, kind, failed, listening.error().text};
}

void TransportLayer::setReceiver(TransportReceiver* receiver)
{
    m_udp->setReceiver(receiver);
    if (m_udp6) {
        m_udp6->setReceiver(receiver);
    }
    m_streams->setReceiver(receiver);
}

const Transport& TransportLayer::of(const Hop& hop) const
{
    if (hop.kind != TransportKind::Udp) {
        return *m_streams;
    }
    const bool isV6 = hop.remote.address().family() == base::IpAddress::Family::V6;
    return isV6 && m_udp6 ? *m_udp6 : *m_udp;
}

bool TransportLayer::send(const QByteArray& bytes, const Hop& to, Failed failed)
{
    return of(to).send(bytes, to, std::move(failed));
}

bool TransportLayer::supports(TransportKind kind, base::IpAddress::Family family) const
{
    if (kind != TransportKind::Udp) {
        return m_streams->supports(kind, family);
    }
    return m_udp->supports(kind, family) || (m_udp6 && m_udp6->supports(kind, family));
}

bool TransportLayer::isOpen(const Hop& to) const
{
    return of(to).isOpen(to);
}

void TransportLayer::prepare(const Hop& to, base::Duration within, std::function<void(bool)> ready)
{
    of(to).prepare(to, within, std::move(ready));
}

void TransportLayer::keep(const Hop& to)
{
    of(to).keep(to);
}

void TransportLayer::letGo(const Hop& to)
{
    of(to).letGo(to);
}

QByteArray TransportLayer::viaName(const Hop& hop) const
{
    return of(hop).viaName(hop);
}

base::Endpoint TransportLayer::sentBy(const Hop& hop) const
{
    return of(hop).sentBy(hop);
}

Hop TransportLayer::responseHop(const Via& top, const Hop& requestCameFrom) const
{
    return of(requestCameFrom).responseHop(top, requestCameFrom);
}

} // namespace hs::sip
