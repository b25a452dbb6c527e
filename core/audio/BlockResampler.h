// BlockResampler: a stream of mono samples from one rate to another in blocks of which each gives
// exactly as many samples as the rates ask for, at once: what the filter holds back (some 4 ms) is
// silence before the first of them. Equal rates pass through untouched. Rates are such that the
// smaller divides the larger: 8000, 16000, 48000 Hz. No allocation after construction.
// Thread: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

struct SpeexResamplerState_;

namespace hs::audio {

class BlockResampler {
public:
    BlockResampler(int fromRate, int toRate);

    int fromRate() const { return m_from; }
    int toRate() const { return m_to; }
    bool isTransparent() const { return m_from == m_to; }
    std::size_t outFor(std::size_t in) const
    {
        return in * static_cast<std::size_t>(m_to) / static_cast<std::size_t>(m_from);
    }
    std::size_t inFor(std::size_t out) const
    {
        return out * static_cast<std::size_t>(m_from) / static_cast<std::size_t>(m_to);
    }
    // Of a block that is a whole number of samples at both rates; fills outFor(in.size()) of `out`.
    void process(std::span<const std::int16_t> in, std::span<std::int16_t> out);
    // What was heard before is forgotten.
    void reset();

private:
    struct Destroy {
        void operator()(SpeexResamplerState_* state) const;
    };
    int m_from;
    int m_to;
    std::unique_ptr<SpeexResamplerState_, Destroy> m_state; // null: equal rates
};

} // namespace hs::audio
