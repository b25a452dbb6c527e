#include "media/PacketOrder.h"

#include <algorithm>
#include <cstring>

namespace hs::media {

base::TimePoint PacketOrder::oldest() const
{
    base::TimePoint result = m_held[0].since;
    for (std::size_t i = 1; i < m_count; ++i) {
        result = std::min(result, m_held[i].since);
    }
    return result;
}

std::size_t PacketOrder::first() const
{
    std::size_t result = 0;
    for (std::size_t i = 1; i < m_count; ++i) {
        if (rtp::seqDistance(m_held[result].packet.sequence, m_held[i].packet.sequence) < 0) {
            result = i;
        }
    }
    return result;
}

void PacketOrder::hold(const Packet& packet, base::TimePoint now)
{
    Held& held = m_held[m_count++];
    held.packet = packet;
    held.since = now;
    if (!packet.payload.empty()) {
        std::memcpy(held.bytes.data(), packet.payload.data(), packet.payload.size());
    }
}

void PacketOrder::drop(std::size_t place)
{
    --m_count;
    if (place != m_count) {
        m_held[place] = m_held[m_count];
    }
}

} // namespace hs::media
