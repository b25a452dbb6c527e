#include "rtp/TelephoneEventSender.h"

#include <algorithm>
#include <utility>

namespace hs::rtp {

void TelephoneEventSender::begin(std::uint8_t event, std::uint8_t volume, std::uint32_t timestamp,
                                 std::uint32_t duration)
{
    *this = {};
    m_event = event;
    m_volume = volume;
    m_timestamp = timestamp;
    m_left = std::max(duration, 1U);
    m_first = true;
}

void TelephoneEventSender::end(std::uint32_t samples)
{
    m_left = std::min(m_left, samples + m_behind);
}

// RFC 4733 2.5.1.3: the next segment begins where the last one ended, without a marker.
void TelephoneEventSender::startSegment()
{
    m_timestamp += m_duration;
    m_duration = 0;
}

TelephoneEventSender::Packet TelephoneEventSender::packet(std::uint32_t samples)
{
    Packet result{{m_event, false, m_volume, 0}, m_timestamp, std::exchange(m_first, false)};
    if (m_repeats > 0) {
        --m_repeats;
        m_behind += m_left > 0 ? samples : 0;
        result.event.isEnd = m_left == 0;
        result.event.duration = static_cast<std::uint16_t>(m_duration);
        return result;
    }
    if (m_duration == longestSegment) {
        startSegment();
        result.timestamp = m_timestamp;
    }
    // What an event lasts is a number of its own, not of slots: the last one may be shorter.
    const std::uint32_t passed = std::min(samples + std::exchange(m_behind, 0), m_left);
    const std::uint32_t fits = std::min(passed, longestSegment - m_duration);
    m_behind = passed - fits;
    m_duration += fits;
    m_left -= fits;
    const bool isFull = m_duration == longestSegment && m_left > 0;
    if (m_left == 0 || isFull) {
        m_repeats = finalPackets - 1;
    }
    result.event.isEnd = m_left == 0;
    result.event.duration = static_cast<std::uint16_t>(m_duration);
    return result;
}

} // namespace hs::rtp
