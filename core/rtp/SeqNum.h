// RTP's 16-bit sequence numbers: distances across the wrap, the long form that never wraps, and a
// window of which of the latest ones were seen. RFC 3550 A.1. Thread: values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace hs::rtp {

// How far `to` lies after `from`: -32768..32767.
constexpr int seqDistance(std::uint16_t from, std::uint16_t to)
{
    return static_cast<std::int16_t>(static_cast<std::uint16_t>(to - from));
}

// The sequence number on a line without wraps, next to the highest one so far.
class ExtendedSeq {
public:
    explicit constexpr ExtendedSeq(std::uint16_t first = 0)
        : m_highest(first)
    {
    }
    // Moves on when this one is newer than all before.
    constexpr std::int64_t extend(std::uint16_t seq)
    {
        const std::int64_t value =
            m_highest + seqDistance(static_cast<std::uint16_t>(m_highest), seq);
        m_highest = value > m_highest ? value : m_highest;
        return value;
    }
    constexpr std::int64_t highest() const { return m_highest; }

private:
    std::int64_t m_highest;
};

// Which of the newest 128 sequence numbers have come.
class SeqWindow {
public:
    enum class Mark : std::uint8_t { New, Duplicate, TooOld };
    static constexpr int size = 128;

    void restart(std::uint16_t seq)
    {
        m_bits = {};
        m_highest = seq;
        set(seq);
    }
    Mark mark(std::uint16_t seq)
    {
        const int ahead = seqDistance(m_highest, seq);
        if (ahead <= -size) {
            return Mark::TooOld;
        }
        if (ahead >= size) {
            m_bits = {};
        }
        for (int i = 1; i <= ahead && ahead < size; ++i) {
            clear(static_cast<std::uint16_t>(m_highest + i));
        }
        m_highest = ahead > 0 ? seq : m_highest;
        if (isSet(seq)) {
            return Mark::Duplicate;
        }
        set(seq);
        return Mark::New;
    }
    std::uint16_t highest() const { return m_highest; }

private:
    static std::size_t word(std::uint16_t seq) { return seq % size / 64U; }
    static std::uint64_t bit(std::uint16_t seq) { return std::uint64_t(1) << (seq % 64); }
    void set(std::uint16_t seq) { m_bits[word(seq)] |= bit(seq); }
    void clear(std::uint16_t seq) { m_bits[word(seq)] &= ~bit(seq); }
    bool isSet(std::uint16_t seq) const { return (m_bits[word(seq)] & bit(seq)) != 0; }

    std::array<std::uint64_t, size / 64> m_bits{};
    std::uint16_t m_highest = 0;
};

} // namespace hs::rtp
