// SpeechDecoder: a codec's way from RTP payloads to samples, one stream's, packet by packet in the
// order in which they are to be heard. Samples are 16-bit mono at sampleRate(). A payload is
// untrusted: any octets may stand in it. No member allocates or throws; all memory is taken when it
// is made. Thread: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hs::audio {

class SpeechDecoder {
public:
    virtual ~SpeechDecoder() = default;
    virtual int sampleRate() const = 0; // of what it gives, Hz
    // How many samples the payload holds; 0: it is malformed.
    virtual std::size_t samplesIn(std::span<const std::byte> payload) const = 0;
    // Fills the beginning of `out`, which has room for samplesIn(); returns how many; 0: malformed.
    virtual std::size_t decode(std::span<const std::byte> payload, std::span<std::int16_t> out) = 0;
    // The codec's own concealment of a loss of out.size() samples; 0: it has none.
    virtual std::size_t conceal(std::span<std::int16_t> out) = 0;
    // What `next` knows of the packet that was lost right before it (in-band FEC), out.size()
    // samples; 0: nothing. `next` is then decoded as if it had not been used.
    virtual std::size_t recover(std::span<const std::byte> next, std::span<std::int16_t> out) = 0;
    // A new stream begins.
    virtual void reset() = 0;
};

} // namespace hs::audio
