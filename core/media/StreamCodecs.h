// StreamCodecs: what one call's audio is made and heard with: the encoder of what is sent, a
// decoder for all that may come in, a playout for each sample rate among those, and what makes one
// rate of another. Made in the core thread whenever offer and answer agree on something else, used
// by the media thread, and freed in the core thread. Thread: one at a time; no allocation after
// construction.
#pragma once

#include "audio/BlockResampler.h"
#include "media/MediaParameters.h"
#include "media/Playout.h"

#include <memory>
#include <vector>

namespace hs::media {

class StreamCodecs {
public:
    // What programs queue and listen to.
    static constexpr int narrowRate = 8000;

    // What is heard at one rate.
    struct Line {
        explicit Line(int sampleRate);

        int rate;
        Playout playout;
        audio::BlockResampler toNarrow; // narrowRate
        audio::BlockResampler toHeadset; // HeadsetRings::sampleRate
    };
    struct Received {
        std::uint8_t payloadType = 0;
        audio::CodecKind kind = audio::CodecKind::Pcma;
        std::unique_ptr<audio::SpeechDecoder> decoder;
        Line* line = nullptr; // of this object
    };

    explicit StreamCodecs(const MediaParameters& parameters);

    // Whether those made for the one will do for the other.
    static bool areSame(const MediaParameters& one, const MediaParameters& other);

    audio::SpeechEncoder& encoder() { return *m_encoder; }
    // Null: nothing that can be heard comes under that number.
    Received* received(std::uint8_t payloadType);
    // Of a codec; where it can't come in, of the first that can.
    Line& lineOf(audio::CodecKind kind);
    bool isNoise(std::uint8_t payloadType) const; // RFC 3389

    // From the three places that a call speaks from to the rate of what is sent.
    audio::BlockResampler& fromQueue() { return m_fromQueue; }
    audio::BlockResampler& fromHeadset() { return m_fromHeadset; }
    audio::BlockResampler& fromClip(int rate); // one of audio::Clip's

private:
    Line& lineAt(int rate);

    std::unique_ptr<audio::SpeechEncoder> m_encoder;
    std::vector<std::unique_ptr<Line>> m_lines; // at least one
    std::vector<Received> m_received;
    std::array<int, 2> m_noiseTypes;
    audio::BlockResampler m_fromQueue;
    audio::BlockResampler m_fromHeadset;
    std::array<audio::BlockResampler, 3> m_fromClip;
};

} // namespace hs::media
