// JitterStats: what the playout of a stream did so far. Samples are of the rate at which it plays.
// Thread: a value.
#pragma once

#include <cstdint>

namespace hs::rtp {

struct JitterStats {
    std::uint64_t packetsPut = 0;
    std::uint64_t packetsLate = 0; // too late to be played, too large, or malformed
    std::uint64_t packetsDuplicate = 0;
    std::uint64_t packetsLost = 0; // numbers that were not there when their time came
    std::uint64_t samplesPlayed = 0; // as they came
    std::uint64_t samplesRecovered = 0; // that the packet behind a lost one knew of
    std::uint64_t samplesConcealed = 0; // invented for what was lost or late
    std::uint64_t samplesSilent = 0; // silence on the sender's part
    std::uint64_t samplesStretched = 0; // put in to let the delay grow
    std::uint64_t samplesRemoved = 0; // taken out to let it shrink
    std::uint64_t samplesSkipped = 0; // whole packets left out because far too much was held
    std::uint32_t underruns = 0; // how often it ran empty in mid-stream
    std::uint32_t reanchors = 0; // how often the time line was begun anew
    std::uint32_t jitterUs = 0; // RFC 3550 A.8
    std::int32_t targetMs = 0; // how long the fastest packets are to wait
    std::int32_t delayMs = 0; // how long they do
    std::int32_t depthMs = 0; // held now

    friend bool operator==(const JitterStats&, const JitterStats&) = default;
};

} // namespace hs::rtp
