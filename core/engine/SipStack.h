// SipStack: the SIP layers on one bound socket, from the wire to the user agent. Thread: core.
#pragma once

#include "sip/transport/SipResolver.h"
#include "sip/transport/UdpTransport.h"
#include "sip/ua/UserAgent.h"

namespace hs::engine {

// Largest SIP message that is read; a longer one gets 513.
inline constexpr qsizetype mostMessageBytes = 32 * 1024;

class SipStack {
public:
    SipStack(std::unique_ptr<base::NotifyingDatagramSocket> socket, base::SocketFactory& sockets,
             base::Scheduler& scheduler, base::Random& random,
             const QList<base::Endpoint>& dnsServers);
    ~SipStack();

    sip::UserAgent& userAgent() { return m_userAgent; }
    sip::Resolver& resolver() { return m_resolver; }
    // As others reach it: on all interfaces that of the default route.
    base::Endpoint address() const;

private:
    base::SocketFactory& m_sockets;
    sip::UdpTransport m_transport;
    sip::TransactionLayer m_transactions;
    sip::SipResolver m_resolver;
    sip::UaCore m_core;
    sip::UserAgent m_userAgent;
};

} // namespace hs::engine
