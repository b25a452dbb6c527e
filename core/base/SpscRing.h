// SpscRing: a fixed ring of values between one producing and one consuming thread, without locks.
// The capacity is rounded up to a power of two. What does not fit is refused, never overwritten.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace hs::base {

template <class T>
class SpscRing {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    explicit SpscRing(std::size_t capacity)
        : m_slots(std::bit_ceil(capacity))
    {
    }
    SpscRing(const SpscRing&) = delete;
    SpscRing& operator=(const SpscRing&) = delete;

    std::size_t capacity() const { return m_slots.size(); }

    // Producer. Returns how many were taken.
    std::size_t write(std::span<const T> values)
    {
        const std::size_t head = m_head.load(std::memory_order_relaxed);
        const std::size_t room = m_slots.size() - (head - m_tail.load(std::memory_order_acquire));
        const std::size_t count = values.size() < room ? values.size() : room;
        for (std::size_t i = 0; i < count; ++i) {
            m_slots[(head + i) & (m_slots.size() - 1)] = values[i];
        }
        m_head.store(head + count, std::memory_order_release);
        return count;
    }

    // Consumer. Returns how many were filled.
    std::size_t read(std::span<T> values)
    {
        const std::size_t tail = m_tail.load(std::memory_order_relaxed);
        const std::size_t there = m_head.load(std::memory_order_acquire) - tail;
        const std::size_t count = values.size() < there ? values.size() : there;
        for (std::size_t i = 0; i < count; ++i) {
            values[i] = m_slots[(tail + i) & (m_slots.size() - 1)];
        }
        m_tail.store(tail + count, std::memory_order_release);
        return count;
    }

    // Consumer. Throws away up to `count` of the oldest.
    std::size_t skip(std::size_t count)
    {
        const std::size_t tail = m_tail.load(std::memory_order_relaxed);
        const std::size_t there = m_head.load(std::memory_order_acquire) - tail;
        const std::size_t skipped = count < there ? count : there;
        m_tail.store(tail + skipped, std::memory_order_release);
        return skipped;
    }

    // Either side; the other may have moved meanwhile, but only in the caller's favour.
    std::size_t size() const
    {
        return m_head.load(std::memory_order_acquire) - m_tail.load(std::memory_order_acquire);
    }

private:
    std::vector<T> m_slots;
    alignas(64) std::atomic<std::size_t> m_head{0};
    alignas(64) std::atomic<std::size_t> m_tail{0};
};

} // namespace hs::base
