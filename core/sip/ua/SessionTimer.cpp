#include "sip/ua/SessionTimer.h"

#include "base/Text.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr std::uint32_t longest = 24 * 3600;
// Section 4 allows no answer below 90 s, but one that ends calls after 60 s means it: a time of 90
// s would lose them. Less than this would only have us send on and on.
constexpr std::chrono::seconds leastHonoured{10};
constexpr quint32 retry = 5; // of a refresh
constexpr quint32 longestRetry = 15; // the session must not expire meanwhile

std::optional<ParameterizedValue> sessionExpires(const Message& message)
{
    const auto value = message.headers.first(HeaderId::SessionExpires);
    return value ? ParameterizedValue::parse(*value) : std::nullopt;
}

std::optional<std::chrono::seconds> secondsOf(QByteArrayView text)
{
    const auto seconds = base::parseU32(base::trimmed(text));
    return seconds ? std::optional(std::chrono::seconds(std::min(*seconds, longest)))
                   : std::nullopt;
}

QByteArray text(std::chrono::seconds seconds, const char* refresher)
{
    return QByteArray::number(seconds.count()) + ";refresher=" + refresher;
}

std::optional<QByteArray> refresherOf(const ParameterizedValue& value)
{
    const auto refresher = value.params.find("refresher");
    return refresher ? std::optional(base::toLower(*refresher)) : std::nullopt;
}
} // namespace

std::chrono::seconds leastInterval(const Message& message)
{
    const auto value = message.headers.first(HeaderId::MinSe);
    const auto parsed = value ? ParameterizedValue::parse(*value) : std::nullopt;
    return (parsed ? secondsOf(parsed->value) : std::nullopt).value_or(std::chrono::seconds(0));
}

void addSessionTimer(Request& request, const SessionTimerWish& wish, const SessionTimerTerms& terms)
{
    if (terms.interval.count() > 0) {
        // Section 7.4: who refreshes stays who it is.
        request.headers.set(HeaderId::SessionExpires,
                            text(terms.interval, terms.weRefresh ? "uac" : "uas"));
    } else if (wish.interval.count() > 0) {
        request.headers.set(HeaderId::SessionExpires,
                            QByteArray::number(std::max(wish.interval, wish.least).count()));
    }
    if (wish.least > std::chrono::seconds(90)) {
        request.headers.set(HeaderId::MinSe, QByteArray::number(wish.least.count()));
    }
}

std::variant<SessionTimerTerms, SessionIntervalTooBrief>
agreeSessionTimer(const Request& request, const SessionTimerWish& wish)
{
    SessionTimerTerms terms;
    terms.theySupport = request.supports("timer");
    const auto asked = sessionExpires(request);
    const auto seconds = asked ? secondsOf(asked->value) : std::nullopt;
    if (seconds && *seconds < wish.least) {
        if (terms.theySupport) {
            return SessionIntervalTooBrief{wish.least};
        }
        terms.interval = wish.least; // a proxy asked, and the caller would not understand a 422
    } else {
        terms.interval = seconds.value_or(wish.interval);
    }
    if (wish.interval.count() > 0 && terms.interval > wish.interval) {
        terms.interval = std::max({wish.interval, leastInterval(request), wish.least});
    }
    // Table 2: a caller without timers can't be the one who refreshes. One that knows them but asks
    // for none might not think of it, and we would end its call for that.
    const auto refresher = asked ? refresherOf(*asked) : std::nullopt;
    terms.weRefresh = !terms.theySupport || !asked || (refresher && *refresher == "uas");
    return terms;
}

void addSessionTimer(Response& ok, const SessionTimerTerms& terms)
{
    if (terms.interval.count() == 0) {
        return;
    }
    ok.headers.set(HeaderId::SessionExpires, text(terms.interval, terms.weRefresh ? "uas" : "uac"));
    if (!terms.weRefresh) {
        ok.headers.set(HeaderId::Require, "timer");
    }
}

SessionTimerTerms agreedSessionTimer(const Response& ok)
{
    SessionTimerTerms terms;
    terms.theySupport = ok.supports("timer") || ok.required().contains("timer");
    const auto agreed = sessionExpires(ok);
    const auto seconds = agreed ? secondsOf(agreed->value) : std::nullopt;
    if (seconds && seconds->count() > 0) {
        terms.interval = std::max(*seconds, leastHonoured);
        terms.weRefresh = refresherOf(*agreed).value_or("uac") != "uas";
    }
    return terms;
}

SessionTimer::SessionTimer(base::Scheduler& scheduler, std::function<void()> refresh,
                           std::function<void()> expired)
    : m_scheduler(scheduler)
    , m_refresh(std::move(refresh))
    , m_expired(std::move(expired))
{
}

void SessionTimer::start(const SessionTimerTerms& terms)
{
    stop();
    m_terms = terms;
    if (terms.interval.count() == 0) {
        return;
    }
    const base::Duration interval = terms.interval;
    if (terms.weRefresh) {
        m_refreshTimer = m_scheduler.after(interval / 2, [this] { m_refresh(); });
    }
    // Section 10: the BYE a little before the time, at most 32 s and a third of it. Who refreshes
    // gives up as well when nothing gets through.
    const base::Duration margin = std::min<base::Duration>(std::chrono::seconds(32), interval / 3);
    m_expiryTimer =
        m_scheduler.after(terms.weRefresh ? interval : interval - margin, [this] { m_expired(); });
}

void SessionTimer::stop()
{
    m_refreshTimer.cancel();
    m_expiryTimer.cancel();
}

void SessionTimer::refreshSoon(std::optional<quint32> seconds)
{
    if (m_terms.interval.count() > 0) {
        const auto wait =
            std::chrono::seconds(std::clamp(seconds.value_or(retry), 1U, longestRetry));
        m_refreshTimer = m_scheduler.after(wait, [this] { m_refresh(); });
    }
}

} // namespace hs::sip
