#include "sip/message/NameAddr.h"

#include "base/Text.h"
#include "sip/message/ParamScanner.h"

namespace hs::sip {

using namespace grammar;

namespace {
struct NameAddrSpans {
    QByteArrayView display; // raw
    QByteArrayView uri;
    QByteArrayView params;
};

bool isDisplayNameChar(char c)
{
    return isTokenChar(c) || isBlank(c) || static_cast<unsigned char>(c) >= 0x80;
}

// `open` is the offset of '<'.
bool splitNameAddr(QByteArrayView text, qsizetype open, NameAddrSpans& spans)
{
    const qsizetype close = text.indexOf('>', open);
    if (close < 0) {
        return false;
    }
    spans.display = base::trimmed(text.first(open));
    spans.uri = text.sliced(open + 1, close - open - 1);
    spans.params = text.sliced(close + 1);
    return true;
}

bool splitAddrSpec(QByteArrayView text, NameAddrSpans& spans)
{
    qsizetype end = 0;
    while (end < text.size() && text[end] != ';' && !isBlank(text[end])) {
        if (text[end] == '?' || text[end] == ',') {
            return false;
        }
        ++end;
    }
    spans.uri = text.first(end);
    spans.params = text.sliced(end);
    // "sip:user;x=y@host" needs <>: without them nobody can tell whose the parameter is.
    return spans.uri.contains('@') || !spans.params.contains('@');
}

std::optional<NameAddrSpans> split(QByteArrayView text)
{
    NameAddrSpans spans;
    if (text.startsWith('"')) {
        const qsizetype nameEnd = skipQuotedString(text, 0);
        const qsizetype open = nameEnd < 0 ? text.size() : skipBlanks(text, nameEnd);
        const bool whole = open < text.size() && text[open] == '<';
        return whole && splitNameAddr(text, open, spans) ? std::optional(spans) : std::nullopt;
    }
    qsizetype at = 0;
    while (at < text.size() && isDisplayNameChar(text[at])) {
        ++at;
    }
    const bool inBrackets = at < text.size() && text[at] == '<';
    const bool whole = inBrackets ? splitNameAddr(text, at, spans) : splitAddrSpec(text, spans);
    return whole ? std::optional(spans) : std::nullopt;
}

bool areHeaderParams(QByteArrayView text)
{
    ParamScanner scanner(text);
    int tags = 0;
    for (ParamSpan span; scanner.next(span);) {
        tags += base::equalsIgnoreCase(span.name, "tag") ? 1 : 0;
    }
    return !scanner.failed() && tags <= 1;
}
} // namespace

bool NameAddr::isValid(QByteArrayView text)
{
    const std::optional<NameAddrSpans> spans = split(base::trimmed(text));
    return spans && areHeaderParams(spans->params) && Uri::isValid(spans->uri);
}

std::optional<NameAddr> NameAddr::parse(QByteArrayView text)
{
    const std::optional<NameAddrSpans> spans = split(base::trimmed(text));
    if (!spans || !areHeaderParams(spans->params)) {
        return std::nullopt;
    }
    std::optional<Uri> uri = Uri::parse(spans->uri);
    if (!uri) {
        return std::nullopt;
    }
    return NameAddr{unquoted(spans->display), std::move(*uri), *Params::parse(spans->params)};
}

QByteArray NameAddr::toBytes() const
{
    QByteArray out;
    if (!displayName.isEmpty()) {
        out = quoted(displayName) + ' ';
    }
    out += '<';
    out += uri.toBytes();
    out += '>';
    params.appendTo(out);
    return out;
}

QByteArray NameAddr::tag() const
{
    const std::optional<QByteArrayView> tag = params.find("tag");
    return tag ? tag->toByteArray() : QByteArray();
}

} // namespace hs::sip
