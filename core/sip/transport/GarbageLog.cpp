#include "sip/transport/GarbageLog.h"

namespace hs::sip {

namespace {
constexpr std::size_t mostSources = 1024;
constexpr base::Duration pause = std::chrono::seconds(1);
} // namespace

GarbageLog::GarbageLog(const base::Clock& clock)
    : m_clock(clock)
{
}

std::optional<int> GarbageLog::admit(const base::IpAddress& source)
{
    const base::TimePoint now = m_clock.now();
    auto it = m_entries.find(source);
    if (it == m_entries.end()) {
        if (m_entries.size() >= mostSources) {
            forgetTheQuiet(now);
        }
        if (m_entries.size() >= mostSources) {
            return std::nullopt; // a flood of forged sources; the lines there are tell of it
        }
        m_entries.emplace(source, Entry{now, 0});
        return 0;
    }
    if (now - it->second.lastLine < pause) {
        ++it->second.leftOut;
        return std::nullopt;
    }
    it->second.lastLine = now;
    return std::exchange(it->second.leftOut, 0);
}

void GarbageLog::forgetTheQuiet(base::TimePoint now)
{
    std::erase_if(m_entries,
                  [now](const auto& entry) { return now - entry.second.lastLine >= pause; });
}

} // namespace hs::sip
