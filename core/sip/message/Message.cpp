#include "sip/message/Message.h"

#include "base/Text.h"
#include "sip/message/ListSplitter.h"

#include <algorithm>

namespace hs::sip {

namespace {
// Of the first Via line the first element that is not empty, and what follows it.
QByteArrayView topViaText(const Headers& headers, QByteArrayView& rest)
{
    const std::optional<QByteArrayView> line = headers.first(HeaderId::Via);
    if (!line) {
        return {};
    }
    ListSplitter splitter(*line);
    for (QByteArrayView element; splitter.next(element);) {
        if (!element.isEmpty()) {
            rest = splitter.rest();
            return element;
        }
    }
    return {};
}

std::optional<NameAddr> address(const Headers& headers, HeaderId id)
{
    const std::optional<QByteArrayView> value = headers.first(id);
    return value ? NameAddr::parse(*value) : std::nullopt;
}

QList<NameAddr> addresses(const Headers& headers, HeaderId id)
{
    QList<NameAddr> result;
    for (const QByteArrayView element : headers.values(id)) {
        if (std::optional<NameAddr> parsed = NameAddr::parse(element)) {
            result.append(std::move(*parsed));
        }
    }
    return result;
}

std::optional<quint32> seconds(const Headers& headers, HeaderId id)
{
    const std::optional<QByteArrayView> value = headers.first(id);
    return value ? base::parseU32(base::trimmed(*value)) : std::nullopt;
}

QList<QByteArray> copies(const QList<QByteArrayView>& views)
{
    QList<QByteArray> result;
    result.reserve(views.size());
    for (const QByteArrayView view : views) {
        result.append(view.toByteArray());
    }
    return result;
}

// "type/subtype", of one that may have blanks around '/' and parameters behind.
QByteArray mediaType(QByteArrayView value)
{
    const qsizetype semicolon = value.indexOf(';');
    const QByteArrayView range = semicolon < 0 ? value : value.first(semicolon);
    const qsizetype slash = range.indexOf('/');
    if (slash < 0) {
        return {};
    }
    const QByteArrayView type = base::trimmed(range.first(slash));
    const QByteArrayView subtype = base::trimmed(range.sliced(slash + 1));
    const bool whole = grammar::isToken(type) && grammar::isToken(subtype);
    return whole ? base::toLower(type) + '/' + base::toLower(subtype) : QByteArray();
}

// 0 for a range that does not name the type, 3 for one that names it wholly.
int closeness(const QByteArray& range, const QByteArray& type)
{
    if (range == "*/*") {
        return 1;
    }
    if (range.endsWith("/*")) {
        return type.startsWith(range.first(range.size() - 1)) ? 2 : 0;
    }
    return range == type ? 3 : 0;
}

bool isRefused(QByteArrayView acceptElement)
{
    const auto parsed = ParameterizedValue::parse(acceptElement);
    const auto q = parsed ? parsed->params.find("q") : std::nullopt;
    return q && !q->isEmpty()
        && std::all_of(q->begin(), q->end(), [](char c) { return c == '0' || c == '.'; });
}

void appendLine(QByteArray& out, QByteArrayView text)
{
    const qsizetype start = out.size();
    out += text;
    if (text.contains('\n') || text.contains('\r')) {
        std::replace_if(
            out.begin() + start, out.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
    }
}
} // namespace

QList<Via> Message::vias() const
{
    QList<Via> result;
    for (const QByteArrayView element : headers.values(HeaderId::Via)) {
        if (std::optional<Via> via = Via::parse(element)) {
            result.append(std::move(*via));
        }
    }
    return result;
}

std::optional<Via> Message::topVia() const
{
    QByteArrayView rest;
    return Via::parseLenient(topViaText(headers, rest));
}

void Message::setTopVia(const Via& via)
{
    QByteArrayView rest;
    topViaText(headers, rest);
    QByteArray line = via.toBytes();
    const bool others = std::any_of(rest.begin(), rest.end(),
                                    [](char c) { return c != ',' && !grammar::isBlank(c); });
    if (others) {
        line += ", ";
        line += base::trimmed(rest);
    }
    headers.setFirst(HeaderId::Via, std::move(line));
}

std::optional<NameAddr> Message::from() const
{
    return address(headers, HeaderId::From);
}

std::optional<NameAddr> Message::to() const
{
    return address(headers, HeaderId::To);
}

QByteArray Message::callId() const
{
    return headers.first(HeaderId::CallId).value_or(QByteArrayView()).toByteArray();
}

std::optional<CSeq> Message::cseq() const
{
    const std::optional<QByteArrayView> value = headers.first(HeaderId::CSeq);
    return value ? CSeq::parse(*value) : std::nullopt;
}

QList<NameAddr> Message::contacts() const
{
    return addresses(headers, HeaderId::Contact);
}

bool Message::hasWildcardContact() const
{
    return headers.values(HeaderId::Contact).contains(QByteArrayView("*"));
}

QList<NameAddr> Message::recordRoutes() const
{
    return addresses(headers, HeaderId::RecordRoute);
}

QList<NameAddr> Message::routes() const
{
    return addresses(headers, HeaderId::Route);
}

std::optional<int> Message::maxForwards() const
{
    const std::optional<quint32> hops = seconds(headers, HeaderId::MaxForwards);
    return hops && *hops <= 255 ? std::optional(static_cast<int>(*hops)) : std::nullopt;
}

std::optional<quint32> Message::expires() const
{
    return seconds(headers, HeaderId::Expires);
}

std::optional<quint32> Message::minExpires() const
{
    return seconds(headers, HeaderId::MinExpires);
}

std::optional<quint32> Message::retryAfter() const
{
    const std::optional<QByteArrayView> value = headers.first(HeaderId::RetryAfter);
    if (!value) {
        return std::nullopt;
    }
    const auto* const end = std::find_if_not(value->begin(), value->end(), grammar::isDigit);
    return base::parseU32(value->first(end - value->begin()));
}

QByteArray Message::contentType() const
{
    return mediaType(headers.first(HeaderId::ContentType).value_or(QByteArrayView()));
}

QByteArray Message::contentTypeParam(QByteArrayView name) const
{
    const std::optional<QByteArrayView> value = headers.first(HeaderId::ContentType);
    const auto parsed = value ? ParameterizedValue::parse(*value) : std::nullopt;
    return parsed ? parsed->params.unquoted(name) : QByteArray();
}

bool Message::accepts(QByteArrayView type) const
{
    const QByteArray wanted = base::toLower(type);
    if (!headers.has(HeaderId::Accept)) {
        return wanted == "application/sdp";
    }
    int closest = 0;
    bool accepted = false;
    for (const QByteArrayView element : headers.values(HeaderId::Accept)) {
        const int close = closeness(mediaType(element), wanted);
        if (close > closest) {
            closest = close;
            accepted = !isRefused(element);
        }
    }
    return accepted;
}

QList<QByteArray> Message::required() const
{
    return copies(headers.values(HeaderId::Require));
}

QList<QByteArray> Message::supported() const
{
    return copies(headers.values(HeaderId::Supported));
}

bool Message::supports(QByteArrayView optionTag) const
{
    const QList<QByteArrayView> tags = headers.values(HeaderId::Supported);
    return std::any_of(tags.begin(), tags.end(), [optionTag](QByteArrayView tag) {
        return base::equalsIgnoreCase(tag, optionTag);
    });
}

QList<QByteArray> Message::allowed() const
{
    return copies(headers.values(HeaderId::Allow));
}

void Message::appendTo(QByteArray& out) const
{
    for (const Header& header : headers) {
        if (header.id == HeaderId::ContentLength) {
            continue;
        }
        appendLine(out, header.name);
        out += ": ";
        appendLine(out, header.value);
        out += "\r\n";
    }
    out += "Content-Length: ";
    out += QByteArray::number(body.size());
    out += "\r\n\r\n";
    out += body;
}

qsizetype Message::sizeOnWire() const
{
    qsizetype size = body.size() + 64;
    for (const Header& header : headers) {
        size += header.name.size() + header.value.size() + 4;
    }
    return size;
}

QByteArray Request::toBytes() const
{
    QByteArray out;
    out.reserve(sizeOnWire() + method.size() + requestUri.size());
    appendLine(out, method);
    out += ' ';
    appendLine(out, requestUri);
    out += " SIP/2.0\r\n";
    appendTo(out);
    return out;
}

QByteArray Response::toBytes() const
{
    QByteArray out;
    out.reserve(sizeOnWire() + reasonPhrase.size());
    out += "SIP/2.0 ";
    out += QByteArray::number(statusCode);
    out += ' ';
    appendLine(out, reasonPhrase);
    out += "\r\n";
    appendTo(out);
    return out;
}

} // namespace hs::sip
