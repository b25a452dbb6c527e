// ComfortNoise: what is heard while the far end sends none of its speech (DTX), made from what its
// comfort noise packets say of the noise around it (RFC 3389): a level, and perhaps a spectrum as
// the reflection coefficients of an all-pole filter. From one description to the next it goes over
// within some tens of milliseconds, without a step. Levels are in dBov: 0 is a square wave at full
// scale. Samples are 16-bit mono. All memory is taken when it is made; nothing throws.
// Thread: one at a time.
#pragma once

#include "audio/Resampler.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace hs::audio {

struct NoiseDescription {
    static constexpr std::size_t mostOrder =
        16; // of a longer one the rest is left out (RFC 3389 3)

    int levelDbov = -127; // to 0
    std::array<float, mostOrder> reflection{}; // -1..1; zeros: white
    std::size_t order = 0;

    // Of an RTP payload, any octets; nothing for an empty one.
    static std::optional<NoiseDescription> parse(std::span<const std::byte> payload);
};

class ComfortNoise {
public:
    // `sampleRate` is of what is heard, Hz. `noiseRate` is that at which the far end has measured
    // the spectrum: the clock rate of its CN payload type (8000 for 13). Above half of it there is
    // no noise.
    explicit ComfortNoise(int sampleRate, int noiseRate = 8000);

    // The far end's latest words. False: the payload is malformed and changes nothing.
    bool update(std::span<const std::byte> payload);
    void update(const NoiseDescription& description);

    bool isKnown() const { return m_isKnown; }
    // More of the noise; silence as long as nothing is known of it.
    void generate(std::span<std::int16_t> out);

    // Nothing is known any more.
    void reset();

private:
    static constexpr std::size_t mostBlock = 480; // 10 ms at 48000 Hz

    void makeBlock();
    float white();

    std::optional<Resampler> m_resampler; // none: noiseRate is sampleRate
    std::size_t m_blockSize;
    std::array<std::int16_t, mostBlock> m_block{}; // at noiseRate
    std::size_t m_taken; // of the block
    bool m_isKnown = false;
    float m_targetLevel = 0; // root of mean square
    std::array<float, NoiseDescription::mostOrder> m_targetReflection{};
    float m_level = 0; // where it has got to
    float m_gain = 0; // of the excitation, for that level and this filter
    std::array<float, NoiseDescription::mostOrder> m_reflection{};
    std::array<float, NoiseDescription::mostOrder + 1> m_backward{}; // the lattice's memory
    std::uint64_t m_random;
};

} // namespace hs::audio
