#include "sip/ua/UserAgent.h"

#include "base/LogCategories.h"
#include "base/Text.h"
#include "sip/message/ReasonHeader.h"
#include "sip/ua/RequestScreening.h"
#include "sip/ua/SdpBody.h"

#include <QCryptographicHash>

#include <algorithm>

namespace hs::sip {

namespace {
constexpr std::size_t lastTagsKept = 32; // a CANCEL may cross the refusal

// Section 11.2.
QList<ExtraHeader> capabilities()
{
    return {{"Allow", allowedMethods},
            {"Accept", "application/sdp, text/plain"},
            {"Accept-Encoding", "identity"},
            {"Accept-Language", "en"},
            {"Supported", supportedOptions}};
}

QByteArray tagOf(const std::optional<NameAddr>& party)
{
    return party ? party->tag() : QByteArray();
}

} // namespace

UserAgent::UserAgent(UaCore& core)
    : m_core(core)
    , m_statelessSeed(core.random.token(16))
{
    m_core.transactions.setUser(this);
}

UserAgent::~UserAgent()
{
    m_core.transactions.setUser(nullptr);
}

std::size_t UserAgent::unfinished() const
{
    return static_cast<std::size_t>(m_sessions.size() + m_incoming.size());
}

bool UserAgent::awaitsFarEnds() const
{
    return std::any_of(m_sessions.cbegin(), m_sessions.cend(),
                       [](const auto& session) { return !session->isOver(); })
        || std::any_of(m_outgoing.cbegin(), m_outgoing.cend(),
                       [](const auto& invite) { return invite->isOpen(); });
}

std::shared_ptr<InviteUac> UserAgent::invite(const OutgoingInvite& invite, InviteUac::User* user)
{
    const auto key = std::make_shared<InviteUac*>(nullptr);
    InviteUac::Owner owner{
        [this, credentials = invite.credentials](Dialog dialog, const Hop& seen) {
            return makeSession(std::move(dialog), seen, credentials);
        },
        [this, key] { m_outgoing.remove(*key); }};
    const auto uac = std::make_shared<InviteUac>(m_core, invite, std::move(owner), user);
    *key = uac.get();
    m_outgoing.insert(uac.get(), uac);
    uac->start();
    return uac;
}

std::shared_ptr<InviteSession> UserAgent::makeSession(Dialog dialog, const Hop& seen,
                                                      std::shared_ptr<DigestClient> credentials)
{
    const DialogId id = dialog.id();
    const auto session =
        std::make_shared<InviteSession>(m_core, std::move(dialog), seen, std::move(credentials),
                                        [this, id] { m_sessions.remove(id); });
    m_sessions.insert(id, session);
    return session;
}

void UserAgent::onRequest(const ServerTransactionId& id, const Request& request, const Hop& from)
{
    if (const std::optional<Refusal> refusal = screen(request, from.kind == TransportKind::Tls)) {
        respond(id, request, refusal->code, refusal->reason, refusal->headers);
        return;
    }
    if (!tagOf(request.to()).isEmpty()) {
        onInDialog(id, request, from);
        return;
    }
    switch (request.kind()) {
    case Method::Invite:
        onNewInvite(id, request, from);
        break;
    case Method::Options:
        respond(id, request, 200, {}, capabilities());
        break;
    case Method::Notify:
        onNotify(id, request, from);
        break;
    case Method::Message:
        onMessage(id, request, from);
        break;
    default: // BYE without a To tag belongs to no dialog
        respond(id, request, 481);
        break;
    }
}

void UserAgent::onNewInvite(const ServerTransactionId& id, const Request& request, const Hop& from)
{
    if (m_core.transactions.isMerged(id, request)) {
        respond(id, request, 482);
        return;
    }
    if (!m_user) {
        respond(id, request, 480);
        return;
    }
    if (refusesTimer(id, request)) {
        return;
    }
    InviteUas::Owner owner{[this, uasCredentials = m_user->credentialsFor(request, from)](
                               Dialog dialog, const Hop& seen) {
                               return makeSession(std::move(dialog), seen, uasCredentials);
                           },
                           [this, id] { forgetInvite(id); }};
    const auto uas = std::make_shared<InviteUas>(m_core, id, request, from, findSdp(request).sdp,
                                                 std::move(owner));
    m_incoming.insert(id, uas);
    m_user->onInvite(uas);
}

void UserAgent::onInDialog(const ServerTransactionId& id, const Request& request, const Hop& from)
{
    const DialogId dialog = DialogId::ofRequest(request);
    if (const std::shared_ptr<InviteSession> session = m_sessions.value(dialog)) {
        if (request.kind() == Method::Message) {
            onMessage(id, request, from); // RFC 3428 section 4: a text in a call is one like any
        } else {
            session->onRequest(id, request, from);
        }
        return;
    }
    if (request.kind() == Method::Notify) {
        onNotify(id, request, from);
        return;
    }
    const auto early =
        std::find_if(m_incoming.cbegin(), m_incoming.cend(), [&dialog](const auto& uas) {
            return uas->localTag() == dialog.localTag && uas->request().callId() == dialog.callId
                && tagOf(uas->request().from()) == dialog.remoteTag;
        });
    if (early != m_incoming.cend()) {
        const std::shared_ptr<InviteUas> uas = *early;
        uas->onRequest(id, request);
        return;
    }
    const auto outgoing = std::find_if(m_outgoing.cbegin(), m_outgoing.cend(),
                                       [&dialog](const auto& uac) { return uac->owns(dialog); });
    if (outgoing != m_outgoing.cend()) {
        const std::shared_ptr<InviteUac> uac = *outgoing;
        uac->onRequest(id, request);
    } else {
        respond(id, request, 481);
    }
}

bool UserAgent::refusesTimer(const ServerTransactionId& id, const Request& request)
{
    const auto agreed = agreeSessionTimer(request, m_core.sessionTimer);
    const auto* brief = std::get_if<SessionIntervalTooBrief>(&agreed);
    if (brief) {
        respond(id, request, 422, {}, {{"Min-SE", QByteArray::number(brief->least.count())}});
    }
    return brief != nullptr;
}

void UserAgent::onNotify(const ServerTransactionId& id, const Request& request, const Hop& from)
{
    if (NotifyReceiver* receiver = m_notifyRoutes->find(request)) {
        const NotifyAnswer answer = receiver->onNotify(request, from);
        respond(id, request, answer.code, {}, answer.headers);
        return;
    }
    const auto event = ParameterizedValue::parse(
        request.headers.first(HeaderId::Event).value_or(QByteArrayView()));
    const bool isUsed = m_user && event && base::equalsIgnoreCase(event->value, "message-summary")
        && m_user->onUnsolicitedNotify(request, from);
    respond(id, request, isUsed ? 200 : 481);
}

void UserAgent::onMessage(const ServerTransactionId& id, const Request& request, const Hop& from)
{
    const auto message = IncomingMessage::fromRequest(request);
    if (!message) {
        respond(id, request, message.error().code, {}, message.error().headers);
        return;
    }
    const int code = m_user ? m_user->onMessage(*message, from) : 480;
    const QList<ExtraHeader> allow{{"Allow", allowedMethods}};
    // Not 503: a proxy would keep calls from us as well for that long (RFC 3261 section 21.5.4).
    const QList<ExtraHeader> retry{{"Retry-After", "10"}};
    respond(id, request, code, {},
            code == 405       ? allow
                : code == 480 ? retry
                              : QList<ExtraHeader>());
}

void UserAgent::onAck(const Request& ack, const Hop&)
{
    if (const std::shared_ptr<InviteSession> session = m_sessions.value(DialogId::ofRequest(ack))) {
        session->onAck(ack);
    }
}

void UserAgent::onCancel(const ServerTransactionId& id, const Request& cancel,
                         const ServerTransactionId& invite)
{
    const std::shared_ptr<InviteUas> uas = m_incoming.value(invite);
    if (invite.isEmpty()) {
        respond(id, cancel, 481);
        return;
    }
    // Section 9.2: the CANCEL itself is always answered, with the To tag of the INVITE's responses.
    const QByteArray tag = uas ? uas->localTag() : answeredTag(cancel, invite);
    m_core.transactions.respond(id, m_core.makeOurResponse(cancel, 200, tag));
    if (uas) {
        uas->cancelled(ReasonHeader::valueOf(cancel.headers));
    }
}

void UserAgent::forgetInvite(const ServerTransactionId& id)
{
    if (const std::shared_ptr<InviteUas> uas = m_incoming.take(id)) {
        m_lastTags.emplace_back(id, uas->localTag());
    }
    if (m_lastTags.size() > lastTagsKept) {
        m_lastTags.pop_front();
    }
}

QByteArray UserAgent::answeredTag(const Request& cancel, const ServerTransactionId& invite) const
{
    for (const auto& [id, tag] : m_lastTags) {
        if (id == invite) {
            return tag;
        }
    }
    const QByteArray theirs = tagOf(cancel.from());
    for (auto it = m_sessions.keyBegin(); it != m_sessions.keyEnd(); ++it) {
        if (it->callId == cancel.callId() && it->remoteTag == theirs) {
            return it->localTag;
        }
    }
    return statelessTag(cancel);
}

void UserAgent::onStray2xx(const Response& response, const Hop& from)
{
    const DialogId id{response.callId(), tagOf(response.from()), tagOf(response.to())};
    const std::optional<CSeq> cseq = response.cseq();
    if (const std::shared_ptr<InviteSession> session = m_sessions.value(id); session && cseq) {
        session->acknowledgeCopy(cseq->number);
        return;
    }
    qCDebug(base::lcSip) << "dropped: a 200 for no call of ours, from" << from.remote.toString();
}

void UserAgent::onConnectionClosed(const Hop& hop, const QString&)
{
    if (m_user) {
        m_user->onConnectionClosed(hop);
    }
}

void UserAgent::onDefectiveRequest(const ParsedRequest& parsed, const Hop& from)
{
    if (parsed.request.kind() == Method::Ack) {
        return; // an ACK has no response
    }
    const Response response =
        m_core.makeOurResponse(parsed.request, parsed.defect->statusCode,
                               statelessTag(parsed.request), parsed.defect->reason);
    m_core.transactions.respondStateless(parsed.request, response, from);
}

void UserAgent::respond(const ServerTransactionId& id, const Request& request, int code,
                        const QByteArray& reason, const QList<ExtraHeader>& headers)
{
    Response response = m_core.makeOurResponse(request, code, m_core.newTag(), reason);
    for (const ExtraHeader& header : headers) {
        response.headers.set(header.name, header.value);
    }
    m_core.transactions.respond(id, response);
}

QByteArray UserAgent::statelessTag(const Request& request) const
{
    // Section 8.2.7: the same request gets the same tag each time, with nothing remembered.
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(m_statelessSeed);
    hash.addData(request.callId());
    if (const std::optional<Via> top = request.topVia()) {
        hash.addData(top->branch());
    }
    return hash.result().toHex().first(12);
}

} // namespace hs::sip
