#include "media/RecordingDecoder.h"

namespace hs::media {

std::span<const std::int16_t> RecordingDecoder::decode(audio::CodecKind codec,
                                                       std::span<const std::byte> payload)
{
    if (m_codec != codec) {
        m_codec = codec;
        m_decoder = audio::makeDecoder(codec);
        m_resampler.emplace(m_decoder->sampleRate(), m_rate);
    }
    m_decoded.resize(m_decoder->samplesIn(payload));
    m_decoded.resize(m_decoder->decode(payload, m_decoded));
    if (m_resampler->isTransparent()) {
        return m_decoded;
    }
    m_samples.resize(m_resampler->outFor(m_decoded.size()));
    m_resampler->process(m_decoded, m_samples);
    return m_samples;
}

} // namespace hs::media
