// Opus (RFC 6716) as RTP carries it (RFC 7587), by libopus: 48000 samples a second, mono. Decoded
// are packets of 2.5 to 120 ms, stereo ones mixed down. Encoded are packets of 10, 20, 40 or 60 ms
// of speech; what is lost of them, the next packet knows of once a loss is expected (in-band FEC);
// silence is not sent but for a packet every 400 ms (DTX), by which the far end's noise goes on.
// Thread: one at a time.
#pragma once

#include "audio/SpeechCodecs.h"

struct OpusDecoder; // libopus's
struct OpusEncoder;

namespace hs::audio {

class OpusSpeechDecoder final : public SpeechDecoder {
public:
    OpusSpeechDecoder();

    int sampleRate() const override { return 48000; }
    std::size_t samplesIn(std::span<const std::byte> payload) const override;
    std::size_t decode(std::span<const std::byte> payload, std::span<std::int16_t> out) override;
    std::size_t conceal(std::span<std::int16_t> out) override;
    // Nothing also if the packet that was lost was shorter than the next one's frames are.
    std::size_t recover(std::span<const std::byte> next, std::span<std::int16_t> out) override;
    void reset() override;

private:
    struct Release {
        void operator()(OpusDecoder* state) const;
    };
    static constexpr std::size_t unit = 120; // 2.5 ms, of which all frames are multiples

    std::size_t concealOddPart(std::span<std::int16_t> out);

    std::unique_ptr<OpusDecoder, Release> m_state;
};

class OpusSpeechEncoder final : public SpeechEncoder {
public:
    explicit OpusSpeechEncoder(const EncoderWishes& wishes);

    int sampleRate() const override { return 48000; }
    std::size_t encode(std::span<const std::int16_t> samples, std::span<std::byte> out) override;
    void setExpectedLoss(int percent) override;
    void reset() override;

private:
    struct Release {
        void operator()(OpusEncoder* state) const;
    };
    std::unique_ptr<OpusEncoder, Release> m_state;
    EncoderWishes m_wishes;
    int m_expectedLoss = 0;
};

} // namespace hs::audio
