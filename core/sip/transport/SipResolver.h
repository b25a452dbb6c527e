// SipResolver: from a SIP URI to hops by RFC 3263: NAPTR, SRV, A and AAAA. Only what can be sent
// from here is a hop, never a multicast or unspecified address. A hop that somebody reported as
// failed stands last for a minute, so that the next call does not wait for it too.
// Thread: one with an event loop; a name is answered later, within 5 s, unless the resolver is
// destroyed first.
#pragma once

#include "sip/transport/SipResolverLookup.h"

namespace hs::sip {

struct SipResolverSettings {
    SupportsTransport supports; // what can be sent from here
    std::function<bool()> ipv6First{}; // whether to try IPv6 first where both are there; empty: no
    DnsSettings dns{};
};

class SipResolver final : public Resolver {
public:
    SipResolver(const base::Clock& clock, base::Random& random, SipResolverSettings settings);
    ~SipResolver() override;

    void resolve(const Uri& uri, Done done) override;
    void reportFailure(const Hop& hop) override;

private:
    using FailedHop = std::pair<base::Endpoint, TransportKind>;

    void finish(std::uint64_t lookup, const base::Result<Hops>& result, const Done& done);
    Hops failedLast(const Hops& hops) const;
    bool hasFailed(const Hop& hop) const;

    const base::Clock& m_clock;
    base::Random& m_random;
    SipResolverSettings m_settings;
    DnsClient m_dns;
    std::map<FailedHop, base::TimePoint> m_failed; // until when it stands last
    std::map<std::uint64_t, std::unique_ptr<SipResolverLookup>> m_lookups;
    std::uint64_t m_nextLookup = 0;
};

} // namespace hs::sip
