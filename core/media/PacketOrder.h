// PacketOrder: gives the packets of one RTP stream on in the order of their numbers: one that comes
// early waits for those before it, for at most `patience` or until `places` wait. What comes too
// late is dropped. No allocation. Thread: media.
#pragma once

#include "base/Clock.h"
#include "rtp/SeqNum.h"

#include <array>
#include <cstddef>
#include <span>

namespace hs::media {

class PacketOrder {
public:
    static constexpr auto patience = std::chrono::milliseconds(60);
    static constexpr std::size_t places = 3;
    static constexpr std::size_t mostBytes = 480; // 60 ms of G.711; longer ones wait for nobody

    struct Packet {
        std::uint32_t ssrc = 0;
        std::uint16_t sequence = 0;
        std::uint8_t payloadType = 0;
        std::span<const std::byte> payload; // empty: its number counts, but nothing is given on
    };

    // `give` is called with a Packet, for each that has its turn.
    template <class Give>
    void put(const Packet& packet, base::TimePoint now, const Give& give)
    {
        if (!m_known || packet.ssrc != m_ssrc) {
            release(give);
            m_known = true;
            m_ssrc = packet.ssrc;
            handOut(packet, give);
            return;
        }
        const int step = rtp::seqDistance(m_last, packet.sequence);
        if (step < -farthestBack) { // the numbers begin anew
            release(give);
            handOut(packet, give);
        } else if (step == 1 || packet.payload.size() > mostBytes) {
            handOut(packet, give);
            follow(give);
        } else if (step > 1) {
            if (m_count == places) {
                handOutFirst(give);
                follow(give);
                put(packet, now, give); // its turn may have come
                return;
            }
            hold(packet, now);
        }
    }

    // Those that have waited long enough; in every tick.
    template <class Give>
    void expire(base::TimePoint now, const Give& give)
    {
        while (m_count > 0 && now - oldest() >= patience) {
            handOutFirst(give);
            follow(give);
        }
    }

private:
    static constexpr int farthestBack = 100; // RFC 3550 A.1: MAX_MISORDER

    struct Held {
        Packet packet;
        std::array<std::byte, mostBytes> bytes;
        base::TimePoint since{};
    };

    base::TimePoint oldest() const; // when the first of those that wait came
    std::size_t first() const; // the place of the lowest number
    void hold(const Packet& packet, base::TimePoint now);
    void drop(std::size_t place);

    template <class Give>
    void handOut(const Packet& packet, const Give& give)
    {
        m_last = packet.sequence;
        if (!packet.payload.empty()) {
            give(packet);
        }
    }

    template <class Give>
    void handOutFirst(const Give& give)
    {
        const std::size_t at = first();
        Held& held = m_held[at];
        held.packet.payload = std::span(held.bytes).first(held.packet.payload.size());
        handOut(held.packet, give);
        drop(at);
    }

    // Whoever waited for the one that was just given on.
    template <class Give>
    void follow(const Give& give)
    {
        while (m_count > 0) {
            const std::size_t at = first();
            const int step = rtp::seqDistance(m_last, m_held[at].packet.sequence);
            if (step > 1) {
                return;
            }
            if (step == 1) {
                handOutFirst(give);
            } else {
                drop(at);
            }
        }
    }

    template <class Give>
    void release(const Give& give)
    {
        while (m_count > 0) {
            handOutFirst(give);
        }
    }

    bool m_known = false;
    std::uint32_t m_ssrc = 0;
    std::uint16_t m_last = 0; // the newest that was given on
    std::size_t m_count = 0;
    std::array<Held, places> m_held;
};

} // namespace hs::media
