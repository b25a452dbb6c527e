#include "sip/ua/Dialog.h"

#include <algorithm>

namespace hs::sip {

namespace {
NameAddr partyOf(const std::optional<NameAddr>& header)
{
    return header.value_or(NameAddr());
}

bool isLooseRouter(const NameAddr& route)
{
    return route.uri.params.has("lr");
}
} // namespace

DialogId DialogId::ofRequest(const Request& request)
{
    return {request.callId(), partyOf(request.to()).tag(), partyOf(request.from()).tag()};
}

Dialog Dialog::fromRequest(const Request& invite, const QByteArray& localTag,
                           const Uri& localContact)
{
    Dialog dialog;
    dialog.m_remote = partyOf(invite.from());
    dialog.m_local = partyOf(invite.to());
    dialog.m_local.setTag(localTag);
    dialog.m_id = {invite.callId(), localTag, dialog.m_remote.tag()};
    dialog.m_localContact = localContact;
    dialog.m_routeSet = invite.recordRoutes();
    dialog.m_remoteTarget = dialog.m_remote.uri; // for a far end that sends no Contact
    dialog.refreshTarget(invite);
    if (const auto cseq = invite.cseq()) {
        dialog.admitSequence(cseq->number);
    }
    return dialog;
}

Dialog Dialog::fromResponse(const Request& invite, const Response& response)
{
    Dialog dialog;
    dialog.m_isCaller = true;
    dialog.m_local = partyOf(invite.from());
    dialog.m_remote = partyOf(response.to());
    dialog.m_id = {invite.callId(), dialog.m_local.tag(), dialog.m_remote.tag()};
    dialog.m_localSequence = invite.cseq()->number;
    dialog.m_routeSet = response.recordRoutes();
    std::reverse(dialog.m_routeSet.begin(), dialog.m_routeSet.end());
    dialog.m_remoteTarget = Uri::parse(invite.requestUri).value_or(Uri());
    if (const QList<NameAddr> contacts = invite.contacts(); !contacts.isEmpty()) {
        dialog.m_localContact = contacts.first().uri;
    }
    dialog.refreshTarget(response);
    return dialog;
}

void Dialog::refreshTarget(const Message& message)
{
    const QList<NameAddr> contacts = message.contacts();
    if (!contacts.isEmpty() && contacts.first().uri.isSip()) {
        m_remoteTarget = contacts.first().uri;
    }
}

bool Dialog::admitSequence(std::uint32_t number)
{
    if (m_remoteSequenceKnown && number <= m_remoteSequence) {
        return false;
    }
    m_remoteSequence = number;
    m_remoteSequenceKnown = true;
    return true;
}

void Dialog::adoptRemoteSequence(const Dialog& early)
{
    m_remoteSequence = early.m_remoteSequence;
    m_remoteSequenceKnown = early.m_remoteSequenceKnown;
}

Request Dialog::makeRequest(Method method)
{
    return makeBare(method, ++m_localSequence);
}

Request Dialog::makeAck(std::uint32_t inviteSequence) const
{
    return makeBare(Method::Ack, inviteSequence);
}

Uri Dialog::nextHop() const
{
    return m_routeSet.isEmpty() ? m_remoteTarget : m_routeSet.first().uri;
}

Request Dialog::makeBare(Method method, std::uint32_t sequence) const
{
    Request request;
    request.method = methodName(method).toByteArray();
    Uri target = m_remoteTarget;
    target.headers.clear(); // section 19.1.1: no headers in a Request-URI
    request.requestUri = target.toBytes();
    QList<NameAddr> routes = m_routeSet;
    if (!routes.isEmpty() && !isLooseRouter(routes.first())) {
        // Section 12.2.1.1: a strict router wants to see itself in the Request-URI and the target
        // as the last route.
        request.requestUri = routes.takeFirst().uri.toBytes();
        NameAddr last;
        last.uri = m_remoteTarget;
        routes.append(last);
    }
    for (const NameAddr& route : routes) {
        request.headers.add("Route", route.toBytes());
    }
    request.headers.add("Max-Forwards", "70");
    request.headers.add("From", m_local.toBytes());
    request.headers.add("To", m_remote.toBytes());
    request.headers.add("Call-ID", m_id.callId);
    request.headers.add("CSeq",
                        QByteArray::number(sequence) + ' ' + methodName(method).toByteArray());
    return request;
}

} // namespace hs::sip
