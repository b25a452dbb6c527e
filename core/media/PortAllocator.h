// PortAllocator: the pairs of UDP ports for RTP (even) and RTCP (the next one, RFC 3550 11). Slot i
// is the even port first + 4 i, as long as both are within the range. The least recently used free
// slot is taken, so that late packets of an old call miss the new one; one whose port another
// program holds is passed over and tried again when its turn comes. Thread: core.
#pragma once

#include "base/DatagramSocket.h"

#include <deque>

namespace hs::media {

struct PortRange {
    std::uint16_t first = 31000; // an odd one is rounded up
    std::uint16_t last = 32767;
};

struct PortError {
    enum class Kind {
        Exhausted, // every slot has a call of ours
        Unbindable, // the slots that are left can't be bound; the text has the system's reason
    };
    Kind kind = Kind::Exhausted;
    QString text;
};

struct PortPair {
    int slot = 0;
    std::unique_ptr<base::DatagramSocket> rtp;
    std::unique_ptr<base::DatagramSocket> rtcp;
};

class PortAllocator {
public:
    PortAllocator(base::SocketFactory& sockets, PortRange range);

    base::Result<PortPair, PortError> take(const base::IpAddress& local);
    // After both sockets are closed.
    void giveBack(int slot);

    int usedSlots() const { return m_total - static_cast<int>(m_free.size()); }
    int totalSlots() const { return m_total; }

private:
    std::uint16_t portOf(int slot) const;
    base::Result<PortPair> bind(const base::IpAddress& local, int slot);

    base::SocketFactory& m_sockets;
    PortRange m_range;
    int m_total = 0;
    std::deque<int> m_free; // least recently used first
};

} // namespace hs::media
