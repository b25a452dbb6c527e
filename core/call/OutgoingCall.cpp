#include "call/OutgoingCall.h"

#include "base/LogCategories.h"
#include "base/Text.h"

namespace hs::call {

namespace {
// As long as a proxy lets a call ring (RFC 3261 section 16.6, Timer C).
constexpr base::Duration longestRinging = std::chrono::minutes(3);
// For a transaction to time out takes half a minute; nobody waits so long with another server at
// hand.
constexpr base::Duration patience = std::chrono::seconds(6);
constexpr int callIdCharacters = 24;
} // namespace

OutgoingCall::OutgoingCall(const Context& context, model::CallId id, Plan plan, Identify identify)
    : Call(context, id, model::Direction::Outgoing)
    , m_plan(std::move(plan))
    , m_identify(std::move(identify))
{
    m_isAside = m_plan.isAside;
    const QString callId = QString::fromLatin1(m_context.random.token(callIdCharacters));
    update([&](model::Call& call) {
        call.owner = m_plan.by;
        call.number = m_plan.target.number;
        call.remoteUri = base::printable(m_plan.target.uri.toBytes(), 256);
        call.account = m_plan.identity.account;
        call.transferredBy = m_plan.transferredBy;
        call.sipCallId = callId;
        call.controlId = callId;
    });
    m_visited.insert(m_plan.target.uri.toBytes());
}

OutgoingCall::~OutgoingCall()
{
    if (m_invite) {
        m_invite->cancel();
    }
}

void OutgoingCall::start()
{
    setWays(m_plan.identity.dtmf, m_plan.identity.codecs);
    m_context.userAgent.resolve(
        m_plan.identity.nextHop.value_or(m_plan.target.uri),
        [this, weak = std::weak_ptr(m_alive)](const base::Result<sip::Resolver::Hops>& hops) {
            if (!weak.expired() && model().isAlive()) {
                onHops(hops);
            }
        });
}

void OutgoingCall::failToStart(const QString& why)
{
    fail(503, why, model::Actor::machine());
}

void OutgoingCall::onHops(const base::Result<sip::Resolver::Hops>& hops)
{
    if (!hops) {
        if (!followNext()) {
            failToStart(hops.error().text);
        }
        return;
    }
    const OutgoingIdentity& identity = m_plan.identity;
    if (identity.nextHop && !identity.isSentElsewhere && identity.credentials) {
        identity.credentials->admitServers(*hops); // the account's own, by its own word
    }
    m_hops = *hops;
    m_hop = 0;
    tryHop();
}

bool OutgoingCall::openMedia(const sip::Hop& hop)
{
    const base::IpAddress local = m_context.userAgent.localAddress(hop);
    if (m_media.isOpen() && local == m_mediaAddress) {
        return true;
    }
    m_media.close();
    const base::Result<void, MediaRefusal> opened =
        m_media.open(id(), local, m_context.userAgent.mediaAddress(hop), hop.remote.address());
    if (!opened) {
        fail(opened.error().sipCode, opened.error().text, model::Actor::machine());
        return false;
    }
    m_mediaAddress = local;
    followMedia();
    setOwner(model().owner); // now that there is audio to be paused
    return model().isAlive();
}

void OutgoingCall::tryHop()
{
    const sip::Hop hop = m_hops.at(m_hop);
    if (model().state == model::CallState::EarlyMedia) {
        enter(model::CallState::Dialing); // what was heard came from where it does not go any more
    }
    if (!model().isAlive() || !openMedia(hop)) {
        return;
    }
    sip::OutgoingInvite invite;
    invite.target = m_plan.target.uri;
    invite.to.uri = m_plan.target.uri;
    invite.from = m_plan.identity.from;
    if (invite.from.uri.host.isEmpty()) {
        invite.from.uri = m_context.userAgent.contact(hop);
        invite.from.uri.params = {};
        invite.from.uri.user = sip::Uri::escapeUser(m_context.settings.localUser.toUtf8());
    }
    invite.contactUser = m_plan.identity.contactUser;
    invite.routes = m_plan.identity.routes;
    invite.credentials = m_plan.identity.credentials;
    invite.extra = m_plan.extra;
    invite.callId = model().sipCallId.toLatin1();
    invite.hop = hop;
    invite.sdp = m_media.makeOffer(false);
    if (!m_noAnswer.active()) {
        m_noAnswer = m_context.scheduler.after(longestRinging, [this] { nobodyAnswered(); });
    }
    if (m_hop + 1 < m_hops.size()) {
        m_patience = m_context.scheduler.after(patience, [this] {
            if (m_invite && !m_invite->hasHeardAnything()) {
                m_invite->cancel(); // a late answer of its is ended by itself
                tryNextHop();
            }
        });
    }
    m_invite = m_context.userAgent.invite(invite, this);
}

bool OutgoingCall::tryNextHop()
{
    m_patience.cancel();
    if (m_hop + 1 >= m_hops.size()) {
        return false;
    }
    qCInfo(base::lcCall).noquote()
        << "call" << model().controlId << "server" << m_hops.at(m_hop).remote.toString()
        << "does not do it; the next one of that name is tried";
    ++m_hop;
    forgetEarlyMedia();
    m_media.offerRejected();
    tryHop();
    return true;
}

void OutgoingCall::forgetEarlyMedia()
{
    if (!m_earlyAgreed.isEmpty()) {
        m_earlyAgreed.clear();
        m_media.returnToOffer();
    }
}

void OutgoingCall::tell(int code, const QByteArray& reason)
{
    if (code >= 200) {
        if (const Progress progress = std::exchange(m_progress, {})) {
            progress(code, reason);
        }
    } else if (m_progress) {
        m_progress(code, reason);
    }
}

void OutgoingCall::onProgress(const sip::Response& response, const QByteArray& sdp)
{
    const int code = response.statusCode;
    m_patience.cancel();
    if (code == 100) {
        return;
    }
    tell(code, response.reasonPhrase);
    update([&](model::Call& call) {
        call.finalCode = 0;
        call.reason = base::printable(response.reasonPhrase);
        if (call.ringingAt == 0 && code == 180) {
            call.ringingAt = wallMs();
        }
    });
    onIdentified(response, m_hops.at(m_hop));
    if (!model().isAlive()) {
        return; // whoever heard of it has hung up
    }
    if (!sdp.isEmpty() && m_earlyAgreed.isEmpty() && m_media.acceptEarlyAnswer(sdp)) {
        applyMedia();
        if (model().owner.kind == model::ActorKind::Operator) {
            m_media.start(); // there is somebody who wants to hear it
        }
        enter(model::CallState::EarlyMedia);
    } else if (code == 180 && model().state == model::CallState::Dialing) {
        enter(model::CallState::RingingOut);
    }
}

Call::OfferReply OutgoingCall::onEarlyOffer(const QByteArray& tag, const QByteArray& answer,
                                            const QByteArray& offer)
{
    if (m_earlyAgreed != tag) {
        forgetEarlyMedia(); // of another fork, if one has had an UPDATE before
        if (!m_media.acceptAnswer(answer)) {
            return {488, {}, {}};
        }
        m_earlyAgreed = tag;
    }
    const base::Result<QByteArray, MediaRefusal> reply = m_media.answer(offer, false);
    if (!reply) {
        return {reply.error().sipCode, {}, reply.error().text.toUtf8()};
    }
    applyMedia();
    return {200, *reply, {}};
}

void OutgoingCall::onAnswered(std::shared_ptr<sip::InviteSession> session, const QByteArray& sdp)
{
    m_noAnswer.cancel();
    m_patience.cancel();
    m_invite.reset();
    const bool isSettled =
        !m_earlyAgreed.isEmpty() && m_earlyAgreed == session->dialog().id().remoteTag;
    if (!isSettled) {
        forgetEarlyMedia(); // another fork has answered
    }
    const base::Result<void, MediaRefusal> accepted =
        isSettled ? base::Result<void, MediaRefusal>() : m_media.acceptAnswer(sdp);
    if (!accepted) {
        session->hangUp();
        fail(503,
             sdp.isEmpty() ? QStringLiteral("the far end answered without a word of where its "
                                            "audio is (no SDP)")
                           : accepted.error().text,
             model::Actor::machine());
        return;
    }
    applyMedia();
    if (!model().isAlive()) {
        session->hangUp();
        return;
    }
    becomeActive(std::move(session), model::Actor::farEnd());
    tell(200, "OK");
    becomeEstablished();
}

void OutgoingCall::onFailed(const sip::InviteSession::Ending& ending, const sip::Response* response)
{
    m_invite.reset();
    const bool serverOut = !ending.byFarEnd || ending.code == 503;
    if (serverOut && tryNextHop()) {
        return;
    }
    if (response && response->statusCode >= 300 && response->statusCode < 400
        && redirect(*response)) {
        return;
    }
    if (tryOtherwise(ending)) {
        return;
    }
    // Section 21.6: a 6xx speaks for the user, wherever it might still be tried.
    const bool isGlobal = ending.byFarEnd && ending.code >= 600;
    if (!isGlobal && followNext()) {
        return;
    }
    const QString words = ending.reason.isEmpty()
        ? QString::fromLatin1(sip::reasonPhrase(ending.code))
        : base::printable(ending.reason);
    fail(ending.code, words, ending.byFarEnd ? model::Actor::farEnd() : model::Actor::machine());
}

void OutgoingCall::fail(int code, const QString& words, const model::Actor& by)
{
    m_noAnswer.cancel();
    m_patience.cancel();
    tell(code, words.toUtf8());
    end(code, words, by);
}

bool OutgoingCall::ownsEarly(const sip::DialogId& dialog) const
{
    return m_invite && m_invite->owns(dialog);
}

void OutgoingCall::giveUp(const QByteArray& reason)
{
    m_noAnswer.cancel();
    m_patience.cancel();
    if (m_invite) {
        m_invite->cancel(reason);
        m_invite.reset();
    }
    tell(487, {});
}

void OutgoingCall::nobodyAnswered()
{
    tell(408, sip::reasonPhrase(408)); // else it would be the 487 of any call that is given up
    giveUp({});
    end(408, QString::fromLatin1(sip::reasonPhrase(408)), model::Actor::machine());
}

} // namespace hs::call
