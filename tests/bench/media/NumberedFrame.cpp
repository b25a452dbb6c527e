#include "NumberedFrame.h"

#include "audio/G711.h"

#include <algorithm>
#include <cstring>

namespace hs::bench {

namespace {

std::uint32_t bigEndian(std::span<const std::uint8_t> bytes)
{
    return std::uint32_t(bytes[0]) << 24 | std::uint32_t(bytes[1]) << 16
        | std::uint32_t(bytes[2]) << 8 | std::uint32_t(bytes[3]);
}

void putBigEndian(std::uint32_t value, std::uint8_t* to)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        *to++ = static_cast<std::uint8_t>(value >> shift);
    }
}

// SplitMix64: noise that costs next to nothing.
std::uint64_t mixed(std::uint64_t state)
{
    state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9ULL;
    state = (state ^ (state >> 27)) * 0x94d049bb133111ebULL;
    return state ^ (state >> 31);
}

} // namespace

Frame numberedFrame(const FrameNumber& number)
{
    Frame frame;
    putBigEndian(number.call, frame.data());
    putBigEndian(number.packet, frame.data() + 4);
    std::uint64_t state = std::uint64_t(number.call) << 32 | number.packet;
    for (std::size_t at = 8; at < frame.size(); at += sizeof state) {
        state += 0x9e3779b97f4a7c15ULL;
        const std::uint64_t noise = mixed(state);
        std::memcpy(frame.data() + at, &noise, sizeof noise);
    }
    return frame;
}

std::optional<FrameNumber> readNumberedFrame(std::span<const std::uint8_t> bytes)
{
    if (bytes.size() != frameBytes) {
        return std::nullopt;
    }
    const FrameNumber number{bigEndian(bytes), bigEndian(bytes.subspan(4))};
    if (!std::ranges::equal(bytes, numberedFrame(number))) {
        return std::nullopt;
    }
    return number;
}

bool isFiller(std::span<const std::uint8_t> bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t code) { return code == audio::alawSilence; });
}

std::vector<std::int16_t> voiceSamples(int seconds)
{
    std::vector<std::int16_t> samples;
    samples.reserve(static_cast<std::size_t>(seconds) * 8000);
    for (std::uint32_t packet = 0; packet < static_cast<std::uint32_t>(seconds) * 50; ++packet) {
        for (const std::uint8_t code : numberedFrame({voiceNumber, packet})) {
            samples.push_back(audio::decodeAlaw(code));
        }
    }
    return samples;
}

} // namespace hs::bench
