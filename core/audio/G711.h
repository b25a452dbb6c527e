// G711: ITU-T G.711 A-law and µ-law. Decoding is exact to the Recommendation's tables, encoding to
// the reference in ITU-T G.191 (which truncates where some others round at the segments' edges).
// Samples are 16-bit linear, 8000 a second, whatever the law uses left-justified in them.
// Transcoding between the laws goes through linear: decode, then encode. Every function is a table
// look-up, total over its input; of two spans the shorter one decides how many are done. Thread:
// pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hs::audio {

namespace g711 {
extern const std::array<std::int16_t, 256> alawDecoded;
extern const std::array<std::int16_t, 256> ulawDecoded;
extern const std::array<std::uint8_t, 4096> alawEncoded; // by the upper 12 bits
extern const std::array<std::uint8_t, 16384> ulawEncoded; // by the upper 14 bits
extern const std::array<std::uint8_t, 256> alawAsUlaw;
extern const std::array<std::uint8_t, 256> ulawAsAlaw;
} // namespace g711

// What the laws make of a sample of 0: what to send when there is nothing to say.
constexpr std::uint8_t alawSilence = 0xd5;
constexpr std::uint8_t ulawSilence = 0xff;

inline std::int16_t decodeAlaw(std::uint8_t code)
{
    return g711::alawDecoded[code];
}
inline std::int16_t decodeUlaw(std::uint8_t code)
{
    return g711::ulawDecoded[code];
}
inline std::uint8_t encodeAlaw(std::int16_t sample)
{
    return g711::alawEncoded[static_cast<std::uint16_t>(sample) >> 4];
}
inline std::uint8_t encodeUlaw(std::int16_t sample)
{
    return g711::ulawEncoded[static_cast<std::uint16_t>(sample) >> 2];
}
inline std::uint8_t alawToUlaw(std::uint8_t code)
{
    return g711::alawAsUlaw[code];
}
inline std::uint8_t ulawToAlaw(std::uint8_t code)
{
    return g711::ulawAsAlaw[code];
}

void decodeAlaw(std::span<const std::byte> codes, std::span<std::int16_t> samples);
void decodeUlaw(std::span<const std::byte> codes, std::span<std::int16_t> samples);
void encodeAlaw(std::span<const std::int16_t> samples, std::span<std::byte> codes);
void encodeUlaw(std::span<const std::int16_t> samples, std::span<std::byte> codes);
void alawToUlaw(std::span<const std::byte> alaw, std::span<std::byte> ulaw);
void ulawToAlaw(std::span<const std::byte> ulaw, std::span<std::byte> alaw);

} // namespace hs::audio
