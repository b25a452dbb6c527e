#include "sip/ua/InviteUac.h"

#include "sip/ua/SdpBody.h"

namespace hs::sip {

namespace {
constexpr std::uint32_t mostSequence = 6; // challenges, and an interval too brief

QByteArray toTag(const Response& response)
{
    const std::optional<NameAddr> to = response.to();
    return to ? to->tag() : QByteArray();
}
} // namespace

InviteUac::InviteUac(UaCore& core, const OutgoingInvite& invite, Owner owner, User* user)
    : m_core(core)
    , m_hop(invite.hop)
    , m_owner(std::move(owner))
    , m_user(user)
    , m_challenged(invite.credentials)
    , m_timer(core.sessionTimer)
    , m_early(core, invite.hop, invite.credentials)
{
    NameAddr from = invite.from;
    from.setTag(core.newTag());
    NameAddr contact;
    contact.uri = core.contact(m_hop);
    contact.uri.user = invite.contactUser.isEmpty() ? invite.from.uri.user : invite.contactUser;
    if (invite.target.isSips()) { // section 8.1.1.8
        contact.uri.scheme = "sips";
        contact.uri.params.remove("transport");
    }
    m_request.method = "INVITE";
    m_request.requestUri = invite.target.toBytes();
    for (const NameAddr& route : invite.routes) {
        m_request.headers.add("Route", route.toBytes());
    }
    m_request.headers.add("Max-Forwards", "70");
    m_request.headers.add("From", from.toBytes());
    m_request.headers.add("To", invite.to.toBytes());
    m_request.headers.add("Call-ID", invite.callId);
    m_request.headers.add("CSeq", "1 INVITE");
    m_request.headers.add("Contact", contact.toBytes());
    for (const ExtraHeader& header : invite.extra) {
        m_request.headers.add(header.name, header.value);
    }
    core.addOurHeaders(m_request);
    UaCore::setSdp(m_request, invite.sdp);
}

void InviteUac::start()
{
    m_challenged.prepare(m_request, m_hop);
    send();
}

void InviteUac::send()
{
    addSessionTimer(m_request, m_timer);
    m_transaction =
        m_core.transactions.send(m_request, m_hop,
                                 {[this](const Response& response) { onResponse(response); },
                                  [this](const ClientFailure& failure) { onFailure(failure); }});
}

void InviteUac::cancel(const QByteArray& reason)
{
    m_user = nullptr;
    if (m_answered || m_cancelWanted) {
        return;
    }
    m_cancelReason = reason;
    m_cancelWanted = true;
    if (m_provisionalSeen) {
        sendCancel();
    }
}

bool InviteUac::owns(const DialogId& dialog) const
{
    const std::optional<NameAddr> from = m_request.from();
    return !m_answered && m_request.callId() == dialog.callId && from
        && from->tag() == dialog.localTag;
}

void InviteUac::onRequest(const ServerTransactionId& id, const Request& request)
{
    const auto self = shared_from_this();
    const DialogId dialogId = DialogId::ofRequest(request);
    const auto respond = [&](int code, const QByteArray& sdp = {}) {
        Response response = m_core.makeOurResponse(request, code, dialogId.localTag);
        response.headers.set("Allow", allowedMethods);
        if (code == 200) {
            NameAddr contact;
            contact.uri = m_request.contacts().first().uri;
            response.headers.set("Contact", contact.toBytes());
        }
        UaCore::setSdp(response, sdp);
        m_core.transactions.respond(id, response);
    };
    Dialog* dialog = m_early.find(dialogId.remoteTag);
    const std::optional<CSeq> cseq = request.cseq();
    if (!dialog || !m_user) {
        respond(481);
    } else if (!cseq || !dialog->admitSequence(cseq->number)) {
        respond(500);
    } else if (request.kind() == Method::Options) {
        respond(200);
    } else if (request.kind() != Method::Update) {
        respond(405);
    } else if (const QByteArray offer = findSdp(request).sdp; offer.isEmpty()) {
        dialog->refreshTarget(request);
        respond(200);
    } else if (const QByteArray answer = m_early.sdp(dialogId.remoteTag); answer.isEmpty()) {
        respond(491); // RFC 3311 section 5.2: ours is not answered yet
    } else {
        dialog->refreshTarget(request);
        const InviteSession::OfferReply reply =
            m_user->onEarlyOffer(dialogId.remoteTag, answer, offer);
        respond(reply.code, reply.sdp);
    }
}

void InviteUac::onResponse(const Response& response)
{
    const auto self = shared_from_this();
    if (response.statusCode < 200) {
        onProvisional(response);
        return;
    }
    if (response.statusCode < 300) {
        m_final = true;
        on2xx(response);
        return;
    }
    QString problem;
    if (!m_cancelWanted && tryAgain(response, problem)) {
        return;
    }
    m_final = true;
    if (!problem.isEmpty()) {
        Response explained = response;
        explained.reasonPhrase = problem.toUtf8();
        onRefused(explained);
    } else {
        onRefused(response);
    }
}

void InviteUac::onProvisional(const Response& response)
{
    m_provisionalSeen = true;
    if (m_cancelWanted) {
        sendCancel(); // section 9.1: not before a provisional response
        return;
    }
    if (m_early.admit(m_request, response) && m_user && !m_answered) {
        m_user->onProgress(response, findSdp(response).sdp);
    }
}

void InviteUac::on2xx(const Response& response)
{
    const QByteArray tag = toTag(response);
    if (const auto it = m_sessions.constFind(tag); it != m_sessions.constEnd()) {
        if (const auto session = it->lock()) {
            session->acknowledgeCopy(m_sequence); // the ACK was lost
        }
        return;
    }
    if (m_sessions.size() >= EarlyDialogs::most) {
        return;
    }
    const auto session = m_owner.makeSession(m_early.confirmed(m_request, response), m_hop);
    m_sessions.insert(tag, session);
    session->acknowledge(m_sequence, m_request);
    if (m_answered || !m_user) {
        session->hangUp(m_cancelReason); // another fork's, or nobody wants it any more
    } else {
        m_answered = true;
        session->confirm(response);
        QByteArray sdp = findSdp(response).sdp;
        if (sdp.isEmpty()) {
            sdp = m_early.sdp(tag);
        }
        if (User* user = std::exchange(m_user, nullptr)) {
            user->onAnswered(session, sdp);
            session->identify(response, m_hop);
        }
    }
    finishLater();
}

// 401, 407 and 422 want the same INVITE once more, said better.
bool InviteUac::tryAgain(const Response& response, QString& problem)
{
    if (response.statusCode == 401 || response.statusCode == 407) {
        const auto verdict = m_challenged.answer(m_request, response, m_hop);
        if (verdict != ChallengedRequest::Verdict::TryAgain) {
            if (m_challenged.hasClient()) { // else it is a refusal like any other
                problem = ChallengedRequest::sentence(verdict, response);
            }
            return false;
        }
    } else if (response.statusCode == 422) {
        const std::chrono::seconds least = leastInterval(response);
        if (least <= m_timer.least) {
            return false;
        }
        m_timer.interval = m_timer.least = least;
    } else {
        return false;
    }
    if (++m_sequence > mostSequence) {
        return false;
    }
    m_request.headers.set(HeaderId::CSeq, QByteArray::number(m_sequence) + " INVITE");
    m_provisionalSeen = false;
    send();
    return true;
}

void InviteUac::onRefused(const Response& response)
{
    if (User* user = std::exchange(m_user, nullptr)) {
        user->onFailed({true, response.statusCode, response.reasonPhrase}, &response);
    }
    finishLater();
}

void InviteUac::onFailure(const ClientFailure& failure)
{
    const auto self = shared_from_this();
    m_final = true;
    const int code = failure.kind == ClientFailure::Kind::Timeout ? 408 : 503;
    if (!m_provisionalSeen) { // a server that has said something is not dead
        m_core.resolver.reportFailure(m_hop);
    }
    if (User* user = std::exchange(m_user, nullptr)) {
        const QByteArray why = failure.why.isEmpty() ? reasonPhrase(code) : failure.why.toUtf8();
        user->onFailed({false, code, why}, nullptr);
    }
    finishLater();
}

void InviteUac::sendCancel()
{
    if (std::exchange(m_cancelSent, true)) {
        return;
    }
    m_core.transactions.cancel(m_transaction, m_cancelReason);
    // Section 9.1: a far end of RFC 2543 may never answer the INVITE then.
    finishLater();
}

void InviteUac::finishLater()
{
    // 2xx of other forks may come as long as the transaction's Accepted state lasts (RFC 6026).
    m_end = m_core.scheduler.after(m_core.transactions.timers().timeout(), [this] {
        const auto finished = m_owner.finished;
        finished();
    });
}

} // namespace hs::sip
