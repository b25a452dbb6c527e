// SpscByteRing: records of varying length between one producing and one consuming thread, without
// locks. A record is contiguous in memory. What does not fit is refused and counted.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hs::base {

class SpscByteRing {
public:
    // Bytes, rounded up to a power of two. A record takes 8 more than its length, rounded up to 8.
    explicit SpscByteRing(std::size_t capacity);
    SpscByteRing(const SpscByteRing&) = delete;
    SpscByteRing& operator=(const SpscByteRing&) = delete;

    // Producer: room for a record of `size` bytes, empty if there is none (and then one is counted
    // as refused). Fill it, then commit(); nothing else may be reserved in between.
    std::span<std::byte> reserve(std::size_t size);
    void commit();
    std::uint64_t refused() const { return m_refused.load(std::memory_order_relaxed); }

    // Consumer: the oldest record, empty if there is none; it stays valid until release().
    std::span<const std::byte> front();
    void release();

    bool empty() const
    {
        return m_head.load(std::memory_order_acquire) == m_tail.load(std::memory_order_acquire);
    }

private:
    std::size_t offset(std::uint64_t position) const { return position & (m_bytes.size() - 1); }

    std::vector<std::byte> m_bytes;
    std::uint64_t m_reservedEnd = 0;
    std::uint64_t m_frontEnd = 0;
    std::atomic<std::uint64_t> m_refused{0};
    alignas(64) std::atomic<std::uint64_t> m_head{0};
    alignas(64) std::atomic<std::uint64_t> m_tail{0};
};

} // namespace hs::base
