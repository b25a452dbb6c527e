#include "device/HeadsetSource.h"

#include <algorithm>

namespace hs::device {

void HeadsetSource::setRings(std::shared_ptr<audio::HeadsetRings> rings)
{
    m_rings = std::move(rings);
    m_cushion = thinnest;
    m_waiting = true;
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
    }
    return got;
}

} // namespace hs::device
