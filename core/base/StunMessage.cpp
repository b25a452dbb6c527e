#include "base/StunMessage.h"

#include "base/ByteReader.h"
#include "base/ByteWriter.h"

#include <algorithm>
#include <vector>

namespace hs::base {

namespace {
using Bytes = std::span<const std::byte>;

constexpr std::uint32_t cookie = 0x2112a442;
constexpr std::size_t headerBytes = 20;
constexpr std::uint16_t bindingRequest = 0x0001;
constexpr std::uint16_t bindingSuccess = 0x0101;
constexpr std::uint16_t bindingError = 0x0111;

constexpr std::uint16_t mappedAddress = 0x0001;
constexpr std::uint16_t messageIntegrity = 0x0008;
constexpr std::uint16_t errorCodeAttribute = 0x0009;
constexpr std::uint16_t messageIntegritySha256 = 0x001c;
constexpr std::uint16_t xorMappedAddress = 0x0020;
constexpr std::uint16_t firstOptional = 0x8000; // from here on it need not be understood
constexpr std::uint16_t softwareAttribute = 0x8022;
constexpr std::uint16_t fingerprint = 0x8028;
constexpr std::uint32_t fingerprintXor = 0x5354554e;
constexpr std::size_t fingerprintBytes = 8; // the attribute with its header

constexpr qsizetype longestSoftware = 127;
constexpr std::size_t longestReason = 763; // RFC 8489 section 14.8

// What servers that are older than RFC 5389 add, and what comes with a refusal.
bool isKnownAndUnused(std::uint16_t type)
{
    constexpr std::uint16_t responseAddress = 0x0002;
    constexpr std::uint16_t unknownAttributes = 0x000a;
    constexpr std::uint16_t reflectedFrom = 0x000b;
    constexpr std::uint16_t realm = 0x0014;
    constexpr std::uint16_t nonce = 0x0015;
    constexpr std::uint16_t changedAddress = 0x0005;
    return (type >= responseAddress && type <= changedAddress) || type == unknownAttributes
        || type == reflectedFrom || type == realm || type == nonce;
}

// CRC-32 of ITU-T V.42, which FINGERPRINT is made of (section 14.7).
std::uint32_t crc32(Bytes bytes)
{
    std::uint32_t crc = 0xffffffff;
    for (const std::byte octet : bytes) {
        crc ^= std::to_integer<std::uint32_t>(octet);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1U) ? 0xedb88320U : 0U);
        }
    }
    return ~crc;
}

Bytes bytesOf(const QByteArray& bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

Error malformed(const QString& what)
{
    return {QStringLiteral("the answer is no STUN Binding response: %1").arg(what)};
}

// Section 14.1 and 14.2: a zero octet, the family, port and address, exclusive-ored or not.
std::optional<Endpoint> readAddress(Bytes value, const StunId* xorWith)
{
    ByteReader reader(value);
    reader.skip(1);
    const std::uint8_t family = reader.u8();
    const std::uint16_t port = reader.u16() ^ (xorWith ? std::uint16_t(cookie >> 16) : 0U);
    IpAddress address;
    if (family == 1) {
        address = IpAddress::v4(reader.u32() ^ (xorWith ? cookie : 0U));
    } else if (family == 2) {
        Q_IPV6ADDR octets;
        for (unsigned i = 0; i < 16; ++i) {
            const unsigned mask = !xorWith ? 0U
                : i < 4                    ? (cookie >> (24 - 8 * i)) & 0xffU
                                           : (*xorWith)[i - 4];
            octets[static_cast<int>(i)] = static_cast<quint8>(reader.u8() ^ mask);
        }
        address = IpAddress::fromQt(QHostAddress(octets));
    }
    if (!reader.ok() || reader.remaining() != 0 || address.isNull()) {
        return std::nullopt;
    }
    return Endpoint(address, port);
}

class ResponseReader {
public:
    explicit ResponseReader(Bytes datagram)
        : m_datagram(datagram)
    {
    }

    Result<StunResponse> read();

private:
    Result<void> readHeader();
    Result<void> readAttributes();
    Result<void> take(std::uint16_t type, Bytes value, std::size_t at);
    Result<void> takeMapped(Bytes value, const StunId* xorWith, Endpoint& into);
    Result<void> takeError(Bytes value);
    Result<void> checkFingerprint(Bytes value, std::size_t at);

    Bytes m_datagram;
    std::uint16_t m_type = 0;
    StunResponse m_response;
    Endpoint m_plain; // MAPPED-ADDRESS, which an old server sends alone
    bool m_authentic = false; // past MESSAGE-INTEGRITY
};

Result<void> ResponseReader::readHeader()
{
    if (m_datagram.size() < headerBytes) {
        return malformed(QStringLiteral("it is shorter than a header"));
    }
    ByteReader reader(m_datagram);
    m_type = reader.u16();
    const std::size_t length = reader.u16();
    const bool hasCookie = reader.u32() == cookie;
    for (std::uint8_t& octet : m_response.id) {
        octet = reader.u8();
    }
    if (!hasCookie) {
        return malformed(QStringLiteral("it has no magic cookie"));
    }
    if (m_type != bindingSuccess && m_type != bindingError) {
        return malformed(QStringLiteral("its type is 0x%1").arg(m_type, 4, 16, QLatin1Char('0')));
    }
    if (length % 4 != 0 || length != reader.remaining()) {
        return malformed(QStringLiteral("its length is wrong"));
    }
    return {};
}

Result<void> ResponseReader::takeMapped(Bytes value, const StunId* xorWith, Endpoint& into)
{
    const auto mapped = readAddress(value, xorWith);
    if (!mapped) {
        return malformed(QStringLiteral("its address makes no sense"));
    }
    if (into.isNull()) { // section 14: the first of a type counts
        into = *mapped;
    }
    return {};
}

Result<void> ResponseReader::takeError(Bytes value)
{
    ByteReader reader(value);
    reader.skip(2);
    const int hundreds = reader.u8() & 0x07;
    const int rest = reader.u8();
    if (!reader.ok() || hundreds < 3 || hundreds > 6 || rest > 99) {
        return malformed(QStringLiteral("its error code makes no sense"));
    }
    if (m_response.errorCode == 0) {
        const Bytes reason = reader.bytes(std::min(reader.remaining(), longestReason));
        m_response.errorCode = hundreds * 100 + rest;
        m_response.reason = QByteArray(reinterpret_cast<const char*>(reason.data()),
                                       static_cast<qsizetype>(reason.size()));
    }
    return {};
}

Result<void> ResponseReader::checkFingerprint(Bytes value, std::size_t at)
{
    ByteReader reader(value);
    const std::uint32_t sent = reader.u32();
    // Section 14.7: the last attribute, over all that stands before it.
    if (!reader.ok() || reader.remaining() != 0 || at + fingerprintBytes != m_datagram.size()
        || sent != (crc32(m_datagram.first(at)) ^ fingerprintXor)) {
        return malformed(QStringLiteral("its fingerprint is wrong"));
    }
    return {};
}

Result<void> ResponseReader::take(std::uint16_t type, Bytes value, std::size_t at)
{
    if (type == fingerprint) {
        return checkFingerprint(value, at);
    }
    if (m_authentic) {
        return {}; // section 14.5: what stands behind the integrity is not covered by it
    }
    switch (type) {
    case xorMappedAddress:
        return takeMapped(value, &m_response.id, m_response.mapped);
    case mappedAddress:
        return takeMapped(value, nullptr, m_plain);
    case errorCodeAttribute:
        return takeError(value);
    case messageIntegrity:
    case messageIntegritySha256:
        m_authentic = true; // of no use without credentials, and we sent none
        return {};
    default:
        break;
    }
    if (type < firstOptional && !isKnownAndUnused(type)) { // section 6.3.3
        return malformed(QStringLiteral("it has an attribute 0x%1 that has to be understood")
                             .arg(type, 4, 16, QLatin1Char('0')));
    }
    return {};
}

Result<void> ResponseReader::readAttributes()
{
    std::size_t at = headerBytes;
    while (at < m_datagram.size()) {
        ByteReader reader(m_datagram.subspan(at));
        const std::uint16_t type = reader.u16();
        const std::size_t length = reader.u16();
        const Bytes value = reader.bytes(length);
        reader.skip((4 - length % 4) % 4);
        if (!reader.ok()) {
            return malformed(QStringLiteral("an attribute is cut short"));
        }
        const Result<void> taken = take(type, value, at);
        if (!taken) {
            return taken.error();
        }
        at += reader.position();
    }
    return {};
}

Result<StunResponse> ResponseReader::read()
{
    if (const auto header = readHeader(); !header) {
        return header.error();
    }
    if (const auto attributes = readAttributes(); !attributes) {
        return attributes.error();
    }
    if (m_type == bindingError) {
        m_response.mapped = {};
        if (m_response.errorCode == 0) {
            return malformed(QStringLiteral("an error without a code"));
        }
        return m_response;
    }
    m_response.errorCode = 0;
    m_response.reason.clear();
    if (m_response.mapped.isNull()) {
        m_response.mapped = m_plain; // RFC 3489's; some home routers spoil it
    }
    if (m_response.mapped.isNull() || m_response.mapped.port() == 0
        || m_response.mapped.address().isAny()
        || m_response.mapped.address().isMulticastOrBroadcast()) {
        return malformed(QStringLiteral("it says no address that could be ours"));
    }
    return m_response;
}
} // namespace

bool isStun(std::span<const std::byte> datagram)
{
    ByteReader reader(datagram);
    const bool firstOctet = reader.u8() <= 3;
    reader.skip(3);
    return firstOctet && reader.u32() == cookie && datagram.size() >= headerBytes;
}

StunId makeStunId(Random& random)
{
    StunId id;
    for (std::uint8_t& octet : id) {
        octet = static_cast<std::uint8_t>(random.u32() >> 24);
    }
    return id;
}

QByteArray stunBindingRequest(const StunId& id, const QByteArray& software)
{
    const QByteArray name = software.left(longestSoftware);
    const std::size_t padding = (4 - static_cast<std::size_t>(name.size()) % 4) % 4;
    const std::size_t body =
        name.isEmpty() ? 0 : 4 + static_cast<std::size_t>(name.size()) + padding;
    QByteArray message(static_cast<qsizetype>(headerBytes + body + fingerprintBytes), '\0');
    ByteWriter writer(std::as_writable_bytes(
        std::span(message.data(), static_cast<std::size_t>(message.size()))));
    writer.u16(bindingRequest);
    writer.u16(static_cast<std::uint16_t>(body + fingerprintBytes));
    writer.u32(cookie);
    writer.bytes(std::as_bytes(std::span(id)));
    if (!name.isEmpty()) {
        writer.u16(softwareAttribute);
        writer.u16(static_cast<std::uint16_t>(name.size()));
        writer.bytes(bytesOf(name));
        writer.bytes(std::vector<std::byte>(padding));
    }
    const std::uint32_t sum = crc32(writer.written()) ^ fingerprintXor;
    writer.u16(fingerprint);
    writer.u16(4);
    writer.u32(sum);
    return message;
}

Result<StunResponse> StunResponse::parse(std::span<const std::byte> datagram)
{
    return ResponseReader(datagram).read();
}

} // namespace hs::base
