#include "sdp/Attributes.h"

#include "base/HostPort.h"
#include "base/Text.h"

#include <algorithm>
#include <array>

namespace hs::sdp {

namespace {
constexpr std::array<std::pair<const char*, Direction>, 4> directionNames{{
    {"sendrecv", Direction::SendRecv},
    {"sendonly", Direction::SendOnly},
    {"recvonly", Direction::RecvOnly},
    {"inactive", Direction::Inactive},
}};

std::optional<Direction> directionIn(const QList<Attribute>& attributes)
{
    for (const Attribute& attribute : attributes) {
        for (const auto& [name, direction] : directionNames) {
            if (base::equalsIgnoreCase(attribute.name, name)) {
                return direction;
            }
        }
    }
    return std::nullopt;
}

// Up to the separator; the rest is what follows it.
QByteArrayView cut(QByteArrayView& rest, char separator)
{
    const qsizetype at = rest.indexOf(separator);
    const QByteArrayView result = at < 0 ? rest : rest.first(at);
    rest = at < 0 ? QByteArrayView() : rest.sliced(at + 1);
    return result;
}

std::optional<int> packetTimeNamed(QByteArrayView name, const SessionDescription& session,
                                   const MediaDescription& media)
{
    const Attribute* attribute = media.findAttribute(name);
    attribute = attribute ? attribute : session.findAttribute(name);
    return attribute ? parsePacketTime(attribute->value) : std::nullopt;
}
} // namespace

std::optional<int> parsePayloadType(QByteArrayView format)
{
    const std::optional<quint32> number = base::parseU32(format);
    return number && *number <= 127 ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::optional<Codec> parseRtpmap(QByteArrayView value)
{
    QByteArrayView encoding = base::trimmed(value);
    const std::optional<int> payloadType = parsePayloadType(cut(encoding, ' '));
    encoding = base::trimmed(encoding);
    const QByteArrayView name = cut(encoding, '/');
    const std::optional<quint32> clockRate = base::parseU32(base::trimmed(cut(encoding, '/')));
    const std::optional<quint32> channels =
        encoding.isEmpty() ? std::optional<quint32>(1) : base::parseU32(encoding);
    constexpr quint32 mostClock = 1'000'000;
    constexpr quint32 mostChannels = 255;
    if (!payloadType || name.isEmpty() || !clockRate || *clockRate == 0 || *clockRate > mostClock
        || !channels || *channels == 0 || *channels > mostChannels) {
        return std::nullopt;
    }
    return Codec{name.toByteArray(), static_cast<int>(*clockRate), static_cast<int>(*channels),
                 *payloadType};
}

Attribute rtpmapOf(const Codec& codec)
{
    QByteArray value = QByteArray::number(codec.payloadType) + ' ' + codec.name + '/'
        + QByteArray::number(codec.clockRate);
    if (codec.channels != 1) {
        value += '/' + QByteArray::number(codec.channels);
    }
    return {QByteArrayLiteral("rtpmap"), value};
}

std::optional<Fmtp> Fmtp::parse(QByteArrayView value)
{
    QByteArrayView rest = base::trimmed(value);
    const QByteArrayView format = cut(rest, ' ');
    if (format.isEmpty()) {
        return std::nullopt;
    }
    return Fmtp{format.toByteArray(), base::trimmed(rest).toByteArray()};
}

std::optional<int> parsePacketTime(QByteArrayView value)
{
    QByteArrayView rest = base::trimmed(value);
    const std::optional<quint32> whole = base::parseU32(cut(rest, '.'));
    const bool fractionFits = rest.isEmpty() || base::parseU32(rest).has_value();
    constexpr quint32 mostMs = 60'000;
    if (!whole || *whole > mostMs || !fractionFits) {
        return std::nullopt;
    }
    return static_cast<int>(*whole);
}

std::optional<int> packetTime(const SessionDescription& session, const MediaDescription& media)
{
    return packetTimeNamed("ptime", session, media);
}

std::optional<int> maxPacketTime(const SessionDescription& session, const MediaDescription& media)
{
    return packetTimeNamed("maxptime", session, media);
}

Direction direction(const SessionDescription& session, const MediaDescription& media)
{
    const std::optional<Direction> own = directionIn(media.attributes);
    return own ? *own : directionIn(session.attributes).value_or(Direction::SendRecv);
}

Attribute attributeOf(Direction direction)
{
    const auto found =
        std::find_if(directionNames.begin(), directionNames.end(),
                     [direction](const auto& entry) { return entry.second == direction; });
    return {QByteArray(found->first), {}};
}

std::optional<RtcpAttribute> RtcpAttribute::parse(QByteArrayView value)
{
    QByteArrayView rest = base::trimmed(value);
    const std::optional<quint16> port = base::parsePort(cut(rest, ' '));
    if (!port) {
        return std::nullopt;
    }
    RtcpAttribute result{*port, std::nullopt};
    rest = base::trimmed(rest);
    if (!rest.isEmpty()) {
        const QByteArrayView netType = cut(rest, ' ');
        cut(rest, ' '); // IP4 or IP6, which the address itself says as well
        if (!base::equalsIgnoreCase(netType, "IN") || rest.isEmpty()) {
            return std::nullopt;
        }
        result.address = base::IpAddress::parse(base::trimmed(rest)).value_or(base::IpAddress());
    }
    return result;
}

} // namespace hs::sdp
