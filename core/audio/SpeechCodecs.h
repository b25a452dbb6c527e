// Makes the decoder and the encoder of a codec. Each is one stream's own; they share nothing.
// Thread: any.
#pragma once

#include "audio/AudioFormat.h"
#include "audio/SpeechDecoder.h"
#include "audio/SpeechEncoder.h"

#include <memory>

namespace hs::audio {

// What the far end asks of an encoder that has a choice, Opus alone (RFC 7587 6.1, 7).
struct EncoderWishes {
    int bitRate = 32000; // bit/s at most, on average: 6000 to 510000; its maxaveragebitrate
    int playbackRate = 48000; // Hz, beyond which nothing is heard; its maxplaybackrate
    bool inBandFec = true; // useinbandfec; costs nothing until a loss is expected
    bool dtx = true; // usedtx
    bool constantBitRate = false; // cbr

    friend bool operator==(const EncoderWishes&, const EncoderWishes&) = default;
};

std::unique_ptr<SpeechDecoder> makeDecoder(CodecKind kind);
std::unique_ptr<SpeechEncoder> makeEncoder(CodecKind kind, const EncoderWishes& wishes = {});

} // namespace hs::audio
