// Sender and receiver reports (RFC 3550 6.4): read by a view, written from plain numbers.
// Thread: values.
#pragma once

#include "base/ByteWriter.h"
#include "rtp/RtcpPacket.h"

namespace hs::rtp {

// What one side says of the stream that it receives from a source.
struct ReportBlock {
    std::uint32_t ssrc = 0; // of the source
    std::uint8_t fractionLost = 0; // of 256, since the last report
    std::int32_t cumulativeLost = 0; // 24 bits signed on the wire; clamped when written
    std::uint32_t highestSequence = 0; // extended: cycles in the upper 16 bits
    std::uint32_t jitter = 0; // in timestamp units
    std::uint32_t lastSenderReport = 0; // middle 32 bits of its NTP time; 0 if there was none
    std::uint32_t delaySinceLastSenderReport = 0; // in 1/65536 s

    friend bool operator==(const ReportBlock&, const ReportBlock&) = default;
};

// What a sender says of its own stream.
struct SenderInfo {
    std::uint64_t ntpTime = 0;
    std::uint32_t rtpTimestamp = 0; // of the same moment
    std::uint32_t packetCount = 0;
    std::uint32_t octetCount = 0; // payload alone

    friend bool operator==(const SenderInfo&, const SenderInfo&) = default;
};

class RtcpReportView {
public:
    // Nothing if the packet is no SR or RR, or too short for what it counts. Profile-specific
    // extensions after the blocks are passed over.
    static std::optional<RtcpReportView> parse(const RtcpPacketView& packet);

    std::uint32_t senderSsrc() const { return m_senderSsrc; }
    const std::optional<SenderInfo>& senderInfo() const { return m_senderInfo; } // of an SR
    int blockCount() const { return m_blockCount; } // 0..31
    ReportBlock block(int index) const; // of zeros beyond the last one

private:
    std::uint32_t m_senderSsrc = 0;
    std::optional<SenderInfo> m_senderInfo;
    int m_blockCount = 0;
    std::span<const std::byte> m_blocks;
};

// An SR if there is sender information, else an RR; at most 31 blocks.
void writeReport(base::ByteWriter& out, std::uint32_t ssrc, const std::optional<SenderInfo>& sender,
                 std::span<const ReportBlock> blocks);

} // namespace hs::rtp
