#include "media/RecordingTimeline.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr int mostMisordered = 100; // RFC 3550 A.1; farther back is a restart
constexpr int packetsToJudgeLag = 10;
// A far end that sends faster than time passes must not fill the disk.
constexpr std::int64_t mostInserted(std::int64_t elapsed, std::int64_t rate)
{
    return 60 * rate + elapsed / 4;
}
} // namespace

RecordingTimeline::RecordingTimeline(int rate)
    : m_rate(rate)
    , m_left(rate)
    , m_right(rate)
{
}

std::int64_t RecordingTimeline::positionOf(std::uint32_t timestamp, const Anchor& anchor) const
{
    const auto passed = static_cast<std::int32_t>(timestamp - anchor.timestamp);
    return anchor.position + passed * m_rate / anchor.clockRate;
}

RecordingTimeline::Source& RecordingTimeline::sourceOf(std::uint32_t ssrc)
{
    const auto own = std::find_if(m_sources.begin(), m_sources.end(), [&](const Source& source) {
        return source.known && source.ssrc == ssrc;
    });
    Source& source = own != m_sources.end()
        ? *own
        : *std::min_element(m_sources.begin(), m_sources.end(),
                            [](const auto& a, const auto& b) { return a.usedAt < b.usedAt; });
    if (own == m_sources.end()) {
        source = Source{};
        source.ssrc = ssrc;
    }
    source.usedAt = ++m_uses;
    return source;
}

void RecordingTimeline::received(const Received& packet)
{
    const std::int64_t arrival = std::max<std::int64_t>(packet.arrival, 0);
    if (packet.samples.empty() || m_shift > mostInserted(arrival, m_rate)) {
        ++m_discarded;
        return;
    }
    Source& source = sourceOf(packet.ssrc);
    const int step = static_cast<std::int16_t>(packet.sequence - source.newest.sequence);
    if (source.known && step <= 0 && step >= -mostMisordered) {
        fillIn(source, packet);
    } else {
        append(source, packet, arrival);
    }
}

void RecordingTimeline::other(std::uint32_t ssrc, std::uint16_t sequence)
{
    for (Source& source : m_sources) {
        const int step = static_cast<std::int16_t>(sequence - source.newest.sequence);
        if (source.known && source.ssrc == ssrc && step > 0) {
            source.newest.sequence = sequence; // where the newest audio belongs stays
        }
    }
}

// One that was overtaken, or came twice.
void RecordingTimeline::fillIn(const Source& source, const Received& packet)
{
    const bool isOlder =
        source.older && static_cast<std::int16_t>(packet.sequence - source.anchoredFrom) < 0;
    const Anchor& anchor = isOlder ? *source.older : source.newest;
    const std::int64_t position = positionOf(packet.timestamp, anchor);
    if (packet.sequence != source.newest.sequence && packet.clockRate == anchor.clockRate
        && m_left.isFree(position, packet.samples.size())) {
        m_left.place(position, packet.samples, true);
    } else {
        ++m_discarded;
    }
}

void RecordingTimeline::append(Source& source, const Received& packet, std::int64_t arrival)
{
    const std::int64_t now = arrival + m_shift;
    const std::int64_t target = targetOf(source, packet, now);
    const bool asStamped = source.known && packet.clockRate == source.newest.clockRate
        && target == positionOf(packet.timestamp, source.newest);
    const bool overtakes = static_cast<std::int16_t>(packet.sequence - source.newest.sequence) > 1;
    m_left.place(target, packet.samples, asStamped && overtakes);
    if (source.known && !asStamped) {
        source.older = source.newest;
        source.anchoredFrom = packet.sequence;
    }
    source.known = true;
    source.newest = {packet.sequence, packet.timestamp, target, packet.clockRate};
    source.end = target + static_cast<std::int64_t>(packet.samples.size());
    if (target - now > samplesOf(mostApartMs)) {
        m_shift += target - now;
    }
    watchLag(source, arrival, arrival + m_shift - target);
}

std::int64_t RecordingTimeline::targetOf(const Source& source, const Received& packet,
                                         std::int64_t now) const
{
    if (!source.known || packet.clockRate != source.newest.clockRate) {
        return std::max(now, m_left.end()); // another clock counts from somewhere else
    }
    const std::int64_t position = positionOf(packet.timestamp, source.newest);
    if (position < m_left.end()) {
        return m_left.end(); // time stands still or runs back, or this comes later than the window
    }
    const int lost = static_cast<std::int16_t>(packet.sequence - source.newest.sequence) - 1;
    const std::int64_t gap = position - source.end;
    const bool explained = gap == 0 || (lost > 0 && gap <= samplesOf(reorderWindowMs));
    if (position - now > samplesOf(mostApartMs) && !explained) {
        return std::max(now, m_left.end());
    }
    return position;
}

void RecordingTimeline::watchLag(Source& source, std::int64_t arrival, std::int64_t lag)
{
    m_smallestLag = m_lagCount == 0 ? lag : std::min(m_smallestLag, lag);
    m_lagSince = m_lagCount == 0 ? arrival : m_lagSince;
    ++m_lagCount;
    if (arrival - m_lagSince < m_rate || m_lagCount < packetsToJudgeLag) {
        return;
    }
    if (m_smallestLag > samplesOf(mostApartMs)) {
        // The next packet is placed so much later, behind silence.
        source.older = source.newest;
        source.anchoredFrom = static_cast<std::uint16_t>(source.newest.sequence + 1);
        source.newest.position += m_smallestLag;
        source.end += m_smallestLag;
    }
    m_lagCount = 0;
}

void RecordingTimeline::sent(std::int64_t position, std::span<const std::int16_t> samples)
{
    const std::int64_t wanted = position + m_shift;
    const std::int64_t target = std::max(wanted, m_right.end());
    m_shift += target - wanted;
    if (!samples.empty()) {
        m_right.place(target, samples, false);
    }
}

std::size_t RecordingTimeline::ready(std::int64_t now) const
{
    const std::int64_t until = now + m_shift - samplesOf(reorderWindowMs);
    return static_cast<std::size_t>(std::max<std::int64_t>(until - m_left.settled(), 0));
}

std::size_t RecordingTimeline::rest(std::int64_t now) const
{
    const std::int64_t until = std::max({now + m_shift, m_left.end(), m_right.end()});
    return static_cast<std::size_t>(until - m_left.settled());
}

} // namespace hs::media
