// RecordRing: a ring of records with a fixed header and a payload of any length, from one thread to
// another in the order in which they were put. What finds it full is refused and counted.
// Thread: put() the one, without allocation; next() and release() the other; refused() any.
#pragma once

#include "base/SpscByteRing.h"

#include <cstring>
#include <optional>
#include <type_traits>

namespace hs::media {

template <class Header>
class RecordRing {
    static_assert(std::is_trivially_copyable_v<Header>);

public:
    struct Item {
        Header header;
        std::span<const std::byte> payload;
    };

    explicit RecordRing(std::size_t bytes)
        : m_ring(bytes)
    {
    }

    bool put(const Header& header, std::span<const std::byte> payload = {})
    {
        const std::span<std::byte> room = m_ring.reserve(sizeof header + payload.size());
        if (room.empty()) {
            return false;
        }
        std::memcpy(room.data(), &header, sizeof header);
        if (!payload.empty()) {
            std::memcpy(room.data() + sizeof header, payload.data(), payload.size());
        }
        m_ring.commit();
        return true;
    }
    std::uint64_t refused() const { return m_ring.refused(); }

    // The oldest; its payload is valid until release().
    std::optional<Item> next()
    {
        const std::span<const std::byte> bytes = m_ring.front();
        if (bytes.empty()) {
            return std::nullopt;
        }
        Item item;
        std::memcpy(&item.header, bytes.data(), sizeof item.header);
        item.payload = bytes.subspan(sizeof item.header);
        return item;
    }
    void release() { m_ring.release(); }

private:
    base::SpscByteRing m_ring;
};

} // namespace hs::media
