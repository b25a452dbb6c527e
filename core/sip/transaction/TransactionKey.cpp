#include "sip/transaction/TransactionKey.h"

#include "base/Text.h"

namespace hs::sip {

namespace {
// Separates the parts; no part holds one.
constexpr char separator = '\n';

QByteArray rfc2543Key(const Request& request, const Via& top, QByteArrayView method)
{
    const std::optional<NameAddr> from = request.from();
    const std::optional<CSeq> cseq = request.cseq();
    if (!from || !cseq) {
        return {};
    }
    return request.requestUri + separator + from->tag() + separator + request.callId() + separator
        + QByteArray::number(cseq->number) + separator + top.toBytes() + separator
        + method.toByteArray();
}

QByteArray serverKey(const Request& request, QByteArrayView method)
{
    const std::optional<Via> top = request.topVia();
    if (!top) {
        return {};
    }
    const QByteArray branch = top->branch();
    if (!branch.startsWith(magicCookie)) {
        return rfc2543Key(request, *top, method);
    }
    return branch + separator + base::toLower(top->host) + ':' + QByteArray::number(top->port)
        + separator + method.toByteArray();
}
} // namespace

QByteArray serverTransactionKey(const Request& request)
{
    return serverKey(request,
                     request.kind() == Method::Ack ? QByteArrayView("INVITE")
                                                   : QByteArrayView(request.method));
}

QByteArray cancelledTransactionKey(const Request& cancel)
{
    return serverKey(cancel, "INVITE");
}

QByteArray clientTransactionKey(const Request& request)
{
    const std::optional<Via> top = request.topVia();
    return top ? top->branch() + separator + request.method : QByteArray();
}

QByteArray clientTransactionKey(const Response& response)
{
    const std::optional<Via> top = response.topVia();
    const std::optional<CSeq> cseq = response.cseq();
    return top && cseq ? top->branch() + separator + cseq->method : QByteArray();
}

} // namespace hs::sip
