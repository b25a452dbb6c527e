#include "rtp/RtcpPacket.h"

#include "base/ByteReader.h"

namespace hs::rtp {

std::optional<RtcpPacketView> RtcpCompound::take(std::span<const std::byte>& rest)
{
    base::ByteReader reader(rest);
    const std::uint8_t first = reader.u8();
    RtcpPacketView packet;
    packet.type = static_cast<RtcpType>(reader.u8());
    packet.count = first & 0x1f;
    // In 32-bit words, less one for the header.
    packet.body = reader.bytes(4U * reader.u16());
    if (!reader.ok() || first >> 6 != 2) {
        return std::nullopt;
    }
    const bool isPadded = (first & 0x20) != 0;
    if (isPadded) {
        const std::size_t padding =
            packet.body.empty() ? 0 : std::to_integer<std::size_t>(packet.body.back());
        if (reader.remaining() != 0 || padding == 0 || padding % 4 != 0
            || padding > packet.body.size()) {
            return std::nullopt;
        }
        packet.body = packet.body.first(packet.body.size() - padding);
    }
    rest = rest.subspan(reader.position());
    return packet;
}

std::optional<RtcpCompound> RtcpCompound::parse(std::span<const std::byte> datagram)
{
    if (datagram.empty() || (std::to_integer<unsigned>(datagram[0]) & 0x20U) != 0) {
        return std::nullopt; // the first packet is never padded (A.2)
    }
    std::span<const std::byte> rest = datagram;
    for (bool isFirst = true; !rest.empty(); isFirst = false) {
        const std::optional<RtcpPacketView> packet = take(rest);
        const bool isReport = packet
            && (packet->type == RtcpType::SenderReport || packet->type == RtcpType::ReceiverReport);
        if (!packet || (isFirst && !isReport)) {
            return std::nullopt;
        }
    }
    return RtcpCompound(datagram);
}

std::optional<RtcpPacketView> RtcpCompound::next()
{
    return m_rest.empty() ? std::nullopt : take(m_rest);
}

} // namespace hs::rtp
