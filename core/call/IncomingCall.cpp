#include "call/IncomingCall.h"

#include "base/LogCategories.h"
#include "base/Text.h"
#include "call/DialTarget.h"
#include "sip/message/ReasonHeader.h"

namespace hs::call {

namespace {
QString called(const sip::Request& invite)
{
    const std::optional<sip::Uri> target = sip::Uri::parse(invite.requestUri);
    if (target && target->isSip() && !target->user.isEmpty()) {
        return numberOf(*target, {});
    }
    const std::optional<sip::NameAddr> to = invite.to();
    return to && !to->uri.user.isEmpty() ? numberOf(to->uri, {}) : QString();
}

QString bareUri(sip::Uri uri)
{
    uri.params = {};
    uri.headers.clear();
    return base::printable(uri.toBytes(), 256);
}
} // namespace

IncomingCall::IncomingCall(const Context& context, model::CallId id,
                           std::shared_ptr<sip::InviteUas> invite)
    : Call(context, id, model::Direction::Incoming)
    , m_invite(std::move(invite))
{
    const sip::Request& request = m_invite->request();
    update([&request](model::Call& call) {
        call.sipCallId = base::printable(request.callId(), 256);
        if (const std::optional<sip::NameAddr> from = request.from()) {
            call.displayName = base::printable(from->displayName, 128);
            call.number = numberOf(from->uri, call.displayName);
            call.remoteUri = bareUri(from->uri);
        }
        call.calledNumber = called(request);
    });
}

IncomingCall::~IncomingCall()
{
    m_invite->setUser(nullptr);
}

base::Result<void, MediaRefusal> IncomingCall::prepare(const base::IpAddress& local)
{
    const base::Result<void, MediaRefusal> opened =
        m_media.open(id(), local, m_invite->from().remote.address());
    if (!opened) {
        return opened.error();
    }
    followMedia();
    if (!m_invite->offer().isEmpty()) {
        base::Result<QByteArray, MediaRefusal> answer = m_media.answer(m_invite->offer(), false);
        if (!answer) {
            return answer.error();
        }
        m_answerSdp = *answer;
        applyMedia();
    }
    return {};
}

void IncomingCall::setControlId(const QString& controlId)
{
    update([&controlId](model::Call& call) { call.controlId = controlId; });
}

void IncomingCall::ring()
{
    m_invite->setUser(this);
    m_invite->ring();
    update([this](model::Call& call) { call.ringingAt = wallMs(); });
    m_ringTimeout =
        m_context.scheduler.after(m_context.settings.ringTimeout, [this] { nobodyAnswered(); });
}

base::Result<void> IncomingCall::answer(const model::Actor& by)
{
    if (model().state != model::CallState::RingingIn) {
        return refuse("answered");
    }
    m_ringTimeout.cancel();
    if (m_answerSdp.isEmpty()) {
        m_offerInOk = true;
        m_answerSdp = m_media.makeOffer(false);
    }
    setOwner(by);
    startMedia(by); // before the 200: its answer's first packet may be here in no time
    const std::shared_ptr<sip::InviteSession> session = m_invite->accept(m_answerSdp);
    if (!session) {
        return refuse("answered");
    }
    becomeActive(session, by);
    return {};
}

base::Result<void> IncomingCall::reject(const model::Actor& by, int code)
{
    if (model().state != model::CallState::RingingIn) {
        return refuse("rejected");
    }
    m_ringTimeout.cancel();
    m_invite->reject(code);
    end(code, QString::fromLatin1(sip::reasonPhrase(code)), by);
    return {};
}

void IncomingCall::giveUp()
{
    m_ringTimeout.cancel();
    m_invite->reject(486);
}

void IncomingCall::nobodyAnswered()
{
    m_invite->reject(480);
    end(480, QStringLiteral("No Answer"), model::Actor::machine());
}

void IncomingCall::onCancelled(const QByteArray& reason)
{
    m_ringTimeout.cancel();
    const sip::ReasonHeader why = sip::ReasonHeader::parse(reason);
    if (why.sipCause == 200) { // somebody else has answered: not missed
        end(200, why.text.isEmpty() ? QStringLiteral("Call completed elsewhere") : why.text,
            model::Actor::farEnd());
        return;
    }
    const QString words =
        why.text.isEmpty() ? QString::fromLatin1(sip::reasonPhrase(487)) : why.text;
    end(487, words, model::Actor::farEnd());
}

} // namespace hs::call
