#include "ImpairedNetwork.h"

namespace hs::test {

ImpairedNetwork::ImpairedNetwork(ManualScheduler& scheduler, VirtualNetwork& network,
                                 std::uint64_t seed)
    : m_scheduler(scheduler)
    , m_seed(seed)
{
    network.setRewrite([this](VirtualDatagram& datagram) { return rewrite(datagram); });
    network.setCarrier(
        [this](const VirtualDatagram& datagram) -> std::optional<std::vector<base::TimePoint>> {
            const auto found =
                m_lines.find({datagram.source.address(), datagram.destination.address()});
            if (!isMedia(datagram) || found == m_lines.end()) {
                return std::nullopt;
            }
            return found->second.carry(now());
        });
}

ImpairedLine& ImpairedNetwork::line(const base::IpAddress& from, const base::IpAddress& to)
{
    const std::pair key(from, to);
    const auto found = m_lines.find(key);
    if (found != m_lines.end()) {
        return found->second;
    }
    return m_lines.try_emplace(key, Impairments{}, ++m_seed).first->second;
}

NatBox& ImpairedNetwork::addNat(const base::IpAddress& inside, const base::IpAddress& outside,
                                const NatRules& rules)
{
    // RTP and RTCP keep even and odd (RFC 4787 4.2.2): the ports of a pair differ in that alone.
    const auto open = [this, outside](const base::Endpoint& from) {
        m_nextPort = static_cast<std::uint16_t>(m_nextPort + 2);
        return base::Endpoint(outside, static_cast<std::uint16_t>(m_nextPort + from.port() % 2));
    };
    m_nats.push_back(std::make_unique<Nat>(Nat{inside, outside, NatBox(rules, open)}));
    return m_nats.back()->box;
}

bool ImpairedNetwork::rewrite(VirtualDatagram& datagram)
{
    if (!isMedia(datagram)) {
        return true;
    }
    if (m_dropped && m_dropped(datagram)) {
        return false;
    }
    for (const auto& nat : m_nats) {
        if (datagram.destination.address() == nat->inside) {
            return false; // nobody has a route to there
        }
        if (datagram.source.address() == nat->inside) {
            datagram.source = nat->box.outgoing(datagram.source, datagram.destination, now());
        }
    }
    for (const auto& nat : m_nats) {
        if (datagram.destination.address() == nat->outside) {
            const auto inside = nat->box.incoming(datagram.destination, datagram.source, now());
            if (!inside) {
                return false;
            }
            datagram.destination = *inside;
        }
    }
    return true;
}

} // namespace hs::test
