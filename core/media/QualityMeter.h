// QualityMeter: how well both sides of a call hear, by the E-model: each side's loss (of the last 8
// s here, of the far end's last report there) and its delay. What is not known of the delay counts
// as little: a network without a round trip measured as none, the far end's buffer as one like
// ours. The scale is that of narrowband telephony for every codec: what a wider one adds in sound
// (which G.107.1 rates on a scale of its own) is not counted, nor what in-band FEC repairs.
// Thread: media, without allocation.
#pragma once

#include "model/MediaStats.h"
#include "rtp/RtpStats.h"

#include <array>
#include <cstddef>

namespace hs::media {

class QualityMeter {
public:
    struct Line {
        std::uint64_t packetsLate = 0; // that came and could not be played
        int bufferMs = 0; // how long what we hear waits
        int receivedPacketMs = 20;
        int sentPacketMs = 20;
    };

    // Four times a second.
    void measure(const rtp::RtpStats& stats, const Line& line);
    void writeTo(model::MediaStats& stats) const;

private:
    struct Totals {
        std::uint64_t received = 0;
        std::uint64_t lost = 0;
        std::uint64_t late = 0;
    };
    struct Score {
        int now = -1;
        std::int64_t sum = 0;
        int count = 0;

        void set(int mos);
        int average() const;
    };

    std::array<Totals, 32> m_totals{}; // of the last 8 s
    std::size_t m_next = 0;
    std::size_t m_known = 0;
    Score m_received;
    Score m_sent;
};

} // namespace hs::media
