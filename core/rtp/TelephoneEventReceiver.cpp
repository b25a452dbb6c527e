#include "rtp/TelephoneEventReceiver.h"

#include "rtp/RtpTimestamp.h"

#include <algorithm>

namespace hs::rtp {

namespace {
constexpr auto usualInterval = std::chrono::milliseconds(50); // RFC 4733 2.5.1.2
constexpr auto leastInterval = std::chrono::milliseconds(20);
// A packet of an event that has ended is a late one for so long; then the same numbers are another
// event's. A first packet that came later than the last one would be later still.
constexpr auto lateFor = std::chrono::milliseconds(100);
constexpr auto firstIsLateFor = std::chrono::milliseconds(40);
constexpr auto endIsRepeatedFor = std::chrono::milliseconds(500);
constexpr int mostBackSeconds = 2; // earlier timestamps than that are no late packet's
constexpr std::uint32_t leastSegment = 0xf000; // some end a segment before it is full
constexpr std::uint32_t mostSegment = 0xffff;
} // namespace

TelephoneEventReceiver::Part TelephoneEventReceiver::judge(const RtpHeader& header,
                                                           const TelephoneEvent& event,
                                                           base::TimePoint now)
{
    if (!m_known || header.ssrc != m_ssrc) {
        return Part::New;
    }
    const std::int32_t ahead = timestampDistance(m_timestamp, header.timestamp);
    if (ahead < 0) {
        // A late packet of an earlier event, or of a sender with numbers of its own.
        const auto most = static_cast<std::int32_t>(m_clockRate) * mostBackSeconds;
        const bool mayBeLate = m_active || now - m_lastAt < lateFor;
        return mayBeLate && ahead > -most ? Part::Old : Part::New;
    }
    if (event.event != m_event) {
        return Part::New;
    }
    if (ahead > 0) {
        // RFC 4733 2.5.1.3
        const std::uint32_t step = timestampStep(header);
        const bool follows =
            m_active && !header.marker && step >= leastSegment && step <= mostSegment;
        return follows ? Part::NextSegment : Part::New;
    }
    if (beginsAnew(header, event, now)) {
        return Part::New;
    }
    if (!m_active) {
        m_lastAt = now;
        return Part::Old;
    }
    return Part::Same;
}

// The same event with the same timestamp: the packets of one, or, of senders that always begin with
// the same numbers, another one.
bool TelephoneEventReceiver::beginsAnew(const RtpHeader& header, const TelephoneEvent& event,
                                        base::TimePoint now) const
{
    const base::Duration since = now - m_lastAt;
    if (event.isEnd) {
        return !m_active && since >= endIsRepeatedFor;
    }
    const base::Duration late = header.marker ? firstIsLateFor : lateFor;
    return event.duration < m_duration && since >= late;
}

void TelephoneEventReceiver::begin(const RtpHeader& header, const TelephoneEvent& event,
                                   base::TimePoint now)
{
    m_known = true;
    m_active = true;
    m_event = event.event;
    m_ssrc = header.ssrc;
    m_timestamp = header.timestamp;
    m_earlier = 0;
    m_duration = 0;
    m_interval = usualInterval;
    m_lastAt = now;
}

void TelephoneEventReceiver::take(const TelephoneEvent& event, base::TimePoint now)
{
    if (m_duration > 0 && event.duration > m_duration) {
        const base::Duration step = samplesToTime(event.duration - m_duration, m_clockRate);
        m_interval = std::clamp<base::Duration>(step, leastInterval, m_interval);
    }
    m_duration = std::max<std::uint32_t>(m_duration, event.duration);
    m_lastAt = now;
}

base::Duration TelephoneEventReceiver::patience() const
{
    return 3 * m_interval;
}

} // namespace hs::rtp
