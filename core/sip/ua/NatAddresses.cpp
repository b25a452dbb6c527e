#include "sip/ua/NatAddresses.h"

namespace hs::sip {

namespace {
constexpr std::size_t mostLearned = 64; // one for each server of an account

bool isPublic(const base::IpAddress& address)
{
    return !address.isPrivate() && !address.isLoopback();
}
} // namespace

bool NatAddresses::learn(const Hop& hop, const Response& response)
{
    const std::optional<Via> via = response.topVia();
    if (!via) {
        return false;
    }
    const std::optional<base::IpAddress> host =
        base::IpAddress::parse(via->received() ? *via->received() : via->host);
    if (!host || host->isAny() || host->isMulticastOrBroadcast()) {
        return false;
    }
    // Over a stream the port is the connection's own; calls come to the one that we listen on.
    const bool usesPort = hop.kind == TransportKind::Udp && via->rport().value_or(0) != 0;
    const base::Endpoint seen(*host, usesPort ? *via->rport() : via->port);
    const base::Endpoint written(base::IpAddress::parse(via->host).value_or(base::IpAddress()),
                                 via->port);
    const auto it = m_learned.find(hop.remote);
    const base::Endpoint before = it != m_learned.end() ? it->second : written;
    if (seen == before) {
        return false;
    }
    if (m_learned.size() >= mostLearned) {
        m_learned.clear();
    }
    m_learned[hop.remote] = seen;
    return true;
}

bool NatAddresses::crossesNat(const Hop& hop, const base::IpAddress& local)
{
    return isPublic(hop.remote.address()) && !isPublic(local);
}

base::Endpoint NatAddresses::seenFrom(const Hop& hop, const base::Endpoint& sentBy) const
{
    const auto fits = [&](const base::IpAddress& address) {
        return crossesNat(hop, sentBy.address()) && address.family() == sentBy.address().family();
    };
    if (fits(m_public)) {
        return {m_public, sentBy.port()}; // somebody forwards the port, or would not have said so
    }
    if (const auto it = m_learned.find(hop.remote); it != m_learned.end()) {
        return it->second;
    }
    return fits(m_mapped.address()) && hop.kind == TransportKind::Udp ? m_mapped : sentBy;
}

base::IpAddress NatAddresses::mediaAddress(const Hop& hop, const base::IpAddress& local) const
{
    if (crossesNat(hop, local)) {
        for (const base::IpAddress& address : {m_public, m_mapped.address()}) {
            if (address.family() == local.family()) {
                return address;
            }
        }
    }
    return local;
}

} // namespace hs::sip
