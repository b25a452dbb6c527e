// RtpStats: what an RTP session did so far, as plain numbers with their units in the name.
// Thread: a value.
#pragma once

#include <cstdint>

namespace hs::rtp {

struct RtpStats {
    std::uint64_t packetsSent = 0;
    std::uint64_t octetsSent = 0; // of payload
    std::uint64_t packetsReceived = 0; // valid ones, duplicates included
    std::uint64_t packetsLost = 0; // RFC 3550 A.3, never below 0
    std::uint64_t packetsDuplicate = 0;
    std::uint64_t packetsRejected = 0; // probation, jumps, stray SSRCs, our own SSRC
    std::uint32_t streamsReceived = 0; // SSRCs and restarts
    std::uint32_t jitterUs = 0; // RFC 3550 A.8
    std::uint32_t lossPermille = 0; // of the far end's packets, in our last report's interval
    // What the far end says of our stream; -1 where it never did.
    std::uint64_t remoteReports = 0; // how often it said something
    std::int64_t remoteLost = -1;
    std::int32_t remoteLossPermille = -1;
    std::int32_t remoteJitterUs = -1;
    std::int32_t roundTripUs = -1;
    std::uint64_t rtcpSent = 0;
    std::uint64_t rtcpReceived = 0; // valid compounds
    std::uint64_t rtcpRejected = 0;

    friend bool operator==(const RtpStats&, const RtpStats&) = default;
};

} // namespace hs::rtp
