#include "call/TextAllowance.h"

#include <algorithm>

namespace hs::call {

bool TextAllowance::admit(const base::IpAddress& source)
{
    const base::TimePoint now = m_clock.now();
    if (m_whole.size() >= mostSources && !m_whole.contains(source)) {
        std::erase_if(m_whole, [now](const auto& each) { return each.second <= now; });
        if (m_whole.size() >= mostSources) {
            return false; // a flood of forged sources
        }
    }
    base::TimePoint& whole = m_whole.try_emplace(source, now).first->second;
    const base::TimePoint after = std::max(whole, now) + oneMoreAfter;
    if (after - now > mostAtOnce * oneMoreAfter) {
        return false;
    }
    whole = after;
    return true;
}

} // namespace hs::call
