// SipStack: the SIP layers on the sockets of the settings, from the wire to the user agent. Thread:
// core.
#pragma once

#include "model/Settings.h"
#include "sip/transport/SipResolver.h"
#include "sip/transport/TransportLayer.h"
#include "sip/ua/UserAgent.h"

namespace hs::engine {

// Largest SIP message that is read; a longer one gets 513.
inline constexpr qsizetype mostMessageBytes = 32 * 1024;

class SipStack {
public:
    using Parts = sip::TransportLayer::Parts;
    using Opened = base::Result<std::unique_ptr<SipStack>, sip::TransportFailure>;

    static Opened open(const Parts& parts, const model::Settings& settings);
    ~SipStack();

    sip::UserAgent& userAgent() { return m_userAgent; }
    sip::UdpTransport& udp() { return m_transport->udp(); }
    sip::Resolver& resolver() { return m_resolver; }
    // As others reach it: on all interfaces that of the default route.
    base::Endpoint address() const;

private:
    SipStack(const Parts& parts, std::unique_ptr<sip::TransportLayer> transport,
             const QList<base::Endpoint>& dnsServers);

    base::SocketFactory& m_sockets;
    const std::unique_ptr<sip::TransportLayer> m_transport;
    sip::TransactionLayer m_transactions;
    sip::SipResolver m_resolver;
    sip::UaCore m_core;
    sip::UserAgent m_userAgent;
};

} // namespace hs::engine
