// GarbageLog: says when the next line about a source that sends nonsense may be logged: at most one
// a second and source, with a count of what was left out. Bounded, however many sources there are.
// Thread: one, the owner's.
#pragma once

#include "base/Clock.h"
#include "base/Endpoint.h"

#include <map>
#include <optional>

namespace hs::sip {

class GarbageLog {
public:
    explicit GarbageLog(const base::Clock& clock);

    // How many were left out since the last line of this source; nothing if none may be logged now.
    std::optional<int> admit(const base::IpAddress& source);
    // The line itself, if it may be: "192.0.2.1:5060 sent 12 bytes that are no proper SIP: ...".
    void tell(const base::Endpoint& source, QByteArrayView bytes, const QByteArray& why);

private:
    struct Entry {
        base::TimePoint lastLine;
        int leftOut = 0;
    };
    void forgetTheQuiet(base::TimePoint now);

    const base::Clock& m_clock;
    std::map<base::IpAddress, Entry> m_entries;
};

} // namespace hs::sip
