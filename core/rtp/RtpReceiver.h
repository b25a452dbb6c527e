// RtpReceiver: the one stream that a call hears, as SSRCs come and go (RFC 3550 8.2). Another SSRC
// takes over once two packets of it came in sequence with none of the old one between them, so that
// a stray packet changes nothing and a new stream is heard a packet later. Takes packets whose
// source address and payload type were found good. Thread: a value.
#pragma once

#include "rtp/RtpSource.h"

#include <optional>

namespace hs::rtp {

class RtpReceiver {
public:
    enum class Verdict : std::uint8_t {
        Accepted,
        NewStream, // accepted, the first of another SSRC or numbering: what plays must re-anchor
        Duplicate,
        Rejected, // probation, a jump, or a stray SSRC
    };

    explicit RtpReceiver(int minSequential = 1, std::uint32_t clockRate = 8000);

    Verdict receive(const RtpHeader& header, base::TimePoint now);
    // Of timestamps, from now on.
    void setClockRate(std::uint32_t clockRate);

    // Null until something is valid.
    const RtpSource* source() const { return m_current ? &*m_current : nullptr; }
    RtpSource* source() { return m_current ? &*m_current : nullptr; }

    // Over all SSRCs of the call.
    std::uint64_t packetsReceived() const;
    std::uint64_t packetsLost() const; // never below 0
    std::uint64_t packetsDuplicate() const;
    std::uint64_t packetsRejected() const { return m_rejected; }
    std::uint32_t streams() const { return m_streams; } // SSRCs and restarts so far

private:
    Verdict receiveCandidate(const RtpHeader& header, base::TimePoint now);

    int m_minSequential;
    std::uint32_t m_clockRate;
    std::optional<RtpSource> m_current;
    std::optional<RtpSource> m_candidate;
    std::uint64_t m_earlierReceived = 0;
    std::uint64_t m_earlierLost = 0;
    std::uint64_t m_earlierDuplicate = 0;
    std::uint64_t m_rejected = 0;
    std::uint32_t m_streams = 0;
};

} // namespace hs::rtp
