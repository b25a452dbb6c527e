#include "sip/ua/InviteUac.h"

#include "sip/ua/SdpBody.h"

namespace hs::sip {

namespace {
// More early dialogs than this are a joke at our cost.
constexpr qsizetype mostForks = 32;

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
{
    NameAddr from = invite.from;
    from.setTag(core.newTag());
    NameAddr contact;
    contact.uri = core.contact(m_hop);
    contact.uri.user = invite.from.uri.user;
    m_request.method = "INVITE";
    m_request.requestUri = invite.target.toBytes();
    m_request.headers.add("Max-Forwards", "70");
    m_request.headers.add("From", from.toBytes());
    m_request.headers.add("To", invite.to.toBytes());
    m_request.headers.add("Call-ID", invite.callId);
    m_request.headers.add("CSeq", "1 INVITE");
    m_request.headers.add("Contact", contact.toBytes());
    core.addOurHeaders(m_request);
    UaCore::setSdp(m_request, invite.sdp);
}

void InviteUac::start()
{
    m_transaction =
        m_core.transactions.send(m_request, m_hop,
                                 {[this](const Response& response) { onResponse(response); },
                                  [this](const ClientFailure& failure) { onFailure(failure); }});
}

void InviteUac::cancel()
{
    m_user = nullptr;
    if (m_answered || m_cancelWanted) {
        return;
    }
    m_cancelWanted = true;
    if (m_provisionalSeen) {
        sendCancel();
    }
}

void InviteUac::onResponse(const Response& response)
{
    const auto self = shared_from_this();
    m_final = m_final || response.statusCode >= 200;
    if (response.statusCode < 200) {
        onProvisional(response);
    } else if (response.statusCode < 300) {
        on2xx(response);
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
    const QByteArray sdp = findSdp(response).sdp;
    const QByteArray tag = toTag(response);
    if (!sdp.isEmpty() && (m_earlySdp.size() < mostForks || m_earlySdp.contains(tag))) {
        m_earlySdp[tag] = sdp;
    }
    if (m_user && !m_answered) {
        m_user->onProgress(response.statusCode, response.reasonPhrase, sdp);
    }
}

void InviteUac::on2xx(const Response& response)
{
    const QByteArray tag = toTag(response);
    if (const auto it = m_sessions.constFind(tag); it != m_sessions.constEnd()) {
        if (const auto session = it->lock()) {
            session->acknowledge(1); // a copy of its 2xx: the ACK was lost
        }
        return;
    }
    if (m_sessions.size() >= mostForks) {
        return;
    }
    const auto session = m_owner.makeSession(Dialog::fromResponse(m_request, response), m_hop);
    m_sessions.insert(tag, session);
    session->acknowledge(1);
    if (m_answered || !m_user) {
        session->hangUp(); // another fork's, or nobody wants it any more
    } else {
        m_answered = true;
        QByteArray sdp = findSdp(response).sdp;
        if (sdp.isEmpty()) {
            sdp = m_earlySdp.value(tag);
        }
        if (User* user = std::exchange(m_user, nullptr)) {
            user->onAnswered(session, sdp);
        }
    }
    finishLater();
}

void InviteUac::onRefused(const Response& response)
{
    if (User* user = std::exchange(m_user, nullptr)) {
        user->onFailed({true, response.statusCode, response.reasonPhrase});
    }
    finishLater();
}

void InviteUac::onFailure(const ClientFailure& failure)
{
    const auto self = shared_from_this();
    m_final = true;
    const int code = failure.kind == ClientFailure::Kind::Timeout ? 408 : 503;
    if (User* user = std::exchange(m_user, nullptr)) {
        user->onFailed({false, code, reasonPhrase(code)});
    }
    finishLater();
}

void InviteUac::sendCancel()
{
    if (std::exchange(m_cancelSent, true)) {
        return;
    }
    m_core.transactions.cancel(m_transaction);
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
