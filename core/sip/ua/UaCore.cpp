#include "sip/ua/UaCore.h"

namespace hs::sip {

Uri UaCore::contact(const Hop& hop) const
{
    const base::Endpoint seen = nat.seenFrom(hop, transactions.sentBy(hop));
    Uri uri;
    uri.scheme = "sip";
    uri.host = seen.address().toString();
    uri.port = seen.port();
    if (hop.kind != TransportKind::Udp) {
        uri.params.set("transport", hop.kind == TransportKind::Tls ? "tls" : "tcp");
    }
    return uri;
}

void UaCore::addOurHeaders(Request& request) const
{
    request.headers.set("User-Agent", product);
    if (request.kind() == Method::Invite || request.kind() == Method::Update) {
        request.headers.set("Supported", supportedOptions);
        request.headers.set("Allow", allowedMethods);
        request.headers.set("Accept", "application/sdp");
    }
}

QByteArray UaCore::warning(QByteArray text)
{
    text.replace('"', '\'');
    return "399 hookswitch \"" + text + '"';
}

void UaCore::setSdp(Message& message, const QByteArray& sdp)
{
    if (!sdp.isEmpty()) {
        message.headers.set("Content-Type", "application/sdp");
        message.body = sdp;
    }
}

Response UaCore::makeOurResponse(const Request& request, int code, const QByteArray& localTag,
                                 const QByteArray& reason) const
{
    Response response = makeResponse(request, code, reason);
    if (code > 100) {
        setToTag(response, localTag);
    }
    response.headers.set("Server", product);
    return response;
}

} // namespace hs::sip
