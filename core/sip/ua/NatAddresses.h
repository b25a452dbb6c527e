// NatAddresses: what our address looks like from the other side of a NAT: as a server told us in
// received and rport (RFC 3581), as it was configured, or as STUN found. For Contact; what stands
// in Via stays our own. Thread: one, the transaction layer's.
#pragma once

#include "sip/message/Message.h"
#include "sip/transport/Transport.h"

#include <map>
#include <optional>
#include <utility>

namespace hs::sip {

class NatAddresses {
public:
    // Used towards all public addresses; null takes it back.
    void setPublicAddress(const base::IpAddress& address) { m_public = address; }
    const base::IpAddress& publicAddress() const { return m_public; }
    // What STUN says the SIP socket looks like; counts where no address is configured. True if it
    // is news.
    bool setMapped(const base::Endpoint& mapped)
    {
        return std::exchange(m_mapped, mapped) != mapped;
    }

    // The response's top Via tells how the far end at that hop sees us. True if that is news.
    bool learn(const Hop& hop, const Response& response);
    void forget(const Hop& hop) { m_learned.erase(hop.remote); }
    // `sentBy` is how we see ourselves.
    base::Endpoint seenFrom(const Hop& hop, const base::Endpoint& sentBy) const;
    // What to call ourselves in a session description. The port stays ours: a far end that a NAT
    // separates from us answers to where our packets come from.
    base::IpAddress mediaAddress(const Hop& hop, const base::IpAddress& local) const;

private:
    static bool crossesNat(const Hop& hop, const base::IpAddress& local);

    base::IpAddress m_public;
    base::Endpoint m_mapped;
    std::map<base::Endpoint, base::Endpoint> m_learned;
};

} // namespace hs::sip
