#include "base/HostPort.h"

#include <algorithm>

namespace hs::base {

std::optional<std::uint16_t> parsePort(QByteArrayView text)
{
    const bool digits = !text.isEmpty() && text.size() <= 5
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) {
        return std::nullopt;
    }
    const int port = text.toByteArray().toInt();
    return port <= 65535 ? std::optional(static_cast<std::uint16_t>(port)) : std::nullopt;
}

Result<HostPort> HostPort::parse(QByteArrayView text)
{
    const auto refuse = [text](const char* why) {
        return Error{QStringLiteral("'%1' is no HOST or HOST:PORT: %2")
                         .arg(QString::fromUtf8(text), QString::fromLatin1(why))};
    };
    HostPort result;
    QByteArrayView rest;
    if (text.startsWith('[')) {
        const qsizetype close = text.indexOf(']');
        if (close < 0 || !IpAddress::parse(text.first(close + 1))) {
            return refuse("no IPv6 address stands in the brackets");
        }
        result.host = text.sliced(1, close - 1).toByteArray();
        rest = text.sliced(close + 1);
    } else if (std::count(text.begin(), text.end(), ':') > 1) {
        if (!IpAddress::parse(text)) {
            return refuse("an IPv6 address with a port needs brackets");
        }
        result.host = text.toByteArray();
    } else {
        const qsizetype colon = text.indexOf(':');
        result.host = (colon < 0 ? text : text.first(colon)).toByteArray();
        rest = colon < 0 ? QByteArrayView() : text.sliced(colon);
    }
    const bool hostFits = !result.host.isEmpty()
        && std::all_of(result.host.begin(), result.host.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                   || c == '-' || c == '.' || c == '_' || c == ':' || c == '%';
           });
    if (!hostFits) {
        return refuse("the host is missing or has characters that no host name has");
    }
    if (!rest.isEmpty()) {
        const std::optional<std::uint16_t> port
            = rest.startsWith(':') ? parsePort(rest.sliced(1)) : std::nullopt;
        if (!port) {
            return refuse("the port must be a number from 0 to 65535");
        }
        result.port = *port;
    }
    return result;
}

QByteArray HostPort::toString() const
{
    const QByteArray shown = host.contains(':') ? '[' + host + ']' : host;
    return port == 0 ? shown : shown + ':' + QByteArray::number(port);
}

} // namespace hs::base
