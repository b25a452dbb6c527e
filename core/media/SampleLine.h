// SampleLine: the samples that are decoded but not yet given out, in one piece, with some of those
// that were given out right before them. Bounded; no allocation after construction. Thread: one at
// a time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hs::media {

class SampleLine {
public:
    SampleLine(std::size_t past, std::size_t capacity)
        : m_samples(past + capacity)
        , m_past(past)
        , m_end(past)
    {
    }

    std::size_t waiting() const { return m_end - m_past; }
    std::size_t room() const { return m_samples.size() - m_end; }
    std::size_t past() const { return m_past; }

    // Room for `count` more at the end, which are to be filled; as many as there is room for.
    std::span<std::int16_t> append(std::size_t count);
    // The first ones leave; no more than wait.
    void give(std::span<std::int16_t> out);

    void clear();
    std::span<std::int16_t> samples() { return std::span(m_samples).subspan(m_past, waiting()); }
    // With past() before them and room() behind them; resized() tells that this many wait now.
    std::span<std::int16_t> whole() { return m_samples; }
    void resized(std::size_t waits) { m_end = m_past + waits; }

private:
    std::vector<std::int16_t> m_samples;
    std::size_t m_past; // always so many
    std::size_t m_end;
};

} // namespace hs::media
