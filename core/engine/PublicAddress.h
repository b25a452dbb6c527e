// PublicAddress: what the SIP socket looks like from outside, asked of a STUN server at the start,
// when the network changes, and again and again, which keeps the NAT's binding open as well (RFC
// 8489). Thread: core.
#pragma once

#include "base/HostPort.h"
#include "base/StunTransaction.h"
#include "sip/transport/TransportLayer.h"
#include "sip/ua/UaCore.h"

namespace hs::engine {

class PublicAddress {
public:
    // `changed` is called when it is known for the first time, and when it has changed or is known
    // no more.
    PublicAddress(sip::UdpTransport& socket, sip::UaCore& core, const base::HostPort& server,
                  std::function<void()> changed);
    ~PublicAddress();

    // Asks at once. If nobody answers, what was known is of the former network and forgotten.
    void networkChanged();

private:
    void ask();
    void ask(const base::Endpoint& server);
    void answered(const base::Result<base::Endpoint>& mapped);

    sip::UdpTransport& m_socket;
    sip::UaCore& m_core;
    base::HostPort m_server;
    std::function<void()> m_changed;
    std::unique_ptr<base::StunTransaction> m_transaction;
    bool m_failed = false; // that was said
    bool m_isOfFormerNetwork = false; // what is known
    base::Timer m_next;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace hs::engine
