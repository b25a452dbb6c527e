#include "sip/ua/Registration.h"

#include "base/Text.h"
#include "sip/ua/RegistrationTimes.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr int mostIntervalsTooBrief = 2;
constexpr base::Duration wrongPasswordWait = std::chrono::minutes(30); // or the server locks us out
constexpr base::Duration stopPatience = std::chrono::seconds(2);
constexpr base::Duration keepAliveInterval = std::chrono::seconds(25); // below a NAT's 30 s
constexpr std::uint32_t longestExpires = 7 * 24 * 3600;

// Section 10.2: what the Request-URI names is the domain of the location service alone, whichever
// way leads there.
Uri domainOf(const Uri& uri)
{
    Uri domain;
    domain.scheme = uri.scheme;
    domain.host = uri.host;
    domain.port = uri.port;
    return domain;
}

// Some servers leave the port out that they think goes without saying.
std::uint16_t portOf(const Uri& uri)
{
    const bool usesTls = uri.isSips() || uri.params.find("transport") == QByteArrayView("tls");
    return uri.port != 0 ? uri.port : (usesTls ? 5061 : 5060);
}

QString words(const Response& response)
{
    const QByteArray reason =
        response.reasonPhrase.isEmpty() ? reasonPhrase(response.statusCode) : response.reasonPhrase;
    return QStringLiteral("%1 %2").arg(response.statusCode).arg(base::printable(reason, 80));
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
    attempt(m_asked);
}

void Registration::refreshNow()
{
    if (m_status.state == State::Off || m_status.state == State::Unregistering) {
        return;
    }
    m_failures = 0;
    attempt(m_asked);
}

bool Registration::onConnectionClosed(const Hop& hop)
{
    const auto& server = m_status.server;
    if (m_status.state == State::Registered && server && server->isReliable()
        && server->remote == hop.remote && server->kind == hop.kind) {
        // RFC 5626 section 4.5: calls to us came by that connection. Not all telephones at once.
        m_next = m_core.scheduler.after(std::chrono::milliseconds(100 + m_core.random.below(900)),
                                        [this] { attempt(m_asked); });
        return true;
    }
    return false;
}

void Registration::stop(std::function<void()> done)
{
    m_stopped = std::move(done);
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
                const QString why = failure.why.isEmpty()
                    ? QStringLiteral("the server %1 does not answer")
                          .arg(base::printable(m_config.registrar.host, 100))
                    : failure.why;
                failLater(failure.kind == ClientFailure::Kind::Timeout ? 408 : 503, why,
                          retryAfter(++m_failures, {}, m_core.random));
            }});
    m_request->start();
}

Request Registration::makeRequest(std::chrono::seconds expires)
{
    NameAddr from = m_config.addressOfRecord;
    from.setTag(m_tag);
    Request request;
    request.method = "REGISTER";
    const Uri domain = domainOf(m_config.addressOfRecord.uri);
    request.requestUri = domain.toBytes();
    const auto addRoute = [&request](const Uri& uri) {
        NameAddr route;
        route.uri = uri;
        route.uri.params.set("lr");
        request.headers.add("Route", route.toBytes());
    };
    if (m_config.outboundProxy) {
        addRoute(*m_config.outboundProxy);
        // The proxy knows from nowhere else that the domain's server is not that of its name.
        if (!(domainOf(m_config.registrar) == domain)) {
            addRoute(m_config.registrar);
        }
    }
    request.headers.add("Max-Forwards", "70");
    request.headers.add("From", from.toBytes());
    request.headers.add("To", m_config.addressOfRecord.toBytes());
    request.headers.add("Call-ID", m_callId);
    request.headers.add("CSeq", QByteArray::number(++m_sequence) + " REGISTER");
    request.headers.add("Expires", QByteArray::number(expires.count()));
    request.headers.add("Supported", "path, outbound");
    m_core.addOurHeaders(request);
    request.headers.set("Allow", allowedMethods);
    return request;
}

void Registration::setContact(Request& request, const Hop& hop, std::chrono::seconds expires) const
{
    NameAddr contact;
    contact.uri = m_core.contact(hop);
    contact.uri.user = m_config.contactUser;
    contact.params.set("expires", QByteArray::number(expires.count()));
    if (!m_config.instance.isEmpty()) {
        contact.params.set("+sip.instance", "\"<" + m_config.instance + ">\"");
        if (hop.isReliable() || m_config.outboundProxy) {
            contact.params.set("reg-id", "1");
        }
    }
    request.headers.set("Contact", contact.toBytes());
    if (!m_formerContact.host.isEmpty() && !(m_formerContact == contact.uri)) {
        NameAddr former;
        former.uri = m_formerContact;
        former.params.set("expires", "0");
        request.headers.add("Contact", former.toBytes());
    }
}

void Registration::answered(const Response& response, const Hop& hop, const QString& problem)
{
    m_status.server = hop;
    if (m_status.state == State::Unregistering) {
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
    const Uri before = [&] {
        Uri uri = m_core.contact(hop);
        uri.user = m_config.contactUser;
        return uri;
    }();
    const std::chrono::seconds granted = grantedTo(before, response);
    if (granted.count() <= 0) {
        failLater(response.statusCode,
                  QStringLiteral("the server says yes, but keeps no binding for us"),
                  retryAfter(++m_failures, {}, m_core.random));
        return;
    }
    m_failures = 0;
    m_contact = before;
    m_formerContact = {};
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
        m_formerContact = before;
        m_attempt++;
        sendTo({hop}, m_asked);
    }
    m_changed();
}

std::chrono::seconds Registration::grantedTo(const Uri& contact, const Response& response) const
{
    // Section 10.2.4: the response lists all bindings of the address, of other telephones too.
    std::optional<std::uint32_t> ours;
    const QList<NameAddr> contacts = response.contacts();
    for (const NameAddr& binding : contacts) {
        const bool same = binding.uri.userDecoded() == contact.userDecoded()
            && portOf(binding.uri) == portOf(contact)
            && base::equalsIgnoreCase(binding.uri.host, contact.host);
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
        : QStringLiteral("the server refuses: %1").arg(words(response));
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
    if (const auto stopped = std::exchange(m_stopped, {})) {
        stopped();
    }
}

} // namespace hs::sip
