// RTCP packets and the compound that holds them (RFC 3550 6.1, A.2): views that check all bounds
// and copy nothing, good for as long as the datagram is. Thread: values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace hs::rtp {

enum class RtcpType : std::uint8_t {
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Bye = 203,
    Application = 204,
};

// One packet of a compound, its padding taken off.
struct RtcpPacketView {
    RtcpType type = RtcpType::ReceiverReport; // may be a value that has no name here
    std::uint8_t count = 0; // report blocks, chunks or sources: 0..31
    std::span<const std::byte> body; // what follows the four bytes of the header
};

// The packets of a datagram, one after the other.
class RtcpCompound {
public:
    // Nothing for a datagram that fails a rule of RFC 3550 A.2: version 2 throughout, SR or RR
    // first and without padding, and lengths that add up to the datagram's. Later packets may be
    // padded only at the very end (6.4.1), with a count that fits.
    static std::optional<RtcpCompound> parse(std::span<const std::byte> datagram);

    // The next packet, or nothing after the last one.
    std::optional<RtcpPacketView> next();

private:
    explicit RtcpCompound(std::span<const std::byte> rest)
        : m_rest(rest)
    {
    }
    static std::optional<RtcpPacketView> take(std::span<const std::byte>& rest);

    std::span<const std::byte> m_rest;
};

} // namespace hs::rtp
