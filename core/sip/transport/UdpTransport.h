// UdpTransport: SIP over one UDP socket (RFC 3261 section 18, RFC 3581). Keeps nothing of a message
// once it is handed on.
#pragma once

#include "sip/transport/GarbageLog.h"
#include "sip/transport/Transport.h"

#include <memory>

namespace hs::sip {

class UdpTransport final : public Transport {
public:
    UdpTransport(std::unique_ptr<base::NotifyingDatagramSocket> socket, base::SocketFactory& routes,
                 const base::Clock& clock, const ParserLimits& limits = {});

    void setReceiver(TransportReceiver* receiver) { m_receiver = receiver; }
    base::Endpoint localEndpoint() const { return m_socket->localEndpoint(); }
    // What comes to this socket and is STUN rather than SIP (RFC 7983); empty: nobody wants it.
    using StunReceiver =
        std::function<void(std::span<const std::byte>, const base::Endpoint& from)>;
    void setStunReceiver(StunReceiver receiver) { m_stun = std::move(receiver); }
    bool sendStun(const QByteArray& request, const base::Endpoint& to);

    bool send(const QByteArray& bytes, const Hop& to, Failed failed) override;
    bool supports(TransportKind kind, base::IpAddress::Family family) const override;
    QByteArray viaName(const Hop&) const override { return QByteArrayLiteral("UDP"); }
    base::Endpoint sentBy(const Hop& hop) const override;
    Hop responseHop(const Via& top, const Hop& requestCameFrom) const override;

private:
    void read();
    void take(const base::IncomingDatagram& datagram);
    void takeRequest(ParsedRequest&& parsed, const Hop& from);
    void takeResponse(Response&& response, const Hop& from);

    std::unique_ptr<base::NotifyingDatagramSocket> m_socket;
    base::SocketFactory& m_routes;
    ParserLimits m_limits;
    GarbageLog m_garbageLog;
    TransportReceiver* m_receiver = nullptr;
    StunReceiver m_stun;
    std::vector<std::byte> m_buffer;
};

} // namespace hs::sip
