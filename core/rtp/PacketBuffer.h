// PacketBuffer: the packets of one stream, of any codec, in the order in which they are to be
// heard, each at its position on the listener's time line: 64-bit, in samples of the rate at which
// it is played, never wrapping and never going back. Duplicates and what is too late are told apart
// (by the sequence numbers, RFC 3550 A.1); where timestamps jump or begin anew, what comes goes
// behind what is held. Comfort noise (RFC 3389) and packets that are no audio (RFC 4733) have their
// place too, so that the silence around them is not taken for loss. Bounded: 72 packets, 20 KiB;
// what is oldest goes. No allocation after construction. Takes packets that RtpReceiver accepted.
// Thread: one at a time.
#pragma once

#include "base/Clock.h"
#include "rtp/SeqNum.h"

#include <array>
#include <span>
#include <vector>

namespace hs::rtp {

class PacketBuffer {
public:
    static constexpr std::size_t mostPayload = 1500; // longer packets are discarded
    static constexpr std::size_t mostPackets = 72;
    static constexpr std::size_t blockSize = 128;
    static constexpr std::size_t blockCount = 160;

    enum class Kind : std::uint8_t { Audio, Noise, Other };
    struct Packet {
        std::int64_t position = 0;
        std::uint32_t duration = 0; // samples; 0 of noise and others
        std::uint32_t numbering = 0; // moves on where the numbers or timestamps begin anew
        std::uint32_t generation = 0; // of sentAt; the owner's, like that
        base::Duration sentAt{};
        std::uint16_t sequence = 0;
        std::uint8_t payloadType = 0;
        Kind kind = Kind::Audio;
        std::uint16_t size = 0; // of the payload
        std::uint16_t block = 0; // where that begins in here

        std::int64_t end() const { return position + duration; }
    };
    struct Incoming {
        std::uint16_t sequence = 0;
        std::uint32_t timestamp = 0;
        std::uint8_t payloadType = 0;
        std::uint32_t clockRate = 8000; // of the timestamp
        std::uint32_t duration = 0; // samples; ignored of comfort noise
        Kind kind = Kind::Audio;
    };
    struct Listener {
        std::int64_t floor = 0; // what ends here or before comes too late
        std::int64_t at = 0; // the floor, and what was invented since for want of packets
        std::int64_t farthest = 0; // a pause that ends farther ahead of him is none: a jump
    };
    enum class Verdict : std::uint8_t { Held, Duplicate, Late };
    struct Put {
        Verdict verdict = Verdict::Late;
        bool isAnew = false; // its timestamp does not continue those before
        Packet* packet = nullptr; // of Held; until anything else is called
    };

    explicit PacketBuffer(int sampleRate);

    Put put(const Incoming& incoming, std::span<const std::byte> payload, const Listener& listener);
    // A number of the stream whose packet is no audio.
    void putOther(std::uint16_t sequence);
    // Another SSRC or numbering follows.
    void restart() { m_hasLast = false; }

    bool isEmpty() const { return m_packets.empty(); }
    const Packet& first() const { return m_packets.front(); }
    // Its payload, in one piece.
    std::span<const std::byte> firstPayload(std::span<std::byte, mostPayload> copy) const;
    void dropFirst();
    std::int64_t held() const; // samples from the first to the end of the last
    std::uint64_t overflowed() const { return m_overflowed; } // samples lost for want of room

private:
    static constexpr std::uint16_t noBlock = 0xffff;
    using Block = std::array<std::byte, blockSize>;

    Put putNewest(const Incoming& incoming, std::span<const std::byte> payload,
                  const Listener& listener);
    Put putOlder(const Incoming& incoming, std::span<const std::byte> payload,
                 const Listener& listener);
    bool isJump(std::int64_t position, const Incoming& incoming, const Listener& listener) const;
    std::int64_t positionOf(const Incoming& incoming) const;
    Packet* insert(const Incoming& incoming, std::int64_t position,
                   std::span<const std::byte> payload);
    std::uint16_t store(std::span<const std::byte> payload);

    std::int64_t m_rate;
    std::vector<Packet> m_packets; // by position
    std::vector<Block> m_blocks;
    std::vector<std::uint16_t> m_nextBlock; // of a payload, or of the free ones
    std::uint16_t m_freeBlock = 0;
    std::size_t m_freeBlocks = blockCount;
    std::uint64_t m_overflowed = 0;

    SeqWindow m_window;
    bool m_hasLast = false; // the newest packet's numbers are known
    std::uint32_t m_numbering = 0;
    std::uint32_t m_lastTimestamp = 0;
    std::uint32_t m_lastClockRate = 0;
    std::int64_t m_lastPosition = 0;
    std::int64_t m_lastEnd = 0;
    std::int64_t m_lead = 0; // what comes before here belongs to another numbering
};

} // namespace hs::rtp
