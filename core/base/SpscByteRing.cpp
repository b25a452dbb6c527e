#include "base/SpscByteRing.h"

#include <bit>
#include <cstring>

namespace hs::base {

namespace {
constexpr std::size_t headerSize = 8;
// A header with this length says: the rest of the ring up to its end is unused, go on at its start.
constexpr std::uint64_t wrapMark = ~std::uint64_t(0);

std::size_t recordSize(std::size_t size)
{
    return headerSize + ((size + 7) & ~std::size_t(7));
}
} // namespace

SpscByteRing::SpscByteRing(std::size_t capacity)
    : m_bytes(std::bit_ceil(capacity < 64 ? 64 : capacity))
{
}

std::span<std::byte> SpscByteRing::reserve(std::size_t size)
{
    const std::uint64_t head = m_head.load(std::memory_order_relaxed);
    const std::uint64_t free = m_bytes.size() - (head - m_tail.load(std::memory_order_acquire));
    const std::size_t toEnd = m_bytes.size() - offset(head);
    const std::size_t wanted = recordSize(size);
    const std::size_t skipped = wanted <= toEnd ? 0 : toEnd;
    if (wanted > m_bytes.size() || skipped + wanted > free) {
        m_refused.fetch_add(1, std::memory_order_relaxed);
        return {};
    }
    if (skipped > 0) {
        std::memcpy(&m_bytes[offset(head)], &wrapMark, headerSize);
    }
    const std::uint64_t start = head + skipped;
    const std::uint64_t length = size;
    std::memcpy(&m_bytes[offset(start)], &length, headerSize);
    m_reservedEnd = start + wanted;
    return {&m_bytes[offset(start) + headerSize], size};
}

void SpscByteRing::commit()
{
    m_head.store(m_reservedEnd, std::memory_order_release);
}

std::span<const std::byte> SpscByteRing::front()
{
    std::uint64_t tail = m_tail.load(std::memory_order_relaxed);
    if (m_head.load(std::memory_order_acquire) == tail) {
        return {};
    }
    std::uint64_t length = 0;
    std::memcpy(&length, &m_bytes[offset(tail)], headerSize);
    if (length == wrapMark) {
        tail += m_bytes.size() - offset(tail);
        std::memcpy(&length, &m_bytes[offset(tail)], headerSize);
    }
    m_frontEnd = tail + recordSize(length);
    return {&m_bytes[offset(tail) + headerSize], static_cast<std::size_t>(length)};
}

void SpscByteRing::release()
{
    m_tail.store(m_frontEnd, std::memory_order_release);
}

} // namespace hs::base
