// ByteWriter: bounds-checked writing of big-endian numbers into bytes of the caller's. Writing past
// the end writes nothing and sets a failure that stays; check ok() once at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace hs::base {

class ByteWriter {
public:
    explicit ByteWriter(std::span<std::byte> bytes)
        : m_bytes(bytes)
    {
    }

    void u8(std::uint8_t value) { number(value, 1); }
    void u16(std::uint16_t value) { number(value, 2); }
    void u24(std::uint32_t value) { number(value, 3); }
    void u32(std::uint32_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }
    void bytes(std::span<const std::byte> value)
    {
        if (has(value.size()) && !value.empty()) {
            std::memcpy(m_bytes.data() + m_position, value.data(), value.size());
            m_position += value.size();
        }
    }

    bool ok() const { return m_ok; }
    std::size_t position() const { return m_position; }
    std::span<std::byte> written() const { return m_bytes.first(m_position); }

private:
    bool has(std::size_t count)
    {
        m_ok = m_ok && m_bytes.size() - m_position >= count;
        return m_ok;
    }
    void number(std::uint64_t value, std::size_t size)
    {
        if (!has(size)) {
            return;
        }
        for (std::size_t i = 0; i < size; ++i) {
            m_bytes[m_position + i] = static_cast<std::byte>(value >> (8 * (size - 1 - i)));
        }
        m_position += size;
    }

    std::span<std::byte> m_bytes;
    std::size_t m_position = 0;
    bool m_ok = true;
};

} // namespace hs::base
