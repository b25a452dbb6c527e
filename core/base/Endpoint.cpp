#include "base/Endpoint.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace hs::base {

IpAddress IpAddress::v4(std::uint32_t hostOrder)
{
    IpAddress address;
    address.m_family = Family::V4;
    for (unsigned i = 0; i < 4; ++i) {
        address.m_bytes[i] = static_cast<std::uint8_t>(hostOrder >> (24 - 8 * i));
    }
    return address;
}

IpAddress IpAddress::fromQt(const QHostAddress& address)
{
    bool isV4 = false;
    const quint32 asV4 = address.toIPv4Address(&isV4); // true for ::ffff:a.b.c.d as well
    if (isV4 && address != QHostAddress(QHostAddress::AnyIPv6)) { // Qt takes :: for 0.0.0.0
        return v4(asV4);
    }
    if (address.protocol() != QAbstractSocket::IPv6Protocol) {
        return {};
    }
    IpAddress result;
    result.m_family = Family::V6;
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(result.m_bytes.data(), &bytes, 16);
    result.m_scope = address.scopeId().toUInt();
    return result;
}

std::optional<IpAddress> IpAddress::parse(QByteArrayView text)
{
    if (text.startsWith('[') && text.endsWith(']')) {
        text = text.sliced(1, text.size() - 2);
        if (!text.contains(':')) {
            return std::nullopt;
        }
    }
    // QHostAddress also takes "1" and "127.1"; an address in a message has four numbers.
    if (!text.contains(':') && std::count(text.begin(), text.end(), '.') != 3) {
        return std::nullopt;
    }
    QHostAddress parsed;
    if (!parsed.setAddress(QString::fromLatin1(text))) {
        return std::nullopt;
    }
    return fromQt(parsed);
}

bool IpAddress::isAny() const
{
    return m_family != Family::None
        && std::all_of(m_bytes.begin(), m_bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

bool IpAddress::isLoopback() const
{
    return m_family == Family::V4 ? m_bytes[0] == 127 : toQt() == QHostAddress(QHostAddress::LocalHostIPv6);
}

bool IpAddress::isPrivate() const
{
    if (m_family == Family::V6) {
        return (m_bytes[0] & 0xfe) == 0xfc || (m_bytes[0] == 0xfe && (m_bytes[1] & 0xc0) == 0x80);
    }
    const std::uint32_t a = toV4();
    return a >> 24 == 10 || a >> 20 == 0xac1 || a >> 16 == 0xc0a8 || a >> 22 == 0x191
        || a >> 16 == 0xa9fe;
}

bool IpAddress::isMulticastOrBroadcast() const
{
    if (m_family == Family::V6) {
        return m_bytes[0] == 0xff;
    }
    return m_bytes[0] >> 4 == 14 || toV4() == 0xffffffff;
}

std::uint32_t IpAddress::toV4() const
{
    if (m_family != Family::V4) {
        return 0;
    }
    return std::uint32_t(m_bytes[0]) << 24 | std::uint32_t(m_bytes[1]) << 16
        | std::uint32_t(m_bytes[2]) << 8 | m_bytes[3];
}

QHostAddress IpAddress::toQt() const
{
    if (m_family == Family::V4) {
        return QHostAddress(toV4());
    }
    if (m_family == Family::None) {
        return {};
    }
    Q_IPV6ADDR bytes;
    std::memcpy(&bytes, m_bytes.data(), 16);
    QHostAddress address(bytes);
    const bool isLinkLocal = m_bytes[0] == 0xfe && (m_bytes[1] & 0xc0) == 0x80;
    if (m_scope != 0 && isLinkLocal) {
        address.setScopeId(QString::number(m_scope));
    }
    return address;
}

QByteArray IpAddress::toString() const
{
    return toQt().toString().toLatin1();
}

QByteArray IpAddress::toUriHost() const
{
    return m_family == Family::V6 ? '[' + toString() + ']' : toString();
}

Endpoint Endpoint::fromSockaddr(const sockaddr_storage& storage)
{
    Endpoint endpoint;
    if (storage.ss_family == AF_INET) {
        sockaddr_in in;
        std::memcpy(&in, &storage, sizeof in);
        endpoint.m_address = IpAddress::v4(ntohl(in.sin_addr.s_addr));
        endpoint.m_port = ntohs(in.sin_port);
    } else if (storage.ss_family == AF_INET6) {
        sockaddr_in6 in6;
        std::memcpy(&in6, &storage, sizeof in6);
        endpoint.m_port = ntohs(in6.sin6_port);
        if (IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr)) {
            std::uint32_t v4 = 0;
            std::memcpy(&v4, &in6.sin6_addr.s6_addr[12], 4);
            endpoint.m_address = IpAddress::v4(ntohl(v4));
        } else {
            endpoint.m_address.m_family = IpAddress::Family::V6;
            std::memcpy(endpoint.m_address.m_bytes.data(), &in6.sin6_addr, 16);
            endpoint.m_address.m_scope = in6.sin6_scope_id;
        }
    }
    return endpoint;
}

unsigned Endpoint::toSockaddr(sockaddr_storage& storage) const
{
    std::memset(&storage, 0, sizeof storage);
    if (m_address.family() == IpAddress::Family::V4) {
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_port = htons(m_port);
        in.sin_addr.s_addr = htonl(m_address.toV4());
        std::memcpy(&storage, &in, sizeof in);
        return sizeof in;
    }
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(m_port);
    in6.sin6_scope_id = m_address.m_scope;
    std::memcpy(&in6.sin6_addr, m_address.m_bytes.data(), 16);
    std::memcpy(&storage, &in6, sizeof in6);
    return sizeof in6;
}

QByteArray Endpoint::toString() const
{
    return m_address.toUriHost() + ':' + QByteArray::number(m_port);
}

Result<Subnet> Subnet::parse(QByteArrayView text)
{
    const qsizetype slash = text.indexOf('/');
    const std::optional<IpAddress> network
        = IpAddress::parse(slash < 0 ? text : text.first(slash));
    if (!network) {
        return Error{QStringLiteral("'%1' is no address or network; write it like 192.0.2.0/24 or "
                                    "2001:db8::1")
                         .arg(QString::fromUtf8(text))};
    }
    const int most = network->family() == IpAddress::Family::V4 ? 32 : 128;
    int prefix = most;
    if (slash >= 0) {
        bool isNumber = false;
        prefix = text.sliced(slash + 1).toByteArray().toInt(&isNumber);
        if (!isNumber || prefix < 0 || prefix > most) {
            return Error{QStringLiteral("the prefix length of '%1' must be a number from 0 to %2")
                             .arg(QString::fromUtf8(text))
                             .arg(most)};
        }
    }
    return Subnet{*network, prefix};
}

bool Subnet::contains(const IpAddress& address) const
{
    return address.family() == network.family()
        && address.toQt().isInSubnet(network.toQt(), prefixLength);
}

QByteArray Subnet::toString() const
{
    return network.toString() + '/' + QByteArray::number(prefixLength);
}

} // namespace hs::base
