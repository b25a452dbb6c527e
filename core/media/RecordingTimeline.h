// RecordingTimeline: where each packet of a call belongs in its recording. Left is what the far end
// says, placed by RTP timestamps; right is what it hears, placed by when it was sent. Positions are
// samples of the file's rate, 0 the recording's beginning; timestamps are of the codec's clock.
// Every sample that came is in the file, and in order, unless it came more than 500 ms after one
// that was sent later, or twice. Where a timestamp contradicts the clock (a new SSRC, a jump, a
// pause without progress, a codec of another clock) the far end's side is anchored anew; where a
// side runs ahead of or behind the clock by more than 200 ms (clock drift, a stall and the burst
// after it), silence is inserted in the one that lags. What was lost is concealed when that is
// known in time, else silence. No file, no thread, no clock of its own. Thread: one at a time.
#pragma once

#include "media/RecordingSide.h"

#include <array>
#include <optional>

namespace hs::media {

class RecordingTimeline {
public:
    struct Received {
        std::uint32_t ssrc = 0;
        std::uint16_t sequence = 0;
        std::uint32_t timestamp = 0;
        std::int64_t arrival = 0; // position of the moment when it came; before 0 counts as 0
        std::span<const std::int16_t> samples;
        int clockRate = 8000; // of the timestamp
    };
    struct Stretch {
        std::span<const std::int16_t> left;
        std::span<const std::int16_t> right;
    };
    static constexpr int reorderWindowMs = 500;
    static constexpr int mostApartMs = 200;

    explicit RecordingTimeline(int rate = 8000);

    void received(const Received& packet);
    // A packet that is no audio: no loss, so what its time would have held is silence.
    void other(std::uint32_t ssrc, std::uint16_t sequence);
    void sent(std::int64_t position, std::span<const std::int16_t> samples);

    // How many samples can't change any more at `now`.
    std::size_t ready(std::int64_t now) const;
    // How many there are in all if the recording ends at `now`.
    std::size_t rest(std::int64_t now) const;
    // The next `count` samples of both sides; valid until the next call of anything here.
    Stretch take(std::size_t count) { return {m_left.take(count), m_right.take(count)}; }

    // Packets that came too late or twice.
    std::uint64_t discarded() const { return m_discarded; }
    // By how much the file is longer than the call.
    std::int64_t inserted() const { return m_shift; }

private:
    // Ties timestamps to positions, by a packet.
    struct Anchor {
        std::uint16_t sequence = 0;
        std::uint32_t timestamp = 0;
        std::int64_t position = 0;
        int clockRate = 8000;
    };
    struct Source {
        std::uint32_t ssrc = 0;
        bool known = false;
        std::uint64_t usedAt = 0;
        Anchor newest; // the packet with the highest sequence number
        std::int64_t end = 0; // behind it
        // Packets before this sequence number, if they come late, belong to an older anchor.
        std::uint16_t anchoredFrom = 0;
        std::optional<Anchor> older;
    };

    std::int64_t positionOf(std::uint32_t timestamp, const Anchor& anchor) const;
    std::int64_t samplesOf(int ms) const { return m_rate * ms / 1000; }
    Source& sourceOf(std::uint32_t ssrc);
    void fillIn(const Source& source, const Received& packet);
    void append(Source& source, const Received& packet, std::int64_t arrival);
    std::int64_t targetOf(const Source& source, const Received& packet, std::int64_t now) const;
    void watchLag(Source& source, std::int64_t arrival, std::int64_t lag);

    std::int64_t m_rate;
    RecordingSide m_left;
    RecordingSide m_right;
    std::int64_t m_shift = 0; // silence inserted in the right side so far
    std::array<Source, 2> m_sources;
    std::uint64_t m_uses = 0;
    std::uint64_t m_discarded = 0;
    // The smallest lag of the far end's side in the second that runs: what is more is jitter.
    std::int64_t m_smallestLag = 0;
    std::int64_t m_lagSince = 0;
    int m_lagCount = 0;
};

} // namespace hs::media
