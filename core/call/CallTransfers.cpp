// The part of CallManager that moves calls from one party to another: transfers that the operator
// or a program asks for, those that a far end asks us for, and calls that take the place of others
// (RFC 3515, RFC 3891, RFC 5589).
#include "base/LogCategories.h"
#include "base/Text.h"
#include "call/CallManager.h"
#include "call/CallerFacts.h"

namespace hs::call {

namespace {
// RFC 3891 section 3: To is the dialog's own end as the header has it.
sip::DialogId dialogOf(const sip::ReplacesHeader& replaces)
{
    return {replaces.callId, replaces.toTag, replaces.fromTag};
}

// Behind its 200 the target ends the call that was replaced; one that does not is not waited for.
constexpr base::Duration targetPatience = std::chrono::seconds(3);

// Whether a server may find somebody by it: not what hides a caller (RFC 3323 section 4.1.1.3).
bool isRoutable(const sip::Uri& address)
{
    return address.isSip() && !address.user.isEmpty() && !address.host.isEmpty()
        && !address.host.toLower().endsWith(".invalid");
}

// Where the transferee reaches the far end of that call, the best first (RFC 5589 sections 7.3 and
// 7.5). A GRUU leads to that very telephone from everywhere. What else stands in a Contact often
// means something to the server alone by which the call goes; then it is the address of record, if
// that server knows it, under which others may be found as well: those do not have the call that is
// to be replaced.
Transfer transferTo(const Call& call, const AccountLine* line, const sip::ReplacesHeader& replaces)
{
    const sip::Uri contact = call.remoteTarget().value_or(sip::Uri());
    sip::Uri address = call.remoteAddress().value_or(sip::Uri());
    address.params = {};
    Transfer transfer{{sip::referTo(contact, replaces)}, call.model().number};
    if (line && isRoutable(address)) {
        const bool isBest = line->isHost(address.host) && !contact.params.has("gr");
        transfer.targets.insert(isBest ? 0 : 1, sip::referTo(address, replaces, true));
        transfer.withoutReplaces = sip::referTo(address, {});
    }
    return transfer;
}
} // namespace

base::Result<void> CallManager::transfer(model::CallId id, const QString& target)
{
    const base::Result<Call*> call = get(id);
    if (!call) {
        return call.error();
    }
    const base::Result<DialledCall> to = m_dialPlan.read(target, (*call)->model().account);
    if (!to) {
        return to.error();
    }
    return (*call)->transfer({{sip::referTo(to->target.uri, {})}, to->target.number});
}

base::Result<void> CallManager::transferToCall(model::CallId id, model::CallId other)
{
    const base::Result<Call*> call = get(id);
    const base::Result<Call*> target = get(other);
    if (!call || !target) {
        return call ? target.error() : call.error();
    }
    if (id == other) {
        return base::Error{QStringLiteral("a call can't be transferred to itself")};
    }
    const auto dialog = (*target)->dialog();
    if (!dialog) {
        return base::Error{QStringLiteral("the call %1 is not answered yet, so nobody can be "
                                          "transferred to it")
                               .arg((*target)->model().controlId)};
    }
    // Seen from the other far end: its own tag is our remote one.
    const sip::ReplacesHeader replaces{dialog->callId, dialog->remoteTag, dialog->localTag, false};
    Transfer transfer =
        transferTo(**target, m_parts.accounts.find((*target)->model().account), replaces);
    transfer.connected = [this, other] {
        if (Call* replaced = alive(other)) {
            replaced->letGo(targetPatience);
        }
    };
    return (*call)->transfer(std::move(transfer));
}

int CallManager::onReferred(Call& call, const sip::ReferRequest& refer)
{
    using Why = model::RefusedReferral::Why;
    const QString target = base::printable(refer.target.toBytes(), 120);
    const auto refuse = [&](int code, Why why, const char* words) {
        qCWarning(base::lcCall).noquote() << "call" << call.model().controlId << "asks us to call"
                                          << target << "- refused," << words << "- it goes on";
        if (!m_shutDown) {
            Q_EMIT referralRefused({call.model(), target, why});
        }
        return code;
    };
    // Nobody listens on a call that the machine has: a stranger could dial at our cost.
    if (call.model().owner.kind == model::ActorKind::Machine || m_shutDown) {
        return refuse(603, Why::Unattended, "nobody attends it");
    }
    if (isFull()) {
        return refuse(503, Why::CallsInUse, "all calls that max_calls allows are in use");
    }
    DialledCall to = m_dialPlan.of(refer.target, call.model().account);
    if (to.target.uri.host.isEmpty()) {
        return refuse(404, Why::NoAccount, "there is no account to call a number by");
    }
    qCInfo(base::lcCall).noquote()
        << "call" << call.model().controlId << "is transferred by its far end to" << target;
    OutgoingCall::Plan plan{std::move(to.target), std::move(to.identity), call.model().owner, {}};
    plan.transferredBy =
        call.model().connectedNumber.isEmpty() ? call.model().number : call.model().connectedNumber;
    if (refer.replaces) {
        plan.extra.append(sip::ExtraHeader{"Replaces", refer.replaces->toBytes()});
        plan.extra.append(sip::ExtraHeader{"Require", "replaces"});
    }
    if (!refer.referredBy.isEmpty()) {
        plan.extra.append(sip::ExtraHeader{"Referred-By", refer.referredBy});
    }
    // After the 202: its reports come behind it.
    const model::CallId id = call.id();
    m_referrals[id] =
        m_parts.scheduler.after(base::Duration(0), [this, id, plan = std::move(plan)] {
            if (const Call* referrer = alive(id)) {
                dialReferred(*referrer, plan);
            }
        });
    return 202;
}

void CallManager::dialReferred(const Call& referrer, OutgoingCall::Plan plan)
{
    const model::Call& call = referrer.model();
    const bool talked = conferenceOf(call.id) ? call.hasHeadset : !call.heldByUs;
    const auto referral = std::make_shared<Referral>(Referral{call.id, talked, 0});
    // A far end is not to make the operator heard again.
    const bool muted = call.hasHeadset && call.muted;
    // Nor to pull him off somebody else, for a call that was on hold or that he had left.
    plan.isAside = !talked && call.owner.kind == model::ActorKind::Operator;
    referral->to = begin(std::move(plan), [this, referral](int code, const QByteArray& reason) {
        onReferralProgress(*referral, code, reason);
    });
    if (Call* made = alive(referral->to); made && muted) {
        made->setMuted(true);
    }
}

void CallManager::onReferredNowhere(Call& call, const QByteArray& target)
{
    Q_EMIT referralRefused(
        {call.model(), base::printable(target, 120), model::RefusedReferral::Why::NotCallable});
}

void CallManager::onReferralProgress(const Referral& referral, int code, const QByteArray& reason)
{
    if (code == 200) {
        succeed(referral);
    }
    Call* referrer = alive(referral.by);
    if (!referrer) {
        return;
    }
    referrer->reportTransfer(code, reason);
    const Conference* in = conferenceOf(referral.by);
    // It was held, or the conference left, for a call that has come to nothing: they talk on.
    const bool isFree = !m_headset.holder() || m_headset.holder() == referrer;
    const bool wasLeft = referrer->model().heldByUs != (in != nullptr);
    if (code >= 300 && referral.talked && isFree && wasLeft
        && referrer->model().owner.kind == model::ActorKind::Operator) {
        if (const base::Result<void> taken = take(referral.by); !taken) {
            qCWarning(base::lcCall).noquote() << taken.error().text;
        }
    }
}

// What the referrer is, the call becomes to which it was transferred.
void CallManager::succeed(const Referral& referral)
{
    Call* to = alive(referral.to);
    if (!to) {
        return;
    }
    const Call* referrer = alive(referral.by);
    Conference* in = conferenceOf(referral.by);
    if (to->isAside() && !in && referrer && !referrer->model().heldByUs) {
        giveHeadset(*to); // he has come back to it meanwhile
        return;
    }
    const bool waits = in && referrer ? referrer->model().heldByUs : to->isAside();
    if (waits && !to->model().hasHeadset) {
        static_cast<void>(to->setHeld(true)); // it is answered
    }
    if (in && alive(referral.to)) {
        in->add(*to);
        settleSoon();
    }
}

base::Result<Call*, int> CallManager::replacedBy(const sip::InviteUas& invite) const
{
    const QList<QByteArrayView> headers = invite.request().headers.all(sip::HeaderId::Replaces);
    if (headers.isEmpty()) {
        return static_cast<Call*>(nullptr);
    }
    const auto replaces = sip::ReplacesHeader::parse(headers.first());
    if (headers.size() > 1 || !replaces) {
        return 400;
    }
    const sip::DialogId wanted = dialogOf(*replaces);
    for (const auto& [id, call] : m_calls) {
        if (const auto dialog = call->dialog(); dialog && *dialog == wanted) {
            return replaces->earlyOnly ? base::Result<Call*, int>(486)
                                       : base::Result<Call*, int>(call.get());
        }
        const auto* outgoing = dynamic_cast<const OutgoingCall*>(call.get());
        if (outgoing && outgoing->ownsEarly(wanted)) {
            return call.get();
        }
    }
    return 481;
}

void CallManager::takePlaceOf(Call& replaced, IncomingCall& call)
{
    const model::Actor owner = replaced.model().owner;
    const model::CallId id = call.id();
    qCInfo(base::lcCall).noquote()
        << "call" << call.model().controlId << "takes the place of" << replaced.model().controlId;
    const base::Result<void> answered = call.answer(owner);
    if (!answered) {
        return;
    }
    // A far end is not to make the operator heard again.
    if (replaced.model().muted && alive(id)) {
        call.setMuted(true);
    }
    // It is what the other was: on hold, or a member of the conference, which the operator may have
    // left, and held in its place.
    Conference* in = conferenceOf(replaced.id());
    const Call* holder = m_headset.holder();
    const bool present = !in || (holder && conferenceOf(holder->id()) == in);
    const bool waits =
        replaced.model().heldByUs && (in || owner.kind == model::ActorKind::Operator);
    if (waits && alive(id)) {
        static_cast<void>(call.setHeld(true)); // it is answered
    }
    if (in && alive(id)) {
        in->add(call);
    }
    // Before it would be held for the other. Who is still called there has not missed it: RFC 3326
    // section 2.
    replaced.endNow(model::Actor::farEnd(), "SIP;cause=200;text=\"Call completed elsewhere\"");
    const bool isHis = owner.kind == model::ActorKind::Operator && present && (in || !waits);
    if (isHis && alive(id)) {
        giveHeadset(call);
    }
}

base::Result<model::CallId> CallManager::pickUp(const QString& account, const QString& extension,
                                                const model::Actor& by)
{
    const AccountLine* line =
        account.isEmpty() ? m_parts.accounts.watching(extension) : m_parts.accounts.find(account);
    if (!line) {
        return base::Error{
            account.isEmpty()
                ? QStringLiteral("no account watches '%1'; name it in busy_lamps")
                      .arg(base::printable(extension, 60))
                : QStringLiteral("there is no account '%1'").arg(base::printable(account, 60))};
    }
    const QString name = line->account().name;
    if (const QString prefix = line->account().pickupPrefix; !prefix.isEmpty()) {
        return dial({prefix + extension, by, name});
    }
    const auto ringing = line->watch().ringingAt(extension);
    if (!ringing) {
        return base::Error{QStringLiteral("the call at %1 can't be picked up: the server does not "
                                          "tell which one it is, and the account has no "
                                          "pickup_prefix")
                               .arg(extension)};
    }
    const base::Result<DialledCall> dialled = m_dialPlan.read(extension, name);
    if (!dialled) {
        return dialled.error();
    }
    // RFC 3891: to the caller, in place of the extension that rings; through the server.
    OutgoingCall::Plan plan{dialled->target, dialled->identity, by, {}};
    const auto caller = sip::Uri::parse(ringing->caller);
    const auto identity = sip::Uri::parse(ringing->identity);
    const bool isKnown = identity && identity->isSip();
    if (caller && caller->isSip()) {
        plan.target = {caller->forRequest(), numberOf(isKnown ? *identity : *caller, {})};
        // RFC 4235 section 4.1.6.2: the target is a Contact, of one telephone; but a server need
        // not let us through to an address, or it is one behind a NAT.
        if (isKnown && line->isHost(identity->host) && *identity != *caller) {
            plan.otherwise = identity->forRequest();
        }
    }
    plan.extra.append(sip::ExtraHeader{"Replaces", ringing->replaces()});
    plan.extra.append(sip::ExtraHeader{"Require", "replaces"});
    return begin(std::move(plan), {});
}

bool CallManager::onUnsolicitedNotify(const sip::Request& notify, const sip::Hop& from)
{
    return m_parts.accounts.onUnsolicitedNotify(notify, from);
}

void CallManager::onConnectionClosed(const sip::Hop& hop)
{
    m_parts.accounts.onConnectionClosed(hop);
}

int CallManager::onMessage(const sip::IncomingMessage& message, const sip::Hop& from)
{
    const base::IpAddress& source = from.remote.address();
    if (!m_policy.admits(source, from.local) && !m_parts.accounts.isServer(source)) {
        logRefusal(from.remote, {403, QStringLiteral("sip_allow does not admit its address")});
        return 403;
    }
    if (m_shutDown) {
        return 480; // nobody keeps or sees it any more
    }
    if (!m_texts.admit(source)) {
        logRefusal(from.remote, {480, QStringLiteral("it sends more texts than anyone can read")});
        return 480;
    }
    model::TextMessage text;
    text.at = base::toUnixMs(m_parts.scheduler.clock().wall());
    text.displayName = base::printable(message.from.displayName, 128);
    text.number = numberOf(message.from.uri, text.displayName);
    text.uri = base::printable(message.from.uri.toBytes(), 256);
    text.text = message.text;
    sip::Request addressed; // as far as an account wants to know
    addressed.method = "MESSAGE";
    addressed.requestUri = message.requestUri.toBytes();
    addressed.headers.add("To", message.to.toBytes());
    if (const AccountLine* line = m_parts.accounts.forRequest(addressed, from)) {
        text.account = line->account().name;
    }
    qCInfo(base::lcCall).noquote()
        << "text from" << text.uri << "of" << text.text.size() << "characters";
    Q_EMIT messageReceived(text);
    return 200;
}

std::shared_ptr<sip::DigestClient> CallManager::credentialsFor(const sip::Request& request,
                                                               const sip::Hop& from)
{
    // Only what comes from an account's own server is answered with its password.
    const AccountLine* line = m_parts.accounts.forRequest(request, from);
    return line && line->isServer(from.remote.address()) ? line->credentials() : nullptr;
}

} // namespace hs::call
