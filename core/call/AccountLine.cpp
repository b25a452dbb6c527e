#include "call/AccountLine.h"

#include "base/Text.h"
#include "sip/transport/ConnectFailure.h"

#include <QCryptographicHash>

#include <algorithm>

namespace hs::call {

namespace {
base::HostPort hostPort(const QString& text)
{
    const auto parsed = base::HostPort::parse(text.toUtf8());
    return parsed ? *parsed : base::HostPort{text.toUtf8(), 0};
}

void setTransport(sip::Uri& uri, model::SipTransport transport)
{
    switch (transport) {
    case model::SipTransport::Auto:
        break;
    case model::SipTransport::Udp:
        uri.params.set("transport", "udp");
        break;
    case model::SipTransport::Tcp:
        uri.params.set("transport", "tcp");
        break;
    case model::SipTransport::Tls:
        uri.params.set("transport", "tls");
        break;
    }
}

sip::Uri uriOf(const base::HostPort& at, model::SipTransport transport)
{
    sip::Uri uri;
    uri.scheme = "sip";
    uri.host = at.host;
    uri.port = at.port;
    setTransport(uri, transport);
    return uri;
}

// Of what makes a binding another one at the server, so that a rename does not leave one behind;
// and of what nobody but a registrar is told, or anybody could write it into a call.
QByteArray contactLineOf(const model::Account& account, const base::HostPort& registrar,
                         const QByteArray& instance)
{
    const QByteArray binding = instance + '\n' + account.addressOfRecord().toUtf8() + '\n'
        + registrar.toString() + '\n' + account.outboundProxy.toUtf8();
    return QCryptographicHash::hash(binding, QCryptographicHash::Sha256).toHex().left(16);
}

quint16 effectivePort(const base::HostPort& at, model::SipTransport transport)
{
    const quint16 byDefault = transport == model::SipTransport::Tls ? 5061 : 5060;
    return at.port != 0 ? at.port : byDefault;
}

QString words(const sip::Hop& hop)
{
    return QString::fromLatin1(hop.remote.toString()) + u' ' + nameOf(hop.kind);
}

model::RegistrationState stateOf(sip::Registration::State state)
{
    switch (state) {
    case sip::Registration::State::Off:
        return model::RegistrationState::Off;
    case sip::Registration::State::Registering:
        return model::RegistrationState::Registering;
    case sip::Registration::State::Registered:
        return model::RegistrationState::Registered;
    case sip::Registration::State::Failed:
        return model::RegistrationState::Failed;
    case sip::Registration::State::Unregistering:
        return model::RegistrationState::Unregistering;
    }
    return model::RegistrationState::Off;
}
} // namespace

AccountLine::AccountLine(sip::UserAgent& userAgent, const model::Account& account,
                         const QByteArray& instance, std::function<void()> changed)
    : m_core(userAgent.core())
    , m_account(account)
    , m_domain(hostPort(account.domain))
    , m_registrar(account.registrar.isEmpty() ? m_domain : hostPort(account.registrar))
    , m_contactLine(contactLineOf(account, m_registrar, instance))
    , m_changed(std::move(changed))
    , m_credentials(std::make_shared<sip::DigestClient>(
          m_core.random,
          sip::DigestCredentials{account.authUser.isEmpty() ? account.user : account.authUser, {}}))
    , m_watch(userAgent, account, [this] { m_changed(); })
{
    if (!account.outboundProxy.isEmpty()) {
        m_proxy = uriOf(hostPort(account.outboundProxy), account.transport);
    }
    if (account.registers) {
        m_registration = std::make_shared<sip::Registration>(
            m_core,
            sip::Registration::Config{addressOfRecord(), serverUri(), m_proxy,
                                      sip::Uri::escapeUser(account.user.toUtf8()), m_contactLine,
                                      account.expires, instance},
            m_credentials, [this] { onRegistrationChanged(); });
    } else {
        const sip::Uri domain = uriOf(m_domain, model::SipTransport::Auto);
        m_probe = std::make_unique<ServerProbe>(
            m_core,
            ServerProbe::Config{addressOfRecord(), domain, routes(), m_proxy.value_or(serverUri()),
                                m_credentials},
            [this] { m_changed(); });
    }
}

sip::Uri AccountLine::serverUri() const
{
    return uriOf(m_registrar, m_account.transport);
}

sip::NameAddr AccountLine::addressOfRecord() const
{
    sip::NameAddr address;
    address.displayName = m_account.displayName.toUtf8();
    address.uri.scheme = "sip";
    address.uri.user = sip::Uri::escapeUser(m_account.user.toUtf8());
    address.uri.host = m_domain.host;
    address.uri.port = m_domain.port;
    return address;
}

void AccountLine::setPassword(const QString& password)
{
    m_credentials->setCredentials(
        {m_account.authUser.isEmpty() ? m_account.user : m_account.authUser, password});
}

void AccountLine::start()
{
    if (m_proxy) {
        // A proxy may leave calls to the registrar behind it, which asks for itself then.
        m_core.resolver.resolve(
            serverUri(),
            [weak = std::weak_ptr(m_credentials)](const base::Result<sip::Resolver::Hops>& hops) {
                if (const auto credentials = weak.lock(); credentials && hops) {
                    credentials->admitServers(*hops);
                }
            });
    }
    m_watch.tryAgain();
    if (m_registration) {
        m_registration->start();
    } else {
        m_probe->start();
    }
}

void AccountLine::onRegistrationChanged()
{
    using State = sip::Registration::State;
    if (m_registration->status().state == State::Registered) {
        m_watch.start({addressOfRecord(), routes(), sip::Uri::escapeUser(m_account.user.toUtf8()),
                       serverUri(), m_credentials},
                      std::exchange(m_serverWasAway, false));
    } else if (m_registration->status().state == State::Failed) {
        m_serverWasAway = true;
    }
    m_changed();
}

void AccountLine::onConnectionClosed(const sip::Hop& hop)
{
    if (m_registration && m_registration->onConnectionClosed(hop)) {
        m_serverWasAway = true;
    }
}

void AccountLine::stop(std::function<void()> done)
{
    m_watch.stop([] {});
    stopRegistration(std::move(done));
}

void AccountLine::stopRegistration(std::function<void()> done)
{
    if (m_registration) {
        m_registration->stop(std::move(done));
    } else {
        m_probe->stop();
        done();
    }
}

void AccountLine::leave(const std::function<void()>& done)
{
    const auto isHalfDone = std::make_shared<bool>(false);
    const auto half = [isHalfDone, done] {
        if (std::exchange(*isHalfDone, true)) {
            done();
        }
    };
    m_watch.stop(half);
    stopRegistration(half);
}

void AccountLine::letGo(const std::function<void()>& done)
{
    if (m_registration) {
        m_registration->letGo();
    } else {
        m_probe->stop();
    }
    m_watch.stop(done);
}

bool AccountLine::hasBindingOf(const AccountLine& other) const
{
    return m_registration && other.m_registration
        && m_account.addressOfRecord() == other.m_account.addressOfRecord()
        && m_registrar == other.m_registrar && m_proxy == other.m_proxy
        && m_account.transport == other.m_account.transport;
}

void AccountLine::refreshNow()
{
    m_watch.refreshNow();
    if (m_registration) {
        m_registration->refreshNow();
    } else {
        m_probe->askNow();
    }
}

QString AccountLine::configuredServer() const
{
    const sip::Uri uri = m_proxy.value_or(serverUri());
    return base::printable(base::HostPort{uri.host, uri.port}.toString(), 100);
}

model::AccountState AccountLine::state() const
{
    model::AccountState state;
    state.name = m_account.name;
    state.addressOfRecord = m_account.addressOfRecord();
    state.isDefault = m_account.isDefault;
    state.newMessages = m_watch.waiting().fresh;
    state.oldMessages = m_watch.waiting().old;
    const base::Clock& clock = m_core.scheduler.clock();
    const auto wall = [&clock](base::TimePoint at) {
        return base::toUnixMs(clock.wall())
            + std::chrono::duration_cast<std::chrono::milliseconds>(at - clock.now()).count();
    };
    if (!m_registration) {
        const ServerProbe::Result& probe = m_probe->result();
        state.state = !probe.isKnown  ? model::RegistrationState::Off
            : probe.problem.isEmpty() ? model::RegistrationState::Reachable
                                      : model::RegistrationState::Failed;
        state.problem = probe.problem;
        if (!probe.problem.isEmpty() && probe.nextAt > clock.now()) {
            state.nextTryAt = wall(probe.nextAt);
        }
        state.server = probe.server ? words(*probe.server) : configuredServer();
        return state;
    }
    const sip::Registration::Status& status = m_registration->status();
    state.state = stateOf(status.state);
    state.sipCode = status.code;
    state.problem = status.problem;
    if (status.isBound(clock.now())) {
        state.registeredUntil = wall(status.registeredUntil);
    }
    if (status.nextTryAt > clock.now()) {
        state.nextTryAt = wall(status.nextTryAt);
    }
    state.server = status.tried ? words(*status.tried) : configuredServer();
    return state;
}

QList<sip::NameAddr> AccountLine::routes() const
{
    QList<sip::NameAddr> routes;
    if (m_proxy) {
        sip::NameAddr route;
        route.uri = *m_proxy;
        route.uri.params.set("lr");
        routes.append(route);
    }
    if (m_registration) {
        for (const sip::NameAddr& route : m_registration->serviceRoute()) {
            const bool isProxy = !routes.isEmpty() && route.uri.host == routes.first().uri.host
                && route.uri.port == routes.first().uri.port;
            if (!isProxy) {
                routes.append(route);
            }
        }
    }
    return routes;
}

OutgoingIdentity AccountLine::identity(const sip::Uri& target) const
{
    OutgoingIdentity identity;
    identity.account = m_account.name;
    identity.from = addressOfRecord();
    identity.contactUser = sip::Uri::escapeUser(m_account.user.toUtf8());
    identity.credentials = m_credentials;
    identity.dtmf = m_account.dtmf;
    identity.codecs = m_account.codecs;
    identity.routes = routes();
    if (m_proxy) {
        identity.nextHop = m_proxy;
    } else if (!identity.routes.isEmpty()) {
        identity.nextHop = identity.routes.first().uri;
    } else if (isHost(target.host)) {
        identity.nextHop = serverUri(); // the name of a domain need not be that of its server
    }
    if (target.isSips() && identity.nextHop && !identity.nextHop->isSips()) {
        // RFC 3261 section 26.2.2: TLS or nothing. A port for something else leads nowhere then.
        const auto transport = identity.nextHop->params.find("transport");
        if (!transport || !base::equalsIgnoreCase(*transport, "tls")) {
            identity.nextHop->port = 0;
        }
        identity.nextHop->scheme = "sips";
        identity.nextHop->params.remove("transport");
    }
    return identity;
}

bool AccountLine::isServer(const base::IpAddress& address) const
{
    return m_registration ? m_registration->isServer(address) : m_probe->isServer(address);
}

bool AccountLine::isHost(const QByteArray& host) const
{
    return base::equalsIgnoreCase(host, m_domain.host)
        || base::equalsIgnoreCase(host, m_registrar.host);
}

bool AccountLine::isAt(const sip::Uri& uri) const
{
    const bool isElsewhere = uri.port != 0 && base::IpAddress::parse(uri.host)
        && uri.port != effectivePort(m_domain, m_account.transport)
        && uri.port != effectivePort(m_registrar, m_account.transport);
    return isHost(uri.host) && !isElsewhere;
}

AccountLine::Match AccountLine::match(const sip::Request& request) const
{
    const QByteArray user = m_account.user.toUtf8();
    const std::optional<sip::Uri> target = request.uri();
    if (target && target->params.find("line") == QByteArrayView(m_contactLine)) {
        return Match::Line;
    }
    const std::optional<sip::NameAddr> to = request.to();
    Match best = Match::None;
    for (const std::optional<sip::Uri>& uri :
         {target, to ? std::optional(to->uri) : std::optional<sip::Uri>()}) {
        if (!uri || !uri->isSip() || uri->userDecoded() != user) {
            continue;
        }
        if (base::equalsIgnoreCase(uri->host, m_domain.host)) {
            return Match::Domain;
        }
        best = std::max(best, isHost(uri->host) ? Match::Server : Match::None);
    }
    const bool isCalled = target && target->isSip() && target->userDecoded() == user;
    return std::max(best, isCalled ? Match::User : Match::None);
}

} // namespace hs::call
