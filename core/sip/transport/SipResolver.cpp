#include "sip/transport/SipResolver.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr std::chrono::seconds failedFor{60};
constexpr std::size_t mostFailed = 256;
} // namespace

SipResolver::SipResolver(const base::Clock& clock, base::Random& random,
                         SipResolverSettings settings)
    : m_clock(clock)
    , m_random(random)
    , m_settings(std::move(settings))
    , m_dns(clock, m_settings.dns)
{
}

SipResolver::~SipResolver() = default;

void SipResolver::resolve(const Uri& uri, Done done)
{
    const auto target = SipResolverTarget::from(uri, m_settings.supports);
    if (!target) {
        done(target.error());
        return;
    }
    if (target->address) {
        Hop hop;
        hop.kind = target->kind.value_or(defaultSipTransport(target->secure, m_settings.supports));
        hop.remote = {*target->address,
                      target->port != 0 ? target->port : defaultSipPort(hop.kind)};
        hop.kindIsFixed = target->kind.has_value() || target->secure;
        if (hop.kind == TransportKind::Tls) {
            hop.domain = target->host;
        }
        done(Hops{hop});
        return;
    }
    const std::uint64_t id = ++m_nextLookup;
    const SipResolverLookup::Parts parts{m_dns, m_random, m_settings.supports,
                                         m_settings.ipv6First && m_settings.ipv6First()};
    auto& lookup = m_lookups[id];
    lookup = std::make_unique<SipResolverLookup>(
        parts, *target, [this, id, done = std::move(done)](const base::Result<Hops>& result) {
            finish(id, result, done);
        });
    lookup->start();
}

void SipResolver::finish(std::uint64_t lookup, const base::Result<Hops>& result, const Done& done)
{
    const base::Result<Hops> ordered = result ? base::Result<Hops>(failedLast(*result)) : result;
    const auto finished = m_lookups.extract(lookup); // kept until `done`, which is in it, is back
    done(ordered); // which may destroy this resolver
}

void SipResolver::reportFailure(const Hop& hop)
{
    const base::TimePoint now = m_clock.now();
    if (m_failed.size() >= mostFailed) {
        std::erase_if(m_failed, [now](const auto& failed) { return failed.second <= now; });
    }
    if (m_failed.size() >= mostFailed) {
        m_failed.erase(
            std::min_element(m_failed.begin(), m_failed.end(),
                             [](const auto& a, const auto& b) { return a.second < b.second; }));
    }
    m_failed[{hop.remote, hop.kind}] = now + failedFor;
}

bool SipResolver::hasFailed(const Hop& hop) const
{
    const auto failed = m_failed.find({hop.remote, hop.kind});
    return failed != m_failed.end() && failed->second > m_clock.now();
}

SipResolver::Hops SipResolver::failedLast(const Hops& hops) const
{
    Hops result = hops;
    std::stable_partition(result.begin(), result.end(),
                          [this](const Hop& hop) { return !hasFailed(hop); });
    return result;
}

} // namespace hs::sip
