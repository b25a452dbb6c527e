#include "sip/message/Via.h"

#include "base/Text.h"
#include "sip/message/HostSyntax.h"
#include "sip/message/ParamScanner.h"

namespace hs::sip {

using namespace grammar;

namespace {
struct ProtocolSpans {
    QByteArrayView version;
    QByteArrayView transport;
    qsizetype sentBy = 0; // where it starts
};

QByteArrayView takeToken(QByteArrayView text, qsizetype& at)
{
    at = skipBlanks(text, at);
    const qsizetype start = at;
    at = skipToken(text, at);
    return text.sliced(start, at - start);
}

bool takeSlash(QByteArrayView text, qsizetype& at)
{
    at = skipBlanks(text, at);
    return at < text.size() && text[at++] == '/';
}

// sent-protocol LWS, up to sent-by.
std::optional<ProtocolSpans> scanProtocol(QByteArrayView text)
{
    ProtocolSpans spans;
    qsizetype at = 0;
    if (!base::equalsIgnoreCase(takeToken(text, at), "SIP") || !takeSlash(text, at)) {
        return std::nullopt;
    }
    spans.version = takeToken(text, at);
    if (spans.version.isEmpty() || !takeSlash(text, at)) {
        return std::nullopt;
    }
    spans.transport = takeToken(text, at);
    spans.sentBy = skipBlanks(text, at);
    const bool whole = !spans.transport.isEmpty() && spans.sentBy > at;
    return whole ? std::optional(spans) : std::nullopt;
}

// [":" port] from `at` on. Nothing if the port is none; 0 if there is none.
std::optional<quint16> takePort(QByteArrayView text, qsizetype& at)
{
    const qsizetype colon = skipBlanks(text, at);
    if (colon == text.size() || text[colon] != ':') {
        return quint16(0);
    }
    const qsizetype start = skipBlanks(text, colon + 1);
    qsizetype end = start;
    while (end < text.size() && isDigit(text[end])) {
        ++end;
    }
    at = end;
    return parsePort(text.sliced(start, end - start));
}

bool areViaParams(QByteArrayView text)
{
    ParamScanner scanner(text);
    int branches = 0;
    for (ParamSpan span; scanner.next(span);) {
        branches += base::equalsIgnoreCase(span.name, "branch") ? 1 : 0;
    }
    return !scanner.failed() && branches <= 1;
}

void appendWholeParams(QByteArrayView text, Params& params)
{
    ParamScanner scanner(text);
    for (ParamSpan span;;) {
        if (scanner.next(span)) {
            params.append({span.name.toByteArray(), span.value.toByteArray(), span.hasValue});
        } else if (scanner.failed()) {
            scanner.skipFault();
        } else {
            return;
        }
    }
}

struct ViaSpans {
    ProtocolSpans protocol;
    HostSpan host;
    quint16 port = 0;
    QByteArrayView params;
};

std::optional<ViaSpans> scanVia(QByteArrayView text)
{
    const std::optional<ProtocolSpans> protocol = scanProtocol(text);
    const std::optional<HostSpan> host = protocol ? scanHost(text, protocol->sentBy) : std::nullopt;
    if (!host) {
        return std::nullopt;
    }
    qsizetype at = host->end;
    const std::optional<quint16> port = takePort(text, at);
    if (!port || !areViaParams(text.sliced(at))) {
        return std::nullopt;
    }
    return ViaSpans{*protocol, *host, *port, text.sliced(at)};
}
} // namespace

bool Via::isValid(QByteArrayView text)
{
    return scanVia(text).has_value();
}

std::optional<Via> Via::parse(QByteArrayView text)
{
    const std::optional<ViaSpans> spans = scanVia(text);
    if (!spans) {
        return std::nullopt;
    }
    Via via;
    via.transport = spans->protocol.transport.toByteArray();
    via.host = hostFromSpan(spans->host);
    via.port = spans->port;
    via.params = *Params::parse(spans->params);
    via.version = spans->protocol.version.toByteArray();
    return via;
}

std::optional<Via> Via::parseLenient(QByteArrayView text)
{
    if (std::optional<Via> whole = parse(text)) {
        return whole;
    }
    const std::optional<ProtocolSpans> protocol = scanProtocol(text);
    if (!protocol) {
        return std::nullopt;
    }
    Via via;
    via.transport = protocol->transport.toByteArray();
    via.version = protocol->version.toByteArray();
    const std::optional<HostSpan> host = scanHost(text, protocol->sentBy);
    qsizetype at = host ? host->end : protocol->sentBy;
    while (at < text.size() && isParamValueChar(text[at]) && text[at] != ':') {
        ++at; // no host has such characters; whoever wrote them wants to see them again
    }
    via.host = host && at == host->end
        ? hostFromSpan(*host)
        : text.sliced(protocol->sentBy, at - protocol->sentBy).toByteArray();
    via.port = takePort(text, at).value_or(0);
    appendWholeParams(text.sliced(at), via.params);
    return via.host.isEmpty() ? std::nullopt : std::optional(std::move(via));
}

QByteArray Via::toBytes() const
{
    QByteArray out = "SIP/" + version + '/' + transport + ' ' + bracketedHost(host);
    if (port != 0) {
        out += ':';
        out += QByteArray::number(port);
    }
    params.appendTo(out);
    return out;
}

QByteArray Via::branch() const
{
    const std::optional<QByteArrayView> branch = params.find("branch");
    return branch ? branch->toByteArray() : QByteArray();
}

std::optional<QByteArray> Via::received() const
{
    std::optional<QByteArrayView> received = params.find("received");
    if (!received) {
        return std::nullopt;
    }
    if (received->startsWith('[') && received->endsWith(']')) {
        received = received->sliced(1, received->size() - 2);
    }
    return received->toByteArray();
}

std::optional<quint16> Via::rport() const
{
    const std::optional<QByteArrayView> rport = params.find("rport");
    return rport ? std::optional(parsePort(*rport).value_or(0)) : std::nullopt;
}

} // namespace hs::sip
