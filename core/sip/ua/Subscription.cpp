#include "sip/ua/Subscription.h"

#include "base/Text.h"
#include "sip/ua/NewRequest.h"
#include "sip/ua/RegistrationTimes.h"

#include <algorithm>

namespace hs::sip {

namespace {
using std::chrono::seconds;

constexpr int mostIntervalsTooBrief = 2;
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
    if (!m_status.isLive() || m_request) {
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
    const bool isNew = !m_dialog || m_status.subscribedUntil <= now;
    if (isNew) {
        beginDialog();
    }
    m_lastSent = now;
    const std::uint64_t attempt = ++m_attempt;
    if (m_status.state == State::Off || m_status.state == State::Failed
        || (isNew && m_status.isLive())) {
        const auto self = shared_from_this();
        setState(State::Subscribing);
        if (m_status.state != State::Subscribing || m_attempt != attempt) {
            return; // stopped or begun anew by whom it was told
        }
    }
    if (m_route) {
        m_route->whenKnown(m_dialog->nextHop(),
                           [weak = weak_from_this(), attempt, expires](const Resolver::Hops& hops) {
                               if (const auto self = weak.lock();
                                   self && self->m_attempt == attempt) {
                                   self->sendTo(hops, expires);
                               }
                           });
    } else {
        sendToServer(expires);
    }
}

void Subscription::sendToServer(seconds expires)
{
    const bool isOwnServer = !m_config.routes.isEmpty() || m_config.server;
    const Uri next = m_config.routes.isEmpty() ? m_config.server.value_or(m_config.target)
                                               : m_config.routes.first().uri;
    m_core.resolver.resolve(
        next,
        [weak = weak_from_this(), attempt = m_attempt, isOwnServer,
         expires](const base::Result<Resolver::Hops>& hops) {
            const auto self = weak.lock();
            if (!self || self->m_attempt != attempt) {
                return;
            }
            if (!hops) {
                self->fail({.problem = hops.error().text});
                return;
            }
            if (isOwnServer && self->m_credentials) {
                self->m_credentials->admitServers(*hops);
            }
            self->sendTo(ClientRequest::startingWith(self->m_status.server, *hops), expires);
        });
}

void Subscription::sendTo(const Resolver::Hops& hops, seconds expires)
{
    m_sent = makeRequest(expires);
    ClientRequest::Plan plan{m_sent, hops, m_credentials, [this] { return ++m_sequence; },
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
                if (m_route) {
                    m_route->nobodyAnswered();
                }
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
    if (m_route) {
        m_route->answeredBy(hop);
    }
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
        m_route.emplace(m_core, *m_status.server);
    } else if (m_dialog && m_dialog->id().remoteTag == tag) {
        m_dialog->refreshTarget(response);
        m_route->setSeen(*m_status.server); // who knows of it for certain
    }
    const seconds granted(
        std::min(response.expires().value_or(std::uint32_t(m_asked.count())), longestExpires));
    m_status.subscribedUntil = m_core.scheduler.clock().now() + granted;
    schedule(granted);
    if (m_notified && granted.count() == 0) {
        endUnlessTold();
    }
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

// A 200 for no time: a last NOTIFY may come, or one that says otherwise.
void Subscription::endUnlessTold()
{
    m_next = m_core.scheduler.after(m_core.transactions.timers().timeout(), [this] {
        forgetDialog();
        fail({.problem = QStringLiteral("the server says yes, but keeps no subscription to %1")
                             .arg(m_what)});
    });
}

void Subscription::refused(const SubscriptionEnd& end)
{
    const base::TimePoint now = m_core.scheduler.clock().now();
    const bool isCircle = m_lastAnew != base::TimePoint() && now - m_lastAnew < shortestLife;
    if (end.retry == SubscriptionEnd::Retry::AtOnce && !isCircle) {
        m_lastAnew = now;
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
    if (end.retry == SubscriptionEnd::Retry::MuchLater) {
        forgetDialog(); // RFC 5057 section 5.1
    }
    const base::Duration wait = end.wait(++m_failures, m_core.random);
    m_silence.cancel();
    m_status.code = end.code;
    m_status.problem = end.problem;
    m_status.nextTryAt = m_core.scheduler.clock().now() + wait;
    m_next = m_core.scheduler.after(wait, [this] { attempt(m_asked); });
    setState(State::Failed);
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
    m_route.reset();
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
