// HostPort: a host as it is written, a name or an address, with an optional port ("pbx.example.com",
// "192.0.2.1:5060", "[2001:db8::1]:5060"). Thread: a value.
#pragma once

#include "base/Endpoint.h"

namespace hs::base {

struct HostPort {
    QByteArray host; // without brackets
    std::uint16_t port = 0; // 0: none given

    static Result<HostPort> parse(QByteArrayView text);
    std::optional<IpAddress> address() const { return IpAddress::parse(host); }
    QByteArray toString() const;
    friend bool operator==(const HostPort&, const HostPort&) = default;
};

// A port number 0..65535 and nothing else.
std::optional<std::uint16_t> parsePort(QByteArrayView text);

} // namespace hs::base
