// RtpMeter: checks each RTP packet that comes back to the far ends of many calls, and measures by
// the kernel's receive time stamps how far each came from 20 ms after the one before it.
// Thread: one.
#pragma once

#include "NumberedFrame.h"

namespace hs::bench {

struct RtpReport {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t voice = 0; // of them with a numbered frame, the others are filler
    std::uint64_t lost = 0; // by sequence numbers
    std::uint64_t twiceOrLate = 0;
    std::uint64_t wrongTimestamp = 0; // not 160 after the one before
    std::uint64_t wrongSsrc = 0; // not the call's first
    std::uint64_t wrongSize = 0; // not 12 + 160
    std::uint64_t wrongType = 0; // not version 2 and PCMA
    std::uint64_t wrongMarker = 0; // missing where voice begins, or set where none does
    std::uint64_t wrongContent = 0; // neither filler nor the next numbered frame
    std::uint64_t gaps = 0; // that were measured
    double p50Us = 0; // of the gap's error
    double p99Us = 0;
    double p999Us = 0;
    double maxUs = 0;
    double lateP99Us = 0; // how late the generator itself sent
    double lateMaxUs = 0;
    double cpuSeconds = 0; // the generator's

    std::uint64_t deviations() const
    {
        return lost + twiceOrLate + wrongTimestamp + wrongSsrc + wrongSize + wrongType + wrongMarker
            + wrongContent;
    }
};

void print(const RtpReport& report);

class RtpMeter {
public:
    // Only if voice is set the payload is held against voiceSamples().
    RtpMeter(std::size_t calls, bool voice)
        : m_streams(calls)
        , m_voice(voice)
    {
    }
    void take(std::size_t call, std::span<const std::uint8_t> packet, std::int64_t atNs);
    void sent(std::int64_t lateNs);
    // Gaps and lateness count from now on.
    void measure() { m_measuring = true; }
    RtpReport report();

private:
    struct Stream {
        bool known = false;
        bool speaking = false;
        std::uint16_t sequence = 0;
        std::uint32_t timestamp = 0;
        std::uint32_t ssrc = 0;
        std::uint32_t voicePacket = 0; // the last
        std::int64_t atNs = 0;
    };
    void checkContent(Stream& stream, std::span<const std::uint8_t> packet, unsigned step);

    std::vector<Stream> m_streams;
    bool m_voice;
    bool m_measuring = false;
    RtpReport m_report;
    std::vector<std::int64_t> m_errors;
    std::vector<std::int64_t> m_lateness;
};

} // namespace hs::bench
