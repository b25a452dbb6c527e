// StreamCounters: the packets of one call so far, always up to date: what a snapshot says is up to
// a quarter of a second old, which is too old for the last word on a call. Thread: set() media,
// without allocation; writeTo() any.
#pragma once

#include "model/MediaStats.h"
#include "rtp/RtpStats.h"

#include <atomic>

namespace hs::media {

class StreamCounters {
public:
    void set(const rtp::RtpStats& stats, std::uint64_t late)
    {
        m_sent.store(stats.packetsSent, std::memory_order_relaxed);
        m_received.store(stats.packetsReceived - stats.packetsDuplicate, std::memory_order_relaxed);
        m_lost.store(stats.packetsLost, std::memory_order_relaxed);
        m_discarded.store(stats.packetsDuplicate + late, std::memory_order_relaxed);
    }
    void writeTo(model::MediaStats& stats) const
    {
        stats.packetsSent = m_sent.load(std::memory_order_relaxed);
        stats.packetsReceived = m_received.load(std::memory_order_relaxed);
        stats.packetsLost = m_lost.load(std::memory_order_relaxed);
        stats.packetsDiscarded = m_discarded.load(std::memory_order_relaxed);
    }

private:
    std::atomic<std::uint64_t> m_sent{0};
    std::atomic<std::uint64_t> m_received{0};
    std::atomic<std::uint64_t> m_lost{0};
    std::atomic<std::uint64_t> m_discarded{0};
};

} // namespace hs::media
