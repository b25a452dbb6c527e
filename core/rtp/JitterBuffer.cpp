#include "rtp/JitterBuffer.h"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace hs::rtp {

namespace {
using Position = std::int64_t;

constexpr std::uint8_t nothingTag = 0xff;
constexpr std::uint8_t silenceTag = 0xfe;

constexpr Position samplesPerMs = JitterBuffer::clockRate / 1000;
constexpr Position leastTarget = 40 * samplesPerMs;
constexpr Position mostTarget = 200 * samplesPerMs;
constexpr Position mostDepth = 400 * samplesPerMs; // more is a jump, or nobody listens
constexpr Position slack = 40 * samplesPerMs; // depth over the target that is let be
constexpr Position watchedSamples = 1000 * samplesPerMs;
constexpr Position targetStep = 10 * samplesPerMs; // down, each second
constexpr Position firstPosition = Position(1) << 40; // room to go back from
// Concealment has faded out by then; more of it would only hum.
constexpr std::size_t mostConcealed = 100 * samplesPerMs;

constexpr std::size_t indexOf(Position position)
{
    return static_cast<std::size_t>(position) % JitterBuffer::capacity;
}
} // namespace

JitterBuffer::JitterBuffer()
    : m_play(firstPosition)
    , m_end(firstPosition)
    , m_floor(firstPosition)
    , m_target(leastTarget)
{
    m_tags.fill(nothingTag);
}

void JitterBuffer::reset()
{
    m_hasLast = false;
    m_isQuiet = false;
    m_jitter.forgetLast();
}

void JitterBuffer::put(std::uint16_t seq, std::uint32_t timestamp,
                       std::span<const std::byte> payload, std::uint8_t payloadType,
                       base::TimePoint now)
{
    ++m_stats.packetsPut;
    if (payload.size() > maxPayload) {
        ++m_stats.packetsLate;
        return;
    }
    if (!m_hasLast) {
        m_window.restart(seq);
        putNewest(timestamp, 0, payload, payloadType, now);
        return;
    }
    const int ahead = seqDistance(m_window.highest(), seq);
    switch (m_window.mark(seq)) {
    case SeqWindow::Mark::Duplicate:
        ++m_stats.packetsDuplicate;
        return;
    case SeqWindow::Mark::TooOld:
        ++m_stats.packetsLate;
        return;
    case SeqWindow::Mark::New:
        break;
    }
    if (ahead > 0) {
        putNewest(timestamp, ahead, payload, payloadType, now);
    } else {
        putOlder(timestamp, payload, payloadType);
    }
}

void JitterBuffer::putOther(std::uint16_t seq)
{
    if (m_hasLast && seqDistance(m_window.highest(), seq) > 0) {
        m_window.mark(seq);
        m_isQuiet = true;
    }
}

void JitterBuffer::putNewest(std::uint32_t timestamp, int ahead, std::span<const std::byte> payload,
                             std::uint8_t payloadType, base::TimePoint now)
{
    measure(timestamp, now);
    const Position position = place(timestamp, payload.size(), now);
    const Position end = position + static_cast<Position>(payload.size());
    makeRoom(end);
    if (ahead == 1) {
        markSilence(m_lastEnd, position);
    }
    write(position, payload, payloadType);
    m_hasLast = true;
    m_lastTimestamp = timestamp;
    m_lastPosition = position;
    m_lastEnd = end;
    m_isQuiet = payload.empty();
    m_starved = 0;
    m_unexplained = 0;
}

void JitterBuffer::putOlder(std::uint32_t timestamp, std::span<const std::byte> payload,
                            std::uint8_t payloadType)
{
    const Position position = m_lastPosition + timestampDistance(m_lastTimestamp, timestamp);
    if (position >= m_lastPosition) {
        ++m_stats.packetsLate; // from before the timestamps jumped
        return;
    }
    // Up to the newest packet and no further; it knows better what is there.
    const auto room = static_cast<std::size_t>(m_lastPosition - position);
    payload = payload.first(std::min(payload.size(), room));
    // Before anything was given out, the beginning may still move back.
    const bool mayLead =
        m_state == State::Buffering && position >= m_floor && m_end - position <= mostDepth;
    if (mayLead && position < m_play) {
        m_play = position;
    }
    if (position + static_cast<Position>(payload.size()) <= m_play) {
        ++m_stats.packetsLate;
        m_wasLate = m_wasLate || m_state == State::Playing;
        return;
    }
    write(position, payload, payloadType);
}

// Where the newest packet belongs on the listener's time line.
Position JitterBuffer::place(std::uint32_t timestamp, std::size_t size, base::TimePoint now)
{
    if (!m_hasLast) {
        return placeAtEnd(now);
    }
    const Position position = m_lastPosition + timestampDistance(m_lastTimestamp, timestamp);
    if (position < m_lastPosition) {
        return placeAtEnd(now); // the sender's timestamps began anew
    }
    const Position end = position + static_cast<Position>(size);
    if (position > m_lastEnd && end - m_play > mostDepth) {
        // A pause that long would have let the buffer run empty: the timestamps jumped.
        return placeAtEnd(now);
    }
    if (isStarved() && position >= m_end && position < m_play) {
        // The network has become slower than we waited: begin anew with what it has now.
        anchor(position, now);
    }
    return position;
}

Position JitterBuffer::placeAtEnd(base::TimePoint now)
{
    if (depth() > 0) {
        return m_end;
    }
    anchor(std::max(m_end, m_play), now);
    return m_play;
}

void JitterBuffer::anchor(Position position, base::TimePoint now)
{
    if (m_state != State::NotStarted) {
        ++m_stats.reanchors;
    }
    m_floor = m_state == State::NotStarted ? firstPosition - mostDepth : m_end;
    m_play = position;
    m_end = position;
    m_state = State::Buffering;
    m_anchoredAt = now;
    m_wasLate = false;
    m_windowSamples = 0;
}

// The sender was silent from here to there: no loss, though it may have been taken for one.
void JitterBuffer::markSilence(Position from, Position to)
{
    if (to <= from) {
        return;
    }
    const Position givenOut = std::min(to, m_play) - std::min(from, m_play);
    const std::size_t explained = std::min(m_unexplained, static_cast<std::size_t>(givenOut));
    m_unexplained -= explained;
    m_stats.samplesConcealed -= explained;
    m_stats.samplesSilent += explained;
    fill(std::max(from, m_play), to, silenceTag);
}

// Nobody listens, or far more came at once than can be held: what is oldest goes.
void JitterBuffer::makeRoom(Position end)
{
    if (end - m_play > mostDepth) {
        skipTo(std::max(m_play, end - m_target));
    }
}

void JitterBuffer::skipTo(Position position)
{
    const Position heldEnd = std::min(position, m_end);
    if (heldEnd > m_play) {
        m_stats.samplesSkipped += static_cast<std::uint64_t>(heldEnd - m_play);
    }
    fill(m_play, std::min(position, m_play + static_cast<Position>(capacity)), nothingTag);
    m_play = std::max(m_play, position);
}

void JitterBuffer::fill(Position from, Position to, std::uint8_t tag)
{
    for (Position at = from; at < to; ++at) {
        m_tags[indexOf(at)] = tag;
    }
}

void JitterBuffer::write(Position position, std::span<const std::byte> payload,
                         std::uint8_t payloadType)
{
    Position at = std::max(position, m_play);
    const Position end = position + static_cast<Position>(payload.size());
    m_end = std::max(m_end, end);
    while (at < end) {
        // In one piece up to the end of the ring.
        const std::size_t index = indexOf(at);
        const std::size_t count = std::min(static_cast<std::size_t>(end - at), capacity - index);
        std::memcpy(m_samples.data() + index,
                    payload.data() + static_cast<std::size_t>(at - position), count);
        std::memset(m_tags.data() + index, payloadType & 0x7f, count);
        at += static_cast<Position>(count);
    }
}

void JitterBuffer::measure(std::uint32_t timestamp, base::TimePoint now)
{
    m_jitter.update(timestamp, now);
    m_target = std::max(m_target, wantedTarget());
}

Position JitterBuffer::wantedTarget() const
{
    // Four mean deviations cover all but a few packets in a thousand.
    return std::clamp<Position>(4 * Position(m_jitter.inTimestampUnits()), leastTarget, mostTarget);
}

bool JitterBuffer::isDue(base::TimePoint now) const
{
    // Time tells for a steady stream, what has come for a burst after a stall.
    return now - m_anchoredAt >= samplesToTime(m_target, clockRate)
        || m_lastPosition - m_play >= m_target;
}

JitterBuffer::Frame JitterBuffer::get(std::span<std::byte> out, base::TimePoint now)
{
    out = out.first(std::min(out.size(), maxGet));
    Frame frame;
    const bool waits = m_state == State::Buffering && !isDue(now);
    if (m_state == State::NotStarted || (waits && m_stats.samplesPlayed == 0)) {
        frame.append({Kind::Silence, 0, static_cast<std::uint16_t>(out.size())});
        return frame;
    }
    if (waits) {
        starve(frame, out.size(), false);
        return frame;
    }
    m_state = State::Playing;
    watchDepth(out.size());
    if (m_wasLate && depth() < m_target) {
        // A packet missed its time and more delay is due: let the rest wait for one frame.
        m_wasLate = false;
        m_stats.samplesConcealed += out.size();
        m_stats.samplesStretched += out.size();
        frame.append({Kind::Lost, 0, static_cast<std::uint16_t>(out.size())});
        return frame;
    }
    play(frame, out);
    return frame;
}

// Nothing is held. Whether that is loss shows when the next packet comes, if at all.
void JitterBuffer::starve(Frame& frame, std::size_t samples, bool mayBeSilence)
{
    const bool isSilence = m_isQuiet || m_starved >= mostConcealed;
    if (isSilence) {
        m_stats.samplesSilent += samples;
    } else {
        m_stats.samplesConcealed += samples;
        m_unexplained += mayBeSilence ? samples : 0;
        m_stats.underruns += m_starved == 0 && mayBeSilence ? 1 : 0;
    }
    m_starved += samples;
    frame.append({isSilence ? Kind::Silence : Kind::Lost, 0, static_cast<std::uint16_t>(samples)});
}

void JitterBuffer::play(Frame& frame, std::span<std::byte> out)
{
    std::size_t done = 0;
    while (done < out.size()) {
        const Position start = m_play + static_cast<Position>(done);
        const std::size_t left = out.size() - done;
        if (start >= m_end) {
            starve(frame, left, true);
            break;
        }
        const std::size_t held = std::min(left, static_cast<std::size_t>(m_end - start));
        const std::uint8_t tag = m_tags[indexOf(start)];
        std::size_t run = 0;
        while (run < held && m_tags[indexOf(start + static_cast<Position>(run))] == tag) {
            ++run;
        }
        if (tag == silenceTag) {
            m_stats.samplesSilent += run;
            frame.append({Kind::Silence, 0, static_cast<std::uint16_t>(run)});
        } else if (tag == nothingTag) {
            m_stats.samplesConcealed += run;
            frame.append({Kind::Lost, 0, static_cast<std::uint16_t>(run)});
        } else {
            for (std::size_t i = 0; i < run; ++i) {
                out[done + i] = m_samples[indexOf(start + static_cast<Position>(i))];
            }
            m_stats.samplesPlayed += run;
            frame.append({Kind::Audio, tag, static_cast<std::uint16_t>(run)});
        }
        done += run;
    }
    const Position end = m_play + static_cast<Position>(out.size());
    fill(m_play, std::min(end, m_end), nothingTag);
    m_play = end;
}

// Once a second: a sender faster than we are, or a delay that is no longer needed, leaves more in
// the buffer at all times than it ever needs.
void JitterBuffer::watchDepth(std::size_t samples)
{
    m_windowLeast = m_windowSamples == 0 ? depth() : std::min(m_windowLeast, depth());
    m_windowSamples += static_cast<Position>(samples);
    if (m_windowSamples < watchedSamples) {
        return;
    }
    m_windowSamples = 0;
    if (m_windowLeast > m_target + slack) {
        skipTo(m_play + static_cast<Position>(samples));
    }
    m_target = std::max(wantedTarget(), m_target - targetStep);
}

void JitterBuffer::Frame::append(Piece piece)
{
    if (piece.samples == 0) {
        return;
    }
    if (m_count < m_pieces.size()) {
        m_pieces[m_count++] = piece;
        return;
    }
    // Packets of a few samples each and of changing type: not worth more than concealment.
    m_pieces.back().kind = Kind::Lost;
    m_pieces.back().samples = static_cast<std::uint16_t>(m_pieces.back().samples + piece.samples);
}

JitterStats JitterBuffer::stats() const
{
    JitterStats stats = m_stats;
    stats.jitterUs = m_jitter.inUs();
    stats.targetMs = static_cast<std::int32_t>(m_target / samplesPerMs);
    stats.depthMs = static_cast<std::int32_t>(depth() / samplesPerMs);
    return stats;
}

} // namespace hs::rtp
