// BYE (RFC 3550 6.6): sources that leave, perhaps with a reason. Thread: values.
#pragma once

#include "base/ByteWriter.h"
#include "rtp/RtcpPacket.h"

#include <string_view>

namespace hs::rtp {

class RtcpByeView {
public:
    // Nothing if the packet is no BYE or too short for the sources that it counts.
    static std::optional<RtcpByeView> parse(const RtcpPacketView& packet);

    int sourceCount() const { return static_cast<int>(m_sources.size() / 4); } // 0..31
    std::uint32_t source(int index) const; // 0 beyond the last one
    bool names(std::uint32_t ssrc) const;
    std::string_view reason() const { return m_reason; } // as the peer wrote it; mostly empty

private:
    std::span<const std::byte> m_sources;
    std::string_view m_reason;
};

void writeBye(base::ByteWriter& out, std::uint32_t ssrc);

} // namespace hs::rtp
