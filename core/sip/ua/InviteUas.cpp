#include "sip/ua/InviteUas.h"

namespace hs::sip {

namespace {
// A proxy gives up three minutes after the last provisional response (section 16.6, Timer C).
constexpr base::Duration ringInterval = std::chrono::seconds(60);

std::optional<Uri> calledUri(const Request& request)
{
    return Uri::parse(request.requestUri);
}
} // namespace

InviteUas::InviteUas(UaCore& core, const ServerTransactionId& id, const Request& invite,
                     const Hop& from, QByteArray offer, Owner owner)
    : m_core(core)
    , m_id(id)
    , m_request(invite)
    , m_from(from)
    , m_offer(std::move(offer))
    , m_owner(std::move(owner))
    , m_localTag(core.newTag())
    , m_contact(core.contact(from))
{
    if (const std::optional<Uri> called = calledUri(invite); called && called->isSip()) {
        m_contact.user = called->user;
        if (const auto line = called->params.find("line")) {
            // Who calls this Contact later means the same account.
            m_contact.params.set("line", line->toByteArray());
        }
        if (called->isSips()) { // section 12.1.1
            m_contact.scheme = "sips";
            m_contact.params.remove("transport");
        }
    }
    if (const std::optional<CSeq> cseq = invite.cseq()) {
        m_lastSequence = cseq->number;
    }
    if (const auto seconds = invite.expires()) {
        m_expires = core.scheduler.after(std::chrono::seconds(*seconds),
                                         [this] { cancelled("SIP;cause=487;text=\"Expired\""); });
    }
}

void InviteUas::ring()
{
    if (m_over) {
        return;
    }
    Response ringing = m_core.makeOurResponse(m_request, 180, m_localTag);
    NameAddr contact;
    contact.uri = m_contact;
    ringing.headers.set("Contact", contact.toBytes());
    if (!m_request.required().contains("100rel")) {
        m_core.transactions.respond(m_id, ringing);
    } else if (m_offer.isEmpty()) {
        // The first reliable response would have to bring our offer (RFC 3262 section 5), and the
        // PRACK the answer, before there is anybody to hear it. So the 200 is the first.
        return;
    } else if (!m_reliable || !m_reliable->awaitsPrack()) {
        m_lastReliable =
            m_lastReliable == 0 ? 1 + m_core.random.below(1 << 20) : m_lastReliable + 1;
        m_reliable =
            std::make_unique<ReliableProvisional>(m_core, m_id, ringing, m_lastReliable, [this] {
                // RFC 3262 section 3: who does not acknowledge gets a 5xx.
                if (User* user = std::exchange(m_user, nullptr)) {
                    user->onCancelled("SIP;cause=504;text=\"No PRACK\"");
                }
                reject(504, "No PRACK");
            });
    }
    m_ringAgain = m_core.scheduler.after(ringInterval, [this] { ring(); });
}

std::shared_ptr<InviteSession> InviteUas::accept(const QByteArray& sdp)
{
    if (m_over) {
        return nullptr;
    }
    const auto self = shared_from_this();
    const auto agreed = agreeSessionTimer(m_request, m_core.sessionTimer);
    const auto* terms = std::get_if<SessionTimerTerms>(&agreed);
    Response ok = m_core.makeOurResponse(m_request, 200, m_localTag);
    NameAddr contact;
    contact.uri = m_contact;
    ok.headers.set("Contact", contact.toBytes());
    ok.headers.set("Allow", allowedMethods);
    ok.headers.set("Supported", supportedOptions);
    UaCore::setSdp(ok, sdp);
    if (terms) { // an interval that is too brief was refused before it rang
        addSessionTimer(ok, *terms);
    }
    Dialog dialog = Dialog::fromRequest(m_request, m_localTag, m_contact);
    dialog.admitSequence(m_lastSequence); // of a PRACK
    if (m_update) {
        dialog.refreshTarget(*m_update); // RFC 3311 section 5.2
    }
    const auto session = m_owner.makeSession(std::move(dialog), m_from);
    std::unique_ptr<ReliableProvisional> ringing = std::move(m_reliable);
    finish();
    session->acceptFirst(m_id, m_request, ok, terms ? *terms : SessionTimerTerms());
    if (ringing) {
        session->expectPrack(std::move(ringing));
    }
    return session;
}

void InviteUas::reject(int code, const QByteArray& reason, const QList<ExtraHeader>& extra)
{
    if (m_over) {
        return;
    }
    const auto self = shared_from_this();
    Response response = m_core.makeOurResponse(m_request, code, m_localTag, reason);
    for (const ExtraHeader& header : extra) {
        response.headers.set(header.name, header.value);
    }
    m_core.transactions.respond(m_id, response);
    finish();
}

bool InviteUas::admitSequence(const Request& request)
{
    const std::optional<CSeq> cseq = request.cseq();
    if (!cseq || cseq->number <= m_lastSequence) {
        return false;
    }
    m_lastSequence = cseq->number;
    return true;
}

void InviteUas::onRequest(const ServerTransactionId& id, const Request& request)
{
    if (!admitSequence(request)) {
        respond(id, request, 500); // RFC 3261 section 12.2.2
        return;
    }
    const auto later = [this] {
        return QList<ExtraHeader>{{"Retry-After", QByteArray::number(m_core.random.below(11))}};
    };
    switch (request.kind()) {
    case Method::Bye: // RFC 3261 section 15: a caller may end an early dialog with it
        respond(id, request, 200);
        cancelled({});
        break;
    case Method::Prack:
        respond(id, request, m_reliable && m_reliable->acknowledge(request) ? 200 : 481);
        break;
    case Method::Update:
        // RFC 3311 section 5.2: the offer of the INVITE has no answer yet.
        if (request.body.isEmpty()) {
            m_update = request;
            respond(id, request, 200);
        } else {
            respond(id, request, 500, later());
        }
        break;
    case Method::Invite: // section 14.2
        respond(id, request, 500, later());
        break;
    case Method::Options:
        respond(id, request, 200);
        break;
    default:
        respond(id, request, 405);
        break;
    }
}

void InviteUas::respond(const ServerTransactionId& id, const Request& request, int code,
                        const QList<ExtraHeader>& extra)
{
    Response response = m_core.makeOurResponse(request, code, m_localTag);
    response.headers.set("Allow", allowedMethods);
    if (code == 200 && request.kind() == Method::Update) {
        NameAddr contact;
        contact.uri = m_contact;
        response.headers.set("Contact", contact.toBytes());
    }
    for (const ExtraHeader& header : extra) {
        response.headers.set(header.name, header.value);
    }
    m_core.transactions.respond(id, response);
}

void InviteUas::cancelled(const QByteArray& reason)
{
    if (m_over) {
        return; // section 9.2: a CANCEL has no effect once a final response was sent
    }
    const auto self = shared_from_this();
    User* user = std::exchange(m_user, nullptr);
    reject(487);
    if (user) {
        user->onCancelled(reason);
    }
}

void InviteUas::finish()
{
    m_over = true;
    m_user = nullptr;
    m_ringAgain.cancel();
    m_expires.cancel();
    m_reliable.reset();
    const auto finished = m_owner.finished;
    finished();
}

} // namespace hs::sip
