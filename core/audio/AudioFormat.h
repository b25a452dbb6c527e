// AudioFormat: what is constant about each codec that this program speaks: its name in SDP, how
// fast it samples and how fast its RTP timestamp runs. The two differ: G.722's clock is 8000 though
// it samples at 16000 (RFC 3551 4.5.2), Opus has the clock 48000 and two channels in SDP whatever
// it carries (RFC 7587 4.1, 7). Thread: values, pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace hs::audio {

enum class CodecKind : std::uint8_t { Pcma, Pcmu, G722, Opus };

// What every encoder's payload of at most 60 ms fits in, and with it a datagram its path.
constexpr std::size_t mostPayloadOctets = 1200;

struct AudioFormat {
    CodecKind kind = CodecKind::Pcma;
    std::string_view name; // as SDP spells it
    int sampleRate = 8000; // of the samples in and out, Hz
    int clockRate = 8000; // of RTP timestamps
    int channels = 1; // in a=rtpmap; what is encoded is mono always
    int staticPayloadType = -1; // RFC 3551 table 4; -1: a dynamic one

    constexpr std::uint32_t timestampUnits(std::size_t samples) const
    {
        return static_cast<std::uint32_t>(samples * static_cast<std::size_t>(clockRate)
                                          / static_cast<std::size_t>(sampleRate));
    }
    constexpr std::size_t samplesOf(int ms) const
    {
        return static_cast<std::size_t>(sampleRate) / 1000 * static_cast<std::size_t>(ms);
    }

    friend bool operator==(const AudioFormat&, const AudioFormat&) = default;
};

// All of them.
std::span<const AudioFormat> audioFormats();
const AudioFormat& formatOf(CodecKind kind);
// By its name in SDP, in any case.
std::optional<CodecKind> codecNamed(std::string_view name);

// The longest packet that the codec's encoder makes of at most so many milliseconds; 10 at least,
// and 60 at most. Opus frames are 10, 20, 40 or 60 ms (RFC 7587 4.2).
int packetMsFor(CodecKind kind, int wantedMs);

} // namespace hs::audio
