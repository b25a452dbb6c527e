#include "sip/transport/SipResolverLookup.h"

#include <algorithm>

namespace hs::sip {

namespace {
using Family = base::IpAddress::Family;
constexpr qsizetype mostServers = 10;
constexpr qsizetype mostHops = 20;

QByteArray serviceName(TransportKind kind, const QByteArray& domain)
{
    switch (kind) { // RFC 3263 section 4.1
    case TransportKind::Udp:
        return "_sip._udp." + domain;
    case TransportKind::Tcp:
        return "_sip._tcp." + domain;
    case TransportKind::Tls:
        return "_sips._tcp." + domain;
    }
    return {};
}

QList<base::IpAddress> hostsOf(const std::optional<DnsAnswer>& answer)
{
    QList<base::IpAddress> result;
    if (answer) {
        for (const DnsRecord& record : answer->records) {
            const auto* address = std::get_if<base::IpAddress>(&record.data);
            if (address && !address->isAny() && !address->isMulticastOrBroadcast()) {
                result.append(*address);
            }
        }
    }
    return result;
}

QString text(const QByteArray& name)
{
    return QString::fromLatin1(name);
}
} // namespace

SipResolverLookup::SipResolverLookup(const Parts& parts, const SipResolverTarget& target,
                                     Resolver::Done done)
    : m_parts(parts)
    , m_target(target)
    , m_done(std::move(done))
    , m_until(parts.dns.settings().patience)
{
}

void SipResolverLookup::start()
{
    if (m_target.port != 0) { // RFC 3263 section 4.2: a port rules SRV out
        serveByHostItself();
        return;
    }
    for (const Family family : {Family::V4, Family::V6}) {
        const TransportKind kind =
            m_target.kind.value_or(defaultSipTransport(m_target.secure, m_parts.supports));
        if (m_parts.supports(kind, family)) {
            askAhead(addressQuestion(m_target.host, family));
        }
    }
    if (m_target.kind) {
        nextServices();
        return;
    }
    for (const SipService& service : servicesByName()) {
        askAhead({service.name, DnsType::Srv});
    }
    askNaptr();
}

void SipResolverLookup::ask(const DnsQuestion& question, QDeadlineTimer until, DnsClient::Done done)
{
    m_parts.dns.query(
        question, until,
        [weak = std::weak_ptr(m_alive), done = std::move(done)](const DnsAnswer& answer) {
            if (!weak.expired()) {
                done(answer);
            }
        });
}

// Into the cache, or on its way there when it is asked for again.
void SipResolverLookup::askAhead(const DnsQuestion& question)
{
    m_parts.dns.query(question, m_until, [](const DnsAnswer&) {});
}

// For what some servers and routers let fall silently, and what a call can do without: time for a
// second try, or for the second server.
QDeadlineTimer SipResolverLookup::soon() const
{
    return std::min(m_until, QDeadlineTimer(m_parts.dns.settings().tryTimeout * 4 / 3));
}

DnsQuestion SipResolverLookup::addressQuestion(const QByteArray& host, Family family) const
{
    return {host, family == Family::V4 ? DnsType::A : DnsType::Aaaa};
}

void SipResolverLookup::askNaptr()
{
    ask({m_target.host, DnsType::Naptr}, soon(), [this](const DnsAnswer& answer) {
        m_untried = naptrServices(answer.records, m_target.secure, m_parts.supports);
        nextServices();
    });
}

// RFC 3263 section 4.1: without NAPTR records, SRV for each transport that we support.
QList<SipService> SipResolverLookup::servicesByName() const
{
    QList<SipService> result;
    if (m_target.kind) {
        return {{serviceName(*m_target.kind, m_target.host), *m_target.kind, true}};
    }
    if (m_target.secure) {
        return {{serviceName(TransportKind::Tls, m_target.host), TransportKind::Tls, true}};
    }
    for (const TransportKind kind : {TransportKind::Udp, TransportKind::Tcp}) {
        if (supportsAny(m_parts.supports, kind)) {
            result.append({serviceName(kind, m_target.host), kind, false});
        }
    }
    return result;
}

void SipResolverLookup::nextServices()
{
    if (!m_untried.isEmpty()) {
        askServices(m_untried.takeFirst());
    } else if (!m_namesTried) {
        m_namesTried = true;
        askServices(servicesByName());
    } else if (m_refused) { // RFC 2782: the target "."
        fail(QStringLiteral("'%1' says that it takes no SIP (an SRV record with the target '.')")
                 .arg(text(m_target.host)));
    } else {
        serveByHostItself();
    }
}

void SipResolverLookup::askServices(const QList<SipService>& services)
{
    m_services = services.first(std::min(services.size(), mostServers));
    m_serviceAnswers = QList<DnsAnswer>(m_services.size());
    m_open = m_services.size();
    for (qsizetype i = 0; i < m_services.size(); ++i) {
        ask({m_services.at(i).name, DnsType::Srv}, m_until, [this, i](const DnsAnswer& answer) {
            m_serviceAnswers[i] = answer;
            if (--m_open == 0) {
                onServices();
            }
        });
    }
}

void SipResolverLookup::onServices()
{
    for (qsizetype i = 0; i < m_services.size(); ++i) {
        const SipService& service = m_services.at(i);
        for (const SrvRecord& record : srvOrder(m_serviceAnswers.at(i).records, m_parts.random)) {
            m_refused = m_refused || record.target.isEmpty();
            if (!record.target.isEmpty() && m_servers.size() < mostServers) {
                m_servers.append({record.target, record.port, service.kind, service.kindIsFixed});
            }
        }
    }
    if (m_servers.isEmpty()) {
        nextServices();
    } else {
        askAddresses();
    }
}

void SipResolverLookup::serveByHostItself()
{
    const TransportKind kind =
        m_target.kind.value_or(defaultSipTransport(m_target.secure, m_parts.supports));
    m_servers = {{m_target.host, m_target.port != 0 ? m_target.port : defaultSipPort(kind), kind,
                  m_target.kind.has_value() || m_target.secure}};
    askAddresses();
}

void SipResolverLookup::askAddresses()
{
    for (qsizetype i = 0; i < m_servers.size(); ++i) {
        const TransportKind kind = m_servers.at(i).kind;
        const bool v4 = m_parts.supports(kind, Family::V4);
        if (v4) {
            ++m_open;
            ask(addressQuestion(m_servers.at(i).host, Family::V4), m_until,
                [this, i](const DnsAnswer& answer) {
                    m_servers[i].v4 = answer;
                    onAddress();
                });
        }
        if (m_parts.supports(kind, Family::V6)) {
            ++m_open;
            ask(addressQuestion(m_servers.at(i).host, Family::V6), v4 ? soon() : m_until,
                [this, i](const DnsAnswer& answer) {
                    m_servers[i].v6 = answer;
                    onAddress();
                });
        }
    }
    if (m_open == 0) {
        fail(QStringLiteral("nothing can be sent from here to '%1'").arg(text(m_target.host)));
    }
}

void SipResolverLookup::onAddress()
{
    if (--m_open > 0) {
        return;
    }
    const Resolver::Hops found = hops();
    const Resolver::Done done = std::move(m_done);
    if (found.isEmpty()) {
        done(noHops());
    } else {
        done(found);
    }
}

Resolver::Hops SipResolverLookup::hops() const
{
    Resolver::Hops result;
    for (const Server& server : m_servers) {
        const auto v4 = hostsOf(server.v4);
        const auto v6 = hostsOf(server.v6);
        for (const base::IpAddress& address :
             m_parts.ipv6First ? inTurns(v6, v4) : inTurns(v4, v6)) {
            Hop hop{base::Endpoint(address, server.port)};
            hop.kind = server.kind;
            hop.kindIsFixed = server.kindIsFixed;
            if (hop.kind == TransportKind::Tls) {
                // RFC 5922 section 7.1: whom we meant, not whom the DNS led us to.
                hop.domain = m_target.host;
            }
            if (result.size() < mostHops && !result.contains(hop)) {
                result.append(hop);
            }
        }
    }
    return result;
}

base::Error SipResolverLookup::noHops() const
{
    using Status = DnsAnswer::Status;
    const Server& server = m_servers.first();
    const DnsAnswer one = server.v4 ? *server.v4 : server.v6.value_or(DnsAnswer());
    const DnsAnswer other = server.v6 ? *server.v6 : one;
    QString why = one.why;
    if (one.found() || other.found()) {
        why = QStringLiteral("'%1' has no address of a single host").arg(text(server.host));
    } else if (other.status == Status::Failed) {
        why = other.why;
    } else if (server.v4 && server.v6 && one.status == Status::NoData) {
        why = QStringLiteral("'%1' exists but has no address").arg(text(server.host));
    }
    return {server.host == m_target.host ? why
                                         : QStringLiteral("'%1' is served by '%2': %3")
                                               .arg(text(m_target.host), text(server.host), why)};
}

void SipResolverLookup::fail(const QString& why)
{
    const Resolver::Done done = std::move(m_done);
    done(base::Error{why});
}

} // namespace hs::sip
