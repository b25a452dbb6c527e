#include "sip/ua/InviteSession.h"

#include "base/LogCategories.h"
#include "sip/ua/SdpBody.h"

namespace hs::sip {

namespace {
constexpr std::size_t acksKept = 4; // of as many INVITEs, for copies of their 2xx
}

InviteSession::InviteSession(UaCore& core, Dialog dialog, const Hop& seen,
                             std::shared_ptr<DigestClient> credentials,
                             std::function<void()> finished)
    : m_core(core)
    , m_dialog(std::move(dialog))
    , m_route(core, seen)
    , m_requests(core, m_dialog, m_route, credentials)
    , m_refer(core, m_dialog, m_requests)
    , m_timer(
          core.scheduler, [this] { refresh(); },
          [this] {
              sendBye();
              end({false, 408, "Session Timer Expired"});
          })
    , m_finished(std::move(finished))
    , m_reinvite(core, m_dialog, m_route, std::move(credentials), reinviteCallbacks())
{
}

ReinviteClient::Callbacks InviteSession::reinviteCallbacks()
{
    ReinviteClient::Callbacks callbacks;
    callbacks.answered = [this](const Response& ok, const QByteArray& sdp, const Hop& by) {
        m_refreshing = false;
        confirm(ok);
        if (m_user) {
            m_user->onReinviteAnswered(sdp);
        }
        identify(ok, by);
    };
    callbacks.refused = [this](const ReinviteClient::Refusal& refusal) {
        if (std::exchange(m_refreshing, false)) {
            m_timer.refreshSoon(refusal.retryAfter);
        }
        if (m_user) {
            m_user->onReinviteRefused(refusal);
        }
    };
    callbacks.dialogLost = [this](int code, const QByteArray& reason) { lose(code, reason); };
    callbacks.mayTryAgain = [this] {
        if (m_user) {
            m_user->onMayReinvite();
        }
    };
    callbacks.acknowledge = [this](std::uint32_t sequence, const Request& invite) {
        acknowledge(sequence, invite);
    };
    return callbacks;
}

void InviteSession::rememberFarEnd(const Message& message)
{
    if (message.headers.has(HeaderId::Allow)) {
        m_farEndAllows = message.allowed();
    }
}

bool InviteSession::farEndNames(Method method) const
{
    return m_farEndAllows.contains(methodName(method).toByteArray());
}

bool InviteSession::farEndAllows(Method method) const
{
    // Who says nothing knows what RFC 3261 has, and mostly more; it is worth a try.
    return m_farEndAllows.isEmpty() || farEndNames(method);
}

void InviteSession::confirm(const Response& ok)
{
    rememberFarEnd(ok);
    if (!m_over && !m_byeWanted) {
        m_timer.start(agreedSessionTimer(ok));
    }
}

void InviteSession::identify(const Message& message, const Hop& from)
{
    if (m_user) {
        m_user->onIdentified(message, from);
    }
}

void InviteSession::acceptFirst(const ServerTransactionId& id, const Request& invite,
                                const Response& ok, const SessionTimerTerms& timer)
{
    rememberFarEnd(invite);
    m_timer.start(timer);
    m_firstAcknowledged = false;
    m_accepted = std::make_unique<AcceptedInvite>(m_core, id, ok, [this] { ackNeverCame(); });
}

void InviteSession::expectPrack(std::unique_ptr<ReliableProvisional> provisional)
{
    m_provisional = std::move(provisional);
    m_provisional->stopRepeating();
}

void InviteSession::acknowledgeCopy(std::uint32_t sequence)
{
    if (const auto it = m_acks.find(sequence); it != m_acks.end()) {
        m_core.transactions.sendRaw(it->second, *m_ackHop);
    }
}

void InviteSession::acknowledge(std::uint32_t sequence, const Request& invite)
{
    if (m_acks.contains(sequence)) {
        acknowledgeCopy(sequence);
        return;
    }
    Request ack = m_dialog.makeAck(sequence);
    m_core.addOurHeaders(ack);
    for (const HeaderId id : {HeaderId::Authorization, HeaderId::ProxyAuthorization}) {
        for (const QByteArrayView credentials : invite.headers.all(id)) {
            ack.headers.add(id, credentials.toByteArray()); // section 13.2.2.4
        }
    }
    // Section 13.2.2.4: along the route set to the Contact of the 2xx, whoever sent it.
    m_route.whenKnown(m_dialog.nextHop(),
                      [weak = weak_from_this(), ack, sequence](const Resolver::Hops& hops) {
                          if (const auto self = weak.lock()) {
                              self->sendAck(sequence, ack, hops.first());
                          }
                      });
}

void InviteSession::sendAck(std::uint32_t sequence, Request ack, const Hop& hop)
{
    const auto& credentials = m_requests.credentials();
    if (!credentials || !credentials->isServer(hop)) { // a Contact of the far end's own
        ack.headers.remove(HeaderId::Authorization);
        ack.headers.remove(HeaderId::ProxyAuthorization);
    }
    m_ackHop = hop;
    if (m_acks.size() >= acksKept) {
        m_acks.erase(m_acks.begin());
    }
    m_acks[sequence] = m_core.transactions.sendAck(std::move(ack), hop);
}

bool InviteSession::canReinvite() const
{
    return !m_over && !m_byeWanted && !m_reinvite.isPending() && !awaitsAck();
}

void InviteSession::reinvite(const QByteArray& offer)
{
    if (canReinvite()) {
        m_reinvite.start(offer, termsWanted());
    }
}

void InviteSession::hangUp(const QByteArray& reason)
{
    m_user = nullptr;
    m_refer.forget();
    m_byeReason = reason;
    if (m_over || m_byeWanted) {
        return;
    }
    m_byeWanted = true;
    m_reinvite.stop();
    m_timer.stop();
    if (m_firstAcknowledged) {
        sendBye();
    }
}

SessionTimerTerms InviteSession::termsWanted() const
{
    SessionTimerTerms terms = m_timer.terms();
    if (terms.interval.count() > 0) {
        terms.interval = std::max(terms.interval, m_leastInterval);
    }
    return terms;
}

void InviteSession::refresh()
{
    if (m_over || m_byeWanted || !m_user) {
        return;
    }
    if (!m_updateRefused && m_farEndAllows.contains("UPDATE")) {
        refreshByUpdate();
    } else if (canReinvite()) {
        m_refreshing = true;
        m_user->onRefreshDue();
    } else {
        m_timer.refreshSoon(); // what is under way refreshes as well if it succeeds
    }
}

void InviteSession::refreshByUpdate()
{
    Request update = m_dialog.makeRequest(Method::Update);
    NameAddr contact;
    contact.uri = m_dialog.localContact();
    update.headers.add("Contact", contact.toBytes());
    SessionTimerWish wish = m_core.sessionTimer;
    wish.least = std::max(wish.least, m_leastInterval);
    addSessionTimer(update, wish, termsWanted());
    m_requests.send(std::move(update),
                    [this](const Response& response) { onUpdateAnswered(response); });
}

void InviteSession::onUpdateAnswered(const Response& response)
{
    const int code = response.statusCode;
    if (response.isSuccess()) {
        m_dialog.refreshTarget(response); // RFC 3311 section 5.3
        m_intervalWasTooBrief = false;
        confirm(response);
    } else if (code == 408 || code == 481) {
        lose(code, response.reasonPhrase);
    } else if (code == 422 && leastInterval(response) > termsWanted().interval
               && !std::exchange(m_intervalWasTooBrief, true)) {
        m_leastInterval = leastInterval(response); // RFC 4028 section 7.3
        refresh();
    } else if (code == 491 || code == 503 || response.retryAfter()) {
        m_timer.refreshSoon(response.retryAfter());
    } else {
        // A server in between may hand on an Allow whose UPDATE it does not do itself. A re-INVITE
        // everybody knows.
        m_updateRefused = true;
        refresh();
    }
}

bool InviteSession::refer(const NameAddr& target, ReferUsage::Progress progress)
{
    if (m_over || m_byeWanted || m_refer.isOut() || !farEndAllows(Method::Refer)) {
        return false;
    }
    m_refer.refer(target, std::move(progress), [this] { lose(481, reasonPhrase(481)); });
    return true;
}

void InviteSession::sendInfo(const QByteArray& contentType, const QByteArray& body,
                             std::function<void(int code)> done)
{
    Request info = m_dialog.makeRequest(Method::Info);
    info.headers.add("Content-Type", contentType);
    info.body = body;
    m_requests.send(std::move(info), [this, done = std::move(done)](const Response& response) {
        const auto self = shared_from_this();
        done(response.statusCode);
        if (response.statusCode == 481) {
            lose(481, response.reasonPhrase);
        }
    });
}

// The far end has no such dialog any more, or says nothing (section 12.2.1.2). The BYE is harmless
// if it has forgotten us, right if it has not.
void InviteSession::lose(int code, const QByteArray& reason)
{
    sendBye();
    end({false, code, reason});
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
    m_timer.stop();
    Request bye = m_dialog.makeRequest(Method::Bye);
    if (!m_byeReason.isEmpty()) {
        bye.headers.add("Reason", m_byeReason);
    }
    m_requests.send(std::move(bye), [this](const Response&) { finish(); });
}

void InviteSession::end(const Ending& ending)
{
    if (std::exchange(m_over, true)) {
        return;
    }
    m_reinvite.stop();
    m_refer.forget();
    m_timer.stop();
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
