#include "rtp/DelayEstimator.h"

#include "rtp/RtpTimestamp.h"

#include <algorithm>
#include <cmath>

namespace hs::rtp {

namespace {
using namespace std::chrono_literals;
using base::Duration;

constexpr Duration bucketWidth = 5ms;
constexpr Duration windowLength = 500ms;
constexpr Duration noNetwork = 1s; // a difference that long is the sender's clock, or silence
constexpr float late = 0.015F; // of all packets may come after their turn
constexpr float memory = 300; // packets
constexpr float leastWeight = 0.02F;
constexpr Duration peakOver = 40ms; // over the target: a peak
constexpr Duration peakRest = 300ms; // what comes sooner after a peak belongs to it
constexpr std::size_t peakPackets = 3;
constexpr Duration peaksApart = 20s; // rarer ones are not worth the delay
constexpr Duration leastTarget = std::chrono::milliseconds(DelayEstimator::leastMs);
constexpr Duration mostTarget = std::chrono::milliseconds(DelayEstimator::mostMs);
} // namespace

DelayEstimator::DelayEstimator()
    : m_target(leastTarget)
{
}

void DelayEstimator::restart()
{
    ++m_generation;
    m_hasLast = false;
    m_windowsUsed = 0;
    m_risen = {};
}

Duration DelayEstimator::update(std::uint32_t timestamp, std::uint32_t clockRate,
                                base::TimePoint now)
{
    const Duration sentAt = m_hasLast
        ? m_lastSentAt + samplesToTime(timestampDistance(m_lastTimestamp, timestamp), clockRate)
        : Duration{};
    const Duration transit = now.time_since_epoch() - sentAt;
    if (m_hasLast && std::chrono::abs(transit - m_lastTransit) > noNetwork) {
        restart();
        return update(timestamp, clockRate, now);
    }
    rebase(transit, now);
    const Duration behind = transit - m_base;
    float weight = 1;
    if (m_hasLast && transit < m_lastTransit) {
        // Of a burst that waited somewhere the first one tells all: the others only catch up.
        const Duration atSender = std::max(sentAt - m_lastSentAt, Duration(1ms));
        const auto since = static_cast<float>((now - m_lastArrival).count());
        weight = std::clamp(since / static_cast<float>(atSender.count()), leastWeight, 1.0F);
    }
    notePeak(behind, now);
    count(behind, weight);
    aim(now);
    m_hasLast = true;
    m_lastTimestamp = timestamp;
    m_lastSentAt = sentAt;
    m_lastTransit = transit;
    m_lastArrival = now;
    return sentAt;
}

// The least transit of the last four seconds. When it rises, the network has become slower for all,
// and what was counted as late before is less late than it seemed.
void DelayEstimator::rebase(Duration transit, base::TimePoint now)
{
    if (m_windowsUsed == 0) {
        m_windowBegan = now;
        m_window = 0;
        m_windowsUsed = 1;
        m_least[0] = transit;
        m_base = transit;
        return;
    }
    if (now - m_windowBegan >= windowLength) {
        // After a silence longer than them all, nothing of them is of use.
        const bool isStale = now - m_windowBegan >= windowLength * int(windows);
        m_windowBegan = now;
        m_window = (m_window + 1) % windows;
        m_windowsUsed = isStale ? 1 : std::min(m_windowsUsed + 1, windows);
        m_least[m_window] = transit;
    }
    m_least[m_window] = std::min(m_least[m_window], transit);
    Duration least = transit;
    for (std::size_t i = 0; i < m_windowsUsed; ++i) {
        least = std::min(least, m_least[(m_window + windows - i) % windows]);
    }
    if (least > m_base) {
        shiftDown(least - m_base);
    }
    m_base = least;
}

void DelayEstimator::shiftDown(Duration by)
{
    m_risen += by;
    const auto steps =
        static_cast<std::size_t>(std::min<std::int64_t>(m_risen / bucketWidth, buckets - 1));
    if (steps == 0) {
        return;
    }
    m_risen = m_risen % bucketWidth;
    float lowest = 0;
    for (std::size_t i = 0; i <= steps; ++i) {
        lowest += m_histogram[i];
    }
    std::shift_left(m_histogram.begin(), m_histogram.end(), static_cast<std::ptrdiff_t>(steps));
    std::fill(m_histogram.end() - static_cast<std::ptrdiff_t>(steps), m_histogram.end(), 0.0F);
    m_histogram[0] = lowest;
}

void DelayEstimator::count(Duration behind, float weight)
{
    const auto bucket =
        static_cast<std::size_t>(std::clamp<std::int64_t>(behind / bucketWidth, 0, buckets - 1));
    const float kept = 1 - weight / memory;
    for (float& share : m_histogram) {
        share *= kept;
    }
    m_histogram[bucket] += weight;
    m_total = m_total * kept + weight;
}

Duration DelayEstimator::quantile() const
{
    const float allowed = late * m_total;
    float above = 0;
    for (std::size_t i = buckets; i-- > 0;) {
        above += m_histogram[i];
        if (above > allowed) {
            return bucketWidth * static_cast<std::int64_t>(i + 1);
        }
    }
    return {};
}

// A stop of the network, which makes several packets late; a single one costs less than the delay.
void DelayEstimator::notePeak(Duration behind, base::TimePoint now)
{
    if (behind < quantile() + peakOver || m_total < 1) {
        return;
    }
    if (m_peaks.packets == 0 || now - m_peaks.beganAt > peakRest) {
        m_peaks.beganAt = now;
        m_peaks.height = {};
        m_peaks.packets = 0;
    }
    m_peaks.height = std::max(m_peaks.height, behind);
    ++m_peaks.packets;
    if (m_peaks.packets < peakPackets) {
        return;
    }
    if (m_peaks.packets == peakPackets) {
        const Duration since = m_peaks.beganAt - m_peaks.lastAt;
        if (m_peaks.count > 0 && since > peaksApart) {
            m_peaks.count = 0;
            m_peaks.apart = {};
            m_peaks.heights = {};
        } else if (m_peaks.count > 0) {
            m_peaks.apart = std::max(m_peaks.apart, since);
        }
        m_peaks.lastAt = m_peaks.beganAt;
        ++m_peaks.count;
    }
    m_peaks.heights[m_peaks.count % m_peaks.heights.size()] = m_peaks.height;
}

void DelayEstimator::aim(base::TimePoint now)
{
    Duration wanted = quantile() + bucketWidth;
    // Peaks that keep coming are waited for, until they have stayed away for twice as long as ever.
    if (m_peaks.count > 1 && now - m_peaks.lastAt < std::max<Duration>(2 * m_peaks.apart, 2s)) {
        wanted = std::max(wanted, *std::ranges::max_element(m_peaks.heights));
    }
    m_target = std::clamp(wanted, leastTarget, mostTarget);
}

} // namespace hs::rtp
