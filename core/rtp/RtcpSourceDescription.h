// Source descriptions (RFC 3550 6.5). Of their items only CNAME is of use here: the name that joins
// a participant's streams, 1..255 bytes of a peer's choice. Thread: values.
#pragma once

#include "base/ByteWriter.h"
#include "rtp/RtcpPacket.h"

#include <string_view>

namespace hs::rtp {

class RtcpSourceDescriptionView {
public:
    // Nothing if the packet is no SDES, or an item or chunk runs beyond its end.
    static std::optional<RtcpSourceDescriptionView> parse(const RtcpPacketView& packet);

    // The CNAME of this source; nothing if the packet has none.
    std::optional<std::string_view> cname(std::uint32_t ssrc) const;

private:
    RtcpPacketView m_packet;
};

// One chunk with a CNAME, cut at 255 bytes.
void writeCname(base::ByteWriter& out, std::uint32_t ssrc, std::string_view cname);

} // namespace hs::rtp
