#include "media/Playout.h"

#include "rtp/RtpTimestamp.h"
#include "rtp/SeqNum.h"

#include <algorithm>

namespace hs::media {

namespace {
using namespace std::chrono_literals;
using base::Duration;
using rtp::PacketBuffer;

constexpr int pastMs = 20; // kept of what was given out, to stretch from
constexpr int mostPacketMs = 200; // 1500 bytes of G.711 are a little less
constexpr int lineMs = 2 * mostPacketMs + 60;
constexpr Duration mostConcealed = 100ms; // after that a loss is as good as silence
constexpr Duration mostOver = 360ms; // held over the target; more is left out
constexpr Duration farthestPause = 400ms;
constexpr Duration hopeless = 500ms;
constexpr int mostStepMs = 10; // of what is invented at a time
constexpr int windowMs = 400;

std::size_t samplesOf(int ms, int rate)
{
    return static_cast<std::size_t>(ms) * static_cast<std::size_t>(rate) / 1000;
}
} // namespace

Playout::Playout(int sampleRate, std::optional<int> fixedDelayMs)
    : m_rate(sampleRate)
    , m_buffer(sampleRate)
    , m_concealer(sampleRate)
    , m_comfort(sampleRate)
    , m_stretcher(sampleRate)
    , m_waited(samplesOf(windowMs, sampleRate))
    , m_line(samplesOf(pastMs, sampleRate), samplesOf(lineMs, sampleRate))
    , m_frame(samplesOf(pastMs, sampleRate))
    , m_scratch(samplesOf(mostPacketMs, sampleRate))
{
    if (fixedDelayMs) {
        m_fixed = std::chrono::milliseconds(*fixedDelayMs);
    }
}

std::size_t Playout::inSamples(Duration time) const
{
    return time <= Duration{}
        ? 0
        : static_cast<std::size_t>(rtp::timeToSamples(time, static_cast<std::uint32_t>(m_rate)));
}

Duration Playout::inTime(std::int64_t samples) const
{
    return rtp::samplesToTime(samples, static_cast<std::uint32_t>(m_rate));
}

bool Playout::setDecoder(std::uint8_t payloadType, audio::SpeechDecoder* decoder,
                         std::uint32_t clockRate)
{
    if (decoder != nullptr && (decoder->sampleRate() != m_rate || clockRate == 0)) {
        return false;
    }
    Decoding* free = nullptr;
    for (Decoding& decoding : m_decodings) {
        if (decoding.decoder == nullptr || decoding.payloadType == payloadType) {
            const bool isSame = decoding.decoder != nullptr;
            free = free == nullptr || isSame ? &decoding : free;
        }
    }
    if (free == nullptr) {
        return decoder == nullptr;
    }
    if (free->decoder == m_decoder && free->payloadType == payloadType) {
        m_decoder = nullptr; // it may be gone
    }
    *free = {decoder, clockRate, payloadType};
    return true;
}

const Playout::Decoding* Playout::decodingOf(std::uint8_t payloadType) const
{
    for (const Decoding& decoding : m_decodings) {
        if (decoding.decoder != nullptr && decoding.payloadType == payloadType) {
            return &decoding;
        }
    }
    return nullptr;
}

void Playout::reset()
{
    m_buffer.restart();
    m_delay.restart();
    m_jitter.forgetLast();
}

void Playout::beginAnew()
{
    reset();
    while (!m_buffer.isEmpty()) {
        m_buffer.dropFirst();
    }
    m_delay = rtp::DelayEstimator();
    m_jitter = rtp::InterarrivalJitter(m_jitterRate);
    m_concealer.reset();
    m_comfort.reset();
    m_waited.forget();
    m_line.clear();
    m_state = State::NotStarted;
    m_filled = 0;
    m_invented = 0;
    m_unexplained = 0;
    m_isQuiet = false;
    m_decoder = nullptr;
    m_stats = {};
    m_overflowedBefore = m_buffer.overflowed();
}

// What comes in

PacketBuffer::Listener Playout::listener() const
{
    const std::int64_t at = m_buffer.isEmpty() || gapBefore(m_buffer.first()) > 0
        ? m_next + m_filled
        : m_buffer.first().position;
    return {m_next, at, static_cast<std::int64_t>(inSamples(farthestPause + wanted()))};
}

void Playout::put(const rtp::RtpHeader& header, std::span<const std::byte> payload,
                  base::TimePoint now)
{
    const Decoding* decoding = decodingOf(header.payloadType);
    const bool isNoise = header.payloadType == m_comfortNoise || payload.empty();
    if (!isNoise && decoding == nullptr) {
        putOther(header.sequence);
        return;
    }
    ++m_stats.packetsPut;
    const std::size_t samples = isNoise ? 0 : decoding->decoder->samplesIn(payload);
    if (samples > m_scratch.size() || (samples == 0 && !isNoise)) {
        ++m_stats.packetsLate;
        return;
    }
    PacketBuffer::Incoming incoming{header.sequence,
                                    header.timestamp,
                                    header.payloadType,
                                    m_jitterRate,
                                    static_cast<std::uint32_t>(samples),
                                    isNoise ? Kind::Noise : Kind::Audio};
    if (decoding != nullptr) {
        incoming.clockRate = decoding->clockRate;
    }
    const PacketBuffer::Put put = m_buffer.put(incoming, payload, listener());
    if (put.verdict == PacketBuffer::Verdict::Duplicate) {
        ++m_stats.packetsDuplicate;
        return;
    }
    if (put.isAnew) {
        m_delay.restart();
        if (incoming.clockRate != m_jitterRate) {
            m_jitterRate = incoming.clockRate;
            m_jitter = rtp::InterarrivalJitter(m_jitterRate);
        }
        m_stats.reanchors += m_state == State::NotStarted ? 0U : 1U;
    }
    const std::uint32_t generation = m_delay.generation();
    const Duration sentAt = m_delay.update(header.timestamp, incoming.clockRate, now);
    m_stats.reanchors += m_delay.generation() != generation ? 1U : 0U;
    m_jitter.update(header.timestamp, now);
    if (put.packet == nullptr) {
        ++m_stats.packetsLate;
        if (m_fixed && m_invented >= inSamples(hopeless)) {
            reset(); // else they would all be too late for ever
        }
        return;
    }
    put.packet->sentAt = sentAt;
    put.packet->generation = m_delay.generation();
    m_state = m_state == State::NotStarted ? State::Waiting : m_state;
    limitDepth();
}

// Nobody listens, or far more came at once than is wanted: what is oldest goes.
void Playout::limitDepth()
{
    const auto most = static_cast<std::int64_t>(inSamples(wanted() + mostOver));
    if (m_buffer.held() <= most) {
        return;
    }
    const auto kept = static_cast<std::int64_t>(inSamples(wanted()));
    while (m_buffer.held() > kept) {
        const Packet& first = m_buffer.first();
        m_stats.samplesSkipped += first.duration;
        m_lastSequence = first.sequence;
        m_numbering = first.numbering;
        m_next = std::max(m_next, first.end());
        m_buffer.dropFirst();
    }
    if (!m_buffer.isEmpty()) {
        m_next = std::max(m_next, m_buffer.first().position);
    }
    m_filled = 0;
    m_concealer.cut();
    m_waited.forget();
}

// What goes out

void Playout::play(std::span<std::int16_t> out, base::TimePoint now)
{
    const std::size_t most = samplesOf(pastMs, m_rate);
    while (!out.empty()) {
        const std::span<std::int16_t> part = out.first(std::min(out.size(), most));
        m_frame = part.size();
        while (m_line.waiting() < part.size()) {
            produce(part.size() - m_line.waiting(), now);
        }
        m_line.give(part);
        out = out.subspan(part.size());
    }
}

void Playout::produce(std::size_t count, base::TimePoint now)
{
    dropStale();
    if (!m_buffer.isEmpty() && isDue(m_buffer.first(), now)) {
        takeFirst(now);
        return;
    }
    fill(std::min(count, samplesOf(mostStepMs, m_rate)));
}

void Playout::dropStale()
{
    while (!m_buffer.isEmpty()) {
        const Packet& first = m_buffer.first();
        if (first.kind != Kind::Audio || first.numbering != m_numbering || first.end() > m_next) {
            return;
        }
        ++m_stats.packetsLate;
        m_buffer.dropFirst();
    }
}

// Between what was played and this one; below 0 where they overlap.
std::int64_t Playout::gapBefore(const Packet& packet) const
{
    return packet.numbering == m_numbering ? packet.position - m_next : 0;
}

bool Playout::isLossBefore(const Packet& packet) const
{
    return packet.numbering == m_numbering && rtp::seqDistance(m_lastSequence, packet.sequence) > 1;
}

Duration Playout::wanted() const
{
    if (m_fixed) {
        return *m_fixed;
    }
    return m_state == State::Playing
        ? m_delay.target()
        : std::max<Duration>(m_delay.target(), std::chrono::milliseconds(startMs));
}

bool Playout::isDue(const Packet& packet, base::TimePoint now) const
{
    const std::int64_t gap = gapBefore(packet);
    // Where nothing is heard anyway, the time is free to be chosen.
    const bool isFree = m_state != State::Playing
        || (gap > 0 && !isLossBefore(packet) && packet.kind == Kind::Audio)
        || (m_invented > 0
            && (m_isQuiet || packet.numbering != m_numbering
                || m_invented >= inSamples(mostConcealed)));
    if (isFree && packet.generation == m_delay.generation() && packet.kind == Kind::Audio) {
        return m_delay.waited(now.time_since_epoch() - packet.sentAt) >= wanted();
    }
    return gap <= m_filled;
}

void Playout::takeFirst(base::TimePoint now)
{
    const Packet packet = m_buffer.first();
    const std::int64_t gap = gapBefore(packet);
    const Duration later = inTime(m_filled - std::max<std::int64_t>(gap, 0));
    if (packet.kind == Kind::Audio) {
        const Decoding* decoding = decodingOf(packet.payloadType);
        if (decoding == nullptr || !decodeFirst(*decoding->decoder)) {
            ++m_stats.packetsLate;
            m_buffer.dropFirst();
            return;
        }
    }
    if (isLossBefore(packet)) {
        m_stats.packetsLost +=
            static_cast<std::uint64_t>(rtp::seqDistance(m_lastSequence, packet.sequence) - 1);
    } else {
        explainGap(gap);
    }
    m_numbering = packet.numbering;
    m_lastSequence = packet.sequence;
    if (packet.kind != Kind::Audio) {
        takeNoise(packet);
        m_buffer.dropFirst();
        return;
    }
    m_buffer.dropFirst();
    m_isQuiet = false;
    if (m_invented > 0) {
        m_waited.shift(later);
    }
    m_next = std::max(m_next, packet.end());
    m_filled = 0;
    m_invented = 0;
    m_unexplained = 0;
    m_state = State::Playing;
    if (m_generation != packet.generation) {
        m_generation = packet.generation;
        m_waited.forget();
    }
    if (packet.generation == m_delay.generation()) {
        m_waited.needed(now.time_since_epoch() - packet.sentAt, packet.duration);
        adapt(packet.duration, now);
    }
}

void Playout::takeNoise(const Packet& packet)
{
    if (packet.kind == Kind::Noise) {
        m_comfort.update(m_buffer.firstPayload(m_payload)); // a malformed one says nothing new
    }
    m_isQuiet = true;
    const std::int64_t gap = std::max<std::int64_t>(packet.position - m_next, 0);
    m_next += gap;
    m_filled = std::max<std::int64_t>(m_filled - gap, 0);
}

bool Playout::decodeFirst(audio::SpeechDecoder& decoder)
{
    const Packet& packet = m_buffer.first();
    if (m_decoder != nullptr && m_decoder != &decoder) {
        decoder.reset(); // what it heard last was another time
    }
    const std::size_t decoded = std::min<std::size_t>(
        decoder.decode(m_buffer.firstPayload(m_payload), m_scratch), packet.duration);
    if (decoded == 0) {
        return false;
    }
    m_decoder = &decoder;
    if (m_invented > 0 || (packet.numbering != m_numbering && m_state == State::Playing)) {
        m_concealer.cut();
    }
    const auto known = static_cast<std::size_t>(std::max<std::int64_t>(0, -gapBefore(packet)));
    const std::span heard = std::span(m_scratch).first(decoded).subspan(std::min(known, decoded));
    m_concealer.good(heard);
    std::ranges::copy(heard, m_line.append(heard.size()).begin());
    m_stats.samplesPlayed += heard.size();
    return true;
}

// The sender was silent for that long: no loss, though it may have been taken for one.
void Playout::explainGap(std::int64_t gap)
{
    const auto explained =
        std::min(m_unexplained, static_cast<std::size_t>(std::max<std::int64_t>(gap, 0)));
    m_unexplained -= explained;
    m_stats.samplesConcealed -= explained;
    m_stats.samplesSilent += explained;
}

rtp::JitterStats Playout::stats() const
{
    const auto inMs = [](Duration time) {
        return static_cast<std::int32_t>(time / std::chrono::milliseconds(1));
    };
    rtp::JitterStats stats = m_stats;
    stats.samplesSkipped += m_buffer.overflowed() - m_overflowedBefore;
    stats.jitterUs = m_jitter.inUs();
    stats.targetMs = inMs(wanted());
    const bool isKnown = m_waited.isKnown() && m_generation == m_delay.generation();
    stats.delayMs = isKnown ? inMs(m_delay.waited(m_waited.last())) : stats.targetMs;
    stats.depthMs = inMs(inTime(m_buffer.held() + static_cast<std::int64_t>(m_line.waiting())));
    return stats;
}

} // namespace hs::media
