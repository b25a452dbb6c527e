// SipResolverTarget: what a SIP URI says about where its requests go, before any name is looked up
// (RFC 3263 section 4.1). maddr is not followed: it would let a peer's Contact or Record-Route send
// us wherever it likes, and nobody else uses it. Thread: a value.
#pragma once

#include "sip/message/Uri.h"
#include "sip/transport/Transport.h"

namespace hs::sip {

using SupportsTransport = std::function<bool(TransportKind, base::IpAddress::Family)>;

struct SipResolverTarget {
    QByteArray host; // as dnsName() makes it; of an address its text
    std::optional<base::IpAddress> address; // then no name is looked up
    std::uint16_t port = 0; // 0: none given
    std::optional<TransportKind> kind; // none: the URI leaves it to the DNS
    bool secure = false; // a sips URI: TLS and nothing else

    // The error is a sentence: not a SIP URI, a transport that is not ours, a bad name.
    static base::Result<SipResolverTarget> from(const Uri& uri, const SupportsTransport& supports);
};

bool supportsAny(const SupportsTransport& supports, TransportKind kind);
QLatin1String transportName(TransportKind kind); // "UDP"
std::uint16_t defaultSipPort(TransportKind kind);
// UDP, or TLS for sips (RFC 3263 section 4.1); TCP where there is no UDP here.
TransportKind defaultSipTransport(bool secure, const SupportsTransport& supports);

} // namespace hs::sip
