#include "sip/message/MessageFactory.h"

#include "base/Text.h"
#include "sip/message/StatusCode.h"

namespace hs::sip {

namespace {
void copyFirst(const Headers& from, HeaderId id, Headers& to)
{
    if (const std::optional<QByteArrayView> value = from.first(id)) {
        to.add(id, value->toByteArray());
    }
}

void copyAll(const Headers& from, HeaderId id, Headers& to)
{
    for (const QByteArrayView value : from.all(id)) {
        to.add(id, value.toByteArray());
    }
}

bool mayFormDialog(Method method)
{
    return method == Method::Invite || method == Method::Subscribe || method == Method::Refer
        || method == Method::Notify;
}

// A To that does not parse, but names a tag all the same.
bool seemsToHaveTag(QByteArrayView to)
{
    return base::toLower(to).contains(";tag=");
}

Request makeForInvite(const Request& invite, Method method, QByteArrayView to)
{
    Request request;
    request.method = methodName(method).toByteArray();
    request.requestUri = invite.requestUri;
    if (const std::optional<Via> via = invite.topVia()) {
        request.headers.add(HeaderId::Via, via->toBytes());
    }
    request.headers.add(HeaderId::MaxForwards, QByteArrayLiteral("70"));
    copyAll(invite.headers, HeaderId::Route, request.headers);
    copyFirst(invite.headers, HeaderId::From, request.headers);
    request.headers.add(HeaderId::To, to.toByteArray());
    copyFirst(invite.headers, HeaderId::CallId, request.headers);
    if (const std::optional<CSeq> cseq = invite.cseq()) {
        request.headers.add(HeaderId::CSeq, CSeq{cseq->number, request.method}.toBytes());
    }
    return request;
}
} // namespace

Response makeResponse(const Request& request, int code, QByteArray reason)
{
    Response response;
    response.statusCode = code;
    response.reasonPhrase = reason.isEmpty() ? reasonPhrase(code) : std::move(reason);
    copyAll(request.headers, HeaderId::Via, response.headers);
    if (code > 100 && code < 300 && mayFormDialog(request.kind())) {
        copyAll(request.headers, HeaderId::RecordRoute, response.headers);
    }
    for (const HeaderId id : {HeaderId::From, HeaderId::To, HeaderId::CallId, HeaderId::CSeq}) {
        copyFirst(request.headers, id, response.headers);
    }
    if (code == 100) {
        copyFirst(request.headers, HeaderId::Timestamp, response.headers);
    }
    return response;
}

void setToTag(Response& response, const QByteArray& tag)
{
    const std::optional<QByteArrayView> to = response.headers.first(HeaderId::To);
    if (!to) {
        return;
    }
    const std::optional<NameAddr> parsed = NameAddr::parse(*to);
    if (parsed ? parsed->params.has("tag") : seemsToHaveTag(*to)) {
        return;
    }
    // In both forms of an address what stands at the end is a header parameter.
    response.headers.set(HeaderId::To, to->toByteArray() + ";tag=" + tag);
}

Request makeAckForNon2xx(const Request& invite, const Response& response)
{
    Request ack = makeForInvite(invite, Method::Ack,
                                response.headers.first(HeaderId::To).value_or(QByteArrayView()));
    copyAll(invite.headers, HeaderId::Authorization, ack.headers);
    copyAll(invite.headers, HeaderId::ProxyAuthorization, ack.headers);
    return ack;
}

Request makeCancel(const Request& invite)
{
    return makeForInvite(invite, Method::Cancel,
                         invite.headers.first(HeaderId::To).value_or(QByteArrayView()));
}

} // namespace hs::sip
