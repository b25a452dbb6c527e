// NumberedFrame: 20 ms of A-law whose 160 bytes say which call and which packet of it they are:
// both numbers, big-endian, then noise that follows from them. Every byte counts: a frame that was
// cut, mixed with another or changed is none. Silence (filler) is a frame of the A-law code of 0.
// Thread: pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace hs::bench {

constexpr std::size_t frameBytes = 160;

using Frame = std::array<std::uint8_t, frameBytes>;

struct FrameNumber {
    std::uint32_t call = 0;
    std::uint32_t packet = 0;
};

// Under this number speaks who is called or dials: the daemon's greeting and its clients.
constexpr std::uint32_t voiceNumber = 0xffff'0001;

Frame numberedFrame(const FrameNumber& number);
// Nothing unless all 160 bytes are what that frame has to hold.
std::optional<FrameNumber> readNumberedFrame(std::span<const std::uint8_t> bytes);
bool isFiller(std::span<const std::uint8_t> bytes);

// The voice's frames 0, 1, 2 ... as 16-bit linear; encoding them gives the same codes again.
std::vector<std::int16_t> voiceSamples(int seconds);

} // namespace hs::bench
