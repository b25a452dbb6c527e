// Playout: what it invents where there is no packet, and how it changes its delay.
#include "media/Playout.h"
#include "rtp/RtpTimestamp.h"

#include <algorithm>
#include <numeric>

namespace hs::media {

namespace {
using namespace std::chrono_literals;
using base::Duration;

constexpr Duration mostConcealed = 100ms;
constexpr Duration codecStep = 10ms; // of a codec's own concealment
constexpr Duration tooLong = 30ms; // beyond the target, until pitch periods are taken out
constexpr Duration longEnough = 10ms; // until no more are; and so much stays in silence
constexpr Duration leastChange = 2ms;
constexpr Duration tooShort = 5ms; // which the target leaves
constexpr Duration urgent = 100ms; // off the target: better a rough seam than so much delay
constexpr Duration looked = 30ms; // of audio, to find a pitch period and the next
constexpr float goodSeam = 0.85F;
constexpr float roughSeam = 0.5F;
} // namespace

// Nothing that is held is due.
void Playout::fill(std::size_t count)
{
    if (m_state != State::Playing && m_stats.samplesPlayed == 0) {
        std::ranges::fill(m_line.append(count), std::int16_t(0));
        return; // it has not begun
    }
    const bool hasFirst = !m_buffer.isEmpty();
    const std::int64_t gap = hasFirst ? gapBefore(m_buffer.first()) : 0;
    if (gap > m_filled && isLossBefore(m_buffer.first()) && !m_isQuiet) {
        // What comes behind it is here: this will never be played, should it still come.
        m_next += m_filled;
        m_filled = 0;
        fillLoss(count, static_cast<std::size_t>(m_buffer.first().position - m_next));
        return;
    }
    const bool isSilence = m_isQuiet || (hasFirst && gap > 0 && !isLossBefore(m_buffer.first()));
    if (isSilence) {
        fillSilence(count);
    } else {
        m_stats.underruns += m_invented == 0 ? 1U : 0U;
        const std::size_t before = m_line.waiting();
        conceal(count);
        const std::size_t made = m_line.waiting() - before;
        m_unexplained += m_invented < inSamples(mostConcealed) ? made : 0;
        countInvented(made, true);
        advance(made);
    }
}

void Playout::fillLoss(std::size_t count, std::size_t untilFirst)
{
    if (recover(untilFirst)) {
        return;
    }
    const std::size_t known = m_buffer.first().duration;
    // The part that the packet behind the loss may know of is left to it.
    const std::size_t own = untilFirst > known ? untilFirst - known : untilFirst;
    const std::size_t before = m_line.waiting();
    conceal(std::min(count, own));
    const std::size_t made = m_line.waiting() - before;
    countInvented(made, true);
    m_next += static_cast<std::int64_t>(std::min(made, untilFirst));
    m_filled = m_fixed ? 0 : static_cast<std::int64_t>(made - std::min(made, untilFirst));
}

// From the packet behind the loss, where its codec has in-band FEC.
bool Playout::recover(std::size_t untilFirst)
{
    const Packet& first = m_buffer.first();
    const Decoding* decoding = decodingOf(first.payloadType);
    if (decoding == nullptr || decoding->decoder != m_decoder || untilFirst > first.duration
        || first.duration > m_scratch.size() || first.duration == 0) {
        return false;
    }
    const std::span whole = std::span(m_scratch).first(first.duration);
    const std::size_t got = m_decoder->recover(m_buffer.firstPayload(m_payload), whole);
    if (got != whole.size()) {
        return false;
    }
    const std::span missing = whole.last(untilFirst);
    if (m_invented > 0) {
        m_concealer.cut();
    }
    m_concealer.good(missing);
    std::ranges::copy(missing, m_line.append(missing.size()).begin());
    m_stats.samplesRecovered += missing.size();
    m_next += static_cast<std::int64_t>(missing.size());
    m_invented = 0;
    m_unexplained = 0;
    return true;
}

void Playout::conceal(std::size_t count)
{
    // A codec that conceals knows its own state best, as long as there is something to conceal.
    const std::size_t step = std::min(inSamples(codecStep), m_line.room());
    if (m_decoder != nullptr && m_invented < inSamples(mostConcealed)) {
        const std::span made = std::span(m_scratch).first(step);
        if (m_decoder->conceal(made) == made.size()) {
            m_concealer.goodInvented(made);
            std::ranges::copy(made, m_line.append(made.size()).begin());
            return;
        }
    }
    m_concealer.conceal(m_line.append(count));
}

void Playout::fillSilence(std::size_t count)
{
    const std::span made = m_line.append(count);
    if (m_invented == 0) {
        m_concealer.cut(); // from the audio into the noise without a step
    }
    if (m_isQuiet && m_comfort.isKnown()) {
        m_comfort.generate(made);
    } else {
        m_concealer.noise().generate(made);
    }
    m_concealer.goodInvented(made);
    countInvented(made.size(), false);
    advance(made.size());
}

void Playout::countInvented(std::size_t count, bool isForLoss)
{
    if (isForLoss && m_invented < inSamples(mostConcealed)) {
        m_stats.samplesConcealed += count;
    } else {
        m_stats.samplesSilent += count;
    }
    m_invented += count;
}

// For want of a packet: what comes plays later by that much, or loses it.
void Playout::advance(std::size_t count)
{
    if (m_fixed) {
        m_next += static_cast<std::int64_t>(count);
    } else {
        m_filled += static_cast<std::int64_t>(count);
    }
}

// A packet is needed in the frame in which its beginning is to be heard, however late in that:
// where frames are as long as packets, only whole ones change how long the network has time; the
// rest of one is delay that serves nothing.
void Playout::adapt(std::size_t packet, base::TimePoint now)
{
    if (m_fixed) {
        return;
    }
    m_step = std::gcd(packet, m_frame);
    const Duration over = m_delay.waited(m_waited.least()) - m_delay.target();
    const std::size_t spare = m_line.waiting() % m_step;
    const std::size_t most = over < Duration{} ? 0 : inSamples(over) / m_step * m_step + spare;
    const bool isQuiet = m_concealer.noise().covers(m_line.samples());
    if (over < -tooShort) {
        m_isShrinking = false;
        grow(-over, isQuiet);
        return;
    }
    const Duration enough = m_isShrinking || isQuiet ? longEnough : tooLong;
    m_isShrinking =
        over + inTime(static_cast<std::int64_t>(spare)) > enough && most >= inSamples(leastChange);
    if (m_isShrinking) {
        shrink(over, most, isQuiet, now);
    }
}

void Playout::shrink(Duration excess, std::size_t most, bool isQuiet, base::TimePoint now)
{
    if (m_line.waiting() < inSamples(looked) && !m_buffer.isEmpty()) {
        decodeAhead(now);
    }
    audio::TimeStretcher::Limits limits;
    limits.most = most;
    limits.leastCorrelation = excess > urgent ? roughSeam : goodSeam;
    limits.freely = isQuiet;
    const std::size_t before = m_line.waiting();
    const std::size_t removed = m_stretcher.shrink(m_line.samples(), limits);
    m_line.resized(before - removed);
    m_stats.samplesRemoved += removed;
    shift(before);
}

// A pitch period and the next: often more than one packet holds.
void Playout::decodeAhead(base::TimePoint now)
{
    const Packet next = m_buffer.first();
    const Decoding* decoding = decodingOf(next.payloadType);
    const std::size_t before = m_line.waiting();
    if (next.kind != Kind::Audio || decoding == nullptr || next.numbering != m_numbering
        || gapBefore(next) != 0 || next.generation != m_delay.generation()
        || !decodeFirst(*decoding->decoder)) {
        return;
    }
    m_waited.needed(now.time_since_epoch() - next.sentAt
                        + inTime(static_cast<std::int64_t>(before / m_frame * m_frame)),
                    next.duration);
    m_lastSequence = next.sequence;
    m_next = next.end();
    m_buffer.dropFirst();
}

void Playout::grow(Duration missing, bool isQuiet)
{
    const std::size_t before = m_line.waiting();
    const std::size_t steps = (inSamples(missing) + m_step - 1) / m_step;
    audio::TimeStretcher::Limits limits;
    limits.most = steps * m_step - before % m_step;
    if (!isQuiet) {
        limits.most = std::max(limits.most, inSamples(looked) / 2); // a period rarely fits exactly
    }
    limits.leastCorrelation = missing > urgent ? roughSeam : goodSeam;
    limits.freely = isQuiet;
    const std::size_t added =
        m_stretcher.stretch(m_line.whole(), m_line.past(), m_line.past() + before, limits);
    m_line.resized(before + added);
    m_stats.samplesStretched += added;
    shift(before);
}

// What waits has changed from so many samples to what it is now.
void Playout::shift(std::size_t before)
{
    const auto was = static_cast<std::int64_t>(before / m_step);
    const auto is = static_cast<std::int64_t>(m_line.waiting() / m_step);
    m_waited.shift(inTime((is - was) * static_cast<std::int64_t>(m_step)));
}

} // namespace hs::media
