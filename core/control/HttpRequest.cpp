#include "control/HttpRequest.h"

#include "base/Text.h"
#include "control/ControlLimits.h"

#include <algorithm>
#include <string_view>

namespace hs::control {

namespace {
constexpr QByteArrayView lineEnd("\r\n");

bool isAmong(char c, std::string_view others)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || others.find(c) != std::string_view::npos;
}

bool isToken(QByteArrayView text) // RFC 9110 5.6.2
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return isAmong(c, "!#$%&'*+-.^_`|~");
    });
}

bool isVisible(char c)
{
    return c > 0x20 && c < 0x7f;
}

base::Error refuse(const char* why)
{
    return {QString::fromLatin1(why)};
}

std::optional<base::Error> readRequestLine(QByteArrayView line, HttpRequest& request)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last <= first) {
        return refuse("The request line is not METHOD TARGET HTTP/1.1.");
    }
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    if (!isToken(method)) {
        return refuse("The request line does not begin with a method.");
    }
    if (version != QByteArrayView("HTTP/1.1") && version != QByteArrayView("HTTP/1.0")) {
        return refuse("Only HTTP/1.1 is spoken here.");
    }
    if (!target.startsWith('/') || !std::all_of(target.begin(), target.end(), isVisible)) {
        return refuse("The request target must be a path that begins with '/'.");
    }
    request.method = method.toByteArray();
    request.target = target.toByteArray();
    request.minorVersion = version.back() - '0';
    return std::nullopt;
}

std::optional<base::Error> readField(QByteArrayView line, HttpRequest& request)
{
    // RFC 9112 5.1: no blank before the colon; 5.2: a folded line may be refused.
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon))) {
        return refuse("A header line is not NAME: VALUE.");
    }
    const QByteArrayView value = base::trimmed(line.sliced(colon + 1));
    const bool clean = std::all_of(value.begin(), value.end(), [](char c) {
        return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    });
    if (!clean) {
        return refuse("A header value has a control character in it.");
    }
    request.fields.append({base::toLower(line.first(colon)), value.toByteArray()});
    return std::nullopt;
}
} // namespace

std::optional<qsizetype> headLength(QByteArrayView received)
{
    const qsizetype end = received.indexOf(QByteArrayView("\r\n\r\n"));
    return end < 0 ? std::nullopt : std::optional(end + 4);
}

base::Result<HttpRequest> HttpRequest::parse(QByteArrayView head)
{
    HttpRequest request;
    bool first = true;
    while (!head.isEmpty()) {
        const qsizetype end = head.indexOf(lineEnd);
        if (end < 0) {
            return refuse("A line does not end with CR LF.");
        }
        const QByteArrayView line = head.first(end);
        head = head.sliced(end + lineEnd.size());
        if (line.isEmpty()) {
            break;
        }
        if (std::optional<base::Error> error =
                first ? readRequestLine(line, request) : readField(line, request)) {
            return *error;
        }
        first = false;
    }
    if (first) {
        return refuse("The request line is missing.");
    }
    // RFC 9112 3.2: exactly one, also empty; a second one would be read by someone else.
    if (request.count("host") > 1 || (request.minorVersion == 1 && request.count("host") != 1)) {
        return refuse("There must be exactly one Host header.");
    }
    return request;
}

QByteArrayView HttpRequest::path() const
{
    const qsizetype query = target.indexOf('?');
    return QByteArrayView(target).first(query < 0 ? target.size() : query);
}

std::optional<QByteArray> HttpRequest::queryValue(QByteArrayView name) const
{
    const qsizetype query = target.indexOf('?');
    QByteArrayView rest = query < 0 ? QByteArrayView() : QByteArrayView(target).sliced(query + 1);
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf('&');
        const QByteArrayView pair = end < 0 ? rest : rest.first(end);
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
        const qsizetype equals = pair.indexOf('=');
        if ((equals < 0 ? pair : pair.first(equals)) == name) {
            return equals < 0
                ? QByteArray()
                : QByteArray::fromPercentEncoding(pair.sliced(equals + 1).toByteArray());
        }
    }
    return std::nullopt;
}

qsizetype HttpRequest::count(QByteArrayView name) const
{
    return std::count_if(fields.begin(), fields.end(),
                         [name](const auto& field) { return field.first == name; });
}

QByteArrayView HttpRequest::value(QByteArrayView name) const
{
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [name](const auto& each) { return each.first == name; });
    return field == fields.end() ? QByteArrayView() : QByteArrayView(field->second);
}

bool HttpRequest::hasToken(QByteArrayView name, QByteArrayView token) const
{
    const QList<QByteArray> tokens = value(name).toByteArray().split(',');
    return std::any_of(tokens.begin(), tokens.end(), [token](const QByteArray& each) {
        return base::equalsIgnoreCase(base::trimmed(each), token);
    });
}

} // namespace hs::control
