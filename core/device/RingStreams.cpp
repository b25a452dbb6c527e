#include "device/RingStreams.h"

#include <algorithm>

namespace hs::device {

void RingStreams::setTone(RingTone tone)
{
    m_tone = std::move(tone);
    for (const auto& bell : m_bells) {
        bell->source.setTone(m_tone);
    }
}

void RingStreams::setVolume(int percent)
{
    m_percent = percent;
    for (const auto& bell : m_bells) {
        bell->source.setVolume(percent);
    }
}

std::optional<RingStreams::Refusal> RingStreams::ringOn(const QList<QAudioDevice>& devices,
                                                        std::chrono::milliseconds buffer,
                                                        const std::function<void()>& opening)
{
    std::erase_if(m_bells, [&devices](const auto& bell) {
        return std::ranges::none_of(devices, [&bell](const QAudioDevice& device) {
            return device.id() == bell->stream.deviceId();
        });
    });
    std::optional<Refusal> refusal;
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
        opening();
        const base::Result<void, OpenFailure> done =
            bell->stream.open(device, buffer, SpeakerStream::Purpose::Ring);
        if (done) {
            m_bells.push_back(std::move(bell));
        } else {
            refusal = {device, done.error()};
        }
    }
    return refusal;
}

void RingStreams::feed(const std::function<void(const SpeakerStream&)>& died)
{
    std::erase_if(m_bells, [&died](const auto& bell) {
        const bool isDead = !bell->stream.feed();
        if (isDead) {
            died(bell->stream);
        }
        return isDead;
    });
}

void RingStreams::each(const std::function<void(const SpeakerStream&)>& what) const
{
    for (const auto& bell : m_bells) {
        what(bell->stream);
    }
}

} // namespace hs::device
