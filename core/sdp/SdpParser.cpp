#include "sdp/SdpParser.h"

#include "base/HostPort.h"
#include "base/Text.h"

#include <algorithm>
#include <limits>

namespace hs::sdp {

namespace {
// RFC 8866 writes one blank between fields; some devices write two.
QByteArrayView nextField(QByteArrayView& rest)
{
    while (rest.startsWith(' ')) {
        rest = rest.sliced(1);
    }
    const qsizetype end = rest.indexOf(' ');
    const QByteArrayView field = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    return field;
}

QByteArrayView lastField(QByteArrayView& rest)
{
    while (rest.endsWith(' ')) {
        rest.chop(1);
    }
    const qsizetype start = rest.lastIndexOf(' ') + 1;
    const QByteArrayView field = rest.sliced(start);
    rest = rest.first(start);
    return field;
}

// RFC 3264 5 wants these numbers within a signed 64-bit integer.
std::optional<quint64> parseNumber(QByteArrayView text)
{
    constexpr quint64 most = std::numeric_limits<qint64>::max();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    quint64 value = 0;
    for (const char c : text) {
        const auto digit = static_cast<quint64>(c - '0');
        if (c < '0' || c > '9' || value > (most - digit) / 10) {
            return std::nullopt;
        }
        value = value * 10 + digit;
    }
    return value;
}

bool isControl(char c)
{
    const auto code = static_cast<unsigned char>(c);
    return (code < 0x20 && c != '\t') || code == 0x7f;
}

QString quoted(QByteArrayView text)
{
    return u'\'' + base::printable(text, 60) + u'\'';
}

bool isNetAddressType(QByteArrayView netType, QByteArrayView addressType)
{
    return base::equalsIgnoreCase(netType, "IN")
        && (base::equalsIgnoreCase(addressType, "IP4")
            || base::equalsIgnoreCase(addressType, "IP6"));
}
} // namespace

SdpParser::SdpParser(QByteArrayView text)
    : m_rest(text)
{
}

base::Result<SessionDescription, SdpError> SdpParser::run()
{
    if (m_rest.size() > SessionDescription::maxBytes) {
        return SdpError{0,
                        QStringLiteral("it has %1 bytes; at most %2 are read")
                            .arg(m_rest.size())
                            .arg(SessionDescription::maxBytes)};
    }
    int number = 0;
    while (!m_rest.isEmpty()) {
        ++number;
        const qsizetype end = m_rest.indexOf('\n');
        QByteArrayView line = end < 0 ? m_rest : m_rest.first(end);
        m_rest = end < 0 ? QByteArrayView() : m_rest.sliced(end + 1);
        if (line.endsWith('\r')) {
            line.chop(1);
        }
        if (line.isEmpty()) {
            continue; // devices end a description with an empty line, or put one between sections
        }
        if (const Failure failure = readLine(line)) {
            return SdpError{number, *failure};
        }
    }
    if (!m_hasVersion) {
        return SdpError{0, QStringLiteral("it is empty; it must begin with v=0")};
    }
    if (!m_hasOrigin) {
        return SdpError{0, QStringLiteral("it has no o= line")};
    }
    if (m_result.times.isEmpty()) {
        m_result.times.append(Timing{});
    }
    return std::move(m_result);
}

SdpParser::Failure SdpParser::readLine(QByteArrayView line)
{
    if (line.size() < 2 || line[1] != '=' || line[0] == '=' || line[0] == ' ') {
        return QStringLiteral("%1 is not a letter followed by '='").arg(quoted(line));
    }
    // A bare CR would end a line for some readers and not for others; NUL is in no SDP text.
    if (std::any_of(line.begin(), line.end(), isControl)) {
        return QStringLiteral("%1 holds a control character").arg(quoted(line));
    }
    const char type = line[0];
    const QByteArrayView value = line.sliced(2);
    if (!m_hasVersion) {
        return type == 'v' ? readVersion(value)
                           : QStringLiteral("%1 stands where v=0 must").arg(quoted(line));
    }
    if (type == 'm') {
        return readMedia(value);
    }
    return m_result.media.isEmpty() ? readSessionLine(type, value) : readMediaLine(type, value);
}

SdpParser::Failure SdpParser::readSessionLine(char type, QByteArrayView value)
{
    switch (type) {
    case 'v':
        return QStringLiteral("a second v= line; one description is read, not two");
    case 'o':
        return readOrigin(value);
    case 's':
        if (m_hasName) {
            return QStringLiteral("a second s= line");
        }
        m_hasName = true;
        if (!value.isEmpty()) {
            m_result.name = value.toByteArray();
        }
        return std::nullopt;
    case 'c':
        return readConnection(value, m_result.connection, m_result.otherLines);
    case 't':
        return readTiming(value);
    case 'a':
        return readAttribute(value, m_result.attributes);
    default:
        return keep(type, value, m_result.otherLines);
    }
}

SdpParser::Failure SdpParser::readMediaLine(char type, QByteArrayView value)
{
    MediaDescription& media = m_result.media.last();
    switch (type) {
    case 'c':
        return readConnection(value, media.connection, media.otherLines);
    case 'a':
        return readAttribute(value, media.attributes);
    default:
        return keep(type, value, media.otherLines);
    }
}

SdpParser::Failure SdpParser::readVersion(QByteArrayView value)
{
    if (base::trimmed(value) != QByteArrayView("0")) {
        return QStringLiteral("version %1 of SDP is unknown; only v=0 is").arg(quoted(value));
    }
    m_hasVersion = true;
    return std::nullopt;
}

SdpParser::Failure SdpParser::readOrigin(QByteArrayView value)
{
    if (m_hasOrigin) {
        return QStringLiteral("a second o= line");
    }
    // From the end, because some devices put a display name with blanks where the username belongs.
    QByteArrayView rest = value;
    const QByteArrayView address = lastField(rest);
    const QByteArrayView addressType = lastField(rest);
    const QByteArrayView netType = lastField(rest);
    const std::optional<quint64> version = parseNumber(lastField(rest));
    const std::optional<quint64> sessionId = parseNumber(lastField(rest));
    if (!version || !sessionId) {
        return QStringLiteral("o= needs a user, two numbers below 2^63, and an address, but is %1")
            .arg(quoted(value));
    }
    if (!isNetAddressType(netType, addressType)) {
        return QStringLiteral("o= speaks of the network %1 %2; only IN IP4 and IN IP6 are known")
            .arg(quoted(netType), quoted(addressType));
    }
    const QByteArray username = base::trimmed(rest).toByteArray();
    m_result.origin = Origin{username.isEmpty() ? QByteArrayLiteral("-") : username, *sessionId,
                             *version, address.toByteArray()};
    m_hasOrigin = true;
    return std::nullopt;
}

SdpParser::Failure SdpParser::readConnection(QByteArrayView value, std::optional<Connection>& into,
                                             QList<OtherLine>& others)
{
    QByteArrayView rest = value;
    const QByteArrayView netType = nextField(rest);
    const QByteArrayView addressType = nextField(rest);
    QByteArrayView host = nextField(rest);
    if (!isNetAddressType(netType, addressType) || host.isEmpty()) {
        return QStringLiteral("c= needs IN, IP4 or IP6, and an address, but is %1")
            .arg(quoted(value));
    }
    const qsizetype slash = host.indexOf('/');
    host = slash < 0 ? host : host.first(slash);
    if (host.isEmpty()) {
        return QStringLiteral("c= has no address: %1").arg(quoted(value));
    }
    if (into) {
        // Several c= lines of one section are layers of a multicast session; the first one counts.
        return keep('c', value, others);
    }
    into = Connection{base::IpAddress::parse(host).value_or(base::IpAddress()), host.toByteArray()};
    return std::nullopt;
}

SdpParser::Failure SdpParser::readTiming(QByteArrayView value)
{
    QByteArrayView rest = value;
    const std::optional<quint64> start = parseNumber(nextField(rest));
    const std::optional<quint64> stop = parseNumber(nextField(rest));
    if (!start || !stop || !base::trimmed(rest).isEmpty()) {
        return QStringLiteral("t= needs two numbers, but is %1").arg(quoted(value));
    }
    if (m_result.times.size() >= SessionDescription::maxLines) {
        return QStringLiteral("more than %1 t= lines").arg(SessionDescription::maxLines);
    }
    m_result.times.append(Timing{*start, *stop});
    return std::nullopt;
}

SdpParser::Failure SdpParser::readMedia(QByteArrayView value)
{
    if (m_result.media.size() >= SessionDescription::maxMedia) {
        return QStringLiteral("more than %1 m= lines").arg(SessionDescription::maxMedia);
    }
    QByteArrayView rest = value;
    MediaDescription media;
    media.type = nextField(rest).toByteArray();
    const QByteArrayView ports = nextField(rest);
    media.protocol = nextField(rest).toByteArray();
    if (media.type.isEmpty() || media.protocol.isEmpty()) {
        return QStringLiteral("m= needs a type, a port and a protocol, but is %1")
            .arg(quoted(value));
    }
    const qsizetype slash = ports.indexOf('/');
    const QByteArrayView first = slash < 0 ? ports : ports.first(slash);
    const std::optional<quint16> port = base::parsePort(first);
    const std::optional<quint32> count =
        slash < 0 ? std::optional<quint32>(1) : base::parseU32(ports.sliced(slash + 1));
    if (!port) {
        return QStringLiteral("the port %1 must be a number from 0 to 65535").arg(quoted(first));
    }
    if (!count || *count == 0 || *count > 65535) {
        return QStringLiteral("the number of ports in %1 must be from 1 to 65535")
            .arg(quoted(ports));
    }
    media.port = *port;
    media.portCount = static_cast<int>(*count);
    for (QByteArrayView format = nextField(rest); !format.isEmpty(); format = nextField(rest)) {
        if (media.formats.size() >= SessionDescription::maxFormats) {
            return QStringLiteral("more than %1 formats").arg(SessionDescription::maxFormats);
        }
        media.formats.append(format.toByteArray());
    }
    m_result.media.append(std::move(media));
    return std::nullopt;
}

SdpParser::Failure SdpParser::readAttribute(QByteArrayView value, QList<Attribute>& into)
{
    if (into.size() >= SessionDescription::maxLines) {
        return QStringLiteral("more than %1 a= lines of one section")
            .arg(SessionDescription::maxLines);
    }
    const qsizetype colon = value.indexOf(':');
    Attribute attribute;
    attribute.name = (colon < 0 ? value : value.first(colon)).toByteArray();
    if (colon >= 0) {
        attribute.value = value.sliced(colon + 1).toByteArray();
        if (attribute.value.isNull()) {
            attribute.value = QByteArrayLiteral("");
        }
    }
    into.append(std::move(attribute));
    return std::nullopt;
}

SdpParser::Failure SdpParser::keep(char type, QByteArrayView value, QList<OtherLine>& into)
{
    if (into.size() >= SessionDescription::maxLines) {
        return QStringLiteral("more than %1 lines of one section")
            .arg(SessionDescription::maxLines);
    }
    into.append(OtherLine{type, value.toByteArray()});
    return std::nullopt;
}

} // namespace hs::sdp
