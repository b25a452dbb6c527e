#include "sip/message/Uri.h"

#include "base/Text.h"
#include "sip/message/HostSyntax.h"

#include <algorithm>

namespace hs::sip {

using namespace grammar;

namespace {
// Where the parts of a URI lie in its text.
struct UriSpans {
    QByteArrayView scheme;
    QByteArrayView user;
    QByteArrayView password;
    bool hasPassword = false;
    HostSpan host;
    quint16 port = 0;
    QByteArrayView params; // from the first semicolon on
    QByteArrayView headers;
    bool isSip = false;
    QByteArrayView opaque;
};

bool isScheme(QByteArrayView text)
{
    const auto isLetter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    return !text.isEmpty() && isLetter(text.front())
        && std::all_of(text.begin(), text.end(), [isLetter](char c) {
               return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.';
           });
}

bool isWholeUriText(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), isUriChar) && hasWholeEscapes(text);
}

// The parameter that starts at a semicolon; moves `at` behind it.
bool nextUriParam(QByteArrayView text, qsizetype& at, QByteArrayView& name, QByteArrayView& value,
                  bool& hasValue)
{
    const qsizetype start = at + 1;
    qsizetype end = text.indexOf(';', start);
    end = end < 0 ? text.size() : end;
    const QByteArrayView param = text.sliced(start, end - start);
    const qsizetype equal = param.indexOf('=');
    hasValue = equal >= 0;
    name = hasValue ? param.first(equal) : param;
    value = hasValue ? param.sliced(equal + 1) : QByteArrayView();
    at = end;
    return !name.isEmpty();
}

bool areUriParams(QByteArrayView text)
{
    for (qsizetype at = 0; at < text.size();) {
        QByteArrayView name;
        QByteArrayView value;
        bool hasValue = false;
        if (!nextUriParam(text, at, name, value, hasValue)) {
            return false;
        }
    }
    return !text.contains('@'); // in a parameter it is never without an escape
}

// "name=value&name=value"
bool areUriHeaders(QByteArrayView text)
{
    for (qsizetype start = 0; start <= text.size();) {
        qsizetype end = text.indexOf('&', start);
        end = end < 0 ? text.size() : end;
        const qsizetype equal = text.sliced(start, end - start).indexOf('=');
        if (equal <= 0) {
            return false;
        }
        start = end + 1;
    }
    return true;
}

bool scanUserinfo(QByteArrayView userinfo, UriSpans& spans)
{
    const qsizetype colon = userinfo.indexOf(':');
    spans.user = colon < 0 ? userinfo : userinfo.first(colon);
    spans.hasPassword = colon >= 0;
    spans.password = colon < 0 ? QByteArrayView() : userinfo.sliced(colon + 1);
    return !spans.user.isEmpty();
}

bool scanSip(QByteArrayView rest, UriSpans& spans)
{
    // RFC 3261 section 19.1.1: '@' is escaped everywhere else, so the first one ends the user.
    const qsizetype at = rest.indexOf('@');
    if (at >= 0 && !scanUserinfo(rest.first(at), spans)) {
        return false;
    }
    const std::optional<HostSpan> host = scanHost(rest, at + 1);
    if (!host) {
        return false;
    }
    spans.host = *host;
    qsizetype position = host->end;
    if (position < rest.size() && rest[position] == ':') {
        const qsizetype start = ++position;
        while (position < rest.size() && isDigit(rest[position])) {
            ++position;
        }
        const std::optional<quint16> port = parsePort(rest.sliced(start, position - start));
        if (!port) {
            return false;
        }
        spans.port = *port;
    }
    QByteArrayView tail = rest.sliced(position);
    const qsizetype question = tail.indexOf('?');
    if (question >= 0) {
        spans.headers = tail.sliced(question + 1);
        tail = tail.first(question);
    }
    spans.params = tail;
    return (tail.isEmpty() || tail.front() == ';') && areUriParams(tail)
        && (question < 0 || areUriHeaders(spans.headers));
}

std::optional<UriSpans> scanUri(QByteArrayView text)
{
    const qsizetype colon = text.indexOf(':');
    if (colon < 0 || !isScheme(text.first(colon))) {
        return std::nullopt;
    }
    UriSpans spans;
    spans.scheme = text.first(colon);
    const QByteArrayView rest = text.sliced(colon + 1);
    if (rest.isEmpty() || !isWholeUriText(rest)) {
        return std::nullopt;
    }
    spans.isSip =
        base::equalsIgnoreCase(spans.scheme, "sip") || base::equalsIgnoreCase(spans.scheme, "sips");
    if (!spans.isSip) {
        spans.opaque = rest;
        return spans;
    }
    return scanSip(rest, spans) ? std::optional(spans) : std::nullopt;
}
} // namespace

bool Uri::isValid(QByteArrayView text)
{
    return scanUri(text).has_value();
}

std::optional<Uri> Uri::parse(QByteArrayView text)
{
    const std::optional<UriSpans> spans = scanUri(text);
    if (!spans) {
        return std::nullopt;
    }
    Uri uri;
    uri.scheme = base::toLower(spans->scheme);
    if (!spans->isSip) {
        uri.opaque = spans->opaque.toByteArray();
        return uri;
    }
    uri.user = spans->user.toByteArray();
    if (spans->hasPassword) {
        uri.password =
            spans->password.isEmpty() ? QByteArrayLiteral("") : spans->password.toByteArray();
    }
    uri.host = hostFromSpan(spans->host);
    uri.port = spans->port;
    for (qsizetype at = 0; at < spans->params.size();) {
        QByteArrayView name;
        QByteArrayView value;
        bool hasValue = false;
        nextUriParam(spans->params, at, name, value, hasValue);
        uri.params.append({name.toByteArray(), value.toByteArray(), hasValue});
    }
    uri.headers = spans->headers.toByteArray();
    return uri;
}

QByteArray Uri::toBytes() const
{
    QByteArray out = scheme + ':';
    if (!isSip()) {
        return out + opaque;
    }
    if (!user.isEmpty()) {
        out += user;
        if (!password.isNull()) {
            out += ':';
            out += password;
        }
        out += '@';
    }
    out += bracketedHost(host);
    if (port != 0) {
        out += ':';
        out += QByteArray::number(port);
    }
    params.appendTo(out);
    if (!headers.isEmpty()) {
        out += '?';
        out += headers;
    }
    return out;
}

bool Uri::isSip() const
{
    return scheme == "sip" || scheme == "sips";
}

QByteArray Uri::userDecoded() const
{
    return percentDecoded(user);
}

Uri Uri::forRequest() const
{
    Uri uri = *this;
    uri.headers.clear();
    uri.params.remove("method");
    return uri;
}

QByteArray Uri::escapeUser(QByteArrayView user)
{
    static constexpr char hexDigits[] = "0123456789ABCDEF";
    QByteArray out;
    out.reserve(user.size());
    for (const char c : user) {
        if (isUserChar(c)) {
            out += c;
        } else {
            const auto octet = static_cast<unsigned char>(c);
            out += '%';
            out += hexDigits[octet >> 4];
            out += hexDigits[octet & 15];
        }
    }
    return out;
}

} // namespace hs::sip
