// TextAllowance: whether another text (RFC 3428) may come in from a source: 60 at once, and one
// more each second. A PBX sends those of all its users. Bounded, however many sources there are.
// Thread: one, the owner's.
#pragma once

#include "base/Clock.h"
#include "base/Endpoint.h"

#include <map>

namespace hs::call {

class TextAllowance {
public:
    static constexpr int mostAtOnce = 60;
    static constexpr base::Duration oneMoreAfter = std::chrono::seconds(1);
    static constexpr std::size_t mostSources = 256;

    explicit TextAllowance(const base::Clock& clock)
        : m_clock(clock)
    {
    }

    bool admit(const base::IpAddress& source);

private:
    const base::Clock& m_clock;
    // When what each source has used up is there again; those whose time has come are forgotten.
    std::map<base::IpAddress, base::TimePoint> m_whole;
};

} // namespace hs::call
