// SipResolverLookup: one name on its way to hops: NAPTR, SRV, A and AAAA (RFC 3263 sections 4.1 and
// 4.2). What may be needed next is asked for at the same time, so that all of it takes as long as
// the slowest answer, and never longer than the DNS settings' patience. Thread: the resolver's.
#pragma once

#include "sip/transport/DnsClient.h"
#include "sip/transport/Resolver.h"
#include "sip/transport/SipResolverOrder.h"

namespace hs::sip {

class SipResolverLookup {
public:
    struct Parts {
        DnsClient& dns;
        base::Random& random;
        const SupportsTransport& supports;
        bool ipv6First = false;
    };

    // `target` has a name. `done` is called once, later, and may destroy the lookup; not after
    // that.
    SipResolverLookup(const Parts& parts, const SipResolverTarget& target, Resolver::Done done);

    void start();

private:
    struct Server {
        QByteArray host;
        std::uint16_t port = 0;
        TransportKind kind = TransportKind::Udp;
        bool kindIsFixed = false;
        std::optional<DnsAnswer> v4{}; // none: not asked
        std::optional<DnsAnswer> v6{};
    };

    void ask(const DnsQuestion& question, QDeadlineTimer until, DnsClient::Done done);
    void askAhead(const DnsQuestion& question);
    void askNaptr();
    void nextServices();
    void askServices(const QList<SipService>& services);
    void onServices();
    void serveByHostItself();
    void askAddresses();
    void onAddress();
    QDeadlineTimer soon() const;
    QList<SipService> servicesByName() const;
    DnsQuestion addressQuestion(const QByteArray& host, base::IpAddress::Family family) const;

    Resolver::Hops hops() const;
    base::Error noHops() const;
    void fail(const QString& why);

    Parts m_parts;
    SipResolverTarget m_target;
    Resolver::Done m_done;
    QDeadlineTimer m_until;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
    QList<QList<SipService>> m_untried; // by rank of their NAPTR records
    bool m_namesTried = false; // the services without NAPTR records
    QList<SipService> m_services; // those that are being asked
    QList<DnsAnswer> m_serviceAnswers;
    bool m_refused = false; // an SRV record with the target "."
    QList<Server> m_servers;
    qsizetype m_open = 0; // questions of this step that are out
};

} // namespace hs::sip
