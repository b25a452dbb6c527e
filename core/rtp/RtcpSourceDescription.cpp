#include "rtp/RtcpSourceDescription.h"

#include "base/ByteReader.h"

namespace hs::rtp {

namespace {
constexpr std::uint8_t endItem = 0;
constexpr std::uint8_t cnameItem = 1;

std::string_view textOf(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct Item {
    std::uint8_t type = endItem;
    std::span<const std::byte> value;
};

// A type, a length and that many bytes. At the end of a chunk, its zeros up to the next word.
Item nextItem(base::ByteReader& reader)
{
    Item item;
    item.type = reader.u8();
    if (item.type == endItem) {
        reader.skip((4 - reader.position() % 4) % 4);
    } else {
        item.value = reader.bytes(reader.u8());
    }
    return item;
}
} // namespace

std::optional<RtcpSourceDescriptionView>
RtcpSourceDescriptionView::parse(const RtcpPacketView& packet)
{
    if (packet.type != RtcpType::SourceDescription) {
        return std::nullopt;
    }
    base::ByteReader reader(packet.body);
    for (int chunk = 0; chunk < packet.count && reader.ok(); ++chunk) {
        reader.u32();
        while (reader.ok() && nextItem(reader).type != endItem) { }
    }
    if (!reader.ok()) {
        return std::nullopt;
    }
    RtcpSourceDescriptionView view;
    view.m_packet = packet;
    return view;
}

std::optional<std::string_view> RtcpSourceDescriptionView::cname(std::uint32_t ssrc) const
{
    base::ByteReader reader(m_packet.body);
    for (int chunk = 0; chunk < m_packet.count && reader.ok(); ++chunk) {
        const bool isWanted = reader.u32() == ssrc;
        for (Item item = nextItem(reader); reader.ok() && item.type != endItem;
             item = nextItem(reader)) {
            if (isWanted && item.type == cnameItem) {
                return textOf(item.value);
            }
        }
    }
    return std::nullopt;
}

void writeCname(base::ByteWriter& out, std::uint32_t ssrc, std::string_view cname)
{
    cname = cname.substr(0, 255);
    const std::size_t item = 2 + cname.size();
    const std::size_t padding = 4 - item % 4; // at least one zero ends the chunk's items
    out.u8(0x81);
    out.u8(static_cast<std::uint8_t>(RtcpType::SourceDescription));
    out.u16(static_cast<std::uint16_t>(1 + (item + padding) / 4));
    out.u32(ssrc);
    out.u8(cnameItem);
    out.u8(static_cast<std::uint8_t>(cname.size()));
    out.bytes(std::as_bytes(std::span(cname.data(), cname.size())));
    for (std::size_t i = 0; i < padding; ++i) {
        out.u8(endItem);
    }
}

} // namespace hs::rtp
