// NewRequest: a request of ours that belongs to no dialog yet (RFC 3261 section 8.1.1), as far as
// it is the same for each method: all that must be there but Via, Contact and body. Thread: a
// value.
#pragma once

#include "sip/message/Message.h"

namespace hs::sip {

struct NewRequest {
    Method method = Method::Message;
    Uri target; // Request-URI and To
    NameAddr from; // without a tag
    QByteArray fromTag;
    QList<NameAddr> routes; // outbound proxy, Service-Route
    QByteArray callId;
    std::uint32_t sequence = 1;

    Request make() const
    {
        const QByteArray name = methodName(method).toByteArray();
        NameAddr ourselves = from;
        ourselves.setTag(fromTag);
        NameAddr to;
        to.uri = target;
        Request request;
        request.method = name;
        request.requestUri = target.toBytes();
        for (const NameAddr& route : routes) {
            request.headers.add("Route", route.toBytes());
        }
        request.headers.add("Max-Forwards", "70");
        request.headers.add("From", ourselves.toBytes());
        request.headers.add("To", to.toBytes());
        request.headers.add("Call-ID", callId);
        request.headers.add("CSeq", QByteArray::number(sequence) + ' ' + name);
        return request;
    }
};

} // namespace hs::sip
