#include "device/RingSource.h"

#include "audio/SoundFile.h"
#include "audio/SoundFileReader.h"
#include "base/LogCategories.h"
#include "model/SoundSettings.h"

#include <QFileInfo>

namespace hs::device {

base::Result<RingTone> RingSource::load(const QString& path)
{
    base::Result<std::vector<std::int16_t>> samples =
        audio::readMono(path, toneRate, std::chrono::seconds(30));
    if (!samples) {
        return samples.error();
    }
    return std::make_shared<const std::vector<std::int16_t>>(*std::move(samples));
}

LoadedRing LoadedRing::load(const QString& chosen, const QString& usual)
{
    LoadedRing ring;
    for (const QString& path : {chosen, usual}) {
        if (path.isEmpty()) {
            continue;
        }
        base::Result<RingTone> loaded = RingSource::load(path);
        if (loaded) {
            ring.tone = *std::move(loaded);
            return ring; // what was chosen may have failed all the same
        }
        qCWarning(base::lcDevice).noquote() << loaded.error().text;
        ring.problem = path == usual
            ? loaded.error().text
            : QStringLiteral("The ring sound \"%1\" can't be played; the built-in one rings.")
                  .arg(QFileInfo(path).fileName());
    }
    return ring;
}

void RingSource::setTone(RingTone tone)
{
    m_tone = std::move(tone);
    m_position = 0;
}

void RingSource::setVolume(int percent)
{
    m_gain = model::soundGain(percent);
}

std::size_t RingSource::read(std::span<std::int16_t> samples)
{
    if (!m_tone || m_tone->empty()) {
        return 0;
    }
    for (std::int16_t& sample : samples) {
        sample = audio::toInt16(static_cast<float>((*m_tone)[m_position]) / 32768.0F * m_gain);
        m_position = (m_position + 1) % m_tone->size();
    }
    return samples.size();
}

} // namespace hs::device
