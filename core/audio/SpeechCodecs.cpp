#include "audio/SpeechCodecs.h"

#include "audio/G711Codec.h"
#include "audio/G722Codec.h"
#include "audio/OpusCodec.h"

namespace hs::audio {

std::unique_ptr<SpeechDecoder> makeDecoder(CodecKind kind)
{
    switch (kind) {
    case CodecKind::Pcma:
        return std::make_unique<G711Decoder>(G711Law::A);
    case CodecKind::Pcmu:
        return std::make_unique<G711Decoder>(G711Law::Mu);
    case CodecKind::G722:
        return std::make_unique<G722Decoder>();
    case CodecKind::Opus:
        return std::make_unique<OpusSpeechDecoder>();
    }
    return nullptr;
}

std::unique_ptr<SpeechEncoder> makeEncoder(CodecKind kind, const EncoderWishes& wishes)
{
    switch (kind) {
    case CodecKind::Pcma:
        return std::make_unique<G711Encoder>(G711Law::A);
    case CodecKind::Pcmu:
        return std::make_unique<G711Encoder>(G711Law::Mu);
    case CodecKind::G722:
        return std::make_unique<G722Encoder>();
    case CodecKind::Opus:
        return std::make_unique<OpusSpeechEncoder>(wishes);
    }
    return nullptr;
}

} // namespace hs::audio
