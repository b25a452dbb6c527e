// TelephoneEvent: the payload of a telephone-event packet (RFC 4733 2.3), four bytes, and what the
// events are called: '0'-'9', '*', '#', 'A'-'D' (RFC 4733 3.2) and '!' for the hook flash, 16.
// Durations are in units of the RTP clock. Thread: values, pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace hs::rtp {

struct TelephoneEvent {
    std::uint8_t event = 0;
    bool isEnd = false;
    std::uint8_t volume = 10; // 0..63, of -dBm0
    std::uint16_t duration = 0; // of the event, or of this segment of it, so far

    static constexpr std::size_t size = 4;
    static constexpr std::uint8_t flash = 16;

    // Nothing for less than four bytes. What follows them (events packed one behind another,
    // RFC 4733 2.5.1.5, are for modem signals) is left alone.
    static std::optional<TelephoneEvent> parse(std::span<const std::byte> payload);
    std::array<std::byte, size> toBytes() const;

    friend bool operator==(const TelephoneEvent&, const TelephoneEvent&) = default;
};

// Letters in either case; nothing for what is no digit.
std::optional<std::uint8_t> eventOf(char digit);
// Nothing for events other than 0 to 16.
std::optional<char> digitOf(std::uint8_t event);

} // namespace hs::rtp
