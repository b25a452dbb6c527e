// PlayoutLine: a Playout of G.711 (or whatever else is set), fed and heard in steps of 20 ms.
#pragma once

#include "audio/G711Codec.h"
#include "media/Playout.h"

#include <vector>

namespace hs::test {

struct PlayoutLine {
    audio::G711Decoder ulaw{audio::G711Law::Mu};
    audio::G711Decoder alaw{audio::G711Law::A};
    media::Playout playout;
    base::TimePoint now{std::chrono::hours(1)};
    rtp::RtpHeader header{8, false, 65530, 0xfffff000U, 1};

    PlayoutLine()
    {
        playout.setDecoder(0, &ulaw);
        playout.setDecoder(8, &alaw);
    }
    // A payload of that many samples, by the header as it stands; the next one follows it.
    void put(std::span<const std::byte> payload, std::size_t samples)
    {
        playout.put(header, payload, now);
        ++header.sequence;
        header.timestamp += static_cast<std::uint32_t>(samples);
    }
    void put(std::size_t samples, int fill)
    {
        put(std::vector<std::byte>(samples, std::byte(fill)), samples);
    }
    void skip(std::size_t samples)
    {
        ++header.sequence;
        header.timestamp += static_cast<std::uint32_t>(samples);
    }
    // Time for one packet passes: the first two are waited for, then each one is heard.
    void pass()
    {
        if (++passed <= 2) {
            now += std::chrono::milliseconds(20);
            return;
        }
        const std::vector<std::int16_t> some = hear();
        heard.insert(heard.end(), some.begin(), some.end());
    }
    int passed = 0;
    std::vector<std::int16_t> heard; // by pass()

    std::vector<std::int16_t> hear(std::size_t samples = 160)
    {
        std::vector<std::int16_t> out(samples);
        playout.play(out, now);
        now += std::chrono::milliseconds(samples / 8);
        return out;
    }
};

} // namespace hs::test
