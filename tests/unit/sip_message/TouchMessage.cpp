#include "TouchMessage.h"

#include "sip/message/MessageFactory.h"

namespace hs::test {

using namespace sip;

namespace {
void touchUri(const Uri& uri)
{
    uri.toBytes();
    uri.userDecoded();
    Uri::escapeUser(uri.userDecoded());
    uri.equivalent(uri);
    for (const Param& param : uri.params) {
        uri.params.unquoted(param.name);
    }
}

// A value that was read must be read the same again from what it is written as.
bool survives(const NameAddr& address)
{
    touchUri(address.uri);
    const std::optional<NameAddr> again = NameAddr::parse(address.toBytes());
    const bool printable =
        !address.displayName.contains('\n') && !address.displayName.contains('\r');
    return again && (!printable || *again == address);
}

bool allSurvive(const QList<NameAddr>& addresses)
{
    return std::all_of(addresses.begin(), addresses.end(), survives);
}

QByteArray touchFields(const Message& message)
{
    for (const Via& via : message.vias()) {
        via.received();
        via.rport();
        if (Via::parse(via.toBytes()) != via) {
            return "a Via changes when it is written";
        }
    }
    for (const Header& header : message.headers) {
        message.headers.first(header.name);
        message.headers.all(header.name);
        message.headers.values(header.name);
        message.headers.count(header.name);
        ParameterizedValue::parse(header.value);
    }
    const auto from = message.from();
    const auto to = message.to();
    if ((from && !survives(*from)) || (to && !survives(*to)) || !allSurvive(message.contacts())
        || !allSurvive(message.routes()) || !allSurvive(message.recordRoutes())) {
        return "an address changes when it is written";
    }
    if (const auto cseq = message.cseq(); cseq && CSeq::parse(cseq->toBytes()) != cseq) {
        return "a CSeq changes when it is written";
    }
    message.callId();
    message.hasWildcardContact();
    message.maxForwards();
    message.expires();
    message.minExpires();
    message.retryAfter();
    message.contentType();
    message.contentTypeParam("boundary");
    message.accepts("application/sdp");
    message.required();
    message.supported();
    message.supports("100rel");
    message.allowed();
    return {};
}

QByteArray touchResponse(const Response& response)
{
    const Parsed again = parseDatagram(response.toBytes());
    const auto* parsed = std::get_if<ParsedResponse>(&again);
    return parsed && parsed->response == response ? QByteArray()
                                                  : "a response changes on its way over the wire";
}

QByteArray touchRequest(const ParsedRequest& parsed)
{
    const Request& request = parsed.request;
    if (const std::optional<Uri> uri = request.uri()) {
        touchUri(*uri);
    }
    Request completed = request;
    Via top = *completed.topVia();
    top.params.set("received", "192.0.2.77");
    completed.setTopVia(top);
    Response response = makeResponse(completed, parsed.defect ? parsed.defect->statusCode : 200,
                                     parsed.defect ? parsed.defect->reason : QByteArray());
    setToTag(response, "touched");
    const QByteArray answer = response.toBytes();
    makeAckForNon2xx(completed, response).toBytes();
    makeCancel(completed).toBytes();
    if (parsed.defect) {
        parseDatagram(request.toBytes());
        return {};
    }
    if (!std::holds_alternative<ParsedResponse>(parseDatagram(answer))) {
        return "the response to it does not parse";
    }
    const Parsed again = parseDatagram(request.toBytes());
    const auto* same = std::get_if<ParsedRequest>(&again);
    return same && !same->defect && same->request == request
        ? QByteArray()
        : "a request changes on its way over the wire";
}
} // namespace

QByteArray touchMessage(const QByteArray& datagram)
{
    const Parsed parsed = parseDatagram(datagram);
    if (const auto* response = std::get_if<ParsedResponse>(&parsed)) {
        const QByteArray fault = touchFields(response->response);
        return fault.isEmpty() ? touchResponse(response->response) : fault;
    }
    if (const auto* request = std::get_if<ParsedRequest>(&parsed)) {
        const QByteArray fault = touchFields(request->request);
        return fault.isEmpty() ? touchRequest(*request) : fault;
    }
    return {};
}

} // namespace hs::test
