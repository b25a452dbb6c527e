#include "sip/transport/DnsCache.h"

#include <algorithm>

namespace hs::sip {

namespace {
using std::chrono::seconds;

seconds timeOf(const DnsAnswer& answer, std::optional<std::uint32_t> ttl)
{
    switch (answer.status) {
    case DnsAnswer::Status::Found:
        // RFC 1035 section 3.2.1: a TTL of 0 is for the transaction in progress; that is several
        // questions here, so a second.
        return std::clamp(seconds(ttl.value_or(0)), seconds(1), seconds(86400));
    case DnsAnswer::Status::NoSuchName:
    case DnsAnswer::Status::NoData:
        // Shorter than zones ask for: an operator who has just added the record calls again.
        return std::clamp(seconds(ttl.value_or(10)), seconds(1), seconds(30));
    case DnsAnswer::Status::Failed:
        return seconds(5);
    }
    return seconds(0);
}
} // namespace

DnsCache::DnsCache(const base::Clock& clock, std::size_t mostAnswers)
    : m_clock(clock)
    , m_mostAnswers(std::max<std::size_t>(mostAnswers, 1))
{
}

const DnsAnswer* DnsCache::find(const DnsQuestion& question) const
{
    const auto found = m_entries.find(question);
    return found != m_entries.end() && found->second.ends > m_clock.now() ? &found->second.answer
                                                                          : nullptr;
}

void DnsCache::put(const DnsQuestion& question, const DnsAnswer& answer,
                   std::optional<std::uint32_t> ttl)
{
    if (!m_entries.contains(question)) {
        makeRoom();
    }
    m_entries[question] = {answer, m_clock.now() + timeOf(answer, ttl)};
}

void DnsCache::makeRoom()
{
    if (m_entries.size() < m_mostAnswers) {
        return;
    }
    std::erase_if(m_entries,
                  [now = m_clock.now()](const auto& entry) { return entry.second.ends <= now; });
    if (m_entries.size() >= m_mostAnswers) {
        m_entries.erase(
            std::min_element(m_entries.begin(), m_entries.end(), [](const auto& a, const auto& b) {
                return a.second.ends < b.second.ends;
            }));
    }
}

} // namespace hs::sip
