#include "call/IncomingCall.h"

#include "base/LogCategories.h"
#include "base/Text.h"
#include "call/CallerFacts.h"
#include "call/DialTarget.h"
#include "sip/message/ReasonHeader.h"

namespace hs::call {

namespace {
QString called(const sip::Request& invite, const QByteArray& accountUser)
{
    // P-Called-Party-ID is what a registrar keeps of the Request-URI that it has rewritten (RFC
    // 7315).
    if (const auto party = invite.headers.first(sip::HeaderId::PCalledPartyId)) {
        if (const auto address = sip::NameAddr::parse(*party); address && address->uri.isSip()) {
            return numberOf(address->uri, {});
        }
    }
    const std::optional<sip::Uri> target = sip::Uri::parse(invite.requestUri);
    const std::optional<sip::NameAddr> to = invite.to();
    // A PBX calls a telephone by the user that it has registered; the number that was dialled
    // stands in To.
    const bool byAccount =
        target && target->isSip() && !accountUser.isEmpty() && target->userDecoded() == accountUser;
    if (byAccount && to && to->uri.isSip() && !to->uri.user.isEmpty()) {
        return numberOf(to->uri, {});
    }
    if (target && target->isSip() && !target->user.isEmpty()) {
        return numberOf(*target, {});
    }
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
                           std::shared_ptr<sip::InviteUas> invite, const Line& line)
    : Call(context, id, model::Direction::Incoming)
    , m_invite(std::move(invite))
{
    setWays(line.dtmf, line.codecs);
    const sip::Request& request = m_invite->request();
    const CallerFacts facts = readCaller(request, line.isTrusted);
    update([&](model::Call& call) {
        call.sipCallId = base::printable(request.callId(), 256);
        call.displayName = facts.displayName;
        call.number = numberOf(facts.caller.uri, call.displayName);
        call.remoteUri = bareUri(facts.caller.uri);
        call.calledNumber = called(request, line.user);
        call.divertedBy = facts.divertedBy;
        call.account = line.account;
    });
}

IncomingCall::~IncomingCall()
{
    m_invite->setUser(nullptr);
}

base::Result<void, MediaRefusal> IncomingCall::prepare(const base::IpAddress& local)
{
    const base::Result<void, MediaRefusal> opened =
        m_media.open(id(), local, m_context.userAgent.mediaAddress(m_invite->from()),
                     m_invite->from().remote.address());
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

void IncomingCall::refused(const MediaRefusal& why)
{
    update([this](model::Call& call) { call.ringingAt = wallMs(); });
    end(why.sipCode, why.text, model::Actor::machine());
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
    setOwner(by); // who hears of it may hang up: then there is nothing to accept any more
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

void IncomingCall::giveUp(const QByteArray&)
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
    if (why.isAnsweredElsewhere()) { // not missed
        end(200, why.text.isEmpty() ? QStringLiteral("Call completed elsewhere") : why.text,
            model::Actor::farEnd());
        return;
    }
    const QString words = why.words();
    end(487, words.isEmpty() ? QString::fromLatin1(sip::reasonPhrase(487)) : words,
        model::Actor::farEnd());
}

} // namespace hs::call
