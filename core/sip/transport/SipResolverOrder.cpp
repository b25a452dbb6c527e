#include "sip/transport/SipResolverOrder.h"

#include <algorithm>
#include <map>

namespace hs::sip {

namespace {
std::optional<TransportKind> kindOf(const QByteArray& service)
{
    if (service == "SIP+D2U") {
        return TransportKind::Udp;
    }
    if (service == "SIP+D2T") {
        return TransportKind::Tcp;
    }
    if (service == "SIPS+D2T") {
        return TransportKind::Tls;
    }
    return std::nullopt;
}

// RFC 2782, the algorithm under "Weight": those of weight 0 first, then the running sum that
// reaches a number drawn from 0 to the whole sum, both included. The 0 is there for those of weight
// 0; without them it would only add to the share of whoever stands first.
void draw(QList<SrvRecord> equals, base::Random& random, QList<SrvRecord>& into)
{
    std::stable_partition(equals.begin(), equals.end(),
                          [](const SrvRecord& record) { return record.weight == 0; });
    while (!equals.isEmpty()) {
        std::uint32_t sum = 0;
        for (const SrvRecord& record : equals) {
            sum += record.weight;
        }
        const std::uint32_t least = equals.first().weight == 0 ? 0 : 1;
        const std::uint32_t drawn = least + random.below(sum + 1 - least);
        std::uint32_t running = 0;
        qsizetype chosen = 0;
        for (; chosen < equals.size() - 1; ++chosen) {
            running += equals.at(chosen).weight;
            if (running >= drawn) {
                break;
            }
        }
        into.append(equals.takeAt(chosen));
    }
}
} // namespace

QList<SrvRecord> srvOrder(const QList<DnsRecord>& records, base::Random& random)
{
    std::map<std::uint16_t, QList<SrvRecord>> byPriority;
    for (const DnsRecord& record : records) {
        const auto* srv = std::get_if<SrvRecord>(&record.data);
        if (srv && (srv->port != 0 || srv->target.isEmpty())) {
            byPriority[srv->priority].append(*srv);
        }
    }
    QList<SrvRecord> result;
    for (const auto& [priority, equals] : byPriority) {
        draw(equals, random, result);
    }
    return result;
}

QList<QList<SipService>> naptrServices(const QList<DnsRecord>& records, bool secure,
                                       const SupportsTransport& supports)
{
    using Rank = std::pair<std::uint16_t, std::uint16_t>;
    std::multimap<Rank, SipService> ranked;
    for (const DnsRecord& record : records) {
        const auto* naptr = std::get_if<NaptrRecord>(&record.data);
        // Flag "s": SRV records come next; there is no other one for SIP.
        if (!naptr || naptr->flags != "s" || naptr->replacement.isEmpty()) {
            continue;
        }
        const auto kind = kindOf(naptr->service);
        if (!kind || !supportsAny(supports, *kind) || (secure && *kind != TransportKind::Tls)) {
            continue;
        }
        ranked.emplace(Rank{naptr->order, naptr->preference},
                       SipService{naptr->replacement, *kind, true});
    }
    QList<QList<SipService>> result;
    std::optional<std::uint16_t> order;
    for (const auto& [rank, service] : ranked) {
        if (order != rank.first) {
            result.append(QList<SipService>());
            order = rank.first;
        }
        result.last().append(service);
    }
    return result;
}

QList<base::IpAddress> inTurns(const QList<base::IpAddress>& first,
                               const QList<base::IpAddress>& second)
{
    QList<base::IpAddress> result;
    for (qsizetype i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size()) {
            result.append(first.at(i));
        }
        if (i < second.size()) {
            result.append(second.at(i));
        }
    }
    return result;
}

} // namespace hs::sip
