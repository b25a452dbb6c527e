// Transport: moves SIP messages between us and a peer (RFC 3261 section 18). What arrives is parsed
// and completed with received and rport here; what makes no sense goes no further. UDP for now.
// Thread: one, the owner's.
#pragma once

#include "base/DatagramSocket.h"
#include "sip/message/Parser.h"

namespace hs::sip {

// Where a message goes to or came from, and which of our addresses is at this end of the way (null:
// the route decides).
struct Hop {
    base::Endpoint remote;
    base::IpAddress local;

    friend bool operator==(const Hop&, const Hop&) = default;
};

class TransportReceiver {
public:
    virtual ~TransportReceiver() = default;
    virtual void onRequest(ParsedRequest&& request, const Hop& from) = 0;
    virtual void onResponse(Response&& response, const Hop& from) = 0;
};

class Transport {
public:
    virtual ~Transport() = default;

    // False: there is no way to that hop (RFC 3261 section 18.4), now or whenever it is tried
    // again.
    virtual bool send(const QByteArray& bytes, const Hop& to) = 0;
    virtual bool isReliable() const = 0;
    virtual QByteArray viaName() const = 0; // "UDP"
    // Our address and port as the peer at that hop sees and reaches them: for Via and Contact.
    virtual base::Endpoint sentBy(const Hop& hop) const = 0;
    // Where the response to a request goes (RFC 3261 18.2.2 with RFC 3581): always to the address
    // that sent it, whatever maddr or received a peer wrote.
    virtual Hop responseHop(const Via& top, const Hop& requestCameFrom) const = 0;
};

} // namespace hs::sip
