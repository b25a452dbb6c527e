#include "NatBox.h"

#include <algorithm>

namespace hs::test {

NatBox::NatBox(const NatRules& rules, Open open, Close close)
    : m_rules(rules)
    , m_open(std::move(open))
    , m_close(std::move(close))
{
}

base::Endpoint NatBox::outgoing(const base::Endpoint& inside, const base::Endpoint& destination,
                                base::TimePoint now)
{
    expire(now);
    auto mapping = std::ranges::find_if(m_mappings, [&](const Mapping& each) {
        return each.inside == inside && isAlike(m_rules.mapping, each.destination, destination);
    });
    if (mapping == m_mappings.end()) {
        const base::Endpoint outside = m_open(inside);
        if (outside.isNull()) {
            return {};
        }
        m_mappings.push_back({inside, outside, destination, {}, now});
        mapping = m_mappings.end() - 1;
    }
    mapping->usedAt = now;
    const auto known = std::ranges::find(mapping->sentTo, destination, &Peer::endpoint);
    if (known == mapping->sentTo.end()) {
        mapping->sentTo.push_back({destination, now});
    } else {
        known->sentAt = now;
    }
    return mapping->outside;
}

std::optional<base::Endpoint> NatBox::incoming(const base::Endpoint& outside,
                                               const base::Endpoint& source, base::TimePoint now)
{
    expire(now);
    const auto mapping = std::ranges::find(m_mappings, outside, &Mapping::outside);
    if (mapping != m_mappings.end() && std::ranges::any_of(mapping->sentTo, [&](const Peer& peer) {
            return isAlike(m_rules.filtering, peer.endpoint, source);
        })) {
        return mapping->inside;
    }
    ++m_refused;
    return std::nullopt;
}

void NatBox::rebind()
{
    for (const Mapping& mapping : m_mappings) {
        if (m_close) {
            m_close(mapping.outside);
        }
    }
    m_mappings.clear();
}

bool NatBox::isAlike(NatRules::Behaviour behaviour, const base::Endpoint& a,
                     const base::Endpoint& b)
{
    switch (behaviour) {
    case NatRules::Behaviour::EndpointIndependent:
        return true;
    case NatRules::Behaviour::AddressDependent:
        return a.address() == b.address();
    case NatRules::Behaviour::AddressAndPortDependent:
        return a == b;
    }
    return false;
}

void NatBox::expire(base::TimePoint now)
{
    const auto isOld = [&](base::TimePoint at) { return now - at > m_rules.timeout; };
    std::erase_if(m_mappings, [&](const Mapping& mapping) {
        if (isOld(mapping.usedAt) && m_close) {
            m_close(mapping.outside);
        }
        return isOld(mapping.usedAt);
    });
    for (Mapping& mapping : m_mappings) {
        std::erase_if(mapping.sentTo, [&](const Peer& peer) { return isOld(peer.sentAt); });
    }
}

} // namespace hs::test
