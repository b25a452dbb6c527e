// Direction: which way a stream flows, seen from the side whose description says so (RFC 8866 6.7).
// Thread: pure functions.
#pragma once

#include <cstdint>

namespace hs::sdp {

enum class Direction : std::uint8_t { SendRecv, SendOnly, RecvOnly, Inactive };

constexpr bool sends(Direction direction)
{
    return direction == Direction::SendRecv || direction == Direction::SendOnly;
}

constexpr bool receives(Direction direction)
{
    return direction == Direction::SendRecv || direction == Direction::RecvOnly;
}

constexpr Direction directionOf(bool send, bool receive)
{
    if (send) {
        return receive ? Direction::SendRecv : Direction::SendOnly;
    }
    return receive ? Direction::RecvOnly : Direction::Inactive;
}

} // namespace hs::sdp
