// Speech as packets, by the codecs under test. Thread: functions of their arguments.
#pragma once

#include "SpeechSignals.h"
#include "audio/SpeechCodecs.h"

namespace hs::test {

using Payload = std::vector<std::byte>;

inline Payload encodeOne(audio::SpeechEncoder& encoder, std::span<const std::int16_t> samples)
{
    Payload payload(audio::mostPayloadOctets);
    payload.resize(encoder.encode(samples, payload));
    return payload;
}

// In packets of so many milliseconds; what is left at the end is left out.
inline std::vector<Payload> encodeAll(audio::SpeechEncoder& encoder, const Samples& samples,
                                      int packetMs = 20)
{
    const auto size = static_cast<std::size_t>(encoder.sampleRate() / 1000 * packetMs);
    std::vector<Payload> result;
    for (std::size_t at = 0; at + size <= samples.size(); at += size) {
        result.push_back(encodeOne(encoder, std::span(samples).subspan(at, size)));
    }
    return result;
}

inline Samples decodeAll(audio::SpeechDecoder& decoder, const std::vector<Payload>& payloads)
{
    Samples result;
    for (const Payload& payload : payloads) {
        Samples samples(decoder.samplesIn(payload));
        samples.resize(decoder.decode(payload, samples));
        result.insert(result.end(), samples.begin(), samples.end());
    }
    return result;
}

} // namespace hs::test
