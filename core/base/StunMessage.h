// StunMessage: Binding of STUN (RFC 8489), by which a server tells from which address and port our
// datagrams reach it. Pure: makes the request, reads the answer. Reads untrusted bytes: any octets
// are safe, in linear time. Thread: values and pure functions.
#pragma once

#include "base/Endpoint.h"
#include "base/Random.h"

#include <QByteArray>

#include <array>
#include <span>

namespace hs::base {

// RFC 7983 section 7: a datagram is STUN if its first octet is 0 to 3; and RFC 8489 section 5: the
// magic cookie, which neither RTP nor SIP has there.
bool isStun(std::span<const std::byte> datagram);

using StunId = std::array<std::uint8_t, 12>;
StunId makeStunId(Random& random);

// A Binding request with FINGERPRINT, and SOFTWARE unless that is empty (at most 127 octets of it).
QByteArray stunBindingRequest(const StunId& id, const QByteArray& software = {});

struct StunResponse {
    StunId id{};
    // Where the server saw us; null in an error response.
    Endpoint mapped{};
    // 300..699 in an error response, with its reason as it was sent; else 0.
    int errorCode = 0;
    QByteArray reason{};

    // A Binding response, success or error, that is well-formed: lengths, cookie, FINGERPRINT if it
    // has one, no attribute that has to be understood and is not. The error says what is wrong.
    static Result<StunResponse> parse(std::span<const std::byte> datagram);
};

} // namespace hs::base
