#include "rtp/RtcpReport.h"

#include "base/ByteReader.h"

#include <algorithm>

namespace hs::rtp {

namespace {
constexpr std::size_t blockSize = 24;
constexpr std::size_t mostBlocks = 31;

// 24-bit two's complement (RFC 3550 6.4.1).
std::int32_t signed24(std::uint32_t value)
{
    return static_cast<std::int32_t>(value << 8) >> 8;
}
} // namespace

std::optional<RtcpReportView> RtcpReportView::parse(const RtcpPacketView& packet)
{
    const bool isSender = packet.type == RtcpType::SenderReport;
    if (!isSender && packet.type != RtcpType::ReceiverReport) {
        return std::nullopt;
    }
    base::ByteReader reader(packet.body);
    RtcpReportView view;
    view.m_senderSsrc = reader.u32();
    if (isSender) {
        SenderInfo info;
        info.ntpTime = reader.u64();
        info.rtpTimestamp = reader.u32();
        info.packetCount = reader.u32();
        info.octetCount = reader.u32();
        view.m_senderInfo = info;
    }
    view.m_blockCount = packet.count;
    view.m_blocks = reader.bytes(blockSize * packet.count);
    return reader.ok() ? std::optional(view) : std::nullopt;
}

ReportBlock RtcpReportView::block(int index) const
{
    if (index < 0 || index >= m_blockCount) {
        return {};
    }
    base::ByteReader reader(m_blocks.subspan(blockSize * static_cast<std::size_t>(index)));
    ReportBlock block;
    block.ssrc = reader.u32();
    block.fractionLost = reader.u8();
    block.cumulativeLost = signed24(reader.u24());
    block.highestSequence = reader.u32();
    block.jitter = reader.u32();
    block.lastSenderReport = reader.u32();
    block.delaySinceLastSenderReport = reader.u32();
    return block;
}

void writeReport(base::ByteWriter& out, std::uint32_t ssrc, const std::optional<SenderInfo>& sender,
                 std::span<const ReportBlock> blocks)
{
    blocks = blocks.first(std::min(blocks.size(), mostBlocks));
    const std::size_t words = 1 + (sender ? 5U : 0U) + blocks.size() * blockSize / 4;
    out.u8(static_cast<std::uint8_t>(0x80U | blocks.size()));
    out.u8(static_cast<std::uint8_t>(sender ? RtcpType::SenderReport : RtcpType::ReceiverReport));
    out.u16(static_cast<std::uint16_t>(words));
    out.u32(ssrc);
    if (sender) {
        out.u64(sender->ntpTime);
        out.u32(sender->rtpTimestamp);
        out.u32(sender->packetCount);
        out.u32(sender->octetCount);
    }
    for (const ReportBlock& block : blocks) {
        out.u32(block.ssrc);
        out.u8(block.fractionLost);
        // RFC 3550 A.3: clamped rather than wrapped.
        const std::int32_t lost = std::clamp(block.cumulativeLost, -0x800000, 0x7fffff);
        out.u24(static_cast<std::uint32_t>(lost) & 0xffffffU);
        out.u32(block.highestSequence);
        out.u32(block.jitter);
        out.u32(block.lastSenderReport);
        out.u32(block.delaySinceLastSenderReport);
    }
}

} // namespace hs::rtp
