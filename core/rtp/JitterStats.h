// JitterStats: what a jitter buffer did so far. One sample is 125 us. Thread: a value.
#pragma once

#include <cstdint>

namespace hs::rtp {

struct JitterStats {
    std::uint64_t packetsPut = 0;
    std::uint64_t packetsLate = 0; // too late to be played, or too large
    std::uint64_t packetsDuplicate = 0;
    std::uint64_t samplesPlayed = 0;
    std::uint64_t samplesConcealed = 0; // asked to be concealed
    std::uint64_t samplesSilent = 0; // silence on the sender's part
    std::uint64_t samplesSkipped = 0; // left out to bring the delay down
    std::uint64_t samplesStretched = 0; // of the concealed ones, put in to let the delay grow
    std::uint32_t underruns = 0; // how often it ran empty in mid-stream
    std::uint32_t reanchors = 0; // how often the time line was begun anew
    std::uint32_t jitterUs = 0; // RFC 3550 A.8
    std::int32_t targetMs = 0;
    std::int32_t depthMs = 0; // held now

    friend bool operator==(const JitterStats&, const JitterStats&) = default;
};

} // namespace hs::rtp
