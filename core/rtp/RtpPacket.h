// RTP packets (RFC 3550 5.1): a view that checks all bounds and copies nothing, and a writer. The
// view holds no bytes; it is good for as long as the datagram is. Thread: values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace hs::rtp {

struct RtpHeader {
    std::uint8_t payloadType = 0; // 0..127
    bool marker = false;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;

    static constexpr std::size_t size = 12;
    friend bool operator==(const RtpHeader&, const RtpHeader&) = default;
};

// Whether these bytes are RTCP rather than RTP, where both may come to one port (RFC 5761 4).
bool isRtcp(std::span<const std::byte> datagram);

class RtpPacketView {
public:
    // Nothing for what is no RTP: too short, another version, an extension or padding that does not
    // fit, or one of the payload types 72..76, which RTCP would be taken for (RFC 3551 6).
    static std::optional<RtpPacketView> parse(std::span<const std::byte> datagram);

    const RtpHeader& header() const { return m_header; }
    std::span<const std::byte> payload() const { return m_payload; } // may be empty

    int csrcCount() const { return static_cast<int>(m_csrc.size() / 4); } // 0..15
    std::uint32_t csrc(int index) const; // 0 beyond the last one

    bool hasExtension() const { return m_hasExtension; }
    std::uint16_t extensionProfile() const { return m_extensionProfile; }
    std::span<const std::byte> extension() const { return m_extension; } // a multiple of 4 bytes

private:
    RtpHeader m_header;
    std::span<const std::byte> m_csrc;
    std::span<const std::byte> m_extension;
    std::span<const std::byte> m_payload;
    std::uint16_t m_extensionProfile = 0;
    bool m_hasExtension = false;
};

// Header and payload into `out`, without padding, CSRC or extension. How many bytes were written; 0
// if they don't fit.
std::size_t writeRtp(std::span<std::byte> out, const RtpHeader& header,
                     std::span<const std::byte> payload);

} // namespace hs::rtp
