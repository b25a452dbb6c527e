#include "audio/G722Codec.h"

#include <algorithm>
#include <cmath> // before spandsp's headers, which make macros of its functions

// spandsp's headers count on others having been read before them.
#include <spandsp/telephony.h>
//
#include <spandsp/g722.h>
//
#include <spandsp/private/g722.h>

namespace hs::audio {

namespace {
constexpr int bitRate = 64000;
constexpr int noOptions = 0; // 16000 samples a second, one octet for each code

// ITU-T G.722 table 11, h(0), h(2) ... h(22), in units of 2^-13; h(n) = h(23 - n), so backwards
// they are h(1), h(3) ... h(23) from the last to the first.
constexpr std::array<int, 12> filter{3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

std::int16_t saturated(int value)
{
    return static_cast<std::int16_t>(std::clamp(value, -32768, 32767));
}

template <std::size_t Size>
void push(std::array<int, Size>& history, int value)
{
    std::move_backward(history.begin(), history.end() - 1, history.end());
    history.front() = value;
}
} // namespace

void G722Decoder::Release::operator()(g722_decode_state_s* state) const
{
    g722_decode_free(state);
}

G722Decoder::G722Decoder()
    : m_state(g722_decode_init(nullptr, bitRate, noOptions))
{
    reset();
}

void G722Decoder::reset()
{
    g722_decode_init(m_state.get(), bitRate, noOptions);
    m_state->itu_test_mode = 1; // gives the subbands (the Recommendation's appendix II)
    m_sums.fill(0);
    m_differences.fill(0);
}

std::size_t G722Decoder::samplesIn(std::span<const std::byte> payload) const
{
    return 2 * payload.size();
}

std::size_t G722Decoder::decode(std::span<const std::byte> payload, std::span<std::int16_t> out)
{
    const std::size_t count = samplesIn(payload);
    if (count == 0 || out.size() < count) {
        return 0;
    }
    g722_decode(m_state.get(), out.data(), reinterpret_cast<const std::uint8_t*>(payload.data()),
                static_cast<int>(payload.size()));
    join(out.first(count));
    return count;
}

// The receive QMF (G.722 4.4). Subbands are of 15 bits and come doubled; so are the results, which
// leaves 2^12 of the coefficients' 2^13 and that factor of two to divide by.
void G722Decoder::join(std::span<std::int16_t> bands)
{
    constexpr int shift = 11;
    for (std::size_t i = 0; i + 1 < bands.size(); i += 2) {
        const int low = bands[i] / 2;
        const int high = bands[i + 1] / 2;
        push(m_sums, low + high);
        push(m_differences, low - high);
        int first = 0;
        int second = 0;
        for (std::size_t tap = 0; tap < taps; ++tap) {
            first += m_differences[tap] * filter[tap];
            second += m_sums[tap] * filter[taps - 1 - tap];
        }
        bands[i] = saturated(first >> shift);
        bands[i + 1] = saturated(second >> shift);
    }
}

void G722Encoder::Release::operator()(g722_encode_state_s* state) const
{
    g722_encode_free(state);
}

G722Encoder::G722Encoder()
    : m_state(g722_encode_init(nullptr, bitRate, noOptions))
{
}

void G722Encoder::reset()
{
    g722_encode_init(m_state.get(), bitRate, noOptions);
}

std::size_t G722Encoder::encode(std::span<const std::int16_t> samples, std::span<std::byte> out)
{
    const std::size_t octets = samples.size() / 2;
    if (octets == 0 || out.size() < octets) {
        return 0;
    }
    return static_cast<std::size_t>(g722_encode(m_state.get(),
                                                reinterpret_cast<std::uint8_t*>(out.data()),
                                                samples.data(), static_cast<int>(2 * octets)));
}

} // namespace hs::audio
