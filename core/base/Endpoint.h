// IpAddress and Endpoint: an IPv4 or IPv6 address, and one with a port. Plain bytes without any
// allocation, so that the media tick can compare and copy them. An IPv4-mapped IPv6 address is kept
// as IPv4. Thread: values.
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QHostAddress>

#include <array>
#include <cstdint>
#include <optional>

struct sockaddr;
struct sockaddr_storage;

namespace hs::base {

class IpAddress {
public:
    enum class Family : std::uint8_t { None, V4, V6 };

    constexpr IpAddress() = default;
    static IpAddress v4(std::uint32_t hostOrder);
    static IpAddress fromQt(const QHostAddress& address);
    // "192.0.2.1", "2001:db8::1", "[2001:db8::1]"; no names.
    static std::optional<IpAddress> parse(QByteArrayView text);
    static IpAddress anyV4() { return v4(0); }
    static IpAddress loopbackV4() { return v4(0x7f000001); }

    Family family() const { return m_family; }
    bool isNull() const { return m_family == Family::None; }
    bool isAny() const; // 0.0.0.0 or ::
    bool isLoopback() const; // 127/8 or ::1
    // RFC 1918, RFC 6598 (carrier NAT), link-local, and the unique-local fc00::/7 of RFC 4193.
    bool isPrivate() const;
    bool isMulticastOrBroadcast() const;
    std::uint32_t toV4() const; // host order; 0 if this is not IPv4
    QHostAddress toQt() const;
    QByteArray toString() const; // no brackets
    QByteArray toUriHost() const; // IPv6 in brackets, as in URIs and Via

    friend bool operator==(const IpAddress&, const IpAddress&) = default;
    friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

private:
    friend class Endpoint;
    std::array<std::uint8_t, 16> m_bytes{}; // network order; IPv4 in the first four
    std::uint32_t m_scope = 0; // interface of a link-local IPv6 address
    Family m_family = Family::None;
};

class Endpoint {
public:
    constexpr Endpoint() = default;
    Endpoint(const IpAddress& address, std::uint16_t port)
        : m_address(address)
        , m_port(port)
    {
    }
    static Endpoint fromSockaddr(const sockaddr_storage& storage);
    // Returns the length that was filled.
    unsigned toSockaddr(sockaddr_storage& storage) const;

    const IpAddress& address() const { return m_address; }
    std::uint16_t port() const { return m_port; }
    bool isNull() const { return m_address.isNull(); }
    QByteArray toString() const; // "192.0.2.1:5060", "[2001:db8::1]:5060"

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
    friend auto operator<=>(const Endpoint&, const Endpoint&) = default;

private:
    IpAddress m_address;
    std::uint16_t m_port = 0;
};

// 192.0.2.0/24, 2001:db8::/32, or a single address. For allow lists.
struct Subnet {
    IpAddress network;
    int prefixLength = 0;

    static Result<Subnet> parse(QByteArrayView text);
    bool contains(const IpAddress& address) const;
    QByteArray toString() const;
    friend bool operator==(const Subnet&, const Subnet&) = default;
};

} // namespace hs::base
