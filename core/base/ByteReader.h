// ByteReader: bounds-checked reading of big-endian numbers. Reading past the end gives zero and sets
// a failure that stays; check ok() once at the end. Does not own the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hs::base {

class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes)
        : m_bytes(bytes)
    {
    }

    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u24() { return static_cast<std::uint32_t>(number(3)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }
    std::span<const std::byte> bytes(std::size_t count)
    {
        if (!has(count)) {
            return {};
        }
        const auto result = m_bytes.subspan(m_position, count);
        m_position += count;
        return result;
    }
    void skip(std::size_t count) { bytes(count); }

    bool ok() const { return m_ok; }
    std::size_t remaining() const { return m_bytes.size() - m_position; }
    std::size_t position() const { return m_position; }

private:
    bool has(std::size_t count)
    {
        if (remaining() < count) {
            m_ok = false;
            m_position = m_bytes.size();
            return false;
        }
        return true;
    }
    std::uint64_t number(std::size_t size)
    {
        if (!has(size)) {
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value = value << 8 | std::to_integer<std::uint64_t>(m_bytes[m_position + i]);
        }
        m_position += size;
        return value;
    }

    std::span<const std::byte> m_bytes;
    std::size_t m_position = 0;
    bool m_ok = true;
};

} // namespace hs::base
