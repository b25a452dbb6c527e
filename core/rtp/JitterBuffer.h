// JitterBuffer: holds the packets of a G.711 stream (one byte is one sample, 8000 a second) until
// they are due, and gives them out in pieces of any length on the listener's clock. It thinks in
// samples, not in packets, so packets of any length, and changes of length or payload type in
// mid-stream, come out unbroken. What must be invented or is silence is told apart:
//
//   Audio    bytes of one payload type, to be decoded
//   Lost     to be concealed: lost, late, or the network is stalled
//   Silence  the sender sent nothing on purpose (RFC 3550 5.1: the timestamp moved on, the sequence
//            number did not), or nothing has come for so long that concealment makes no sense
//
// Delay: 40 ms after the first packet at the start; more, up to 200 ms, as the measured jitter asks
// for it; less again slowly. No allocation; about 8.5 KiB. Sample positions are 64-bit and never
// wrap. Takes packets that RtpReceiver accepted. Thread: belongs to one at a time.
#pragma once

#include "rtp/InterarrivalJitter.h"
#include "rtp/JitterStats.h"
#include "rtp/SeqNum.h"

#include <array>
#include <cstddef>
#include <span>

namespace hs::rtp {

class JitterBuffer {
public:
    static constexpr std::uint32_t clockRate = 8000;
    static constexpr std::size_t capacity = 4096; // samples: 512 ms
    static constexpr std::size_t maxPayload = 1500; // longer packets are discarded
    static constexpr std::size_t maxGet = 960;

    enum class Kind : std::uint8_t { Audio, Lost, Silence };
    struct Piece {
        Kind kind = Kind::Silence;
        std::uint8_t payloadType = 0; // of Audio
        std::uint16_t samples = 0;
    };
    // What get() gave: pieces that add up to what was asked for. Nearly always one.
    class Frame {
    public:
        std::span<const Piece> pieces() const { return std::span(m_pieces).first(m_count); }
        bool isAll(Kind kind) const { return m_count == 1 && m_pieces[0].kind == kind; }

    private:
        friend class JitterBuffer;
        void append(Piece piece);
        std::array<Piece, 12> m_pieces{};
        std::size_t m_count = 0;
    };

    JitterBuffer();

    // A packet's payload. An empty one, or comfort noise (RFC 3389), is put as an empty payload:
    // the silence from there on is then no loss.
    void put(std::uint16_t seq, std::uint32_t timestamp, std::span<const std::byte> payload,
             std::uint8_t payloadType, base::TimePoint now);
    // A packet of the stream that is no audio (RFC 4733): its number counts, and what its time
    // would have held was not lost.
    void putOther(std::uint16_t seq);
    // The next out.size() samples, at most maxGet. Bytes that are not Audio are left as they were.
    Frame get(std::span<std::byte> out, base::TimePoint now);

    // Another SSRC or numbering follows: the next packet goes behind what is held, wherever its
    // timestamp points.
    void reset();

    JitterStats stats() const;

private:
    enum class State : std::uint8_t { NotStarted, Buffering, Playing };
    using Position = std::int64_t; // samples on the listener's time line

    void putNewest(std::uint32_t timestamp, int ahead, std::span<const std::byte> payload,
                   std::uint8_t payloadType, base::TimePoint now);
    void putOlder(std::uint32_t timestamp, std::span<const std::byte> payload,
                  std::uint8_t payloadType);
    Position place(std::uint32_t timestamp, std::size_t size, base::TimePoint now);
    Position placeAtEnd(base::TimePoint now);
    void anchor(Position position, base::TimePoint now);
    void markSilence(Position from, Position to);
    void makeRoom(Position end);
    void write(Position position, std::span<const std::byte> payload, std::uint8_t payloadType);
    void fill(Position from, Position to, std::uint8_t tag);
    void skipTo(Position position);
    void measure(std::uint32_t timestamp, base::TimePoint now);

    Position wantedTarget() const;

    bool isDue(base::TimePoint now) const;
    void starve(Frame& frame, std::size_t samples, bool mayBeSilence);
    void play(Frame& frame, std::span<std::byte> out);
    void watchDepth(std::size_t samples);
    Position depth() const { return m_end > m_play ? m_end - m_play : 0; }
    bool isStarved() const { return m_state == State::Playing && m_end <= m_play; }

    std::array<std::byte, capacity> m_samples{};
    std::array<std::uint8_t, capacity> m_tags{}; // payload type, or what is there instead of audio
    State m_state = State::NotStarted;
    bool m_hasLast = false; // the newest packet's numbers are known
    Position m_play = 0; // next to be given out
    Position m_end = 0; // behind the last sample held
    Position m_floor = 0; // given out before here: never to be gone back to
    Position m_lastPosition = 0; // of the newest packet
    Position m_lastEnd = 0;
    std::uint32_t m_lastTimestamp = 0;
    SeqWindow m_window;
    base::TimePoint m_anchoredAt{};
    InterarrivalJitter m_jitter;
    Position m_target; // how long the first packet waits
    std::size_t m_starved = 0; // samples given out since the last one held
    std::size_t m_unexplained = 0; // of those, Lost ones that may yet turn out to be silence
    bool m_isQuiet = false; // the newest packet was comfort noise
    bool m_wasLate = false; // a packet came too late since the delay last grew
    Position m_windowSamples = 0; // of the second over which depth is watched
    Position m_windowLeast = 0;
    JitterStats m_stats;
};

} // namespace hs::rtp
