// ConferenceBridge: mixes a conference: each member hears all others and never itself. Members write
// what they say ahead, 20 ms from a time on the 5 ms grid; at that time or later, each at its own
// phase and rate, they take what the others say up to 5 ms ahead, so that nobody is heard more than
// 20 ms late. Sums are of 32 bits and bend softly towards full scale. Who comes fades in; of who
// goes nothing is heard any more, though without a click.
// Thread: media, without allocation after construction.
#pragma once

#include "media/ConferenceMember.h"

namespace hs::media {

class ConferenceBridge {
public:
    static constexpr std::size_t mostMembers = 64;
    static constexpr std::size_t mostSamples = 2880; // at once: 60 ms at 48 kHz
    static constexpr auto ahead = std::chrono::milliseconds(5);

    ConferenceBridge() { m_members.reserve(mostMembers); }

    bool enter(ConferenceMember& member); // false: it is full
    void leave(ConferenceMember& member); // nothing if it is not there
    // What it has said and nobody has heard yet is heard by nobody.
    void silence(ConferenceMember& member);
    std::size_t size() const { return m_members.size(); }

    void write(ConferenceMember& member, base::TimePoint from,
               std::span<const std::int16_t> samples, int rate);
    // Adds what the others say up to `ahead` of `slot`. False: there are no others.
    bool addOthers(ConferenceMember& member, base::TimePoint slot,
                   std::span<std::int16_t> samples, int rate);

    // Full scale is not reached, but neared.
    static std::int16_t bend(std::int32_t sum);

private:
    void hearAt(ConferenceMember& member, int rate);
    void updateWanted();

    std::vector<ConferenceMember*> m_members;
    unsigned m_wanted = 0; // a bit for each rate at which somebody hears
    std::array<std::int32_t, mostSamples> m_sum;
};

} // namespace hs::media
