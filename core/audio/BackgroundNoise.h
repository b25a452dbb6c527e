// BackgroundNoise: the noise behind a voice, learnt from what is heard, and made anew for as long
// as nothing comes and nobody has named it (ComfortNoise). Only what sounds like noise, and not
// loudly, is taken for it: a dial tone is not. Silent until something was learnt. Samples are
// 16-bit mono. No allocation. Thread: a value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hs::audio {

class BackgroundNoise {
public:
    static constexpr std::size_t order = 10;

    explicit BackgroundNoise(int sampleRate);

    void learn(std::span<const std::int16_t> heard);

    void generate(std::span<std::int16_t> out);

    float level() const { return m_level; } // root mean square, in sample units
    bool isKnown() const { return m_level > 0; }
    // Hardly louder than this noise, or than nothing.
    bool covers(std::span<const std::int16_t> samples) const;

private:
    static constexpr std::size_t blocks = 8;

    void learnFrame(std::span<const std::int16_t> frame, float power);
    void keepQuietest(float power, std::size_t samples);
    float floorPower() const;

    std::size_t m_frame; // 20 ms
    float m_level = 0;
    std::array<float, blocks> m_quietest{}; // least power of each of the last half seconds
    std::size_t m_block = 0;
    std::size_t m_inBlock = 0; // samples
    bool m_hasFloor = false;
    std::array<float, order + 1> m_autocorrelation{};
    std::array<float, order> m_predictor{};
    std::array<float, order> m_past{};
    float m_gain = 0; // of the excitation that makes m_level of it
    std::uint32_t m_random = 1;
};

} // namespace hs::audio
