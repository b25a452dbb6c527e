// DnsClient: what a name's records are: from the hosts file (A and AAAA), from the cache, else from
// the DNS, with aliases followed. Questions that are out already are not asked twice. Thread: one
// with an event loop; answers always come later, never from within query().
#pragma once

#include "sip/transport/DnsCache.h"
#include "sip/transport/DnsChannel.h"
#include "sip/transport/DnsHosts.h"

#include <QDeadlineTimer>

#include <vector>

namespace hs::sip {

class DnsClient final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const DnsAnswer&)>;

    // The clock is that of the cache; waiting for servers takes real time.
    DnsClient(const base::Clock& clock, const DnsSettings& settings);
    ~DnsClient() override;

    const DnsSettings& settings() const { return m_settings; }

    // `name` as dnsName() makes it. `done` is called once, at `until` at the latest, and not after
    // the client is destroyed; it may destroy the client.
    void query(const DnsQuestion& question, QDeadlineTimer until, Done done);
    void query(const DnsQuestion& question, Done done);

private:
    struct Waiter {
        std::uint64_t id = 0;
        Done done{};
    };
    // A question that is out.
    struct Pending {
        std::vector<Waiter> waiters{};
        QList<QByteArray> aliases{}; // asked about one after the other, the question's name first
        std::uint32_t ttl = 0; // the shortest one of the aliases
    };

    std::optional<DnsAnswer> known(const DnsQuestion& question);
    void answerLater(std::vector<Waiter> waiters, const DnsAnswer& answer);
    void ask(const DnsQuestion& question);
    void onReply(const DnsQuestion& question, const DnsChannel::Reply& reply);
    void onMessage(const DnsQuestion& question, const DnsMessage& message);
    void finish(const DnsQuestion& question, const DnsAnswer& answer,
                std::optional<std::uint32_t> ttl);
    void expire(const DnsQuestion& question, std::uint64_t waiter);
    DnsAnswer failed(const DnsQuestion& question, const QString& how) const;
    DnsAnswer unreachable(const DnsQuestion& question) const;
    DnsAnswer silent(const DnsQuestion& question) const;
    static DnsAnswer nothing(const DnsQuestion& question, DnsAnswer::Status status);

    DnsSettings m_settings;
    DnsHosts m_hosts;
    DnsCache m_cache;
    std::map<DnsQuestion, Pending> m_pending;
    std::uint64_t m_nextWaiter = 0;
    std::unique_ptr<DnsChannel> m_channel;
};

} // namespace hs::sip
