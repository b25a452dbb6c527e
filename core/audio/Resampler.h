// Resampler: a stream of mono samples from one rate to another, over speexdsp, with the filter's
// delay taken out: the first sample out belongs to the first sample in, and after flush() there are
// as many as the rates ask for, rounded. Equal rates pass through untouched.
// Rates: 1000 to 768000 Hz, else create() fails. No allocation after create() but in the forms that
// append to a vector. Thread: one at a time.
#pragma once

#include "base/Result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

struct SpeexResamplerState_;

namespace hs::audio {

class Resampler {
public:
    static constexpr int defaultQuality = 6; // 0 (fast) to 10
    static constexpr int lowestRate = 1000;
    static constexpr int highestRate = 768000;

    static base::Result<Resampler> create(int fromRate, int toRate, int quality = defaultQuality);

    int fromRate() const { return m_from; }
    int toRate() const { return m_to; }

    struct Progress {
        std::size_t consumed = 0;
        std::size_t produced = 0;
    };
    // Goes on until `in` is used up or `out` is full.
    Progress process(std::span<const std::int16_t> in, std::span<std::int16_t> out);
    Progress process(std::span<const float> in, std::span<float> out);

    // All of `in`, appended to `out`.
    void process(std::span<const std::int16_t> in, std::vector<std::int16_t>& out);
    void process(std::span<const float> in, std::vector<float>& out);

    // Appends what the filter still holds; the next sample in begins a new stream.
    void flush(std::vector<std::int16_t>& out);
    void flush(std::vector<float>& out);

    // Forgets everything: the next sample in begins a new stream.
    void reset();

private:
    struct Destroy {
        void operator()(SpeexResamplerState_* state) const;
    };
    Resampler(int from, int to, SpeexResamplerState_* state);
    template <class T>
    Progress run(std::span<const T> in, std::span<T> out);
    template <class T>
    void append(std::span<const T> in, std::vector<T>& out);
    template <class T>
    void drain(std::vector<T>& out);

    int m_from;
    int m_to;
    std::unique_ptr<SpeexResamplerState_, Destroy> m_state; // null: equal rates
    std::int64_t m_consumed = 0;
    std::int64_t m_produced = 0;
};

} // namespace hs::audio
