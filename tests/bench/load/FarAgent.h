// FarAgent: the SIP side of the far ends: calls the daemon and is called by it, on a socket of
// loopback, each call under a number of its own. PCMA is all it offers and takes.
// Thread: one with an event loop.
#pragma once

#include "base/QtScheduler.h"
#include "base/QtSocketFactory.h"
#include "sip/transport/SipResolver.h"
#include "sip/transport/UdpTransport.h"
#include "sip/ua/UserAgent.h"

#include <map>

namespace hs::bench {

class FarAgent final : private sip::UserAgent::User {
public:
    struct Events {
        // The ACK went out or came in; the daemon takes audio at that port.
        std::function<void(std::uint32_t number, std::uint16_t remotePort)> established;
        // Refused, or ended by the daemon.
        std::function<void(std::uint32_t number, const QString& why)> failed;
    };

    FarAgent();
    ~FarAgent() override;

    void setEvents(Events events) { m_events = std::move(events); }
    base::Endpoint address() const { return m_transport.localEndpoint(); }
    void dial(std::uint32_t number, std::uint16_t rtpPort, const base::Endpoint& daemon);
    // The daemon will dial that number.
    void await(std::uint32_t number, std::uint16_t rtpPort);
    void hangUp(std::uint32_t number);
    // No call is left of which the daemon has not taken note that it is over.
    bool allOver() const { return !m_userAgent.awaitsFarEnds(); }

private:
    class FarCall;
    FarCall& add(std::uint32_t number, std::uint16_t rtpPort);
    void onInvite(const std::shared_ptr<sip::InviteUas>& invite) override;

    base::SystemClock m_clock;
    base::QtScheduler m_scheduler{m_clock};
    base::QtSocketFactory m_sockets;
    base::Random m_random;
    sip::UdpTransport m_transport;
    sip::TransactionLayer m_transactions;
    sip::SipResolver m_resolver{
        m_clock, m_random,
        {[this](auto kind, auto family) { return m_transport.supports(kind, family); }}};
    sip::UaCore m_core;
    Events m_events;
    std::map<std::uint32_t, std::unique_ptr<FarCall>> m_calls;
    sip::UserAgent m_userAgent;
};

} // namespace hs::bench
