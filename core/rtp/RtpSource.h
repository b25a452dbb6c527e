// RtpSource: one synchronization source that we hear: whether it is valid (RFC 3550 A.1), what was
// lost of it (A.3), how its arrival jitters (A.8). Takes packets of one SSRC. Thread: a value.
#pragma once

#include "rtp/InterarrivalJitter.h"
#include "rtp/RtcpReport.h"
#include "rtp/RtpPacket.h"
#include "rtp/SeqNum.h"

namespace hs::rtp {

class RtpSource {
public:
    enum class Verdict : std::uint8_t {
        Accepted,
        Restarted, // accepted; the numbering began anew, so what was buffered has no successor
        Duplicate,
        Probation, // not valid yet: dropped
        Jump, // far out of order: dropped, unless the next one follows it
    };
    static constexpr int maxDropout = 3000;
    static constexpr int maxMisorder = 100;

    // Valid after this many packets in sequence (RFC 3550 A.1: 2); 1 takes the very first.
    explicit RtpSource(std::uint32_t ssrc = 0, int minSequential = 2,
                       std::uint32_t clockRate = 8000);

    Verdict receive(const RtpHeader& header, base::TimePoint now);

    // Of timestamps; the jitter is measured anew.
    void setClockRate(std::uint32_t clockRate) { m_jitter = InterarrivalJitter(clockRate); }

    std::uint32_t ssrc() const { return m_ssrc; }
    bool isValid() const { return m_probation == 0; }
    // Over the source's whole life, restarts included.
    std::uint64_t packetsReceived() const { return m_earlierReceived + m_received; }
    std::uint64_t packetsDuplicate() const { return m_duplicates; }
    std::int64_t packetsLost() const; // below 0 when more came than were sent, as duplicates
    const InterarrivalJitter& jitter() const { return m_jitter; }

    // The block for the next report, without LSR and DLSR; begins the next interval of fraction
    // lost. Of a valid source only.
    ReportBlock takeReport();
    bool heardSinceReport() const { return m_received != m_receivedBefore; }

private:
    void start(std::uint16_t seq);
    std::int64_t expected() const;
    Verdict count(std::uint16_t seq);

    std::uint32_t m_ssrc;
    int m_minSequential;
    int m_probation;
    bool m_hasAny = false;
    bool m_hasBadSeq = false;
    std::uint16_t m_badSeq = 0; // what would follow a jump
    ExtendedSeq m_highest;
    SeqWindow m_window;
    std::int64_t m_base = 0; // extended; the first of this numbering
    std::uint64_t m_received = 0; // of this numbering, duplicates included (A.3)
    std::uint64_t m_duplicates = 0;
    std::int64_t m_expectedBefore = 0; // at the last report
    std::uint64_t m_receivedBefore = 0;
    std::uint64_t m_earlierReceived = 0; // of numberings before this one
    std::int64_t m_earlierLost = 0;
    InterarrivalJitter m_jitter;
};

} // namespace hs::rtp
