// RecordingDecoder: what one end of a call sends, packet by packet, as samples of the recording's
// rate: as long as the packets say, each exactly. The codec may change with any packet; another
// one begins with a state of its own. Thread: disk.
#pragma once

#include "audio/BlockResampler.h"
#include "audio/SpeechCodecs.h"

#include <optional>
#include <vector>

namespace hs::media {

class RecordingDecoder {
public:
    explicit RecordingDecoder(int rate)
        : m_rate(rate)
    {
    }

    // Empty for a malformed payload; valid until the next call.
    std::span<const std::int16_t> decode(audio::CodecKind codec,
                                         std::span<const std::byte> payload);

private:
    int m_rate;
    std::optional<audio::CodecKind> m_codec;
    std::unique_ptr<audio::SpeechDecoder> m_decoder;
    std::optional<audio::BlockResampler> m_resampler;
    std::vector<std::int16_t> m_decoded;
    std::vector<std::int16_t> m_samples;
};

} // namespace hs::media
