// Signals to try codecs with, the same on every run, and the measures for what comes out of them.
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hs::test {

using Samples = std::vector<std::int16_t>;

// Syllables of 160 ms: pulses of a gliding pitch, smoothed as by a throat, with a pause now and
// then if wanted.
Samples speechLike(int rate, int ms, bool pauses = false);
Samples silence(int rate, int ms);
// So that nothing of it repeats: any octets.
std::vector<std::byte> anyOctets(std::size_t count, std::uint32_t seed);

double energy(std::span<const std::int16_t> samples); // mean square
double levelDb(std::span<const std::int16_t> samples); // re full scale's square wave (dBov)
// How much louder `clean` is than the difference, dB, when `heard` is late by so many samples.
double snrDb(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard, int lag);
// How far the spectra of what sounds are apart, dB, up to 8 kHz, 20 ms at a time.
double spectralDistanceDb(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard,
                          int lag, int rate);
// The likeness of two pieces of the same length, -1 to 1.
double correlation(std::span<const std::int16_t> a, std::span<const std::int16_t> b);
// The lag at which `heard` is most like `clean`, of 0 to most.
int bestLag(std::span<const std::int16_t> clean, std::span<const std::int16_t> heard, int most);

} // namespace hs::test
