// TelephoneEventSender: the packets of one telephone-event at a time (RFC 4733 2.5.1): one for each
// slot of the audio stream, whose place it takes. The marker stands on the first packet alone, all
// of an event have the timestamp of its beginning, the duration grows, and the last packet goes out
// three times. An event longer than the duration field can say is cut into segments that follow one
// another. Timestamps and durations are in units of the RTP clock. Thread: a value.
#pragma once

#include "rtp/TelephoneEvent.h"

namespace hs::rtp {

class TelephoneEventSender {
public:
    struct Packet {
        TelephoneEvent event;
        std::uint32_t timestamp = 0;
        bool marker = false;
    };
    static constexpr int finalPackets = 3; // RFC 4733 2.5.1.4
    static constexpr std::uint32_t longestSegment = 0xffff;

    // `timestamp` is that of the slot for which packet() is called next. `duration` at least 1.
    void begin(std::uint8_t event, std::uint8_t volume, std::uint32_t timestamp,
               std::uint32_t duration);
    bool isActive() const { return m_left > 0 || m_repeats > 0; }
    // It sounds no longer; what is left is to say so again.
    bool isEnding() const { return m_left == 0 && m_repeats > 0; }
    // The packet of a slot of so many samples. While isActive().
    Packet packet(std::uint32_t samples);
    // The event ends with the next packet, of a slot of so many samples.
    void end(std::uint32_t samples);

private:
    void startSegment();

    std::uint8_t m_event = 0;
    std::uint8_t m_volume = 0;
    std::uint32_t m_timestamp = 0; // of the segment
    std::uint32_t m_duration = 0; // of the segment so far
    std::uint32_t m_left = 0; // of the event
    std::uint32_t m_behind = 0; // passed while a segment's last packet was repeated
    bool m_first = false;
    int m_repeats = 0; // of the packet that was last sent
};

} // namespace hs::rtp
