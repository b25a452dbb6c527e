// NumberedDecoder: a codec of nothing but numbers: a payload names the packet and which samples of
// a spoken sentence it holds, so a test hears speech and knows what was decoded, and when.
#pragma once

#include "audio/SpeechDecoder.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <vector>

namespace hs::test {

class NumberedDecoder final : public audio::SpeechDecoder {
public:
    struct Content {
        std::uint64_t number = 0;
        std::uint64_t from = 0; // sample of the sentence, which is spoken again and again
        std::uint64_t samples = 0;
    };

    // `decoded` is told of every packet.
    NumberedDecoder(int rate, const std::vector<std::int16_t>& sentence,
                    std::function<void(const Content&)> decoded)
        : m_rate(rate)
        , m_sentence(sentence)
        , m_decoded(std::move(decoded))
    {
    }

    static std::array<std::byte, sizeof(Content)> payload(const Content& content)
    {
        std::array<std::byte, sizeof(Content)> bytes{};
        std::memcpy(bytes.data(), &content, sizeof(content));
        return bytes;
    }
    static Content content(std::span<const std::byte> payload)
    {
        Content content;
        if (payload.size() == sizeof(content)) {
            std::memcpy(&content, payload.data(), sizeof(content));
        }
        return content;
    }
    void setForwardErrorCorrection(bool has) { m_recovers = has; }

    int sampleRate() const override { return m_rate; }
    std::size_t samplesIn(std::span<const std::byte> payload) const override
    {
        return content(payload).samples;
    }
    std::size_t decode(std::span<const std::byte> payload, std::span<std::int16_t> out) override
    {
        const Content is = content(payload);
        speak(is.from, out.first(is.samples));
        m_decoded(is);
        return is.samples;
    }
    std::size_t conceal(std::span<std::int16_t>) override { return 0; }
    std::size_t recover(std::span<const std::byte> next, std::span<std::int16_t> out) override
    {
        if (m_recovers) {
            speak(content(next).from - out.size(), out);
        }
        return m_recovers ? out.size() : 0;
    }
    void reset() override { }

private:
    void speak(std::uint64_t from, std::span<std::int16_t> out) const
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = m_sentence[(from + i) % m_sentence.size()];
        }
    }

    int m_rate;
    const std::vector<std::int16_t>& m_sentence;
    std::function<void(const Content&)> m_decoded;
    bool m_recovers = false;
};

} // namespace hs::test
