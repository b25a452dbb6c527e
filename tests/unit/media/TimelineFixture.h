// A recording timeline with the two channels that come out of it, and a far end that talks into it.
#pragma once

#include "media/RecordingTimeline.h"

#include <algorithm>
#include <vector>

namespace hs::test {

inline constexpr std::int64_t ms = 8; // samples

// A far end whose every sample is different from its neighbours and never 0, so that each can be
// found again.
inline std::int16_t spoken(std::int64_t index)
{
    return static_cast<std::int16_t>(1 + index % 30011);
}

struct Recording {
    media::RecordingTimeline timeline;
    std::vector<std::int16_t> left;
    std::vector<std::int16_t> right;

    void append(std::size_t count)
    {
        const auto stretch = timeline.take(count);
        left.insert(left.end(), stretch.left.begin(), stretch.left.end());
        right.insert(right.end(), stretch.right.begin(), stretch.right.end());
    }
    void write(std::int64_t now) { append(timeline.ready(now)); }
    void finish(std::int64_t now) { append(timeline.rest(now)); }
};

struct FarEnd {
    Recording& to;
    std::uint32_t ssrc = 1;
    std::uint16_t sequence = 65530; // wraps soon
    std::uint32_t timestamp = 0xffffff00;
    std::int64_t said = 0;
    std::size_t size = 160;

    media::RecordingTimeline::Received next(std::vector<std::int16_t>& samples)
    {
        samples.resize(size);
        for (std::int16_t& sample : samples) {
            sample = spoken(said++);
        }
        media::RecordingTimeline::Received packet{ssrc, sequence++, timestamp, 0, samples};
        timestamp += static_cast<std::uint32_t>(size);
        return packet;
    }
    void say(std::int64_t arrival)
    {
        std::vector<std::int16_t> samples;
        auto packet = next(samples);
        packet.arrival = arrival;
        to.timeline.received(packet);
    }
    void lose()
    {
        std::vector<std::int16_t> samples;
        next(samples);
    }
};

inline std::vector<std::int16_t> speech(std::int64_t from, std::int64_t count)
{
    std::vector<std::int16_t> result(static_cast<std::size_t>(count));
    std::generate(result.begin(), result.end(), [&] { return spoken(from++); });
    return result;
}

inline std::vector<std::int16_t> withoutSilence(std::vector<std::int16_t> samples)
{
    std::erase(samples, std::int16_t(0));
    return samples;
}

inline std::vector<std::int16_t> part(const std::vector<std::int16_t>& samples, std::int64_t from,
                                      std::int64_t count)
{
    return {samples.begin() + from, samples.begin() + from + count};
}

} // namespace hs::test
