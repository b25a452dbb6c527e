// SipResolverOrder: in which order to use what the DNS says: SRV by priority and weight (RFC 2782),
// NAPTR by order and preference (RFC 3403, RFC 3263 section 4.1), the addresses of a host by
// family. Thread: pure functions.
#pragma once

#include "base/Random.h"
#include "sip/transport/DnsAnswer.h"
#include "sip/transport/SipResolverTarget.h"

namespace hs::sip {

// A name under which SRV records stand, and what they are for.
struct SipService {
    QByteArray name; // "_sip._udp.example.com"
    TransportKind kind = TransportKind::Udp;
    bool kindIsFixed = false;

    friend bool operator==(const SipService&, const SipService&) = default;
};

// By rising priority; within one, drawn by weight. What has no port is left out.
QList<SrvRecord> srvOrder(const QList<DnsRecord>& records, base::Random& random);

// The services that we support, in lists of the same order value, the lowest first, within it by
// preference. A client uses the first list, and another only if nothing stands behind that one.
QList<QList<SipService>> naptrServices(const QList<DnsRecord>& records, bool secure,
                                       const SupportsTransport& supports);

// Both families in turns, so that a dead one costs one try only.
QList<base::IpAddress> inTurns(const QList<base::IpAddress>& first,
                               const QList<base::IpAddress>& second);

} // namespace hs::sip
