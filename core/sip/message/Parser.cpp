#include "sip/message/Parser.h"

#include "sip/message/FieldRules.h"
#include "sip/message/HeaderSection.h"
#include "sip/message/StartLine.h"

namespace hs::sip {

namespace {
// RFC 3261 section 7.5: CRLFs before the start line are ignored. NULs are what some routers send to
// keep a binding open.
QByteArrayView withoutLeadingPadding(QByteArrayView bytes)
{
    qsizetype start = 0;
    while (start < bytes.size()
           && (bytes[start] == '\r' || bytes[start] == '\n' || bytes[start] == '\0')) {
        ++start;
    }
    return bytes.sliced(start);
}

std::optional<Defect> firstDefect(const RequestLine& line, const Request& request,
                                  const QByteArray& headFault, const QByteArray& bodyFault,
                                  qsizetype size, const ParserLimits& limits)
{
    if (line.defect) {
        return line.defect;
    }
    if (line.method.size() + line.uri.size() > limits.lineBytes) {
        return Defect{414, QByteArrayLiteral("Request-URI Too Long")};
    }
    if (size > limits.messageBytes) {
        return Defect{513, QByteArrayLiteral("Message Too Large")};
    }
    if (!headFault.isEmpty()) {
        return Defect{400, headFault};
    }
    if (!bodyFault.isEmpty()) {
        return Defect{400, bodyFault};
    }
    const QByteArray fieldFault = requestFieldFault(request, limits);
    return fieldFault.isEmpty() ? requestUriDefect(request) : Defect{400, fieldFault};
}

Parsed parseRequest(QByteArrayView startLine, LineReader lines, qsizetype size,
                    const ParserLimits& limits)
{
    const std::optional<RequestLine> line = parseRequestLine(startLine);
    if (!line) {
        return Unparsable{QByteArrayLiteral("the first line is none of SIP"), false};
    }
    HeaderSection section(lines, limits);
    ParsedRequest parsed;
    Request& request = parsed.request;
    request.method = line->method.toByteArray();
    request.requestUri = line->uri.toByteArray();
    request.headers = std::move(section.headers());
    if (!request.topVia()) {
        return Unparsable{line->defect ? QByteArrayLiteral("the first line is none of SIP")
                                       : QByteArrayLiteral("it is a request without a Via"),
                          false};
    }
    QByteArray bodyFault;
    if (const std::optional<QByteArrayView> body = section.body(bodyFault)) {
        request.body = body->toByteArray();
    }
    parsed.defect = firstDefect(*line, request, section.fault(), bodyFault, size, limits);
    return parsed;
}

Unparsable brokenResponse(const QByteArray& fault)
{
    return {"a malformed response: " + fault, false};
}

Parsed parseResponse(QByteArrayView startLine, LineReader lines, qsizetype size,
                     const ParserLimits& limits)
{
    const std::optional<StatusLine> line = parseStatusLine(startLine);
    if (!line || startLine.size() > limits.lineBytes) {
        return brokenResponse(QByteArrayLiteral("Bad Status-Line"));
    }
    if (size > limits.messageBytes) {
        return brokenResponse(QByteArrayLiteral("Message Too Large"));
    }
    HeaderSection section(lines, limits);
    if (!section.fault().isEmpty()) {
        return brokenResponse(section.fault());
    }
    QByteArray fault;
    const std::optional<QByteArrayView> body = section.body(fault);
    if (!body) {
        return brokenResponse(fault);
    }
    ParsedResponse parsed;
    Response& response = parsed.response;
    response.statusCode = line->code;
    response.reasonPhrase = line->reason.toByteArray();
    response.headers = std::move(section.headers());
    response.body = body->toByteArray();
    fault = responseFieldFault(response);
    if (!fault.isEmpty()) {
        return brokenResponse(fault);
    }
    return parsed;
}
} // namespace

Parsed parseDatagram(QByteArrayView bytes, const ParserLimits& limits)
{
    const QByteArrayView text = withoutLeadingPadding(bytes);
    if (text.isEmpty()) {
        return Unparsable{QByteArrayLiteral("nothing but line ends"), true};
    }
    LineReader lines(text);
    QByteArrayView startLine;
    lines.next(startLine);
    return beginsLikeResponse(startLine) ? parseResponse(startLine, lines, text.size(), limits)
                                         : parseRequest(startLine, lines, text.size(), limits);
}

} // namespace hs::sip
