// Playout: what lies between the packets of an RTP stream and the samples that are heard. Packets
// of any codec and length are put as they come; play() gives the next samples on the listener's
// clock. The delay follows the jitter that is measured: it grows and shrinks in pauses and in
// silence, else by a pitch period at a time, and only where far too much has come at once by
// leaving packets out. What was lost is recovered by the codec (in-band FEC), or concealed by it or
// by us; what the sender left out on purpose (DTX, comfort noise of RFC 3389, telephone-events) is
// background noise. Times come with the calls; samples are 16-bit mono at 8000, 16000 or 48000 Hz.
// No allocation after construction. Thread: one at a time.
#pragma once

#include "audio/ComfortNoise.h"
#include "audio/LossConcealer.h"
#include "audio/SpeechDecoder.h"
#include "audio/TimeStretcher.h"
#include "media/PlayoutDelay.h"
#include "media/SampleLine.h"
#include "rtp/DelayEstimator.h"
#include "rtp/InterarrivalJitter.h"
#include "rtp/JitterStats.h"
#include "rtp/PacketBuffer.h"
#include "rtp/RtpPacket.h"

#include <optional>

namespace hs::media {

class Playout {
public:
    static constexpr int startMs = 40; // that the very first packet waits, at the least
    static constexpr std::size_t mostDecoders = 8;

    // With `fixedDelayMs` the delay never changes, and what comes later than that is discarded.
    explicit Playout(int sampleRate = 8000, std::optional<int> fixedDelayMs = std::nullopt);

    // For packets of that type, whose timestamps count `clockRate` a second; null: no longer. Stays
    // in use until it is replaced. False: it gives samples of another rate, or there are too many.
    bool setDecoder(std::uint8_t payloadType, audio::SpeechDecoder* decoder,
                    std::uint32_t clockRate = 8000);
    // RFC 3389's type; 13 unless told otherwise.
    void setComfortNoise(std::uint8_t payloadType) { m_comfortNoise = payloadType; }

    // Packets that RtpReceiver accepted; an empty one, or one of no known type, is no audio.
    void put(const rtp::RtpHeader& header, std::span<const std::byte> payload, base::TimePoint now);
    // Telephone-events: the number counts.
    void putOther(std::uint16_t sequence) { m_buffer.putOther(sequence); }
    // Another SSRC or numbering follows: the next packet goes behind what is held.
    void reset();
    // As if it had just been made, with its decoders.
    void beginAnew();

    void play(std::span<std::int16_t> out, base::TimePoint now);

    rtp::JitterStats stats() const;

private:
    enum class State : std::uint8_t { NotStarted, Waiting, Playing };
    struct Decoding {
        audio::SpeechDecoder* decoder = nullptr;
        std::uint32_t clockRate = 8000;
        std::uint8_t payloadType = 0;
    };
    using Packet = rtp::PacketBuffer::Packet;
    using Kind = rtp::PacketBuffer::Kind;

    const Decoding* decodingOf(std::uint8_t payloadType) const;
    rtp::PacketBuffer::Listener listener() const;
    void limitDepth();

    void produce(std::size_t count, base::TimePoint now);
    void dropStale();
    std::int64_t gapBefore(const Packet& packet) const;
    bool isLossBefore(const Packet& packet) const;
    bool isDue(const Packet& packet, base::TimePoint now) const;
    base::Duration wanted() const;

    void takeFirst(base::TimePoint now);
    void takeNoise(const Packet& packet);
    bool decodeFirst(audio::SpeechDecoder& decoder);
    void explainGap(std::int64_t gap);

    void fill(std::size_t count);
    void fillLoss(std::size_t count, std::size_t untilFirst);
    bool recover(std::size_t untilFirst);
    void conceal(std::size_t count);
    void fillSilence(std::size_t count);
    void countInvented(std::size_t count, bool isForLoss);
    void advance(std::size_t count);

    void adapt(std::size_t packet, base::TimePoint now);
    void shrink(base::Duration excess, std::size_t most, bool isQuiet, base::TimePoint now);
    void decodeAhead(base::TimePoint now);
    void grow(base::Duration missing, bool isQuiet);
    void shift(std::size_t before);

    std::size_t inSamples(base::Duration time) const;
    base::Duration inTime(std::int64_t samples) const;

    int m_rate;
    std::optional<base::Duration> m_fixed;
    std::array<Decoding, mostDecoders> m_decodings{};
    std::uint8_t m_comfortNoise = 13;

    rtp::PacketBuffer m_buffer;
    rtp::DelayEstimator m_delay;
    rtp::InterarrivalJitter m_jitter;
    std::uint32_t m_jitterRate = 8000;
    audio::LossConcealer m_concealer;
    audio::ComfortNoise m_comfort; // what the far end wants to be heard while it is silent
    audio::TimeStretcher m_stretcher;
    PlayoutDelay m_waited;
    SampleLine m_line;

    std::size_t m_frame; // samples that are taken at a time
    std::size_t m_step = 1; // in which the time that packets have changes
    State m_state = State::NotStarted;
    std::int64_t m_next = 0; // position behind what was played; nothing before it is played again
    std::int64_t m_filled = 0; // invented since for want of any packet: that much later it plays
    std::size_t m_invented = 0; // samples invented in a row, for whatever reason
    std::size_t m_unexplained = 0; // of those, concealed ones that may turn out to be silence
    bool m_isQuiet = false; // the sender told that it is silent
    bool m_isShrinking = false;
    std::uint32_t m_generation = 0; // of the times in m_waited
    std::uint32_t m_numbering = 0; // of what was played last
    std::uint16_t m_lastSequence = 0;
    audio::SpeechDecoder* m_decoder = nullptr; // of what was played last

    std::vector<std::int16_t> m_scratch; // of one packet
    std::array<std::byte, rtp::PacketBuffer::mostPayload> m_payload{};
    std::uint64_t m_overflowedBefore = 0;
    rtp::JitterStats m_stats;
};

} // namespace hs::media
