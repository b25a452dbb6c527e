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
    m_core.transactions.respond(m_id, ringing);
    m_ringAgain = m_core.scheduler.after(ringInterval, [this] { ring(); });
}

std::shared_ptr<InviteSession> InviteUas::accept(const QByteArray& sdp)
{
    if (m_over) {
        return nullptr;
    }
    const auto self = shared_from_this();
    Response ok = m_core.makeOurResponse(m_request, 200, m_localTag);
    NameAddr contact;
    contact.uri = m_contact;
    ok.headers.set("Contact", contact.toBytes());
    ok.headers.set("Allow", allowedMethods);
    UaCore::setSdp(ok, sdp);
    const auto session =
        m_owner.makeSession(Dialog::fromRequest(m_request, m_localTag, m_contact), m_from);
    finish();
    session->acceptFirst(m_id, ok);
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
    const auto finished = m_owner.finished;
    finished();
}

} // namespace hs::sip
