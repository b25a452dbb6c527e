#include "device/RingStreams.h"

#include <algorithm>

namespace hs::device {

base::Result<void> RingStreams::load(const QString& path)
{
    base::Result<RingTone> loaded = RingSource::load(path);
    if (!loaded) {
        return loaded.error();
    }
    m_tone = *std::move(loaded);
    for (const auto& bell : m_bells) {
        bell->source.setTone(m_tone);
    }
    return {};
}

void RingStreams::setVolume(int percent)
{
    m_percent = percent;
    for (const auto& bell : m_bells) {
        bell->source.setVolume(percent);
    }
}

base::Result<void> RingStreams::ringOn(const QList<QAudioDevice>& devices,
                                       std::chrono::milliseconds buffer, bool& opened)
{
    std::erase_if(m_bells, [&devices](const auto& bell) {
        return std::ranges::none_of(devices, [&bell](const QAudioDevice& device) {
            return device.id() == bell->stream.deviceId();
        });
    });
    base::Result<void> result;
    for (const QAudioDevice& device : devices) {
        const bool rings = std::ranges::any_of(m_bells, [&device](const auto& bell) {
            return bell->stream.deviceId() == device.id();
        });
        if (rings || !hasTone()) {
            continue;
        }
        auto bell = std::make_unique<Bell>(m_retired);
        bell->source.setTone(m_tone);
        bell->source.setVolume(m_percent);
        const base::Result<void> done =
            bell->stream.open(device, buffer, SpeakerStream::Purpose::Ring);
        opened = true;
        if (done) {
            m_bells.push_back(std::move(bell));
        } else {
            result = done;
        }
    }
    return result;
}

bool RingStreams::feed()
{
    return std::erase_if(m_bells, [](const auto& bell) { return !bell->stream.feed(); }) == 0;
}

} // namespace hs::device
