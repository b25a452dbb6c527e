#include "sip/ua/Registration.h"

#include "base/Text.h"
#include "sip/ua/RegistrationProblem.h"
#include "sip/ua/RegistrationTimes.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr int mostIntervalsTooBrief = 2;
constexpr base::Duration wrongPasswordWait = std::chrono::minutes(30); // or the server locks us out
constexpr base::Duration stopPatience = std::chrono::seconds(2);
constexpr base::Duration keepAliveInterval = std::chrono::seconds(25); // below a NAT's 30 s
constexpr base::Duration shortestFlow = std::chrono::minutes(1);
constexpr std::uint32_t longestExpires = 7 * 24 * 3600;

// Some servers leave the port out that they think goes without saying.
std::uint16_t portOf(const Uri& uri)
{
    const bool usesTls = uri.isSips() || uri.params.find("transport") == QByteArrayView("tls");
    return uri.port != 0 ? uri.port : (usesTls ? 5061 : 5060);
}

bool isRefusedPassword(const Registration::Status& status)
{
    return status.state == Registration::State::Failed
        && (status.code == 401 || status.code == 407);
}

// Some registrars refuse a contact that is not at the address that the request comes from.
bool refusesContact(int code)
{
    return code >= 400 && code < 500 && code != 401 && code != 407 && code != 423;
}
} // namespace

Registration::Registration(UaCore& core, Config config, std::shared_ptr<DigestClient> credentials,
                           std::function<void()> changed)
    : m_core(core)
    , m_config(std::move(config))
    , m_credentials(std::move(credentials))
    , m_changed(std::move(changed))
    , m_callId(core.random.token(24))
    , m_tag(core.newTag())
    , m_asked(m_config.expires)
{
}

void Registration::start()
{
    if (m_status.state == State::Unregistering) {
        m_startsAgain = true;
        return;
    }
    attempt(m_asked);
}

void Registration::refreshNow()
{
    if (m_status.state == State::Off || m_status.state == State::Unregistering) {
        return;
    }
    if (isRefusedPassword(m_status)) {
        return; // no other network makes it right, and each try counts with the server
    }
    m_failures = 0;
    m_briefFlows = 0;
    m_networkChanged = m_flow.has_value();
    attempt(m_asked);
}

bool Registration::onConnectionClosed(const Hop& hop)
{
    if (!m_flow || m_flow->remote != hop.remote || m_flow->kind != hop.kind) {
        return false;
    }
    const base::Duration lived = m_core.scheduler.clock().now() - m_flowSince;
    m_flow.reset();
    // After a change of network it is our address that is no more, and a REGISTER is on its way.
    if (m_status.state != State::Registered || std::exchange(m_networkChanged, false)) {
        return false;
    }
    // RFC 5626 section 4.5: calls to us came by that connection. Not all telephones at once; and
    // one that is closed as soon as it is there would be opened for ever.
    if (lived >= shortestFlow) {
        m_briefFlows = 0;
        m_next = m_core.scheduler.after(std::chrono::milliseconds(100 + m_core.random.below(900)),
                                        [this] { attempt(m_asked); });
        return true;
    }
    m_request.reset();
    failLater(0,
              QStringLiteral("the server %1 closes the connection by which it has just registered "
                             "us, and calls would come by it; see what its log says")
                  .arg(QString::fromLatin1(hop.remote.toString())),
              retryAfter(++m_briefFlows, {}, m_core.random));
    return true;
}

void Registration::noteFlow(const Hop& hop)
{
    m_networkChanged = false;
    if (!hop.isReliable()) {
        m_flow.reset();
    } else if (!m_flow || m_flow->remote != hop.remote || m_flow->kind != hop.kind) {
        m_flow = hop;
        m_flowSince = m_core.scheduler.clock().now();
    }
}

void Registration::stop(std::function<void()> done)
{
    m_stopped = std::move(done);
    m_startsAgain = false;
    m_keepAlive.cancel();
    m_next.cancel();
    // One that is on its way may bind us yet.
    const bool isAsked = m_status.state == State::Registering && m_request;
    if (!isAsked && !m_status.isBound(m_core.scheduler.clock().now())) {
        finishStop();
        return;
    }
    m_status.state = State::Unregistering;
    m_stopTimer = m_core.scheduler.after(stopPatience, [this] { finishStop(); });
    attempt(std::chrono::seconds(0));
    m_changed();
}

void Registration::attempt(std::chrono::seconds expires)
{
    m_next.cancel();
    m_request.reset();
    m_contactLearned = false;
    m_status.nextTryAt = {};
    if (m_status.state != State::Registered && m_status.state != State::Unregistering) {
        m_status.state = State::Registering;
        m_changed();
    }
    const auto resolved = [weak = weak_from_this(), attempt = ++m_attempt,
                           expires](const base::Result<Resolver::Hops>& hops) {
        const auto self = weak.lock();
        if (!self || self->m_attempt != attempt) {
            return;
        }
        if (hops) {
            if (self->m_credentials) {
                self->m_credentials->admitServers(*hops);
            }
            self->m_serverAddresses.clear();
            for (const Hop& hop : *hops) {
                self->m_serverAddresses.append(hop.remote.address());
            }
            self->sendTo(*hops, expires);
        } else if (self->m_status.state == State::Unregistering) {
            self->finishStop();
        } else {
            self->failLater(0, hops.error().text,
                            retryAfter(++self->m_failures, {}, self->m_core.random));
        }
    };
    m_core.resolver.resolve(m_config.outboundProxy.value_or(m_config.registrar), resolved);
}

void Registration::sendTo(Resolver::Hops hops, std::chrono::seconds expires)
{
    ClientRequest::Plan plan{
        makeRequest(expires), ClientRequest::startingWith(m_status.server, std::move(hops)),
        m_credentials, [this] { return ++m_sequence; },
        [this, expires](Request& request, const Hop& hop) { setContact(request, hop, expires); }};
    m_request = std::make_shared<ClientRequest>(
        m_core, std::move(plan),
        ClientRequest::Callbacks{
            [this](const Response& response, const Hop& hop, const QString& problem) {
                answered(response, hop, problem);
            },
            [this](const ClientFailure& failure) {
                if (m_status.state == State::Unregistering) {
                    finishStop();
                    return;
                }
                const QString why = failure.why.isEmpty() ? RegistrationProblem::ofSilence(
                                        m_config.outboundProxy.value_or(m_config.registrar),
                                        m_status.tried.value_or(Hop()))
                                                          : failure.why;
                failLater(failure.kind == ClientFailure::Kind::Timeout ? 408 : 503, why,
                          retryAfter(++m_failures, {}, m_core.random));
            }});
    m_request->start();
}

void Registration::answered(const Response& response, const Hop& hop, const QString& problem)
{
    m_status.server = hop;
    const bool isStopping = m_status.state == State::Unregistering;
    if (m_takesBack && refusesContact(response.statusCode)) {
        m_contact = {}; // so once without it
        attempt(isStopping ? std::chrono::seconds(0) : m_asked);
        return;
    }
    if (isStopping) {
        finishStop();
        return;
    }
    if (response.isSuccess()) {
        accepted(response, hop);
        return;
    }
    const std::optional<std::uint32_t> brief = response.minExpires();
    if (response.statusCode == 423 && brief && *brief <= longestExpires
        && std::chrono::seconds(*brief) > m_asked && m_intervalsTooBrief < mostIntervalsTooBrief) {
        ++m_intervalsTooBrief;
        m_asked = std::chrono::seconds(*brief);
        attempt(m_asked);
        return;
    }
    refused(response, problem);
}

void Registration::accepted(const Response& response, const Hop& hop)
{
    m_intervalsTooBrief = 0;
    const std::chrono::seconds granted = grantedTo(m_sentContact, response);
    if (granted.count() <= 0) {
        failLater(response.statusCode,
                  QStringLiteral("the server says yes, but keeps no binding for us"),
                  retryAfter(++m_failures, {}, m_core.random));
        return;
    }
    m_failures = 0;
    noteFlow(hop);
    m_contact = m_sentContact;
    m_serviceRoute.clear();
    for (const QByteArrayView value : response.headers.values(HeaderId::ServiceRoute)) {
        if (const auto route = NameAddr::parse(value); route && route->uri.isSip()) {
            m_serviceRoute.append(*route);
        }
    }
    const base::TimePoint now = m_core.scheduler.clock().now();
    m_status.state = State::Registered;
    m_status.code = 0;
    m_status.problem.clear();
    m_status.registeredUntil = now + granted;
    m_next =
        m_core.scheduler.after(refreshAfter(granted, m_core.random), [this] { attempt(m_asked); });
    keepAlive(keepAliveInterval);
    // Behind a NAT: bound under the address that the server sees, or calls end at the NAT.
    if (m_core.nat.learn(hop, response) && !std::exchange(m_contactLearned, true)) {
        m_attempt++;
        sendTo({hop}, m_asked);
    }
    m_changed();
}

std::chrono::seconds Registration::grantedTo(const Uri& contact, const Response& response) const
{
    // Section 10.2.4: the response lists all bindings of the address, of other telephones too.
    const QByteArrayView line = m_config.contactLine;
    std::optional<std::uint32_t> ours;
    const QList<NameAddr> contacts = response.contacts();
    for (const NameAddr& binding : contacts) {
        const bool same = binding.uri.userDecoded() == contact.userDecoded()
            && portOf(binding.uri) == portOf(contact)
            && base::equalsIgnoreCase(binding.uri.host, contact.host)
            && binding.uri.params.find("line").value_or(line) == line;
        const auto expires = binding.params.find("expires");
        if (same || (contacts.size() == 1 && !ours)) {
            ours = expires ? base::parseU32(*expires) : response.expires();
        }
        if (same) {
            break;
        }
    }
    if (!ours) {
        // No Contact at all, though the RFC wants it; or only others', with a server that rewrites.
        ours = response.expires().value_or(std::uint32_t(m_asked.count()));
    }
    return std::chrono::seconds(std::min(*ours, longestExpires));
}

void Registration::refused(const Response& response, const QString& problem)
{
    const bool isPassword = response.statusCode == 401 || response.statusCode == 407;
    const QString why = isPassword && !problem.isEmpty()
        ? problem
        : RegistrationProblem::ofRefusal(response, m_config.addressOfRecord.uri);
    const base::Duration wait = retryAfter(++m_failures, response.retryAfter(), m_core.random);
    failLater(response.statusCode, why, isPassword ? std::max(wait, wrongPasswordWait) : wait);
}

void Registration::failLater(int code, const QString& problem, base::Duration wait)
{
    m_keepAlive.cancel();
    m_status.state = State::Failed;
    m_status.code = code;
    m_status.problem = problem;
    m_status.nextTryAt = m_core.scheduler.clock().now() + wait;
    m_next = m_core.scheduler.after(wait, [this] { attempt(m_asked); });
    m_changed();
}

void Registration::keepAlive(base::Duration interval)
{
    m_keepAlive.cancel();
    if (m_status.server->isReliable()) {
        m_kept = m_core.transactions.keep(*m_status.server); // it has its own (RFC 5626 3.5.1)
        return;
    }
    m_kept.reset();
    m_keepAlive = m_core.scheduler.after(interval, [this, interval] {
        m_core.transactions.sendRaw("\r\n\r\n", *m_status.server);
        keepAlive(interval);
    });
}

bool Registration::isServer(const base::IpAddress& address) const
{
    return m_serverAddresses.contains(address);
}

void Registration::letGo()
{
    ++m_attempt;
    m_next.cancel();
    m_keepAlive.cancel();
    m_kept.reset();
    m_stopTimer.cancel();
    m_request.reset();
    m_status.state = State::Off;
    m_status.registeredUntil = {};
}

void Registration::finishStop()
{
    m_stopTimer.cancel();
    m_request.reset();
    m_kept.reset();
    ++m_attempt; // a name still looked up is of no use any more
    m_status.state = State::Off;
    m_status.registeredUntil = {};
    m_changed();
    const auto stopped = std::exchange(m_stopped, {});
    if (std::exchange(m_startsAgain, false)) {
        attempt(m_asked);
    }
    if (stopped) {
        stopped();
    }
}

} // namespace hs::sip
