#include "rtp/RtcpBye.h"

#include "base/ByteReader.h"

namespace hs::rtp {

std::optional<RtcpByeView> RtcpByeView::parse(const RtcpPacketView& packet)
{
    if (packet.type != RtcpType::Bye) {
        return std::nullopt;
    }
    base::ByteReader reader(packet.body);
    RtcpByeView view;
    view.m_sources = reader.bytes(4U * packet.count);
    if (!reader.ok()) {
        return std::nullopt;
    }
    if (reader.remaining() > 0) {
        const std::span<const std::byte> reason = reader.bytes(reader.u8());
        if (reader.ok()) { // a broken reason is no reason to miss that someone left
            view.m_reason = {reinterpret_cast<const char*>(reason.data()), reason.size()};
        }
    }
    return view;
}

std::uint32_t RtcpByeView::source(int index) const
{
    if (index < 0 || index >= sourceCount()) {
        return 0;
    }
    return base::ByteReader(m_sources.subspan(4U * static_cast<std::size_t>(index))).u32();
}

bool RtcpByeView::names(std::uint32_t ssrc) const
{
    for (int i = 0; i < sourceCount(); ++i) {
        if (source(i) == ssrc) {
            return true;
        }
    }
    return false;
}

void writeBye(base::ByteWriter& out, std::uint32_t ssrc)
{
    out.u8(0x81);
    out.u8(static_cast<std::uint8_t>(RtcpType::Bye));
    out.u16(1);
    out.u32(ssrc);
}

} // namespace hs::rtp
