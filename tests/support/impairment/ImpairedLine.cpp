#include "ImpairedLine.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hs::test {

namespace {
base::Duration scaled(base::Duration time, double by)
{
    return base::Duration(std::llround(double(time.count()) * by));
}
} // namespace

ImpairedLine::ImpairedLine(const Impairments& impairments, std::uint64_t seed)
    : m_impairments(impairments)
    , m_lossDice(seed * 8 + 1)
    , m_burstDice(seed * 8 + 2)
    , m_duplicateDice(seed * 8 + 3)
    , m_reorderDice(seed * 8 + 4)
    , m_jitterDice(seed * 8 + 5)
{
}

void ImpairedLine::change(const Impairments& impairments)
{
    m_impairments = impairments;
}

std::vector<base::TimePoint> ImpairedLine::carry(base::TimePoint at)
{
    // All dice are thrown for all datagrams, so that none depends on what became of another.
    const bool lost = isLost();
    const base::Duration late = jitter();
    const bool reordered = m_reorderDice.share() < m_impairments.reorders;
    const bool twice = m_duplicateDice.share() < m_impairments.duplicates;
    base::TimePoint arrival = at + m_impairments.delay + late + drift(at);
    ++m_counts.sent;
    if (lost) {
        ++m_counts.lost;
        return {};
    }
    if (reordered) {
        ++m_counts.reordered;
        arrival += m_impairments.reorderBy;
    } else if (m_impairments.keepsOrder) {
        arrival = std::max(arrival, m_lastArrival);
    }
    arrival = std::max(arrival, at);
    if (!reordered) {
        m_lastArrival = std::max(m_lastArrival, arrival);
    }
    if (!twice) {
        return {arrival};
    }
    ++m_counts.duplicated;
    return {arrival, arrival + m_impairments.duplicateAfter};
}

bool ImpairedLine::isLost()
{
    const double change = m_burstDice.share();
    if (m_inBurst) {
        m_inBurst = change >= m_impairments.leaveBurst;
    } else if (change < m_impairments.enterBurst) {
        m_inBurst = true;
        ++m_counts.bursts;
    }
    const double alone = m_lossDice.share();
    const double inBurst = m_lossDice.share();
    return alone < m_impairments.loss || (m_inBurst && inBurst < m_impairments.lossInBurst);
}

base::Duration ImpairedLine::jitter()
{
    const double one = m_jitterDice.share();
    const double other = m_jitterDice.share();
    const base::Duration size = m_impairments.jitter;
    switch (m_impairments.jitterKind) {
    case JitterKind::Uniform:
        return scaled(size, one);
    case JitterKind::Normal: // by Box and Muller
        return std::max(
            -m_impairments.delay,
            scaled(size, std::sqrt(-2 * std::log(one)) * std::cos(2 * std::numbers::pi * other)));
    case JitterKind::Exponential:
        return scaled(size, -std::log(one));
    case JitterKind::Pareto: // of Lomax: begins at 0; with this shape the mean is half the scale
        return scaled(size, 2 * (std::pow(one, -1.0 / 3) - 1));
    }
    return {};
}

base::Duration ImpairedLine::drift(base::TimePoint at)
{
    const base::Duration passed = at - m_driftedUntil.value_or(at);
    m_driftedUntil = at;
    m_driftNs += double(passed.count()) * m_impairments.driftPpm * 1e-6;
    return base::Duration(std::llround(m_driftNs));
}

} // namespace hs::test
