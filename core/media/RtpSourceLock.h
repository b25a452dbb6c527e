// RtpSourceLock: from which source a call's RTP is accepted, and so to which it is sent (symmetric
// RTP, RFC 4961). What comes from the negotiated address is accepted at once and locks it, whatever
// was locked before. Another source locks instead only while nothing has come from there, after 4
// packets in order with one SSRC and a negotiated payload type; its address must be the one in the
// SDP or that of the signalling, or, where the SDP names a private one (a NAT), any within 10 s of
// start or of the last offer and answer. Once locked, nothing from elsewhere is accepted until a
// new negotiated address allows a new lock; the source that was locked before waits 2 s then, so
// that its last packets don't take the lock again. One exception: where the locked source has been
// silent for 1 s, 4 packets from another port of its address that continue its stream (its SSRC,
// its sequence numbers) take the lock over: a NAT on the way has given it another port.
// No allocation. Thread: one at a time.
#pragma once

#include "base/Clock.h"
#include "base/Endpoint.h"

#include <array>
#include <cstddef>
#include <span>

namespace hs::media {

class RtpSourceLock {
public:
    struct Arrival {
        base::Endpoint source;
        std::uint32_t ssrc = 0;
        std::uint16_t sequence = 0;
        bool negotiatedType = false;
        base::TimePoint at{};
        std::span<const std::byte> datagram;
    };
    // A packet of a candidate, kept until it is known whether its source gets the lock.
    struct Kept {
        std::array<std::byte, 1500> bytes; // a whole datagram: Opus may need 1275 octets
        std::size_t size = 0;
        base::TimePoint at{};
        std::span<const std::byte> datagram() const { return std::span(bytes).first(size); }
    };
    enum class Verdict {
        Accepted, // after what kept() has, if anything
        Candidate, // not yet
        Foreign, // never
    };
    static constexpr std::size_t packetsToLock = 4;

    // Null, any or port 0 as the negotiated address (a hold of RFC 2543) leaves the lock alone.
    void expect(const base::Endpoint& negotiated, const base::IpAddress& signalling,
                base::TimePoint now);
    // Media begins now: any address may become a candidate for the next 10 s.
    void open(base::TimePoint now);

    // Of well-formed RTP packets.
    Verdict judge(const Arrival& arrival);
    // The earlier packets of the source that the last judge() has locked, in order; else empty.
    std::span<const Kept> kept() const { return m_kept; }

    bool isLocked() const { return !m_source.isNull(); }
    const base::Endpoint& source() const { return m_source; } // null: not locked

private:
    struct Candidate {
        base::Endpoint source;
        std::uint32_t ssrc = 0;
        std::uint16_t sequence = 0;
        std::size_t count = 0; // 0: unused
        base::TimePoint lastAt{};
        std::array<Kept, packetsToLock - 1> packets;
    };

    bool mayLock(const Arrival& arrival) const;
    bool continuesLockedStream(const Arrival& arrival) const;
    Candidate& candidateFor(const Arrival& arrival);
    void lock(const base::Endpoint& source);
    Verdict accept(const Arrival& arrival);

    base::Endpoint m_negotiated;
    base::IpAddress m_signalling;
    base::Endpoint m_source;
    base::Endpoint m_previous;
    base::TimePoint m_previousUntil{};
    base::TimePoint m_openUntil{};
    // Of the last packet that was accepted.
    std::uint32_t m_ssrc = 0;
    std::uint16_t m_sequence = 0;
    base::TimePoint m_acceptedAt{};
    std::array<Candidate, 4> m_candidates;
    std::span<const Kept> m_kept;
};

} // namespace hs::media
