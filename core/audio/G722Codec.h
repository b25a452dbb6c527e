// G.722 at 64 kbit/s (ITU-T G.722, RFC 3551 4.5.2): 16000 samples a second, two in each octet; the
// RTP timestamp counts octets. The two subbands are spandsp's. Of what it decodes they are joined
// here: the filter of the Recommendation may go beyond 16 bits with a loud talker, where spandsp
// 0.0.6 wraps around, a click, and this one stops at the limit. No payload but an empty one is
// malformed. There is a delay of 22 samples from in to out. Thread: one at a time.
#pragma once

#include "audio/SpeechDecoder.h"
#include "audio/SpeechEncoder.h"

#include <array>
#include <memory>

struct g722_decode_state_s;
struct g722_encode_state_s;

namespace hs::audio {

class G722Decoder final : public SpeechDecoder {
public:
    G722Decoder();

    int sampleRate() const override { return 16000; }
    std::size_t samplesIn(std::span<const std::byte> payload) const override;
    std::size_t decode(std::span<const std::byte> payload, std::span<std::int16_t> out) override;
    std::size_t conceal(std::span<std::int16_t>) override { return 0; }
    std::size_t recover(std::span<const std::byte>, std::span<std::int16_t>) override { return 0; }
    void reset() override;

private:
    struct Release {
        void operator()(g722_decode_state_s* state) const;
    };
    static constexpr std::size_t taps = 12; // of each half of the filter

    void join(std::span<std::int16_t> bands); // low, high, low, high ... into samples, in place

    std::unique_ptr<g722_decode_state_s, Release> m_state;
    std::array<int, taps> m_sums{}; // low + high, the newest first
    std::array<int, taps> m_differences{};
};

class G722Encoder final : public SpeechEncoder {
public:
    G722Encoder();

    int sampleRate() const override { return 16000; }
    // An odd sample at the end is left out: packets are of whole milliseconds.
    std::size_t encode(std::span<const std::int16_t> samples, std::span<std::byte> out) override;
    void setExpectedLoss(int) override { }
    void reset() override;

private:
    struct Release {
        void operator()(g722_encode_state_s* state) const;
    };
    std::unique_ptr<g722_encode_state_s, Release> m_state;
};

} // namespace hs::audio
