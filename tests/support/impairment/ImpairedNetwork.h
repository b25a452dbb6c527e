// ImpairedNetwork: bad lines and NATs on a VirtualNetwork, for the media of whole engines: RTP and
// RTCP (ports from 30000 up) go through them, SIP does not, as if a server carried it around. It
// takes the network's rewriting and carrying for itself. The network and the scheduler outlive it,
// or it them, but nothing may be sent then. Thread: one.
#pragma once

#include "support/VirtualNetwork.h"
#include "support/impairment/ImpairedLine.h"
#include "support/impairment/NatBox.h"

namespace hs::test {

class ImpairedNetwork {
public:
    ImpairedNetwork(ManualScheduler& scheduler, VirtualNetwork& network, std::uint64_t seed = 1);
    ImpairedNetwork(const ImpairedNetwork&) = delete;
    ImpairedNetwork& operator=(const ImpairedNetwork&) = delete;

    // What goes from one address to another; a good line until it is changed. An address behind a
    // NAT sends as its outside one.
    ImpairedLine& line(const base::IpAddress& from, const base::IpAddress& to);
    // Puts an address behind another: nothing reaches it but through this.
    NatBox& addNat(const base::IpAddress& inside, const base::IpAddress& outside,
                   const NatRules& rules);
    // What is dropped besides; empty: nothing.
    void setDropped(std::function<bool(const VirtualDatagram&)> dropped) { m_dropped = dropped; }

    static bool isMedia(const VirtualDatagram& datagram)
    {
        return datagram.destination.port() >= 30000;
    }
    static bool isRtcp(const VirtualDatagram& datagram)
    {
        return isMedia(datagram) && datagram.destination.port() % 2 == 1;
    }

private:
    struct Nat {
        base::IpAddress inside;
        base::IpAddress outside;
        NatBox box;
    };
    bool rewrite(VirtualDatagram& datagram);
    base::TimePoint now() const { return m_scheduler.clock().now(); }

    ManualScheduler& m_scheduler;
    std::uint64_t m_seed;
    std::map<std::pair<base::IpAddress, base::IpAddress>, ImpairedLine> m_lines;
    std::vector<std::unique_ptr<Nat>> m_nats;
    std::function<bool(const VirtualDatagram&)> m_dropped;
    std::uint16_t m_nextPort = 40000;
};

} // namespace hs::test
