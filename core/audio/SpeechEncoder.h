// SpeechEncoder: a codec's way from samples to RTP payloads, one stream's, packet by packet.
// Samples are 16-bit mono at sampleRate(). No member allocates or throws; all memory is taken when
// it is made. Thread: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hs::audio {

class SpeechEncoder {
public:
    virtual ~SpeechEncoder() = default;
    virtual int sampleRate() const = 0;
    // Returns the octets written; 0: nothing need be sent (DTX). `samples` is one packet: 10 to 60
    // ms, of a length that packetMsFor() gives. `out` has room for mostPayloadOctets.
    virtual std::size_t encode(std::span<const std::int16_t> samples, std::span<std::byte> out) = 0;
    // How much of what is sent gets lost, 0 to 100, for those that can arm themselves against it.
    virtual void setExpectedLoss(int percent) = 0;
    // A new stream begins.
    virtual void reset() = 0;
};

} // namespace hs::audio
