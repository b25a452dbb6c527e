#include "sip/ua/InviteSession.h"

#include "base/LogCategories.h"
#include "sip/ua/SdpBody.h"

namespace hs::sip {

namespace {
constexpr std::size_t acksKept = 4; // of as many INVITEs, for copies of their 2xx
}

InviteSession::InviteSession(UaCore& core, Dialog dialog, const Hop& seen,
                             std::function<void()> finished)
    : m_core(core)
    , m_dialog(std::move(dialog))
    , m_route(core, seen)
    , m_finished(std::move(finished))
    , m_reinvite(core, m_dialog, m_route,
                 {[this](const QByteArray& sdp) {
                      if (m_user) {
                          m_user->onReinviteAnswered(sdp);
                      }
                  },
                  [this](int code, const QByteArray& reason) {
                      if (m_user) {
                          m_user->onReinviteRefused(code, reason);
                      }
                  },
                  [this](int code, const QByteArray& reason) {
                      sendBye(); // harmless if the far end has forgotten us, right if it has not
                      end({false, code, reason});
                  },
                  [this] {
                      if (m_user) {
                          m_user->onMayReinvite();
                      }
                  },
                  [this](std::uint32_t sequence) { acknowledge(sequence); }})
{
}

void InviteSession::acceptFirst(const ServerTransactionId& id, const Response& ok)
{
    m_firstAcknowledged = false;
    m_accepted = std::make_unique<AcceptedInvite>(m_core, id, ok, [this] { ackNeverCame(); });
}

void InviteSession::acknowledge(std::uint32_t sequence)
{
    if (const auto it = m_acks.find(sequence); it != m_acks.end()) {
        m_core.transactions.sendRaw(it->second, *m_ackHop);
        return;
    }
    Request ack = m_dialog.makeAck(sequence);
    m_core.addOurHeaders(ack);
    // Section 13.2.2.4: along the route set to the Contact of the 2xx, whoever sent it.
    m_route.whenKnown(m_dialog.nextHop(), [weak = weak_from_this(), ack, sequence](const Hop& hop) {
        if (const auto self = weak.lock()) {
            self->m_ackHop = hop;
            if (self->m_acks.size() >= acksKept) {
                self->m_acks.erase(self->m_acks.begin());
            }
            self->m_acks[sequence] = self->m_core.transactions.sendAck(ack, hop);
        }
    });
}

bool InviteSession::canReinvite() const
{
    return !m_over && !m_byeWanted && !m_reinvite.isPending() && !awaitsAck();
}

void InviteSession::reinvite(const QByteArray& offer)
{
    if (canReinvite()) {
        m_reinvite.start(offer);
    }
}

void InviteSession::hangUp()
{
    m_user = nullptr;
    if (m_over || m_byeWanted) {
        return;
    }
    m_byeWanted = true;
    m_reinvite.stop();
    if (m_firstAcknowledged) {
        sendBye();
    }
}

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
        onReinvite(id, request, from);
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

void InviteSession::onReinvite(const ServerTransactionId& id, const Request& request, const Hop&)
{
    if (m_over || m_byeWanted) {
        respond(id, request, 481);
        return;
    }
    if (m_reinvite.isOut() || (awaitsAck() && m_lateAnswerDue)) {
        respond(id, request, 491); // section 14.2: an offer is under way
        return;
    }
    const SdpBody body = findSdp(request);
    if (body.kind == BodyKind::Unsupported) {
        respond(id, request, 415);
        return;
    }
    if (!m_user) {
        respond(id, request, 480);
        return;
    }
    const OfferReply reply = m_user->onOffer(body.sdp);
    if (reply.code != 200) {
        respond(id, request, reply.code, {}, reply.warning);
        return;
    }
    m_dialog.refreshTarget(request);
    Response ok = m_core.makeOurResponse(request, 200, m_dialog.id().localTag);
    NameAddr contact;
    contact.uri = m_dialog.localContact();
    ok.headers.set("Contact", contact.toBytes());
    ok.headers.set("Allow", allowedMethods);
    UaCore::setSdp(ok, reply.sdp);
    if (m_accepted && m_accepted->awaitsAck() && !m_firstAcknowledged) {
        // They would not send a new INVITE had they not got our 2xx: its ACK is lost or late.
        m_firstAcknowledged = true;
        m_user->onAcknowledged({});
    }
    m_lateAnswerDue = body.sdp.isEmpty();
    m_accepted = std::make_unique<AcceptedInvite>(m_core, id, ok, [this] { ackNeverCame(); });
}

void InviteSession::onBye(const ServerTransactionId& id, const Request& request)
{
    respond(id, request, 200);
    if (m_over) {
        return;
    }
    m_accepted.reset();
    QByteArray reason;
    if (const auto header = request.headers.first("Reason")) {
        reason = header->toByteArray();
    }
    // Ours may be on its way as well; its answer still finds its transaction.
    end({true, 0, reason});
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
    if (code == 415) {
        response.headers.set("Accept", "application/sdp");
    }
    if (!warning.isEmpty()) {
        response.headers.set("Warning", UaCore::warning(warning));
    }
    m_core.transactions.respond(id, response);
}

void InviteSession::ackNeverCame()
{
    qCWarning(base::lcSip) << "no ACK for our 200 came in 64*T1; the call is ended, Call-ID"
                           << m_dialog.id().callId;
    m_firstAcknowledged = true;
    sendBye();
    end({false, 408, "No ACK"});
}

void InviteSession::sendBye()
{
    if (std::exchange(m_byeSent, true)) {
        return;
    }
    Request bye = m_dialog.makeRequest(Method::Bye);
    m_core.addOurHeaders(bye);
    const auto done = [this] { finish(); };
    m_route.whenKnown(m_dialog.nextHop(), [weak = weak_from_this(), bye, done](const Hop& hop) {
        if (const auto self = weak.lock()) {
            self->m_bye =
                self->m_core.transactions.send(bye, hop,
                                               {[done](const Response& response) {
                                                    if (response.statusCode >= 200) {
                                                        done();
                                                    }
                                                },
                                                [done](const ClientFailure&) { done(); }});
        }
    });
}

void InviteSession::end(const Ending& ending)
{
    if (std::exchange(m_over, true)) {
        return;
    }
    m_reinvite.stop();
    const auto self = shared_from_this();
    if (User* user = std::exchange(m_user, nullptr)) {
        user->onEnded(ending);
    }
    if (!m_byeSent) {
        finish();
    }
}

void InviteSession::finish()
{
    m_over = true;
    m_accepted.reset();
    // A BYE of theirs that crosses ours is still answered with 200 for a while, not 481. This
    // object may be gone when the call returns.
    m_linger = m_core.scheduler.after(m_core.transactions.timers().t4, [this] {
        const auto finished = m_finished;
        finished();
    });
}

} // namespace hs::sip
