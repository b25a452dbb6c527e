// The part of InviteSession that answers the far end's requests within the dialog.
#include "base/LogCategories.h"
#include "base/Text.h"
#include "sip/message/ReasonHeader.h"
#include "sip/ua/InviteSession.h"
#include "sip/ua/SdpBody.h"

namespace hs::sip {

void InviteSession::onRequest(const ServerTransactionId& id, const Request& request,
                              const Hop& from)
{
    const std::optional<CSeq> cseq = request.cseq();
    if (!cseq || !m_dialog.admitSequence(cseq->number)) {
        // Section 12.2.2: out of order, the request can't be done any more.
        respond(id, request, 500, "CSeq Out of Order");
        return;
    }
    m_route.setSeen(from);
    switch (request.kind()) {
    case Method::Invite:
    case Method::Update:
        onOfferRequest(id, request);
        break;
    case Method::Notify:
        respond(id, request, m_over ? 481 : m_refer.onNotify(request));
        break;
    case Method::Refer:
        onRefer(id, request);
        break;
    case Method::Info:
        respond(id, request, m_over || !m_user ? 481 : m_user->onInfo(request));
        break;
    case Method::Prack:
        respond(id, request, m_provisional && m_provisional->acknowledge(request) ? 200 : 481);
        break;
    case Method::Bye:
        onBye(id, request);
        break;
    case Method::Options:
        respond(id, request, 200);
        break;
    default:
        respond(id, request, 405);
        break;
    }
}

bool InviteSession::agreeTimer(const ServerTransactionId& id, const Request& request,
                               SessionTimerTerms& terms)
{
    const auto agreed = agreeSessionTimer(request, m_core.sessionTimer);
    if (const auto* brief = std::get_if<SessionIntervalTooBrief>(&agreed)) {
        Response refusal = m_core.makeOurResponse(request, 422, m_dialog.id().localTag);
        refusal.headers.set(HeaderId::MinSe, QByteArray::number(brief->least.count()));
        m_core.transactions.respond(id, refusal);
        return false;
    }
    terms = std::get<SessionTimerTerms>(agreed);
    return true;
}

// A re-INVITE or an UPDATE (RFC 3261 section 14.2, RFC 3311 section 5.2).
void InviteSession::onOfferRequest(const ServerTransactionId& id, const Request& request)
{
    const bool isUpdate = request.kind() == Method::Update;
    if (m_over || m_byeWanted || !m_user) {
        respond(id, request, m_over || m_byeWanted ? 481 : 480);
        return;
    }
    const SdpBody body = findSdp(request);
    if (body.kind == BodyKind::Unsupported) {
        respond(id, request, 415);
        return;
    }
    const bool offers = !isUpdate || !body.sdp.isEmpty();
    if (offers && (m_reinvite.isOut() || (awaitsAck() && m_lateAnswerDue))) {
        respond(id, request, 491); // an offer is under way
        return;
    }
    SessionTimerTerms terms;
    if (!agreeTimer(id, request, terms)) {
        return;
    }
    rememberFarEnd(request);
    const OfferReply reply = offers ? m_user->onOffer(body.sdp) : OfferReply{};
    if (m_over || m_byeWanted || !m_user) {
        respond(id, request, 487); // whoever saw the change has hung up (section 15.1.2)
        return;
    }
    if (reply.code != 200) {
        respond(id, request, reply.code, {}, reply.warning);
        return;
    }
    answerOffer(id, request, reply, !isUpdate && body.sdp.isEmpty(), terms);
}

void InviteSession::answerOffer(const ServerTransactionId& id, const Request& request,
                                const OfferReply& reply, bool wasEmpty,
                                const SessionTimerTerms& terms)
{
    m_dialog.refreshTarget(request);
    Response ok = m_core.makeOurResponse(request, 200, m_dialog.id().localTag);
    NameAddr contact;
    contact.uri = m_dialog.localContact();
    ok.headers.set("Contact", contact.toBytes());
    ok.headers.set("Allow", allowedMethods);
    ok.headers.set("Supported", supportedOptions);
    UaCore::setSdp(ok, reply.sdp);
    addSessionTimer(ok, terms);
    m_timer.start(terms);
    const bool isUpdate = request.kind() == Method::Update;
    if (isUpdate) {
        m_core.transactions.respond(id, ok);
    } else {
        m_lateAnswerDue = wasEmpty;
        m_accepted = std::make_unique<AcceptedInvite>(m_core, id, ok, [this] { ackNeverCame(); });
    }
    // They would not send a new INVITE had they not got our 2xx: its ACK is lost or late.
    if (!isUpdate && !std::exchange(m_firstAcknowledged, true)) {
        m_user->onAcknowledged({});
    }
    identify(request, m_route.seen());
}

void InviteSession::onRefer(const ServerTransactionId& id, const Request& request)
{
    if (m_over || m_byeWanted || !m_user) {
        respond(id, request, 481);
        return;
    }
    if (m_refer.isReporting()) {
        respond(id, request, 491, "A Transfer Is Under Way");
        return;
    }
    const auto read = readRefer(request);
    if (const auto* refusal = std::get_if<ReferRefusal>(&read)) {
        const QByteArray target =
            request.headers.first(HeaderId::ReferTo).value_or(QByteArrayView()).toByteArray();
        qCWarning(base::lcSip).noquote()
            << "the far end of call" << base::printable(m_dialog.id().callId, 120)
            << "wants to transfer us to what can't be called:" << base::printable(target, 120)
            << "- refused," << refusal->code << "and the call goes on";
        respond(id, request, refusal->code, refusal->reason);
        m_user->onReferRefused(target);
        return;
    }
    m_refer.accepted(request); // before it is acted on: the first report may come at once
    const auto self = shared_from_this();
    const int code = m_user->onRefer(std::get<ReferRequest>(read));
    if (code < 200 || code >= 300) {
        m_refer.refused();
        respond(id, request, code);
        return;
    }
    respond(id, request, 202);
    m_refer.report(100, {}); // section 2.4.4: the first one at once
}

void InviteSession::onBye(const ServerTransactionId& id, const Request& request)
{
    respond(id, request, 200);
    if (m_over) {
        return;
    }
    m_accepted.reset();
    // Ours may be on its way as well; its answer still finds its transaction.
    end({true, 0, ReasonHeader::valueOf(request.headers)});
}

void InviteSession::onAck(const Request& ack)
{
    const std::optional<CSeq> cseq = ack.cseq();
    if (!cseq || !m_accepted || !m_accepted->awaitsAck()
        || cseq->number != m_accepted->sequence()) {
        return;
    }
    m_accepted->acknowledged();
    const QByteArray sdp = findSdp(ack).sdp;
    if (!m_firstAcknowledged) {
        m_firstAcknowledged = true;
        if (m_byeWanted) {
            sendBye();
        } else if (m_user) {
            m_user->onAcknowledged(sdp);
        }
        return;
    }
    if (std::exchange(m_lateAnswerDue, false) && m_user) {
        m_user->onLateAnswer(sdp);
    }
}

void InviteSession::respond(const ServerTransactionId& id, const Request& request, int code,
                            const QByteArray& reason, const QByteArray& warning)
{
    Response response = m_core.makeOurResponse(request, code, m_dialog.id().localTag, reason);
    if (code == 405 || code == 200) {
        response.headers.set("Allow", allowedMethods);
    }
    if (code == 202) { // it makes a subscription (RFC 3515 section 2.2)
        NameAddr contact;
        contact.uri = m_dialog.localContact();
        response.headers.set("Contact", contact.toBytes());
    }
    if (code == 489) {
        response.headers.set("Allow-Events", "refer"); // RFC 6665 section 8.3.2: in a call
    }
    if (code == 415) {
        response.headers.set("Accept", "application/sdp");
    }
    if (!warning.isEmpty()) {
        response.headers.set("Warning", UaCore::warning(warning));
    }
    m_core.transactions.respond(id, response);
}

} // namespace hs::sip
