// CallTones: what a telephone network lets one hear instead of a voice: the far end rings, is busy,
// can't be reached, or another call waits; by country, since callers know those of their own (ITU-T
// E.180 and the list of its Supplement 2). Levels are those of E.180 5, -10 dBm0, and call waiting
// softer, as it sounds over a voice. Thread: values, pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace hs::audio {

enum class CallTone : std::uint8_t { Ringback, Busy, Congestion, CallWaiting };

struct CallToneCadence {
    static constexpr std::size_t mostSteps = 8;

    struct Step {
        std::int16_t onMs = 0;
        std::int16_t offMs = 0;
    };
    std::array<double, 2> hertz{}; // sounding together; the second may be 0
    bool isModulated = false; // instead: the first one's loudness swings with the second one
    std::array<Step, mostSteps> steps{};
    std::size_t count = 0; // of steps, after which they begin anew
};

// "us", "gb", "tw" ...: ISO 3166 codes, in any case.
std::vector<std::string_view> toneCountries();
// Nothing for a country that is not in the list.
std::optional<CallToneCadence> callTone(std::string_view country, CallTone tone);
// That of a country without one of its own here: Europe's (ETSI TR 101 041), known everywhere.
CallToneCadence callToneOrUsual(std::string_view country, CallTone tone);

// Makes the samples of a tone, for as long as it is asked for more. Fades of 5 ms keep it from
// clicking. 16-bit mono. No allocation. Thread: a value.
class CallTonePlayer {
public:
    CallTonePlayer(const CallToneCadence& cadence, CallTone tone, int sampleRate);

    void read(std::span<std::int16_t> samples);

private:
    double gainAt(std::int64_t inStep, std::int64_t on) const;
    double next();

    CallToneCadence m_cadence;
    double m_amplitude;
    double m_rate;
    std::int64_t m_fade; // samples
    std::array<double, 2> m_phase{}; // of a full turn
    std::size_t m_step = 0;
    std::int64_t m_inStep = 0; // samples
};

} // namespace hs::audio
