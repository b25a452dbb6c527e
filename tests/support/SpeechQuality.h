// SpeechQuality: speech to test with, and what an ear would say of what became of it: segmental
// signal-to-noise ratio, log-spectral distance over critical bands, and clicks. Samples are 16-bit
// mono. Not PESQ: figures of one kind compare with each other only.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hs::test {

// A spoken sentence (the built-in greeting) over quiet background noise, again and again.
std::vector<std::int16_t> speech(int rate, int ms);

struct Quality {
    double segmentalSnrDb = 0; // mean over frames of 20 ms with speech, each held to -10..35 dB
    double spectralDistanceDb = 0; // mean difference of band levels, 100 to 3700 Hz
    double delayMs = 0; // mean of where frames fit best; alignedQuality() only
    double mostDelayMs = 0;
};

// Of a sound that is as late as the clean one.
Quality quality(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard, int rate);

// Of a sound whose delay may change by and by: each frame is compared where it fits best, near
// where the last one did. It begins with a delay from 0 to `mostDelayMs`.
Quality alignedQuality(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard,
                       int rate, int mostDelayMs);

// Steps between samples that are far larger than any other within 20 ms.
int clicks(std::span<const std::int16_t> samples, int rate);

} // namespace hs::test
