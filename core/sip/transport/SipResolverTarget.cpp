#include "sip/transport/SipResolverTarget.h"

#include "base/Text.h"
#include "sip/transport/DnsName.h"

namespace hs::sip {

namespace {
using Family = base::IpAddress::Family;

base::Error wrong(const Uri& uri, const QString& why)
{
    return {QStringLiteral("no request can be sent to '%1': %2")
                .arg(base::printable(uri.toBytes(), 120), why)};
}

std::optional<TransportKind> kindOf(QByteArrayView name)
{
    if (base::equalsIgnoreCase(name, "udp")) {
        return TransportKind::Udp;
    }
    if (base::equalsIgnoreCase(name, "tcp")) {
        return TransportKind::Tcp;
    }
    if (base::equalsIgnoreCase(name, "tls")) { // deprecated, and in use (RFC 5630 section 3.1.2)
        return TransportKind::Tls;
    }
    return std::nullopt;
}

// The transport that a URI names. Nothing in it if it names none.
base::Result<std::optional<TransportKind>> namedKind(const Uri& uri)
{
    const auto name = uri.params.find("transport");
    if (!name || name->isEmpty()) {
        return std::optional<TransportKind>();
    }
    auto kind = kindOf(*name);
    if (!kind) {
        return wrong(uri,
                     QStringLiteral("it asks for the transport '%1'; there are udp, tcp and tls")
                         .arg(base::printable(*name, 20)));
    }
    if (uri.isSips()) {
        if (kind == TransportKind::Udp) {
            return wrong(uri, QStringLiteral("sips needs TLS, and it asks for UDP"));
        }
        kind = TransportKind::Tls; // RFC 3261 section 26.2.2: sips with tcp is TLS over TCP
    }
    return kind;
}
} // namespace

bool supportsAny(const SupportsTransport& supports, TransportKind kind)
{
    return supports(kind, Family::V4) || supports(kind, Family::V6);
}

QLatin1String transportName(TransportKind kind)
{
    switch (kind) {
    case TransportKind::Udp:
        return QLatin1String("UDP");
    case TransportKind::Tcp:
        return QLatin1String("TCP");
    case TransportKind::Tls:
        return QLatin1String("TLS");
    }
    return {};
}

std::uint16_t defaultSipPort(TransportKind kind)
{
    return kind == TransportKind::Tls ? 5061 : 5060;
}

TransportKind defaultSipTransport(bool secure, const SupportsTransport& supports)
{
    if (secure) {
        return TransportKind::Tls;
    }
    return supportsAny(supports, TransportKind::Udp) || !supportsAny(supports, TransportKind::Tcp)
        ? TransportKind::Udp
        : TransportKind::Tcp;
}

base::Result<SipResolverTarget> SipResolverTarget::from(const Uri& uri,
                                                        const SupportsTransport& supports)
{
    if (!uri.isSip()) {
        return wrong(uri, QStringLiteral("it is no sip or sips URI"));
    }
    const auto kind = namedKind(uri);
    if (!kind) {
        return kind.error();
    }
    SipResolverTarget target{uri.host, base::IpAddress::parse(uri.host), uri.port, *kind,
                             uri.isSips()};
    const TransportKind needed = kind->value_or(defaultSipTransport(target.secure, supports));
    if (!supportsAny(supports, needed)) {
        return wrong(
            uri,
            QStringLiteral("it needs %1, which is not set up here").arg(transportName(needed)));
    }
    if (!target.address) {
        auto name = dnsName(uri.host);
        if (!name) {
            return name.error();
        }
        target.host = *name;
        return target;
    }
    if (target.address->isAny() || target.address->isMulticastOrBroadcast()) {
        return wrong(uri, QStringLiteral("its address is not that of a single host"));
    }
    if (!supports(needed, target.address->family())) {
        const bool isV4 = target.address->family() == Family::V4;
        const QLatin1String names[] = {QLatin1String("IPv4"), QLatin1String("IPv6")};
        const QString why = QStringLiteral("nothing is sent from here by %1 over %2")
                                .arg(transportName(needed), names[isV4 ? 0 : 1]);
        const bool isOther = supports(needed, isV4 ? Family::V6 : Family::V4);
        return wrong(uri,
                     isOther
                         ? why + QStringLiteral(": sip_address is of %1").arg(names[isV4 ? 1 : 0])
                         : why);
    }
    return target;
}

} // namespace hs::sip
