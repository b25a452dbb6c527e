// DnsCache: answers for as long as they may be believed (RFC 1035 TTL, RFC 2308 for those that say
// no). Bounded: the one that ends first makes room. Thread: one, the owner's.
#pragma once

#include "base/Clock.h"
#include "sip/transport/DnsAnswer.h"

#include <map>

namespace hs::sip {

class DnsCache {
public:
    DnsCache(const base::Clock& clock, std::size_t mostAnswers);

    // Null if there is none (any more).
    const DnsAnswer* find(const DnsQuestion& question) const;
    // `ttl` is what the records or the SOA say; none: nothing was said. It is bounded here: found
    // 1 s to 1 day, known not to be 1 s to 30 s, failed 5 s.
    void put(const DnsQuestion& question, const DnsAnswer& answer,
             std::optional<std::uint32_t> ttl);
    void clear() { m_entries.clear(); }
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        DnsAnswer answer;
        base::TimePoint ends;
    };
    void makeRoom();

    const base::Clock& m_clock;
    std::size_t m_mostAnswers;
    std::map<DnsQuestion, Entry> m_entries;
};

} // namespace hs::sip
