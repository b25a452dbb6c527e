#include "device/HeadsetSource.h"

#include <algorithm>

namespace hs::device {

void HeadsetSource::setRings(std::shared_ptr<audio::HeadsetRings> rings)
{
    m_rings = std::move(rings);
    m_cushion = thinnest;
    m_waiting = true;
    m_watched = 0;
}

std::size_t HeadsetSource::read(std::span<std::int16_t> samples)
{
    if (!m_rings) {
        return 0;
    }
    auto& ring = m_rings->playback;
    const std::size_t waiting = ring.size();
    if (waiting > audio::HeadsetRings::mostWaiting) {
        ring.skip(waiting - std::max(audio::HeadsetRings::keptByTrim, m_cushion));
    }
    if (m_waiting && ring.size() < m_cushion) {
        return 0;
    }
    m_waiting = false;
    const std::size_t got = ring.read(samples);
    if (got < samples.size()) {
        m_waiting = true;
        m_cushion = std::min(m_cushion + thicker, thickest);
        m_watched = 0;
    } else {
        dropUnused(samples);
    }
    return got;
}

void HeadsetSource::dropUnused(std::span<const std::int16_t> samples)
{
    auto& ring = m_rings->playback;
    if (m_watched == 0) {
        m_moment.begin();
    }
    const bool isQuiet = m_moment.isQuiet(samples);
    m_unused = m_watched == 0 ? ring.size() : std::min(m_unused, ring.size());
    m_watched += samples.size();
    if (m_watched < watched) {
        return;
    }
    if (m_unused > 2 * spare && isQuiet) {
        ring.skip(std::min(m_unused - spare, thicker));
        m_cushion = std::max(m_cushion - std::min(m_cushion, thicker), thinnest);
        m_watched = 0;
    } else if (m_unused <= 2 * spare) {
        m_watched = 0;
    }
}

} // namespace hs::device
