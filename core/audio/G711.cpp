#include "audio/G711.h"

#include <algorithm>

namespace hs::audio {

namespace {

constexpr int signBit = 0x80;

constexpr std::int16_t expandAlaw(int code)
{
    const int bits = code ^ 0x55; // every second bit goes inverted on the line
    const int exponent = (bits & 0x70) >> 4;
    int magnitude = ((bits & 0x0f) << 4) + 8; // the middle of the quantising step
    if (exponent > 0) {
        magnitude = (magnitude + 0x100) << (exponent - 1);
    }
    return static_cast<std::int16_t>((bits & signBit) != 0 ? magnitude : -magnitude);
}

constexpr std::uint8_t compressAlaw(int sample)
{
    // One's complement for what is negative, so that -1 gets the code of -0 and not that of -16.
    const int magnitude = (sample < 0 ? ~sample : sample) >> 4;
    int exponent = 0;
    int mantissa = magnitude;
    if (magnitude > 15) {
        for (exponent = 1; mantissa > 31; ++exponent) {
            mantissa >>= 1;
        }
        mantissa -= 16;
    }
    const int code = (exponent << 4 | mantissa) | (sample < 0 ? 0 : signBit);
    return static_cast<std::uint8_t>(code ^ 0x55);
}

constexpr int ulawBias = 33; // on the 14-bit scale

constexpr std::int16_t expandUlaw(int code)
{
    const int bits = ~code & 0x7f;
    const int exponent = bits >> 4;
    const int step = 8 << exponent;
    const int magnitude = (0x80 << exponent) + step * (bits & 0x0f) + step / 2 - 4 * ulawBias;
    return static_cast<std::int16_t>((code & signBit) != 0 ? magnitude : -magnitude);
}

constexpr std::uint8_t compressUlaw(int sample)
{
    const int magnitude = std::min(((sample < 0 ? ~sample : sample) >> 2) + ulawBias, 0x1fff);
    int segment = 1;
    while ((magnitude >> (5 + segment)) != 0) {
        ++segment;
    }
    const int code = (8 - segment) << 4 | (0x0f - (magnitude >> segment & 0x0f));
    return static_cast<std::uint8_t>(code | (sample < 0 ? 0 : signBit));
}

template <class T, std::size_t Size, class Function>
constexpr std::array<T, Size> table(Function value)
{
    std::array<T, Size> result{};
    for (std::size_t i = 0; i < Size; ++i) {
        result[i] = value(static_cast<int>(i));
    }
    return result;
}

// Index i of `Size` stands for the samples whose upper bits are i.
template <std::size_t Size>
constexpr int sampleAt(int index)
{
    return static_cast<std::int16_t>(static_cast<std::uint16_t>(index * int(65536 / Size)));
}

template <class In, class Out, class Function>
void convert(std::span<const In> in, std::span<Out> out, Function value)
{
    const std::size_t count = std::min(in.size(), out.size());
    for (std::size_t i = 0; i < count; ++i) {
        out[i] = static_cast<Out>(value(in[i]));
    }
}

} // namespace

namespace g711 {

constinit const std::array<std::int16_t, 256> alawDecoded = table<std::int16_t, 256>(expandAlaw);
constinit const std::array<std::int16_t, 256> ulawDecoded = table<std::int16_t, 256>(expandUlaw);
constinit const std::array<std::uint8_t, 4096> alawEncoded =
    table<std::uint8_t, 4096>([](int i) { return compressAlaw(sampleAt<4096>(i)); });
constinit const std::array<std::uint8_t, 16384> ulawEncoded =
    table<std::uint8_t, 16384>([](int i) { return compressUlaw(sampleAt<16384>(i)); });
constinit const std::array<std::uint8_t, 256> alawAsUlaw =
    table<std::uint8_t, 256>([](int i) { return compressUlaw(expandAlaw(i)); });
constinit const std::array<std::uint8_t, 256> ulawAsAlaw =
    table<std::uint8_t, 256>([](int i) { return compressAlaw(expandUlaw(i)); });

} // namespace g711

void decodeAlaw(std::span<const std::byte> codes, std::span<std::int16_t> samples)
{
    convert(codes, samples, [](std::byte code) { return decodeAlaw(std::uint8_t(code)); });
}

void decodeUlaw(std::span<const std::byte> codes, std::span<std::int16_t> samples)
{
    convert(codes, samples, [](std::byte code) { return decodeUlaw(std::uint8_t(code)); });
}

void encodeAlaw(std::span<const std::int16_t> samples, std::span<std::byte> codes)
{
    convert(samples, codes, [](std::int16_t sample) { return encodeAlaw(sample); });
}

void encodeUlaw(std::span<const std::int16_t> samples, std::span<std::byte> codes)
{
    convert(samples, codes, [](std::int16_t sample) { return encodeUlaw(sample); });
}

void alawToUlaw(std::span<const std::byte> alaw, std::span<std::byte> ulaw)
{
    convert(alaw, ulaw, [](std::byte code) { return alawToUlaw(std::uint8_t(code)); });
}

void ulawToAlaw(std::span<const std::byte> ulaw, std::span<std::byte> alaw)
{
    convert(ulaw, alaw, [](std::byte code) { return ulawToAlaw(std::uint8_t(code)); });
}

} // namespace hs::audio
