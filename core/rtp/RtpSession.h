// RtpSession: one call's RTP session without its sockets (RFC 3550): our SSRC and what we sent, the
// stream that we hear, and the reports on both. Takes datagrams and `now`, gives bytes and the next
// deadline; never allocates. Payloads and their playout are others'. Thread: belongs to one at a
// time.
#pragma once

#include "base/Endpoint.h"
#include "rtp/RtcpScheduler.h"
#include "rtp/RtpReceiver.h"
#include "rtp/RtpStats.h"

#include <array>
#include <string_view>

namespace hs::rtp {

class RtpSession {
public:
    struct Config {
        std::uint32_t ssrc = 0; // these three at random (RFC 3550 5.1)
        std::uint16_t firstSequence = 0;
        std::uint32_t firstTimestamp = 0;
        std::uint32_t clockRate = 8000;
        int minSequential = 1; // RFC 3550 A.1; 1 loses no first packet of a known address
        // Packets with our own SSRC are taken like any other's, as test tools that echo RTP
        // unchanged want it; otherwise they are a collision or a loop (8.2).
        bool acceptEcho = false;
    };
    enum class Verdict : std::uint8_t {
        Accepted,
        NewStream, // accepted; what plays must re-anchor
        Duplicate,
        Rejected,
        Collision, // the far end uses our SSRC: changeSsrc() is due, the packet is dropped
        Loop, // our own packets come back: dropped
    };
    static constexpr std::size_t maxRtcpBytes = 512; // enough for any compound of ours

    // The CNAME is cut at 255 bytes.
    RtpSession(const Config& config, std::string_view cname, base::TimePoint now,
               std::uint32_t random);

    // Sending. A packet of `samples` into `out`; 0 if it does not fit, and then nothing has passed.
    std::size_t writePacket(std::span<std::byte> out, std::uint8_t payloadType, bool marker,
                            std::span<const std::byte> payload, std::uint32_t samples,
                            base::TimePoint now);
    // The same with a timestamp of its own, which the slot does not have (RFC 4733 2.5.1.1).
    std::size_t writeStampedPacket(std::span<std::byte> out, std::uint8_t payloadType, bool marker,
                                   std::uint32_t timestamp, std::span<const std::byte> payload,
                                   std::uint32_t samples, base::TimePoint now);
    std::uint32_t timestamp() const { return m_timestamp; } // of the next packet
    // Time passes without a packet: the timestamp moves on, the sequence number does not.
    void skipSamples(std::uint32_t samples) { m_timestamp += samples; }
    std::uint32_t ssrc() const { return m_ssrc; }
    // From now on timestamps count so many a second: ours, and those of what comes in.
    std::uint32_t clockRate() const { return m_clockRate; }
    void setClockRate(std::uint32_t clockRate) { m_clockRate = clockRate; }
    void setReceivedClockRate(std::uint32_t clockRate) { m_receiver.setClockRate(clockRate); }
    // RFC 3550 8.2: another SSRC at random; the next compound says BYE for the old one.
    void changeSsrc(std::uint32_t ssrc);

    // Receiving. The source is the datagram's.
    Verdict receivePacket(const RtpPacketView& packet, const base::Endpoint& source,
                          base::TimePoint now);
    // False for what is no valid compound.
    bool receiveRtcp(std::span<const std::byte> datagram, base::TimePoint now);
    bool remoteLeft() const { return m_remoteLeft; } // a BYE, and no packet since
    // Since when the far end's reports have said that nothing of what we send arrives there; null
    // while they say that something does, or there are none, or we send nothing.
    std::optional<base::TimePoint> deafSince() const { return m_deafSince; }

    // RTCP. At nextRtcp() or later: a compound into `out` (maxRtcpBytes); 0 when it is put off.
    base::TimePoint nextRtcp() const { return m_scheduler.next(); }
    std::size_t writeRtcp(std::span<std::byte> out, base::TimePoint now, base::WallTime wall,
                          std::uint32_t random);
    // The last one, with BYE (6.3.7: at once in so small a session); 0 if we never sent anything.
    std::size_t writeBye(std::span<std::byte> out, base::TimePoint now, base::WallTime wall);

    RtpStats stats() const;

private:
    struct SentReport {
        std::uint32_t compactNtp = 0;
        base::TimePoint at{};
    };

    std::size_t writeCompound(std::span<std::byte> out, base::TimePoint now, base::WallTime wall,
                              bool isLast);
    SenderInfo senderInfo(base::TimePoint now, base::WallTime wall);
    ReportBlock reportBlock(base::TimePoint now);
    void readReport(const RtcpPacketView& packet, base::TimePoint now);
    void readBlock(const ReportBlock& block, base::TimePoint now);
    void judgeProgress(const ReportBlock* block, base::TimePoint now);
    Verdict judgeOwnSsrc(const base::Endpoint& source);

    std::uint32_t m_clockRate;
    bool m_acceptEcho;
    std::uint32_t m_ssrc;
    std::uint32_t m_oldSsrc = 0;
    std::uint16_t m_sequence;
    std::uint32_t m_timestamp;
    std::array<char, 255> m_cname{};
    std::size_t m_cnameSize = 0;
    base::TimePoint m_lastPacketAt{};
    std::uint32_t m_lastTimestamp = 0;
    std::uint32_t m_packetCount = 0; // of this SSRC
    std::uint32_t m_octetCount = 0;
    std::uint32_t m_packetCountAtReport = 0;
    bool m_sentBeforeReport = false; // we_sent reaches back two reports (6.3.8)
    bool m_hasOldSsrc = false;
    bool m_remoteLeft = false;

    RtpReceiver m_receiver;
    RtcpScheduler m_scheduler;
    std::array<SentReport, 4> m_sentReports{};
    std::size_t m_nextSentReport = 0;
    std::array<base::Endpoint, 4> m_conflicts{}; // addresses that used our SSRC (8.2)
    std::size_t m_nextConflict = 0;
    std::uint32_t m_remoteReportSsrc = 0; // whose SR the next two are of
    std::uint32_t m_lastSenderReport = 0;
    base::TimePoint m_lastSenderReportAt{};
    std::optional<base::TimePoint> m_deafSince;
    base::TimePoint m_reportedAt{}; // when the far end's last report came
    std::uint64_t m_sentAtReport = 0; // our packets until then
    bool m_wasReported = false;
    bool m_hasHighest = false;
    std::uint32_t m_highest = 0; // of our sequence numbers, in the last block on us
    RtpStats m_stats;
};

} // namespace hs::rtp
