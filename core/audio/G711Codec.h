// G.711 behind the face of all codecs: every octet is a sample (RFC 3551 4.5.14), so no payload but
// an empty one is malformed. Nothing is remembered from packet to packet.
// Thread: one at a time.
#pragma once

#include "audio/SpeechDecoder.h"
#include "audio/SpeechEncoder.h"

namespace hs::audio {

enum class G711Law : std::uint8_t { A, Mu };

class G711Decoder final : public SpeechDecoder {
public:
    explicit G711Decoder(G711Law law)
        : m_law(law)
    {
    }

    int sampleRate() const override { return 8000; }
    std::size_t samplesIn(std::span<const std::byte> payload) const override;
    std::size_t decode(std::span<const std::byte> payload, std::span<std::int16_t> out) override;
    std::size_t conceal(std::span<std::int16_t>) override { return 0; }
    std::size_t recover(std::span<const std::byte>, std::span<std::int16_t>) override { return 0; }
    void reset() override { }

private:
    G711Law m_law;
};

class G711Encoder final : public SpeechEncoder {
public:
    explicit G711Encoder(G711Law law)
        : m_law(law)
    {
    }

    int sampleRate() const override { return 8000; }
    std::size_t encode(std::span<const std::int16_t> samples, std::span<std::byte> out) override;
    void setExpectedLoss(int) override { }
    void reset() override { }

private:
    G711Law m_law;
};

} // namespace hs::audio
