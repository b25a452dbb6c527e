#include "sip/ua/Subscription.h"

#include "base/Text.h"
#include "sip/ua/NewRequest.h"
#include "sip/ua/RegistrationTimes.h"

#include <algorithm>

namespace hs::sip {

namespace {
using std::chrono::seconds;

constexpr int mostIntervalsTooBrief = 2;
constexpr std::uint32_t longestExpires = 7 * 24 * 3600;
constexpr base::Duration passwordWait = std::chrono::minutes(30); // or the server locks us out
constexpr base::Duration hopelessWait = std::chrono::hours(1);
constexpr base::Duration stopPatience = std::chrono::seconds(2);
constexpr base::Duration fullStateInterval = std::chrono::seconds(5);
// A server that ends each subscription as soon as it has begun is not asked in a circle.
constexpr base::Duration shortestLife = std::chrono::minutes(1);
} // namespace

Subscription::Subscription(UaCore& core, const std::shared_ptr<NotifyRoutes>& notifyRoutes,
                           Config config, std::shared_ptr<DigestClient> credentials, User* user)
    : m_core(core)
    , m_notifyRoutes(notifyRoutes)
    , m_config(std::move(config))
    , m_credentials(std::move(credentials))
    , m_user(user)
    , m_what(base::printable(m_config.target.toBytes(), 100))
    , m_asked(m_config.expires)
{
}

Subscription::~Subscription()
{
    forgetDialog();
}

void Subscription::start()
{
    if (m_status.state == State::Off) {
        attempt(m_asked);
    }
}

void Subscription::refreshNow()
{
    if (m_status.state == State::Off || m_status.state == State::Unsubscribing) {
        return;
    }
    m_failures = 0;
    attempt(m_asked);
}

void Subscription::requestFullState()
{
    const bool isLive = m_status.state == State::Active || m_status.state == State::Pending;
    if (!isLive || m_request) {
        return; // what is on its way brings it
    }
    const base::TimePoint now = m_core.scheduler.clock().now();
    m_next = m_core.scheduler.at(std::max(now, m_lastSent + fullStateInterval),
                                 [this] { attempt(m_asked); });
}

void Subscription::stop(std::function<void()> done)
{
    m_stopped = std::move(done);
    m_next.cancel();
    m_silence.cancel();
    if (!m_dialog || m_status.subscribedUntil <= m_core.scheduler.clock().now()) {
        finishStop();
        return;
    }
    m_stopTimer = m_core.scheduler.after(stopPatience, [this] { finishStop(); });
    const auto self = shared_from_this();
    setState(State::Unsubscribing);
    if (m_status.state == State::Unsubscribing) {
        attempt(seconds(0));
    }
}

void Subscription::attempt(seconds expires)
{
    m_next.cancel();
    m_request.reset();
    m_status.nextTryAt = {};
    const base::TimePoint now = m_core.scheduler.clock().now();
    if (!m_dialog || m_status.subscribedUntil <= now) {
        beginDialog();
    }
    m_lastSent = now;
    Uri next = m_config.routes.isEmpty() ? m_config.server.value_or(m_config.target)
                                         : m_config.routes.first().uri;
    if (m_dialog) {
        next = m_dialog->nextHop();
    }
    const bool isOwnServer = !m_dialog && (!m_config.routes.isEmpty() || m_config.server);
    const auto resolved = [weak = weak_from_this(), attempt = ++m_attempt, isOwnServer,
                           expires](const base::Result<Resolver::Hops>& hops) {
        const auto self = weak.lock();
        if (!self || self->m_attempt != attempt) {
            return;
        }
        if (hops) {
            if (isOwnServer && self->m_credentials) {
                self->m_credentials->admitServers(*hops);
            }
            self->sendTo(*hops, expires);
        } else if (self->m_dialog && self->m_status.server) {
            // A dead name in a Contact: the server was reached before all the same.
            self->sendTo({*self->m_status.server}, expires);
        } else {
            self->fail({.problem = hops.error().text});
        }
    };
    if (m_status.state == State::Off || m_status.state == State::Failed) {
        const auto self = shared_from_this();
        setState(State::Subscribing);
        if (m_status.state != State::Subscribing) {
            return; // stopped by whom it was told
        }
    }
    m_core.resolver.resolve(next, resolved);
}

void Subscription::sendTo(Resolver::Hops hops, seconds expires)
{
    m_sent = makeRequest(expires);
    ClientRequest::Plan plan{m_sent, ClientRequest::startingWith(m_status.server, std::move(hops)),
                             m_credentials, [this] { return ++m_sequence; },
                             [this](Request& request, const Hop& hop) {
                                 NameAddr contact;
                                 contact.uri = m_core.contact(hop);
                                 contact.uri.user = m_config.contactUser;
                                 request.headers.set("Contact", contact.toBytes());
                             }};
    m_request = std::make_shared<ClientRequest>(
        m_core, std::move(plan),
        ClientRequest::Callbacks{
            [this](const Response& response, const Hop& hop, const QString& problem) {
                answered(response, hop, problem);
            },
            [this](const ClientFailure& failure) {
                m_request.reset();
                const QString why = failure.why.isEmpty()
                    ? QStringLiteral("the server does not answer the subscription to %1")
                          .arg(m_what)
                    : failure.why;
                const bool silent = failure.kind == ClientFailure::Kind::Timeout;
                fail({.problem = why, .code = silent ? 408 : 503});
            }});
    m_request->start();
}

Request Subscription::makeRequest(seconds expires)
{
    const std::uint32_t sequence = ++m_sequence;
    Request request = m_dialog
        ? m_dialog->makeRequest(Method::Subscribe)
        : NewRequest{Method::Subscribe, m_config.target, m_config.from, m_tag,
                     m_config.routes,   m_callId,        sequence}
              .make();
    request.headers.set("CSeq", QByteArray::number(sequence) + " SUBSCRIBE");
    request.headers.add("Event", m_config.event);
    request.headers.add("Expires", QByteArray::number(expires.count()));
    request.headers.add("Accept", m_config.accept);
    m_core.addOurHeaders(request);
    request.headers.set("Allow", allowedMethods);
    return request;
}

void Subscription::answered(const Response& response, const Hop& hop, const QString& problem)
{
    m_request.reset();
    m_status.server = hop;
    if (m_status.state == State::Unsubscribing) {
        if (!response.isSuccess()) {
            finishStop();
        }
        return; // the last NOTIFY ends it, or our patience
    }
    if (response.isSuccess()) {
        accepted(response);
        return;
    }
    const std::optional<std::uint32_t> brief = response.minExpires();
    if (response.statusCode == 423 && brief && *brief <= longestExpires && seconds(*brief) > m_asked
        && m_intervalsTooBrief < mostIntervalsTooBrief) {
        ++m_intervalsTooBrief;
        m_asked = seconds(*brief);
        attempt(m_asked);
        return;
    }
    SubscriptionEnd end = SubscriptionEnd::ofResponse(response, m_config.event, m_what, problem);
    if (response.statusCode == 481 && m_dialog) {
        end.retry = SubscriptionEnd::Retry::AtOnce; // section 4.1.2.2: the server has lost it
        forgetDialog();
    }
    refused(end);
}

void Subscription::accepted(const Response& response)
{
    m_intervalsTooBrief = 0;
    const std::optional<NameAddr> to = response.to();
    const QByteArray tag = to ? to->tag() : QByteArray();
    if (!m_dialog && !tag.isEmpty()) {
        m_dialog = Dialog::fromResponse(m_sent, response);
    } else if (m_dialog && m_dialog->id().remoteTag == tag) {
        m_dialog->refreshTarget(response);
    }
    const seconds granted(
        std::min(response.expires().value_or(std::uint32_t(m_asked.count())), longestExpires));
    m_status.subscribedUntil = m_core.scheduler.clock().now() + granted;
    schedule(granted);
    if (!m_notified) {
        // Section 4.1.2.4, timer N. A subscription that tells nothing is none.
        m_silence = m_core.scheduler.after(m_core.transactions.timers().timeout(), [this] {
            forgetDialog();
            fail({.problem =
                      QStringLiteral("the server takes the subscription to %1, but tells nothing")
                          .arg(m_what)});
        });
    } else if (m_status.state == State::Subscribing) {
        m_status.code = 0;
        m_status.problem.clear();
        setState(State::Active); // a refresh that failed before
    }
}

void Subscription::refused(const SubscriptionEnd& end)
{
    const base::TimePoint now = m_core.scheduler.clock().now();
    if (end.retry == SubscriptionEnd::Retry::AtOnce && now - m_lastBegun >= shortestLife) {
        attempt(m_asked);
        return;
    }
    fail(end);
}

void Subscription::fail(const SubscriptionEnd& end)
{
    if (m_status.state == State::Unsubscribing) {
        finishStop();
        return;
    }
    base::Duration wait = retryAfter(++m_failures, end.serverSeconds, m_core.random);
    if (end.isPassword) {
        wait = std::max(wait, passwordWait);
    } else if (end.retry == SubscriptionEnd::Retry::MuchLater) {
        forgetDialog(); // RFC 5057 section 5.1
        wait = std::max(wait, hopelessWait);
    }
    m_silence.cancel();
    m_status.code = end.code;
    m_status.problem = end.problem;
    m_status.nextTryAt = m_core.scheduler.clock().now() + wait;
    m_next = m_core.scheduler.after(wait, [this] { attempt(m_asked); });
    setState(State::Failed);
}

NotifyAnswer Subscription::onNotify(const Request& notify, const Hop& from)
{
    const auto self = shared_from_this(); // who is told may let go
    const auto event =
        ParameterizedValue::parse(notify.headers.first(HeaderId::Event).value_or(QByteArrayView()));
    if (!event || !base::equalsIgnoreCase(event->value, m_config.event)) {
        return {489, {{"Allow-Events", allowedEvents}}};
    }
    if (const int refusal = refusalOf(notify, from); refusal != 0) {
        return {refusal};
    }
    const QByteArray type = notify.contentType();
    if (!notify.body.isEmpty() && type != m_config.accept
        && notify.headers.has(HeaderId::ContentType)) {
        return {415, {{"Accept", m_config.accept}}};
    }
    m_notified = true;
    m_silence.cancel();
    m_dialog->refreshTarget(notify);
    const auto told = [&] {
        if (m_status.state != State::Unsubscribing && m_status.state != State::Off
            && !notify.body.isEmpty()) {
            m_user->onNotify(m_config.accept, notify.body);
        }
    };
    // A must (section 8.2.3); without one nobody says that it is over.
    const auto state = ParameterizedValue::parse(
        notify.headers.first(HeaderId::SubscriptionState).value_or("active"));
    if (state && base::equalsIgnoreCase(state->value, "terminated")) {
        m_request.reset();
        told();
        forgetDialog();
        if (m_status.state == State::Unsubscribing) {
            finishStop();
        } else if (m_status.state != State::Off) {
            refused(SubscriptionEnd::ofState(state->params, m_what));
        }
        return {200};
    }
    stillThere(state.value_or(ParameterizedValue{"active", {}}));
    told();
    return {200};
}

int Subscription::refusalOf(const Request& notify, const Hop& from)
{
    if (m_dialog && m_dialog->id() == DialogId::ofRequest(notify)) {
        const std::optional<CSeq> cseq = notify.cseq();
        // RFC 3261 section 12.2.2.
        return cseq && m_dialog->admitSequence(cseq->number) ? 0 : 500;
    }
    if (m_notified || m_status.state == State::Unsubscribing) {
        return 481; // another branch of a fork
    }
    // It overtook the response, or another branch than the one that answered tells first (section
    // 4.1.2.4: it is the NOTIFY that makes the dialog).
    m_dialog = Dialog::fromRequest(notify, m_tag, m_core.contact(from));
    if (m_status.subscribedUntil == base::TimePoint()) {
        m_status.subscribedUntil = m_core.scheduler.clock().now() + m_asked;
    }
    return 0;
}

void Subscription::stillThere(const ParameterizedValue& state)
{
    if (m_status.state == State::Unsubscribing) {
        return;
    }
    m_failures = 0;
    const auto expires = base::parseU32(state.params.unquoted("expires"));
    if (expires && *expires > 0 && !m_request) {
        const seconds granted(std::min(*expires, longestExpires));
        m_status.subscribedUntil = m_core.scheduler.clock().now() + granted;
        schedule(granted);
    }
    const State now =
        base::equalsIgnoreCase(state.value, "pending") ? State::Pending : State::Active;
    if (m_status.state != now) {
        m_status.code = 0;
        m_status.problem.clear();
        m_status.nextTryAt = {};
        setState(now);
    }
}

void Subscription::schedule(seconds granted)
{
    m_next.cancel();
    if (granted.count() > 0) {
        m_next = m_core.scheduler.after(refreshAfter(granted, m_core.random),
                                        [this] { attempt(m_asked); });
    }
}

void Subscription::beginDialog()
{
    forgetDialog();
    m_callId = m_core.random.token(24);
    m_tag = m_core.newTag();
    m_sequence = 0;
    m_lastBegun = m_core.scheduler.clock().now();
    if (const auto routes = m_notifyRoutes.lock()) {
        routes->add(m_callId, m_tag, this);
    }
}

void Subscription::forgetDialog()
{
    if (const auto routes = m_notifyRoutes.lock(); routes && !m_callId.isEmpty()) {
        routes->remove(m_callId, m_tag);
    }
    m_callId.clear();
    m_dialog.reset();
    m_notified = false;
    m_status.subscribedUntil = {};
    m_silence.cancel();
}

void Subscription::finishStop()
{
    m_stopTimer.cancel();
    m_next.cancel();
    m_request.reset();
    ++m_attempt;
    forgetDialog();
    m_status.nextTryAt = {};
    const auto self = weak_from_this().lock();
    setState(State::Off);
    if (const auto stopped = std::exchange(m_stopped, {})) {
        stopped();
    }
}

void Subscription::setState(State state)
{
    m_status.state = state;
    m_user->onSubscriptionChanged();
}

} // namespace hs::sip
