#include "rtp/TelephoneEvent.h"

#include <algorithm>
#include <string_view>

namespace hs::rtp {

namespace {
constexpr std::string_view digits = "0123456789*#ABCD!";
constexpr unsigned endBit = 0x80; // the one next to it is reserved, and ignored
constexpr unsigned volumeBits = 0x3f;
} // namespace

std::optional<TelephoneEvent> TelephoneEvent::parse(std::span<const std::byte> payload)
{
    if (payload.size() < size) {
        return std::nullopt;
    }
    const auto byte = [&](std::size_t at) { return std::to_integer<unsigned>(payload[at]); };
    TelephoneEvent result;
    result.event = static_cast<std::uint8_t>(byte(0));
    result.isEnd = (byte(1) & endBit) != 0;
    result.volume = static_cast<std::uint8_t>(byte(1) & volumeBits);
    result.duration = static_cast<std::uint16_t>(byte(2) << 8U | byte(3));
    return result;
}

std::array<std::byte, TelephoneEvent::size> TelephoneEvent::toBytes() const
{
    return {std::byte(event),
            static_cast<std::byte>((isEnd ? endBit : 0U) | std::min(unsigned(volume), volumeBits)),
            static_cast<std::byte>(duration >> 8U), static_cast<std::byte>(duration & 0xffU)};
}

std::optional<std::uint8_t> eventOf(char digit)
{
    const char upper = digit >= 'a' && digit <= 'd' ? static_cast<char>(digit - 'a' + 'A') : digit;
    const std::size_t at = digits.find(upper);
    return at == std::string_view::npos ? std::nullopt
                                        : std::optional(static_cast<std::uint8_t>(at));
}

std::optional<char> digitOf(std::uint8_t event)
{
    return event < digits.size() ? std::optional(digits[event]) : std::nullopt;
}

} // namespace hs::rtp
