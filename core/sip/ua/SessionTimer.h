// SessionTimer: a call whose far end has gone without a word is noticed (RFC 4028): who refreshes
// the session how often is agreed in INVITE and UPDATE; one end refreshes at half the time, the
// other waits for it. Thread: one, the transaction layer's.
#pragma once

#include "base/Scheduler.h"
#include "sip/message/Message.h"

#include <variant>

namespace hs::sip {

// What we want; an interval of 0 asks for nothing, and grants what others ask for.
struct SessionTimerWish {
    std::chrono::seconds interval{1800};
    std::chrono::seconds least{90}; // section 4: none may be below
};

struct SessionTimerTerms {
    std::chrono::seconds interval{0}; // 0: no timer
    bool weRefresh = false;
    bool theySupport = false;

    friend bool operator==(const SessionTimerTerms&, const SessionTimerTerms&) = default;
};

// 422 and its Min-SE: the interval that was asked for is too brief.
struct SessionIntervalTooBrief {
    std::chrono::seconds least;
};

// Section 7: in each INVITE and UPDATE of ours. `terms` are those in force, if any.
void addSessionTimer(Request& request, const SessionTimerWish& wish,
                     const SessionTimerTerms& terms = {});
// Section 9: what is to be answered to theirs.
std::variant<SessionTimerTerms, SessionIntervalTooBrief>
agreeSessionTimer(const Request& request, const SessionTimerWish& wish);
void addSessionTimer(Response& ok, const SessionTimerTerms& terms);
// Section 7.2: what the 2xx to ours says; at least 10 s.
SessionTimerTerms agreedSessionTimer(const Response& ok);
// Min-SE; 0: it says none. A day at most.
std::chrono::seconds leastInterval(const Message& message);

class SessionTimer {
public:
    SessionTimer(base::Scheduler& scheduler, std::function<void()> refresh,
                 std::function<void()> expired);

    // Anew with each INVITE and UPDATE that succeeded.
    void start(const SessionTimerTerms& terms);
    void stop();
    // A refresh of ours did not get through for now (491): again soon, or when the far end says.
    void refreshSoon(std::optional<quint32> seconds = {});
    const SessionTimerTerms& terms() const { return m_terms; }

private:
    base::Scheduler& m_scheduler;
    std::function<void()> m_refresh;
    std::function<void()> m_expired;
    SessionTimerTerms m_terms;
    base::Timer m_refreshTimer;
    base::Timer m_expiryTimer;
};

} // namespace hs::sip
