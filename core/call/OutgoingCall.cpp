#include "call/OutgoingCall.h"

#include "base/Text.h"

namespace hs::call {

namespace {
// As long as a proxy lets a call ring (RFC 3261 section 16.6, Timer C).
constexpr base::Duration longestRinging = std::chrono::minutes(3);
constexpr int callIdCharacters = 24;
} // namespace

OutgoingCall::OutgoingCall(const Context& context, model::CallId id, const DialTarget& target,
                           const model::Actor& by)
    : Call(context, id, model::Direction::Outgoing)
    , m_target(target)
{
    const QString callId = QString::fromLatin1(m_context.random.token(callIdCharacters));
    update([&](model::Call& call) {
        call.owner = by;
        call.number = target.number;
        call.remoteUri = base::printable(target.uri.toBytes(), 256);
        call.sipCallId = callId;
        call.controlId = callId;
    });
}

OutgoingCall::~OutgoingCall()
{
    if (m_invite) {
        m_invite->cancel();
    }
}

void OutgoingCall::start()
{
    m_context.userAgent.resolve(
        m_target.uri,
        [this, weak = std::weak_ptr(m_alive)](const base::Result<sip::Resolver::Hops>& hops) {
            if (!weak.expired() && model().isAlive()) {
                onHops(hops);
            }
        });
}

void OutgoingCall::failToStart(const QString& why)
{
    end(503, why, model::Actor::machine());
}

void OutgoingCall::onHops(const base::Result<sip::Resolver::Hops>& hops)
{
    if (!hops) {
        failToStart(hops.error().text);
        return;
    }
    const sip::Hop hop = hops->first();
    const sip::Uri ourUri = m_context.userAgent.contact(hop);
    const base::Result<void, MediaRefusal> opened =
        m_media.open(id(), m_context.userAgent.localAddress(hop), hop.remote.address());
    if (!opened) {
        end(opened.error().sipCode, opened.error().text, model::Actor::machine());
        return;
    }
    followMedia();
    setOwner(model().owner); // now that there is audio to be paused
    sip::OutgoingInvite invite;
    invite.target = m_target.uri;
    invite.to.uri = m_target.uri;
    invite.from.uri = ourUri;
    invite.from.uri.user = sip::Uri::escapeUser(m_context.settings.localUser.toUtf8());
    invite.callId = model().sipCallId.toLatin1();
    invite.hop = hop;
    invite.sdp = m_media.makeOffer(false);
    m_noAnswer = m_context.scheduler.after(longestRinging, [this] { nobodyAnswered(); });
    m_invite = m_context.userAgent.invite(invite, this);
}

void OutgoingCall::onProgress(int code, const QByteArray& reason, const QByteArray& sdp)
{
    if (code == 100) {
        return;
    }
    update([&](model::Call& call) {
        call.finalCode = 0;
        call.reason = base::printable(reason);
        if (call.ringingAt == 0 && code == 180) {
            call.ringingAt = wallMs();
        }
    });
    if (!sdp.isEmpty() && m_media.acceptEarlyAnswer(sdp)) {
        applyMedia();
        if (model().owner.kind == model::ActorKind::Operator) {
            m_media.start(); // there is somebody who wants to hear it
        }
        enter(model::CallState::EarlyMedia);
    } else if (code == 180 && model().state == model::CallState::Dialing) {
        enter(model::CallState::RingingOut);
    }
}

void OutgoingCall::onAnswered(std::shared_ptr<sip::InviteSession> session, const QByteArray& sdp)
{
    m_noAnswer.cancel();
    m_invite.reset();
    const base::Result<void, MediaRefusal> accepted = m_media.acceptAnswer(sdp);
    if (!accepted) {
        session->hangUp();
        end(503, accepted.error().text, model::Actor::machine());
        return;
    }
    applyMedia();
    becomeActive(std::move(session), model::Actor::farEnd());
    becomeEstablished();
}

void OutgoingCall::onFailed(const sip::InviteSession::Ending& ending)
{
    m_noAnswer.cancel();
    m_invite.reset();
    const QString words = ending.reason.isEmpty()
        ? QString::fromLatin1(sip::reasonPhrase(ending.code))
        : base::printable(ending.reason);
    end(ending.code, words, ending.byFarEnd ? model::Actor::farEnd() : model::Actor::machine());
}

void OutgoingCall::giveUp()
{
    m_noAnswer.cancel();
    if (m_invite) {
        m_invite->cancel();
        m_invite.reset();
    }
}

void OutgoingCall::nobodyAnswered()
{
    giveUp();
    end(408, QString::fromLatin1(sip::reasonPhrase(408)), model::Actor::machine());
}

} // namespace hs::call
