#include "audio/G711Codec.h"

#include "audio/G711.h"

namespace hs::audio {

std::size_t G711Decoder::samplesIn(std::span<const std::byte> payload) const
{
    return payload.size();
}

std::size_t G711Decoder::decode(std::span<const std::byte> payload, std::span<std::int16_t> out)
{
    if (out.size() < payload.size()) {
        return 0;
    }
    m_law == G711Law::A ? decodeAlaw(payload, out) : decodeUlaw(payload, out);
    return payload.size();
}

std::size_t G711Encoder::encode(std::span<const std::int16_t> samples, std::span<std::byte> out)
{
    if (out.size() < samples.size()) {
        return 0;
    }
    m_law == G711Law::A ? encodeAlaw(samples, out) : encodeUlaw(samples, out);
    return samples.size();
}

} // namespace hs::audio
