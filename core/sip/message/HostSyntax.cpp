#include "sip/message/HostSyntax.h"

#include "base/Text.h"
#include "sip/message/Grammar.h"

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>

namespace hs::sip {

namespace {
// Labels of RFC 1123 and one dot at the very end. Addresses of IPv4 are such names too.
bool isHostName(QByteArrayView name)
{
    if (name.endsWith('.')) {
        name.chop(1);
    }
    char before = '.';
    for (const char c : name) {
        const bool labelBegins = before == '.';
        if (c == '.' ? labelBegins || before == '-'
                     : !grammar::isHostChar(c) || (labelBegins && c == '-')) {
            return false;
        }
        before = c;
    }
    return before != '.' && before != '-'; // not empty, no hyphen at the end
}

bool isIpv6(QByteArrayView text)
{
    char terminated[INET6_ADDRSTRLEN + 1];
    if (text.size() > INET6_ADDRSTRLEN || text.contains('\0')) {
        return false;
    }
    std::memcpy(terminated, text.data(), static_cast<std::size_t>(text.size()));
    terminated[text.size()] = '\0';
    in6_addr ignored;
    return ::inet_pton(AF_INET6, terminated, &ignored) == 1;
}

QByteArray withoutTripleColon(QByteArrayView text)
{
    return text.toByteArray().replace(":::", "::");
}
} // namespace

std::optional<HostSpan> scanHost(QByteArrayView text, qsizetype from)
{
    HostSpan span;
    if (from < text.size() && text[from] == '[') {
        const qsizetype close = text.indexOf(']', from);
        if (close < 0) {
            return std::nullopt;
        }
        span.host = text.sliced(from + 1, close - from - 1);
        span.inBrackets = true;
        span.end = close + 1;
        const bool tooLong = span.host.size() > INET6_ADDRSTRLEN;
        if (tooLong || !(isIpv6(span.host) || isIpv6(withoutTripleColon(span.host)))) {
            return std::nullopt;
        }
        return span;
    }
    span.end = from;
    while (span.end < text.size()
           && (grammar::isHostChar(text[span.end]) || text[span.end] == '.')) {
        ++span.end;
    }
    span.host = text.sliced(from, span.end - from);
    return isHostName(span.host) ? std::optional(span) : std::nullopt;
}

QByteArray hostFromSpan(const HostSpan& span)
{
    return span.inBrackets ? withoutTripleColon(span.host) : span.host.toByteArray();
}

std::optional<quint16> parsePort(QByteArrayView digits)
{
    const std::optional<std::uint32_t> number = base::parseU32(digits);
    return number && *number <= 65535 ? std::optional(static_cast<quint16>(*number)) : std::nullopt;
}

QByteArray bracketedHost(const QByteArray& host)
{
    return host.contains(':') ? '[' + host + ']' : host;
}

} // namespace hs::sip
