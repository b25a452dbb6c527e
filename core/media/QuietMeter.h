// QuietMeter: for how long audio has said nothing: packets below -60 dBov (mean power), and
// of those the ones that are nothing at all, as a muted or broken far end sends them. Thread:
// media, without allocation.
#pragma once

#include "base/Clock.h"
#include "media/MediaParameters.h"

#include <cstddef>
#include <optional>
#include <span>

namespace hs::media {

class QuietMeter {
public:
    void add(audio::CodecKind codec, std::span<const std::byte> codes,
             base::TimePoint at); // G.711
    void add(std::span<const std::int16_t> samples, base::TimePoint at);
    // Something that is not audio, but no silence either.
    void addSound()
    {
        forget();
        m_any = true;
    }
    void forget() { *this = {}; }

    // -1: nothing came yet; 0: it is not quiet.
    std::int64_t quietMs(base::TimePoint now) const { return ms(m_quietSince, now); }
    std::int64_t digitalSilenceMs(base::TimePoint now) const { return ms(m_nothingSince, now); }

private:
    void note(std::int64_t power, int loudest, std::size_t count, base::TimePoint at);
    std::int64_t ms(const std::optional<base::TimePoint>& since, base::TimePoint now) const;

    bool m_any = false;
    std::optional<base::TimePoint> m_quietSince;
    std::optional<base::TimePoint> m_nothingSince;
};

} // namespace hs::media
