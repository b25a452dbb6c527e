#include "media/PortAllocator.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr int slotWidth = 4;
// A range full of someone else's sockets must not hold up the core thread for long.
constexpr std::size_t mostTried = 1024;
} // namespace

PortAllocator::PortAllocator(base::SocketFactory& sockets, PortRange range)
    : m_sockets(sockets)
    , m_range(range)
{
    const int firstEven = (m_range.first + 1) & ~1;
    for (int port = firstEven; port > 0 && port + 1 <= m_range.last; port += slotWidth) {
        m_free.push_back(m_total++);
    }
}

std::uint16_t PortAllocator::portOf(int slot) const
{
    return static_cast<std::uint16_t>(((m_range.first + 1) & ~1) + slot * slotWidth);
}

base::Result<PortPair> PortAllocator::bind(const base::IpAddress& local, int slot)
{
    const std::uint16_t port = portOf(slot);
    auto rtp = m_sockets.bindPolled({local, port});
    if (!rtp) {
        return rtp.error();
    }
    auto rtcp = m_sockets.bindPolled({local, static_cast<std::uint16_t>(port + 1)});
    if (!rtcp) {
        return rtcp.error();
    }
    return PortPair{slot, std::move(rtp).value(), std::move(rtcp).value()};
}

base::Result<PortPair, PortError> PortAllocator::take(const base::IpAddress& local)
{
    QString reason;
    const std::size_t tries = std::min(m_free.size(), mostTried);
    for (std::size_t i = 0; i < tries; ++i) {
        const int slot = m_free.front();
        m_free.pop_front();
        auto pair = bind(local, slot);
        if (pair) {
            return std::move(pair).value();
        }
        reason = pair.error().text;
        m_free.push_back(slot);
    }
    const QString range = QStringLiteral("%1-%2 (rtp_ports)").arg(m_range.first).arg(m_range.last);
    if (reason.isEmpty()) {
        return PortError{PortError::Kind::Exhausted,
                         QStringLiteral("no RTP port free: all %1 pairs of %2 have a call")
                             .arg(m_total)
                             .arg(range)};
    }
    return PortError{PortError::Kind::Unbindable,
                     QStringLiteral("no RTP port of %1 can be bound; the last one tried: %2")
                         .arg(range, reason)};
}

void PortAllocator::giveBack(int slot)
{
    m_free.push_back(slot);
}

} // namespace hs::media
