// Transport: moves SIP messages between us and a peer (RFC 3261 section 18). What arrives is parsed
// and completed with received and rport here; what makes no sense goes no further. UdpTransport is
// one socket of it, StreamTransport the connections, TransportLayer all of it. Thread: one, the
// owner's.
#pragma once

#include "base/Clock.h"
#include "base/DatagramSocket.h"
#include "sip/message/Parser.h"

#include <functional>

namespace hs::sip {

enum class TransportKind : std::uint8_t { Udp, Tcp, Tls };

// Where a message goes to or came from, and which of our addresses is at this end of the way (null:
// the route decides).
struct Hop {
    base::Endpoint remote;
    base::IpAddress local{};
    TransportKind kind = TransportKind::Udp;
    // Somebody chose the transport (a URI, a NAPTR record, an account): the size of a request does
    // not change it (RFC 3261 section 18.1.1).
    bool kindIsFixed = false;
    // TLS: the domain that the far end's certificate must stand for (RFC 5922 section 7.2).
    QByteArray domain{};
    // The stream connection that a request came by, whose response goes back the same way; 0: none.
    std::uint64_t connection = 0;

    bool isReliable() const { return kind != TransportKind::Udp; }
    friend bool operator==(const Hop&, const Hop&) = default;
};

class TransportReceiver {
public:
    virtual ~TransportReceiver() = default;
    virtual void onRequest(ParsedRequest&& request, const Hop& from) = 0;
    virtual void onResponse(Response&& response, const Hop& from) = 0;
    // A peer sends what is no SIP, or a response that can't be read.
    virtual void onUnreadable(const base::Endpoint& /*from*/, const QByteArray& /*why*/) { }
    // The network says that a datagram did not get there. Anybody can forge that: it counts only
    // where nothing better is known.
    virtual void onUndelivered(const base::Endpoint& /*to*/, base::Undelivered) { }
    // An open stream connection is no more. Whoever wants to be reached by it (RFC 5626) sees to
    // another one.
    virtual void onConnectionClosed(const Hop&, const QString& /*why*/) { }
};

class Transport {
public:
    // Why a message did not get there, as a sentence.
    using Failed = std::function<void(const QString& why)>;

    virtual ~Transport() = default;

    // False: there is no way to that hop (RFC 3261 section 18.4), now or whenever it is tried
    // again. `failed` is called later, at most once, if a stream could not be opened or breaks
    // before the message is out; it may be empty.
    virtual bool send(const QByteArray& bytes, const Hop& to, Failed failed) = 0;
    // Whether messages can be sent so from here at all.
    virtual bool supports(TransportKind kind, base::IpAddress::Family family) const = 0;
    // Whether a message to that hop would leave at once.
    virtual bool isOpen(const Hop& to) const { return to.kind == TransportKind::Udp; }
    // Opens a connection if there is none; `ready` is called later, once, with whether there is one
    // within that time.
    virtual void prepare(const Hop&, base::Duration /*within*/, std::function<void(bool)> ready)
    {
        ready(false);
    }
    // A connection there, now or later, is wanted for what the peer may send: it is kept alive
    // (RFC 5626 section 4.4.1) however long nothing is sent, until as many have let go of it as
    // wanted it (KeptConnection).
    virtual void keep(const Hop&) { }
    virtual void letGo(const Hop&) { }
    // Our addresses have changed: what hangs on one that is no more is given up.
    virtual void onNetworkChanged() { }
    virtual QByteArray viaName(const Hop& hop) const = 0; // "UDP", "TCP", "TLS"
    // Our address and port as the peer at that hop sees and reaches them: for Via and Contact.
    virtual base::Endpoint sentBy(const Hop& hop) const = 0;
    // Where the response to a request goes (RFC 3261 18.2.2 with RFC 3581): always to the address
    // that sent it, whatever maddr or received a peer wrote.
    virtual Hop responseHop(const Via& top, const Hop& requestCameFrom) const = 0;
};

} // namespace hs::sip
