#include "rtp/RtpPacket.h"

#include "base/ByteReader.h"
#include "base/ByteWriter.h"

namespace hs::rtp {

namespace {
constexpr std::uint8_t version2 = 0x80;
constexpr std::uint8_t versionBits = 0xc0;
constexpr std::uint8_t paddingBit = 0x20;
constexpr std::uint8_t extensionBit = 0x10;
constexpr std::uint8_t csrcBits = 0x0f;
constexpr std::uint8_t markerBit = 0x80;
constexpr std::uint8_t payloadTypeBits = 0x7f;
} // namespace

bool isRtcp(std::span<const std::byte> datagram)
{
    if (datagram.size() < 2) {
        return false;
    }
    const auto type = std::to_integer<unsigned>(datagram[1]);
    return type >= 192 && type <= 223;
}

std::optional<RtpPacketView> RtpPacketView::parse(std::span<const std::byte> datagram)
{
    base::ByteReader reader(datagram);
    const std::uint8_t first = reader.u8();
    const std::uint8_t second = reader.u8();
    RtpPacketView view;
    view.m_header.payloadType = second & payloadTypeBits;
    view.m_header.marker = (second & markerBit) != 0;
    view.m_header.sequence = reader.u16();
    view.m_header.timestamp = reader.u32();
    view.m_header.ssrc = reader.u32();
    view.m_csrc = reader.bytes(4U * (first & csrcBits));
    view.m_hasExtension = (first & extensionBit) != 0;
    if (view.m_hasExtension) {
        view.m_extensionProfile = reader.u16();
        view.m_extension = reader.bytes(4U * reader.u16());
    }
    const bool clashesWithRtcp = view.m_header.payloadType >= 72 && view.m_header.payloadType <= 76;
    if (!reader.ok() || (first & versionBits) != version2 || clashesWithRtcp) {
        return std::nullopt;
    }
    view.m_payload = reader.bytes(reader.remaining());
    if ((first & paddingBit) != 0) {
        // The last byte counts the padding, itself included (RFC 3550 5.1).
        const std::size_t padding =
            view.m_payload.empty() ? 0 : std::to_integer<std::size_t>(view.m_payload.back());
        if (padding == 0 || padding > view.m_payload.size()) {
            return std::nullopt;
        }
        view.m_payload = view.m_payload.first(view.m_payload.size() - padding);
    }
    return view;
}

std::uint32_t RtpPacketView::csrc(int index) const
{
    if (index < 0 || index >= csrcCount()) {
        return 0;
    }
    return base::ByteReader(m_csrc.subspan(4U * static_cast<std::size_t>(index))).u32();
}

std::size_t writeRtp(std::span<std::byte> out, const RtpHeader& header,
                     std::span<const std::byte> payload)
{
    base::ByteWriter writer(out);
    writer.u8(version2);
    writer.u8(static_cast<std::uint8_t>((header.payloadType & payloadTypeBits)
                                        | (header.marker ? markerBit : 0)));
    writer.u16(header.sequence);
    writer.u32(header.timestamp);
    writer.u32(header.ssrc);
    writer.bytes(payload);
    return writer.ok() ? writer.position() : 0;
}

} // namespace hs::rtp
