#include "call/CallManager.h"

#include "base/LogCategories.h"

namespace hs::call {

namespace {
constexpr char retryAfterSeconds[] = "10";

QString words(const model::Actor& actor)
{
    return actor.kind == model::ActorKind::Client ? QStringLiteral("client %1").arg(actor.client)
                                                  : model::toWord(actor.kind);
}
} // namespace

CallManager::CallManager(const Parts& parts, const CallSettings& settings, QObject* parent)
    : CallControl(parent)
    , m_parts(parts)
    , m_settings(settings)
    , m_policy(settings)
    , m_dialPlan(parts.accounts, settings.sipServer)
    , m_headset(parts.device)
{
    m_parts.userAgent.setUser(this);
}

CallManager::~CallManager()
{
    m_parts.userAgent.setUser(nullptr);
    m_autoAnswers.clear();
    m_calls.clear();
}

Call::Context CallManager::context()
{
    return {m_parts.scheduler, m_parts.random, m_parts.userAgent, m_parts.media, m_settings,
            m_policy,          *this};
}

base::Result<model::CallId> CallManager::dial(const DialRequest& request)
{
    const base::Result<DialledCall> dialled = m_dialPlan.read(request.target, request.account);
    if (!dialled) {
        return dialled.error();
    }
    if (m_shutDown) {
        return base::Error{QStringLiteral("the program is stopping")};
    }
    return begin({dialled->target, dialled->identity, request.by, {}}, {});
}

model::CallId CallManager::begin(OutgoingCall::Plan plan, OutgoingCall::Progress progress)
{
    const bool full = isFull();
    const model::Actor by = plan.by;
    auto owned =
        std::make_unique<OutgoingCall>(context(), ++m_lastId, std::move(plan),
                                       [this](const sip::Uri& target, const QString& account) {
                                           return m_dialPlan.of(target, account);
                                       });
    OutgoingCall& call = *owned;
    call.setProgress(std::move(progress));
    m_calls.emplace(call.id(), std::move(owned));
    const QString& referrer = call.model().transferredBy;
    qCInfo(base::lcCall).noquote()
        << "call" << call.model().controlId << "to" << call.model().remoteUri
        << (referrer.isEmpty() ? QStringLiteral("dialled by")
                               : QStringLiteral("to which %1 transferred").arg(referrer))
        << words(by);
    Q_EMIT added(call.model());
    call.announce();
    if (by.kind == model::ActorKind::Operator && !call.isAside()) {
        if (Call* other = m_headset.holder()) {
            putAside(*other);
            m_headset.takeFrom(*other);
            settleSoon();
        }
    }
    const model::CallId id = call.id();
    if (full) {
        call.failToStart(QStringLiteral("all %1 calls that max_calls allows are in use")
                             .arg(m_settings.maxCalls));
    } else {
        call.start();
    }
    return id;
}

IncomingCall::Line CallManager::lineOf(const sip::InviteUas& invite) const
{
    const AccountLine* line = m_parts.accounts.forRequest(invite.request(), invite.from());
    return {line ? line->account().name : QString(),
            line ? line->account().user.toUtf8() : QByteArray(),
            line ? line->account().dtmf : model::DtmfMethod::Auto,
            line ? line->account().codecs : QStringList(), trusts(invite.from().remote.address())};
}

bool CallManager::trusts(const base::IpAddress& source) const
{
    return m_parts.accounts.isServer(source) || m_policy.isServer(source);
}

void CallManager::onInvite(const std::shared_ptr<sip::InviteUas>& invite)
{
    if (const Refusal refusal = refusalFor(*invite)) {
        refuse(*invite, *refusal);
        return;
    }
    const base::Result<Call*, int> replaced = replacedBy(*invite);
    if (!replaced) {
        refuse(*invite,
               {replaced.error(), QStringLiteral("it is to replace a call that is not here")});
        return;
    }
    auto owned = std::make_unique<IncomingCall>(context(), ++m_lastId, invite, lineOf(*invite));
    IncomingCall& call = *owned;
    const base::Result<void, MediaRefusal> prepared =
        call.prepare(m_parts.userAgent.localAddress(invite->from()));
    call.setControlId(controlIdFor(call.model().sipCallId));
    m_calls.emplace(call.id(), std::move(owned));
    if (!prepared) {
        refuse(*invite, prepared.error());
        call.refused(prepared.error());
        return;
    }
    qCInfo(base::lcCall).noquote()
        << "call" << call.model().controlId << "from" << call.model().remoteUri << "at"
        << invite->from().remote.toString() << "rings";
    if (*replaced) {
        Q_EMIT added(call.model());
        call.announce();
        takePlaceOf(**replaced, call);
        return;
    }
    call.ring();
    const model::CallId id = call.id();
    Q_EMIT added(call.model());
    call.announce();
    updateSounds();
    const auto wish = wantsAnswerAtOnce(*invite);
    scheduleAutoAnswer(id);
    if (wish && alive(id)) {
        answerAsWished(id, *wish);
    }
}

void CallManager::refuse(sip::InviteUas& invite, const MediaRefusal& why)
{
    logRefusal(invite.from().remote, why);
    const QList<sip::ExtraHeader> retry{{"Retry-After", retryAfterSeconds}};
    const QList<sip::ExtraHeader> warning{{"Warning", sip::UaCore::warning(why.text.toUtf8())}};
    invite.reject(why.sipCode, {},
                  why.sipCode == 503       ? retry
                      : why.sipCode == 488 ? warning
                                           : QList<sip::ExtraHeader>{});
}

void CallManager::logRefusal(const base::Endpoint& source, const MediaRefusal& why)
{
    if (const std::optional<int> leftOut = m_refusalLog.admit(source.address())) {
        const QString more =
            *leftOut > 0 ? QStringLiteral(" (and %1 more from there)").arg(*leftOut) : QString();
        qCWarning(base::lcCall).noquote()
            << QStringLiteral("a call from %1 is refused with %2 - %3%4")
                   .arg(QString::fromLatin1(source.toString()))
                   .arg(why.sipCode)
                   .arg(why.text, more);
    }
}

CallManager::Refusal CallManager::refusalFor(const sip::InviteUas& invite) const
{
    if (!m_policy.admits(invite.from().remote.address(), invite.from().local)
        && !m_parts.accounts.isServer(invite.from().remote.address())) {
        return MediaRefusal{403, QStringLiteral("sip_allow does not admit its address")};
    }
    if (m_shutDown) {
        return MediaRefusal{480, QStringLiteral("the program is stopping")};
    }
    if (isFull()) {
        return MediaRefusal{503,
                            QStringLiteral("all %1 calls that max_calls allows are in use")
                                .arg(m_settings.maxCalls)};
    }
    return std::nullopt;
}

bool CallManager::isFull() const
{
    return m_settings.maxCalls > 0 && m_calls.size() >= std::size_t(m_settings.maxCalls);
}

QString CallManager::controlIdFor(const QString& sipCallId) const
{
    // A call of ours that comes back through a proxy: two calls, one Call-ID.
    QString id = sipCallId;
    const auto taken = [this](const QString& candidate) {
        return std::any_of(m_calls.begin(), m_calls.end(), [&candidate](const auto& entry) {
            return entry.second->model().controlId == candidate;
        });
    };
    for (int copy = 2; taken(id); ++copy) {
        id = QStringLiteral("%1~%2").arg(sipCallId).arg(copy);
    }
    return id;
}

Call* CallManager::alive(model::CallId id) const
{
    const auto it = m_calls.find(id);
    return it == m_calls.end() ? nullptr : it->second.get();
}

base::Result<Call*> CallManager::get(model::CallId id) const
{
    if (Call* call = alive(id)) {
        return call;
    }
    return base::Error{QStringLiteral("no such call: it has ended, or never was")};
}

base::Result<void> CallManager::answer(model::CallId id, const model::Actor& by)
{
    const base::Result<Call*> call = get(id);
    if (!call) {
        return call.error();
    }
    const base::Result<void> answered = (*call)->answer(by);
    if (answered) {
        m_autoAnswers.erase(id);
        qCInfo(base::lcCall).noquote()
            << "call" << (*call)->model().controlId << "answered by" << words(by);
        if (by.kind == model::ActorKind::Operator && alive(id)) {
            giveHeadset(**call);
        }
        updateSounds();
    }
    return answered;
}

base::Result<void> CallManager::reject(model::CallId id, const model::Actor& by, int code)
{
    const base::Result<Call*> call = get(id);
    return call ? (*call)->reject(by, code) : base::Result<void>(call.error());
}

base::Result<void> CallManager::hangUp(model::CallId id, const model::Actor& by)
{
    const base::Result<Call*> call = get(id);
    return call ? (*call)->hangUp(by) : base::Result<void>(call.error());
}

base::Result<void> CallManager::sendDigits(model::CallId id, const QString& digits)
{
    const base::Result<Call*> call = get(id);
    return call ? (*call)->sendDigits(digits) : base::Result<void>(call.error());
}

QList<model::Call> CallManager::calls() const
{
    QList<model::Call> result;
    for (const auto& [id, call] : m_calls) {
        result.append(call->model());
    }
    return result;
}

std::optional<model::Call> CallManager::find(model::CallId id) const
{
    const Call* call = alive(id);
    return call ? std::optional(call->model()) : std::nullopt;
}

void CallManager::onCallChanged(Call& call, const model::Call& before)
{
    const model::Call& now = call.model();
    // An operator who dialled hears what the far end plays before it answers.
    const bool audible =
        now.state == model::CallState::EarlyMedia || now.state == model::CallState::Active;
    if (before.state != now.state) {
        qCInfo(base::lcCall).noquote()
            << "call" << now.controlId << "is" << model::toWord(now.state);
    }
    if (now.conference != 0
        && (now.heldByUs != before.heldByUs || now.heldByFarEnd != before.heldByFarEnd)) {
        settleSoon();
    }
    Q_EMIT changed(now, before);
    const bool ringsOrPlays = before.ringingAt != now.ringingAt
        || (before.media.packetsReceived == 0) != (now.media.packetsReceived == 0);
    if (before.state != now.state || before.hasHeadset != now.hasHeadset || ringsOrPlays) {
        updateSounds();
    }
    if (now.isAlive() && before.state != now.state && audible && !now.hasHeadset && !now.heldByUs
        && before.state != model::CallState::Held && !call.isAside()
        && now.direction == model::Direction::Outgoing
        && now.owner.kind == model::ActorKind::Operator) {
        giveHeadset(call);
    }
}

void CallManager::onCallEstablished(Call& call)
{
    if (call.model().answeredBy.kind == model::ActorKind::Machine
        && call.model().owner.kind == model::ActorKind::Machine && m_settings.greeting) {
        call.media().session().playGreeting(m_settings.greeting);
    }
    Q_EMIT established(call.model());
}

void CallManager::onRecordingFailed(const QString& problem)
{
    Q_EMIT recordingFailed(problem);
}

void CallManager::onCallEnded(Call& call)
{
    const auto it = m_calls.find(call.id());
    if (it == m_calls.end()) {
        return;
    }
    leaveConference(call);
    m_headset.takeFrom(call);
    m_autoAnswers.erase(call.id());
    m_referrals.erase(call.id());
    m_ended.push_back(std::move(it->second));
    m_calls.erase(it);
    // Whoever called this is still inside the call.
    m_bury = m_parts.scheduler.after(base::Duration(0), [this] { m_ended.clear(); });
    const model::Call& last = call.model();
    qCInfo(base::lcCall).noquote()
        << "call" << last.controlId << "ended by" << words(last.endedBy) << "after"
        << QStringLiteral("%1 s,").arg(double(last.durationMs(last.endedAt)) / 1000.0, 0, 'f', 1)
        << last.finalCode << last.reason << "- packets:" << last.media.packetsSent << "sent,"
        << last.media.packetsReceived << "received," << last.media.packetsLost << "lost";
    updateSounds();
    if (!call.isAside()) {
        m_sounds.onEnded(last);
    }
    Q_EMIT ended(last);
}

void CallManager::updateSounds()
{
    CallSounds::Picture picture;
    for (const auto& [id, call] : m_calls) {
        if (!call->isAside() || call->model().wasAnswered()) {
            CallSounds::add(picture, call->model());
        }
    }
    const bool atOnce = m_settings.autoAnswerAfter && m_settings.autoAnswerAfter->count() == 0;
    picture.ringsIn = picture.ringsIn && !atOnce;
    m_sounds.update(picture);
}

void CallManager::shutDown()
{
    m_shutDown = true;
    const QList<model::Call> alive = calls();
    for (const model::Call& call : alive) {
        Call* living = this->alive(call.id);
        // Nobody is busy: whoever rings may try again later.
        if (living && !living->reject(model::Actor::machine(), 480)) {
            living->endNow(model::Actor::machine());
        }
    }
}

} // namespace hs::call
