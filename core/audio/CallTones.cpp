#include "audio/CallTones.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hs::audio {

namespace {
using Step = CallToneCadence::Step;

constexpr CallToneCadence tone(double first, double second, std::initializer_list<Step> steps)
{
    CallToneCadence cadence;
    cadence.hertz = {first, second};
    cadence.count = steps.size();
    std::ranges::copy(steps, cadence.steps.begin());
    return cadence;
}

constexpr CallToneCadence modulated(double carrier, double by, std::initializer_list<Step> steps)
{
    CallToneCadence cadence = tone(carrier, by, steps);
    cadence.isModulated = true;
    return cadence;
}

struct Country {
    std::string_view code;
    std::array<CallToneCadence, 4> tones; // in the order of CallTone
};

constexpr CallToneCadence europeRings = tone(425, 0, {{1000, 4000}});
constexpr CallToneCadence europeIsBusy = tone(425, 0, {{500, 500}});
constexpr CallToneCadence europeIsFull = tone(425, 0, {{250, 250}});
constexpr CallToneCadence europeWaits = tone(425, 0, {{200, 200}, {200, 5000}});
constexpr CallToneCadence americaIsBusy = tone(480, 620, {{500, 500}});
constexpr CallToneCadence americaIsFull = tone(480, 620, {{250, 250}});

constexpr std::array<CallToneCadence, 4> european{europeRings, europeIsBusy, europeIsFull,
                                                  europeWaits};
constexpr std::array<Country, 20> countries{{
    {"at",
     {{tone(420, 0, {{1000, 5000}}), tone(420, 0, {{400, 400}}), tone(420, 0, {{200, 200}}),
       tone(420, 0, {{40, 1950}})}}},
    {"au",
     {{tone(413, 438, {{400, 200}, {400, 2000}}), tone(425, 0, {{375, 375}}),
       tone(425, 0, {{375, 375}}), tone(425, 0, {{200, 200}, {200, 4400}})}}},
    {"be",
     {{tone(425, 0, {{1000, 3000}}), tone(425, 0, {{500, 500}}), tone(425, 0, {{167, 167}}),
       tone(1400, 0, {{175, 175}, {175, 3500}})}}},
    {"br",
     {{europeRings, tone(425, 0, {{250, 250}}), tone(425, 0, {{250, 250}, {750, 250}}),
       tone(425, 0, {{50, 1000}})}}},
    {"ch",
     {{europeRings, europeIsBusy, tone(425, 0, {{200, 200}}),
       tone(425, 0, {{200, 200}, {200, 4000}})}}},
    {"cn",
     {{tone(450, 0, {{1000, 4000}}), tone(450, 0, {{350, 350}}), tone(450, 0, {{700, 700}}),
       tone(450, 0, {{400, 4000}})}}},
    {"de", {{europeRings, tone(425, 0, {{480, 480}}), tone(425, 0, {{240, 240}}), europeWaits}}},
    {"es",
     {{tone(425, 0, {{1500, 3000}}), tone(425, 0, {{200, 200}}),
       tone(425, 0, {{200, 200}, {200, 200}, {200, 600}}),
       tone(425, 0, {{175, 175}, {175, 3500}})}}},
    {"fr",
     {{tone(440, 0, {{1500, 3500}}), tone(440, 0, {{500, 500}}), tone(440, 0, {{250, 250}}),
       tone(440, 0, {{300, 10000}})}}},
    {"gb",
     {{tone(400, 450, {{400, 200}, {400, 2000}}), tone(400, 0, {{375, 375}}),
       tone(400, 0, {{400, 350}, {225, 525}}), tone(400, 0, {{100, 4000}})}}},
    {"hk",
     {{tone(440, 480, {{400, 200}, {400, 3000}}), americaIsBusy, americaIsFull,
       tone(440, 0, {{500, 10000}})}}},
    {"in",
     {{modulated(400, 25, {{400, 200}, {400, 2000}}), tone(400, 0, {{750, 750}}),
       tone(400, 0, {{250, 250}}), tone(400, 0, {{200, 100}, {200, 7500}})}}},
    {"it",
     {{europeRings, europeIsBusy, tone(425, 0, {{200, 200}}),
       tone(425, 0, {{400, 100}, {250, 100}, {150, 14000}})}}},
    {"jp",
     {{modulated(400, 16, {{1000, 2000}}), tone(400, 0, {{500, 500}}), tone(400, 0, {{500, 500}}),
       modulated(400, 16, {{500, 8000}})}}},
    {"kr",
     {{tone(440, 480, {{1000, 2000}}), americaIsBusy, tone(480, 620, {{300, 200}}),
       tone(350, 440, {{250, 250}, {250, 3250}})}}},
    {"nl", {{europeRings, europeIsBusy, europeIsFull, tone(425, 0, {{500, 9500}})}}},
    {"nz",
     {{tone(400, 450, {{400, 200}, {400, 2000}}), tone(400, 0, {{500, 500}}),
       tone(400, 0, {{250, 250}}), tone(400, 0, {{250, 250}, {250, 3250}})}}},
    {"se",
     {{tone(425, 0, {{1000, 5000}}), tone(425, 0, {{250, 250}}), tone(425, 0, {{250, 750}}),
       tone(425, 0, {{200, 500}, {200, 8000}})}}},
    {"tw",
     {{tone(440, 480, {{1000, 2000}}), americaIsBusy, americaIsFull,
       tone(350, 440, {{250, 250}, {250, 3250}})}}},
    {"us",
     {{tone(440, 480, {{2000, 4000}}), americaIsBusy, americaIsFull, tone(440, 0, {{300, 9700}})}}},
}};

// A sine of full scale is +3.14 dBm0 (G.711 A-law).
double amplitudeOf(double dbm0)
{
    return 32767 * std::pow(10, (dbm0 - 3.14) / 20);
}
} // namespace

std::vector<std::string_view> toneCountries()
{
    std::vector<std::string_view> codes;
    for (const Country& country : countries) {
        codes.push_back(country.code);
    }
    return codes;
}

std::optional<CallToneCadence> callTone(std::string_view country, CallTone tone)
{
    const auto isSame = [country](const Country& known) {
        return std::ranges::equal(country, known.code, [](char a, char b) {
            return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
        });
    };
    const auto found = std::ranges::find_if(countries, isSame);
    if (found == countries.end()) {
        return std::nullopt;
    }
    return found->tones[static_cast<std::size_t>(tone)];
}

CallToneCadence callToneOrUsual(std::string_view country, CallTone tone)
{
    return callTone(country, tone).value_or(european[static_cast<std::size_t>(tone)]);
}

CallTonePlayer::CallTonePlayer(const CallToneCadence& cadence, CallTone tone, int sampleRate)
    : m_cadence(cadence)
    , m_amplitude(amplitudeOf(tone == CallTone::CallWaiting ? -20 : -10))
    , m_rate(sampleRate)
    , m_fade(std::max<std::int64_t>(1, sampleRate / 200))
{
    if (cadence.hertz[1] > 0 && !cadence.isModulated) {
        m_amplitude /= std::numbers::sqrt2; // both together are as loud as one
    }
}

double CallTonePlayer::gainAt(std::int64_t inStep, std::int64_t on) const
{
    const std::int64_t edge = std::min(inStep, on - inStep);
    return std::clamp(static_cast<double>(edge) / static_cast<double>(m_fade), 0.0, 1.0);
}

double CallTonePlayer::next()
{
    std::array<double, 2> sine{};
    for (std::size_t i = 0; i < sine.size(); ++i) {
        sine[i] = std::sin(2 * std::numbers::pi * m_phase[i]);
        m_phase[i] += m_cadence.hertz[i] / m_rate;
        m_phase[i] -= std::floor(m_phase[i]);
    }
    return m_cadence.isModulated ? sine[0] * (1 + sine[1]) / 2 : sine[0] + sine[1];
}

void CallTonePlayer::read(std::span<std::int16_t> samples)
{
    for (std::int16_t& sample : samples) {
        if (m_cadence.count == 0) {
            sample = 0;
            continue;
        }
        const Step& step = m_cadence.steps[m_step];
        const auto on = static_cast<std::int64_t>(step.onMs * m_rate / 1000);
        const auto all = on + static_cast<std::int64_t>(step.offMs * m_rate / 1000);
        const double value = next();
        sample = static_cast<std::int16_t>(
            m_inStep < on ? std::lround(value * m_amplitude * gainAt(m_inStep, on)) : 0);
        if (++m_inStep >= all) {
            m_inStep = 0;
            m_step = (m_step + 1) % m_cadence.count;
        }
    }
}

} // namespace hs::audio
