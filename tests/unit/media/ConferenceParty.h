// Party: a member of a conference that speaks with a voice and keeps what it hears, at a rate and a
// phase of its own; and what its ears are measured with.
#pragma once

#include "media/ConferenceBridge.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace hs::test {

using namespace std::chrono_literals;
using media::ConferenceBridge;
using media::ConferenceMember;

constexpr base::TimePoint begin{1000h};

// A member that speaks and hears at a phase of the 20 ms grid.
struct Party {
    Party(ConferenceBridge& theBridge, int itsRate, int itsPhase,
          std::function<double(double)> itsVoice, std::size_t packetMs = 20)
        : bridge(theBridge)
        , rate(itsRate)
        , phase(itsPhase)
        , packet(packetMs)
        , voice(std::move(itsVoice))
    {
        bridge.enter(member);
    }
    ~Party() { bridge.leave(member); }

    bool isDue(base::TimePoint now) const
    {
        return (now - begin) / 5ms % 4 == phase && now >= begin;
    }
    void speak(base::TimePoint now)
    {
        if (!isDue(now) || !voice) {
            return;
        }
        std::vector<std::int16_t> frame(std::size_t(rate / 50));
        for (std::size_t i = 0; i < frame.size(); ++i) {
            const double t =
                std::chrono::duration<double>(now - begin).count() + double(i) / double(rate);
            frame[i] = static_cast<std::int16_t>(std::lround(voice(t)));
        }
        bridge.write(member, now, frame, rate);
    }
    void hear(base::TimePoint now)
    {
        const auto since = (now - begin) / 1ms - phase * 5;
        if (since < 0 || since % std::int64_t(packet) != 0) {
            return;
        }
        std::vector<std::int16_t> frame(std::size_t(rate / 1000) * packet);
        bridge.addOthers(member, now, frame, rate);
        heard.insert(heard.end(), frame.begin(), frame.end());
        heardAt = now;
    }

    ConferenceBridge& bridge;
    int rate;
    int phase;
    std::size_t packet;
    std::function<double(double)> voice;
    ConferenceMember member;
    std::vector<std::int16_t> heard;
    base::TimePoint heardAt{};
};

inline void run(std::initializer_list<Party*> parties, base::TimePoint& now, base::Duration time)
{
    for (const base::TimePoint end = now + time; now < end; now += 5ms) {
        for (Party* party : parties) {
            party->speak(now);
        }
        for (Party* party : parties) {
            party->hear(now);
        }
    }
}

inline std::function<double(double)> tone(double hertz, double size = 4000)
{
    return [hertz, size](double t) { return size * std::sin(2 * std::numbers::pi * hertz * t); };
}

// Goertzel: how large a sine of that frequency is in the last 400 ms.
inline double level(const Party& party, double hertz)
{
    const std::size_t count = std::min(party.heard.size(), std::size_t(party.rate * 2 / 5));
    const std::span part = std::span(party.heard).last(count);
    const double step = 2 * std::numbers::pi * hertz / party.rate;
    double re = 0;
    double im = 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
        re += part[i] * std::cos(step * double(i));
        im += part[i] * std::sin(step * double(i));
    }
    return 2 * std::hypot(re, im) / double(part.size());
}

inline int largestStep(std::span<const std::int16_t> samples)
{
    int largest = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        largest = std::max(largest, std::abs(samples[i] - samples[i - 1]));
    }
    return largest;
}

} // namespace hs::test
