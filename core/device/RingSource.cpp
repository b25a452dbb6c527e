#include "device/RingSource.h"

#include "audio/SoundFile.h"

#include <algorithm>

namespace hs::device {

base::Result<void> RingSource::load(const QString& path)
{
    base::Result<std::vector<std::int16_t>> samples =
        audio::readMono(path, rate(), std::chrono::seconds(30));
    if (!samples) {
        return samples.error();
    }
    m_samples = *std::move(samples);
    m_position = 0;
    return {};
}

std::size_t RingSource::read(std::span<std::int16_t> samples)
{
    if (m_samples.empty()) {
        return 0;
    }
    for (std::size_t done = 0; done < samples.size();) {
        const std::size_t piece = std::min(samples.size() - done, m_samples.size() - m_position);
        std::copy_n(m_samples.begin() + static_cast<std::ptrdiff_t>(m_position), piece,
                    samples.begin() + static_cast<std::ptrdiff_t>(done));
        done += piece;
        m_position = (m_position + piece) % m_samples.size();
    }
    return samples.size();
}

} // namespace hs::device
