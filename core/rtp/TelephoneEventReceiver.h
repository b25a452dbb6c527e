// TelephoneEventReceiver: makes one report of each telephone-event out of its packets (RFC 4733
// 2.5.2), however many of them are lost, repeated or out of order: an event ends with its end
// packet, with the packet of another one, or when three packets in a row have not come. Packets are
// told apart by SSRC, timestamp, event and time, never by sequence number, because there are
// senders (SIPp's captures) that use one three times, and that begin each digit with the same
// timestamp. Events that are no digit (above 16) are ignored. Thread: a value.
#pragma once

#include "base/Clock.h"
#include "rtp/RtpPacket.h"
#include "rtp/TelephoneEvent.h"

namespace hs::rtp {

class TelephoneEventReceiver {
public:
    struct Event {
        std::uint8_t event = 0;
        std::uint32_t duration = 0; // in units of the clock, all segments together
    };

    explicit TelephoneEventReceiver(std::uint32_t clockRate = 8000)
        : m_clockRate(clockRate)
    {
    }

    // `give` is called with an Event for each that has ended by this packet: none, one, or two.
    template <class Give>
    void receive(const RtpHeader& header, std::span<const std::byte> payload, base::TimePoint now,
                 const Give& give)
    {
        const std::optional<TelephoneEvent> event = TelephoneEvent::parse(payload);
        if (!event || event->event > TelephoneEvent::flash) {
            return;
        }
        switch (judge(header, *event, now)) {
        case Part::Old:
            return;
        case Part::New:
            finish(give);
            begin(header, *event, now);
            break;
        case Part::NextSegment:
            m_earlier += timestampStep(header);
            m_timestamp = header.timestamp;
            m_duration = 0;
            break;
        case Part::Same:
            break;
        }
        take(*event, now);
        if (event->isEnd) {
            finish(give);
        }
    }

    // An event of which nothing comes any more has ended; to be called in every slot.
    template <class Give>
    void expire(base::TimePoint now, const Give& give)
    {
        if (m_active && now - m_lastAt > patience()) {
            finish(give);
        }
    }

    bool isActive() const { return m_active; }

private:
    enum class Part : std::uint8_t { New, Same, NextSegment, Old };

    Part judge(const RtpHeader& header, const TelephoneEvent& event, base::TimePoint now);
    bool beginsAnew(const RtpHeader& header, const TelephoneEvent& event,
                    base::TimePoint now) const;
    void begin(const RtpHeader& header, const TelephoneEvent& event, base::TimePoint now);
    void take(const TelephoneEvent& event, base::TimePoint now);
    std::uint32_t timestampStep(const RtpHeader& header) const
    {
        return header.timestamp - m_timestamp;
    }
    base::Duration patience() const;

    template <class Give>
    void finish(const Give& give)
    {
        if (m_active) {
            m_active = false;
            give(Event{m_event, m_earlier + m_duration});
        }
    }

    std::uint32_t m_clockRate;
    bool m_known = false; // there was one; the rest is of the last one, ended or not
    bool m_active = false;
    std::uint8_t m_event = 0;
    std::uint32_t m_ssrc = 0;
    std::uint32_t m_timestamp = 0; // of its last segment
    std::uint32_t m_earlier = 0; // the duration of the segments before that
    std::uint32_t m_duration = 0;
    base::Duration m_interval{}; // between its packets
    base::TimePoint m_lastAt{};
};

} // namespace hs::rtp
